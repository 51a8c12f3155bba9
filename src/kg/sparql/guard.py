"""The guard before every query: it may only read, only this dataset, and nothing that breaks an engine.

The scan reads a query as the SPARQL grammar does and, where engines are known to read more loosely, as
those do: what either would carry out is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal, NoReturn, cast

from kg.display import printable
from kg.errors import LimitError, RefusedError, UnreadableError
from kg.sparql.limits import Limits
from kg.sparql.tokens import END, Token, decoded, place, tokens

QueryForm = Literal["select", "ask", "construct", "describe"]

MAX_BYTES = 1_000_000
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"})
# An engine that takes "1<2)..." as a comparison reads on inside what the grammar calls an IRI.
_COMPARISON = re.compile(
    r"<(?![A-Za-z][A-Za-z0-9+.-]*://)[^>#]*\)[^>#]*(?:service|from)[^>#]*\#", re.IGNORECASE
)


def check_read_only(query: str, known_graphs: Collection[str]) -> QueryForm:
    """The form of a query that only reads: select, ask, construct or describe.

    Raises RefusedError for updates, for SERVICE in any form and for FROM a graph that is not in
    ``known_graphs``; LimitError for a query too long, too deep or of too many parts; UnreadableError for
    NUL, lone surrogates and what is no query at all.  Whether the rest parses is the engine's to say.

    >>> check_read_only("ASK { ?s ?p 'SERVICE' }", ())
    'ask'
    """
    _check_text(query)
    scan = _Scan(query, known_graphs)
    scan.check()
    form = scan.form()
    if (plain := decoded(query)) != query:  # an engine may decode before it reads, as SPARQL 1.1 says
        _Scan(plain, known_graphs).check()
    return form


def form_of(query: str) -> QueryForm:
    """The form of a query by its first word. Raises UnreadableError for what is no query."""
    return _Scan(query, ()).form()


def _check_text(query: str) -> None:
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        raise _not_text("a lone surrogate", query, error.start) from None
    if size > MAX_BYTES:
        raise LimitError(f"the query has {size:,} bytes, the limit is {MAX_BYTES:,}", fix="write it shorter")
    if "\0" in query:
        raise _not_text("a NUL character", query, query.index("\0"))


def _not_text(what: str, query: str, offset: int) -> UnreadableError:
    return UnreadableError(what, where=place(query, offset), fix="write plain UTF-8 text")


class _Scan:
    """One reading of a query text."""

    def __init__(self, query: str, known_graphs: Collection[str]) -> None:
        self.query, self.known = query, known_graphs
        self.tokens = list(tokens(query))
        self.prefixes: dict[str, str] = {}

    def at(self, index: int) -> Token:
        return self.tokens[index] if 0 <= index < len(self.tokens) else END

    def form(self) -> QueryForm:
        """The form by the first word after the prefixes."""
        first = self.at(self._prologue())
        if first.kind != "word" or first.text.upper() not in _FORMS:
            raise UnreadableError(
                "this is no SPARQL query",
                where=place(self.query, max(first.start, 0)),
                fix=f"begin with {', '.join(_FORMS)} after the prefixes",
            )
        return cast(QueryForm, first.text.lower())

    def check(self) -> None:
        """Refuse what is refused, in one pass."""
        self._prologue()
        limits, braces = Limits(self.query), 0
        for index, token in enumerate(self.tokens):
            limits.take(token)
            if token.kind == "sign":
                braces += {"{": 1, "}": -1}.get(token.text, 0)
            self._check_service(index, braces)
            if braces == 0 and limits.depth == 0:
                self._check_statement(index)

    def _prologue(self) -> int:
        """Note the prefixes; the index of the first token after BASE, PREFIX and VERSION."""
        index = 0
        while self.at(index).is_word("BASE", "PREFIX", "VERSION"):
            if self.at(index).is_word("PREFIX"):
                self.prefixes[self.at(index + 1).text] = decoded(self.at(index + 2).text[1:-1])
                index += 1
            index += 2
        return index

    def _check_service(self, index: int, braces: int) -> None:
        """Refuse SERVICE, also glued to what is before or behind it, as some engines read it."""
        token = self.at(index)
        if token.kind == "word":
            found = "SERVICE" in token.text.upper()
        elif token.kind == "name":
            found = (
                "SERVICE" in token.text.partition(":")[0].upper()
                and braces > 0
                and self.at(index + 1).text == "{"
                and not self.at(index - 1).is_word("GRAPH")
            )
        else:
            found = token.kind == "iri" and _COMPARISON.match(token.text) is not None
        if found:
            self._refuse(token, "SERVICE would ask another endpoint", "ask that endpoint itself")

    def _check_statement(self, index: int) -> None:
        token = self.at(index)
        if token.kind == "word":
            word = token.text.upper()
            if word in _UPDATES:
                self._refuse(token, f"{word} would change the graph", "queries only read")
            if word == "FROM":
                self._check_dataset(index)
            elif "FROM" in word:
                self._refuse(token, f"{word} may name a graph", "write FROM <graph>")
        elif token.kind == "name" and not self.at(index - 1).is_word("PREFIX"):
            prefix = token.text.partition(":")[0]
            if prefix.lower().startswith("from") and f"{prefix}:" not in self.prefixes:
                self._refuse(token, f"{token.text} may name a graph", "write FROM <graph>")

    def _check_dataset(self, index: int) -> None:
        token = self.at(index + 1)
        if token.is_word("NAMED"):
            token = self.at(index + 2)
        graph = self._iri(token)
        if graph not in self.known:
            shown = graph or token.text
            self._refuse(self.at(index), f"FROM {shown!r} is no graph of the dataset", "leave FROM out")

    def _iri(self, token: Token) -> str | None:
        if token.kind == "iri":
            return decoded(token.text[1:-1])
        prefix, _, local = token.text.partition(":")
        namespace = self.prefixes.get(f"{prefix}:")
        if token.kind != "name" or namespace is None:
            return None
        return namespace + re.sub(r"\\(.)", r"\1", local)

    def _refuse(self, token: Token, what: str, fix: str) -> NoReturn:
        raise RefusedError(printable(what), where=place(self.query, token.start), fix=fix)
