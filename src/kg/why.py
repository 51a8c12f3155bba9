"""Why a row of an answer is there: the claims it rests on, with words, speakers, citations and places."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rdflib import URIRef
from rdflib.paths import InvPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from kg.errors import UsageError
from kg.explain.text import DEFAULT_WIDTH, claim_lines, wrapped
from kg.explain.views import ClaimView
from kg.model import Iri
from kg.results import Result, shown
from kg.shacl import Index
from kg.sparql.widening import MARK, widened
from kg.stores.answer import Rows
from kg.terms import ACES, kind_and_name

if TYPE_CHECKING:
    from rdflib.term import Node

    from kg.explain.gather import Reader
    from kg.stores.local import LocalStore

_TELLING = ("Claim", "Proposition", "Disagreement", "CitationFinding", "Finding", "Evidence")
_STANCES = ("affirms", "denies", "considers")
_OF_FINDINGS = ("firstSide", "secondSide", "findingClaim")
MOST = 5
"""How many claims stand under a row of text."""

NO_CLAIM = "no claim stands behind this row: it comes from the registry, a bibliography or the ontology"


@dataclass(frozen=True, slots=True)
class Reason:
    """The claims behind one row; none where it rests on no claim."""

    claims: tuple[ClaimView, ...]


@dataclass(frozen=True)
class Reasoned:
    """An answer, and for each of its rows the reason, in the same order."""

    result: Result
    reasons: tuple[Reason, ...]

    def render(self, form: str = "text", width: int | None = None) -> str:
        """Each row with its claims under it, as ``text`` (the first few) or as ``json`` (all of them)."""
        if form == "json":
            pairs = zip(self.result.dicts(), self.reasons, strict=True)
            told = [{"row": row, "because": [asdict(c) for c in reason.claims]} for row, reason in pairs]
            return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        lines = [line for number in range(len(self.reasons)) for line in self._row(number)]
        return "".join(f"{part}\n" for line in lines for part in wrapped(line, width or DEFAULT_WIDTH))

    def _row(self, number: int) -> Iterator[str]:
        row, claims = self.result.rows[number], self.reasons[number].claims
        cells = zip(self.result.columns, row, strict=True)
        yield " | ".join(f"{name}: {shown(term)}" for name, term in cells if term is not None)
        for claim in claims[:MOST]:
            yield from claim_lines(claim, "    ")
        if len(claims) > MOST:
            more = len(claims) - MOST
            yield f"    ... and {more} claim{'s' * (more != 1)} more (all of them: --format json)"
        if not claims:
            yield f"    {NO_CLAIM}"
        yield ""


def reasoned(store: LocalStore, query: str) -> Reasoned:
    """The answer of a SELECT query over the embedded store, with the reason of each row.

    Raises UsageError for a query of another form.
    """
    from kg.explain.gather import Reader

    answer = store.query(query)
    if not isinstance(answer, Rows):
        raise UsageError("only rows have reasons", fix="ask a SELECT query")
    reader, found = Reader(Index(store.data)), _witnesses(store, query, answer.columns)
    behind = (_claims(reader, found.get(tuple(row), {})) for row in answer.rows)
    reasons = tuple(Reason(tuple(_views(reader, claims))) for claims in behind)
    return Reasoned(Result(answer.columns, answer.rows), reasons)


def _witnesses(store: LocalStore, query: str, columns: tuple[str, ...]) -> dict[Any, dict[Iri, None]]:
    """For each row the claims, Propositions, findings and evidence with which it was found."""
    answer = store.query(widened(query, _telling_variables(store, query)))
    found: dict[Any, dict[Iri, None]] = {}
    if isinstance(answer, Rows):
        places = [answer.columns.index(column) for column in columns]
        others = [n for n, name in enumerate(answer.columns) if n not in places or name in columns]
        for row in answer.rows:
            nodes = found.setdefault(tuple(row[place] for place in places), {})
            for place in others:
                nodes.update(dict.fromkeys(_nodes(answer.columns[place], row[place])))
    return found


def _nodes(column: str, value: Node | None) -> Iterator[Iri]:
    if column.startswith(MARK):
        yield from str(value or "").split()
    elif isinstance(value, URIRef):
        yield str(value)


def _claims(reader: Reader, nodes: Iterable[Iri]) -> list[Iri]:
    """The claims among some nodes; where there are none, those of the findings or Propositions among them."""
    kinds: dict[str, list[Iri]] = {}
    for node in nodes:
        kinds.setdefault(kind_and_name(node)[0], []).append(node)
    if "claim" in kinds:
        return kinds["claim"]
    behind: dict[str, Callable[[Iri], list[Iri]]] = {
        "finding": lambda f: [claim for name in _OF_FINDINGS for claim in reader.nodes(f, name)],
        "evidence": lambda e: reader.subjects("evidence", e),
        "proposition": lambda p: [claim for name in _STANCES for claim in reader.subjects(name, p)],
    }
    for kind, claims_of in behind.items():
        if kind in kinds:
            return list(dict.fromkeys(claim for node in kinds[kind] for claim in claims_of(node)))
    return []


def _views(reader: Reader, claims: Iterable[Iri]) -> Iterator[ClaimView]:
    for claim in claims:
        stance = next((name for name in _STANCES if reader.nodes(claim, name)), "says")
        yield reader.claim(claim, stance)


# --- which variables tell ------------------------------------------------------------------------


def _telling_variables(store: LocalStore, query: str) -> set[str]:
    """The variables that stand for claims, Propositions, findings or evidence, by what is asked of them."""
    telling = _telling_predicates(store)
    found = set()
    for subject, predicate, value in _patterns(prepareQuery(query).algebra):
        first = predicate.args[0] if isinstance(predicate, SequencePath) else predicate
        end, first = (value, first.arg) if isinstance(first, InvPath) else (subject, first)
        if isinstance(end, Variable) and str(first) in telling:
            found.add(str(end))
    return found


def _telling_predicates(store: LocalStore) -> set[Iri]:
    classes = " ".join(f"<{ACES}{name}>" for name in _TELLING)
    answer = store.query(
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        f"SELECT ?p WHERE {{ VALUES ?c {{ {classes} }} ?p rdfs:subPropertyOf*/rdfs:domain ?c }}"
    )
    return {str(p) for (p,) in answer.rows} if isinstance(answer, Rows) else set()


def _patterns(part: Any) -> Iterator[tuple[Any, Any, Any]]:
    if isinstance(part, CompValue):
        if part.name == "BGP":
            yield from part.triples
        for key, value in part.items():
            if key not in ("_vars", "triples"):
                yield from _patterns(value)
    elif isinstance(part, list | tuple):
        for item in part:
            yield from _patterns(item)
