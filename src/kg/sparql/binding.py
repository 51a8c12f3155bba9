"""Values put into a canned query, as typed terms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.sparql.tokens import tokens

if TYPE_CHECKING:
    from rdflib.term import Node

# A backslash of a text before a u. Some engines take that for an escaped sign before they read strings, as
# SPARQL 1.1 has it to the letter (section 19.2), so the u is written as an escaped sign itself.
_BACKSLASH_U = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")


def bind(query: str, values: Mapping[str, Node | Sequence[Node | None] | None]) -> str:
    r"""The query with the line ``VALUES ?name { ... }`` of each name holding these terms instead.

    A value is an rdflib term, a sequence of them, or None for ``UNDEF``.  Terms are serialised, never
    pasted.  Raises UsageError when the query has no such line, and for blank nodes and invalid terms.

    >>> from rdflib import Literal
    >>> bind("SELECT * {\n VALUES ?x { 1 }\n}", {"x": Literal("a")})
    'SELECT * {\n VALUES ?x { "a" }\n}'
    """
    for name, value in values.items():
        line = re.compile(rf"^([ \t]*)VALUES[ \t]+[?$]{re.escape(name)}[ \t]*\{{.*\}}[ \t]*\r?$", re.M | re.I)
        places = {token.start for token in tokens(query) if token.is_word("VALUES")}
        found = next((m for m in line.finditer(query) if m.end(1) in places), None)
        if found is None:
            raise UsageError(
                f"the query has no line of its own for ?{name}", fix=f"write: VALUES ?{name} {{ ... }}"
            )
        data = " ".join(_data(term) for term in _listed(value))
        query = f"{query[: found.end(1)]}VALUES ?{name} {{ {data} }}{query[found.end() :]}"
    return query


def _listed(value: Node | Sequence[Node | None] | None) -> Sequence[Node | None]:
    from rdflib.term import Node

    return [value] if value is None or isinstance(value, Node) else value


def _data(term: Node | None) -> str:
    from rdflib import BNode

    from kg.serialise import from_rdflib

    if isinstance(term, BNode):
        raise UsageError("a blank node cannot be asked for", fix="give an IRI or a text")
    return "UNDEF" if term is None else _BACKSLASH_U.sub(_kept_apart, str(from_rdflib(term)))


def _kept_apart(match: re.Match[str]) -> str:
    return f"{match[1]}\\U{ord(match[2]):08X}"
