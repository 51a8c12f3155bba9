"""Literals compared by value, as the judge compares them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox
from rdflib import Literal
from rdflib.namespace import RDF, RDFS, XSD

from kg.serialise import to_rdflib
from kg.serialise.terms import OxTerm

_PYTHON: dict[str, type] = {
    str(XSD.integer): int,
    str(XSD.float): float,
    str(XSD.decimal): Decimal,
    str(XSD.boolean): bool,
    str(XSD.date): date,
    str(XSD.time): time,
    str(XSD.dateTime): datetime,
}


def is_of_datatype(term: OxTerm, datatype: str) -> bool:
    """Whether a node is a literal of a datatype, and written as that datatype wants it."""
    if not isinstance(term, ox.Literal):
        return False
    if datatype == str(RDFS.Literal):
        return True
    return term.datatype.value == datatype and (datatype == str(RDF.langString) or _is_well_typed(term))


@lru_cache(maxsize=1 << 16)
def _is_well_typed(term: ox.Literal) -> bool:
    literal = to_rdflib(term)
    if not isinstance(literal, Literal) or literal.ill_typed:
        return False
    return isinstance(literal.value, _PYTHON.get(term.datatype.value, object))


def is_ordered(term: OxTerm, bound: OxTerm, allowed: Callable[[int], bool]) -> bool:
    """Whether a literal stands to a bound in an order (less: -1, equal: 0, more: 1) that is allowed."""
    if not isinstance(term, ox.Literal):
        return False
    one, other = to_rdflib(term), to_rdflib(bound)
    assert isinstance(one, Literal) and isinstance(other, Literal)
    if isinstance(one.value, str) != isinstance(other.value, str):
        return False
    try:
        if one.eq(other):
            return allowed(0)
        if isinstance(one.value, datetime | time):
            return allowed(1 if one.value > other.value else -1)
        return allowed(1 if one > other else -1)
    except (TypeError, NotImplementedError):
        return False


def precedes(term: OxTerm, other: OxTerm, *, equal: bool) -> bool:
    """Whether a node comes before another, or is its equal where that is enough."""
    one, two = _comparable(term), _comparable(other)
    if isinstance(one, Literal) != isinstance(two, Literal):  # a Literal of rdflib is a str itself
        return False
    try:
        return bool(one < two or (equal and one == two))
    except TypeError:
        return False


def _comparable(term: OxTerm) -> str | Literal:
    """IRIs and texts as what they read; any other literal by its value."""
    if isinstance(term, ox.Literal):
        literal = to_rdflib(term)
        assert isinstance(literal, Literal)
        return literal.value if isinstance(literal.value, str) else literal
    return term.value
