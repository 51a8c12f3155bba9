"""Answers of queries: rows of rdflib terms, and the formats they are written in."""

from __future__ import annotations

import csv
import io
import json
from collections import namedtuple
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kg.display import printable
from kg.errors import UsageError
from kg.tables import table
from kg.terms import compact

if TYPE_CHECKING:
    from rdflib.term import Node

ROW_FORMATS = ("table", "csv", "tsv", "json", "md")


class Result:
    """The rows of a SELECT query, in order; iterating gives named rows of rdflib terms (None if unbound).

    >>> from rdflib import Literal
    >>> [row.name for row in Result(("name",), [(Literal("a"),)])]
    [rdflib.term.Literal('a')]
    """

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[Node | None]]) -> None:
        """Columns are the SELECT variables in order; every row has as many terms."""
        self.columns = tuple(columns)
        row_type: Any = namedtuple("Row", self.columns, rename=True)  # type: ignore[misc]
        self.rows: list[tuple[Node | None, ...]] = [row_type(*row) for row in rows]

    def __iter__(self) -> Iterator[Any]:
        """The rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def __repr__(self) -> str:
        """Columns and number of rows."""
        return f"<Result {len(self)} rows: {', '.join(self.columns)}>"

    def dicts(self) -> list[dict[str, Any]]:
        """Rows as dictionaries of Python values (IRIs and dates as text, numbers as numbers)."""
        return [
            {name: _python(term) for name, term in zip(self.columns, row, strict=True)} for row in self.rows
        ]

    def only(self, columns: Sequence[str]) -> Result:
        """The same rows with these columns alone. Raises UsageError for a column that is not there."""
        unknown = [column for column in columns if column not in self.columns]
        if unknown:
            raise UsageError(
                f"there is no column {unknown[0]!r}", fix=f"the columns are {', '.join(self.columns)}"
            )
        places = [self.columns.index(column) for column in columns]
        return Result(columns, [[row[place] for place in places] for row in self.rows])

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        return self.render("json")

    def render(self, form: str, width: int | None = None) -> str:
        """The rows as text in ``table``, ``csv``, ``tsv``, ``json`` or ``md``.

        A table is fitted to ``width`` columns, row under row where they are many, and uncut where there is
        none.
        """
        writers = {"csv": _csv, "tsv": _tsv, "json": _json, "md": _markdown}
        if form == "table":
            return table(self.columns, [[shown(term) for term in row] for row in self.rows], width)
        if form not in writers:
            raise UsageError(f"rows cannot be written as {form!r}", fix=f"use {', '.join(ROW_FORMATS)}")
        return writers[form](self)


def _python(term: Node | None) -> Any:
    from decimal import Decimal

    from rdflib import Literal

    if term is None:
        return None
    value = term.toPython() if isinstance(term, Literal) else None
    return value if isinstance(value, bool | int | float | Decimal) else str(term)


def shown(term: Node | None) -> str:
    """A term for people: a literal's text, an IRI as a prefixed name, nothing that can drive a terminal."""
    from rdflib import URIRef

    if term is None:
        return ""
    return printable(compact(str(term)) if isinstance(term, URIRef) else str(term))


def _csv(result: Result) -> str:
    """SPARQL 1.1 Query Results CSV: plain values, lines end in CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.columns)
    writer.writerows(["" if term is None else str(term) for term in row] for row in result.rows)
    return out.getvalue()


def _tsv(result: Result) -> str:
    """SPARQL 1.1 Query Results TSV: terms as in Turtle, without line breaks."""
    lines = ["\t".join(f"?{column}" for column in result.columns)]
    lines += ["\t".join("" if term is None else _one_line(term) for term in row) for row in result.rows]
    return "\n".join(lines) + "\n"


def _one_line(term: Node) -> str:
    from kg.serialise import from_rdflib

    return str(from_rdflib(term)).replace("\t", "\\t")


def _json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON."""
    bindings = [
        {name: _json_term(term) for name, term in zip(result.columns, row, strict=True) if term is not None}
        for row in result.rows
    ]
    answer = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Node) -> dict[str, str]:
    from rdflib import BNode, Literal

    if isinstance(term, Literal):
        found = {"type": "literal", "value": str(term)}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype:
            found["datatype"] = str(term.datatype)
        return found
    return {"type": "bnode" if isinstance(term, BNode) else "uri", "value": str(term)}


def _markdown(result: Result) -> str:
    def cell(text: str) -> str:
        return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())

    lines = [f"| {' | '.join(result.columns)} |", f"|{' --- |' * len(result.columns)}"]
    lines += [f"| {' | '.join(cell(shown(term)) for term in row)} |" for row in result.rows]
    return "\n".join(lines) + "\n"
