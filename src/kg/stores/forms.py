"""Literals whose form a store may change though their value stays: one form for each value.

What a store does beyond that, such as another value or another type, is damage and not settled here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox

from kg.stores.presets import DERIVED, DURATIONS, NUMBERS, TIMES, TRUTHS
from kg.terms import PREFIXES

_XSD = PREFIXES["xsd"]
_WHOLE = """integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger
unsignedLong unsignedInt unsignedShort unsignedByte""".split()
_KINDS = {
    **{f"{_XSD}{name}": NUMBERS for name in (*_WHOLE, "decimal", "double", "float")},
    f"{_XSD}boolean": TRUTHS,
    **{f"{_XSD}{name}": TIMES for name in ("dateTime", "dateTimeStamp", "time")},
    **{f"{_XSD}{name}": DURATIONS for name in ("duration", "dayTimeDuration", "yearMonthDuration")},
}
_ANY = ox.NamedNode("urn:any")


def kind_of(triple: ox.Triple) -> str:
    """The kind of literal that a triple ends in, empty when stores keep the form of it."""
    value = triple.object
    return _KINDS.get(value.datatype.value, "") if isinstance(value, ox.Literal) else ""


def settled(triples: Iterable[ox.Triple], rewrites: frozenset[str]) -> Iterator[ox.Triple]:
    """The triples with one form for each value of the kinds that a store rewrites."""
    for triple in triples:
        value = triple.object
        if kind_of(triple) in rewrites and isinstance(value, ox.Literal):
            yield ox.Triple(triple.subject, triple.predicate, one_form(value, derived=DERIVED in rewrites))
        else:
            yield triple


@lru_cache(maxsize=10_000)
def one_form(literal: ox.Literal, *, derived: bool = False) -> ox.Literal:
    """The embedded store's form of a value, in its own type unless the store makes that the base type."""
    # The embedded store keeps values, not words: the shortest way to one form for each value.
    store = ox.Store()
    store.add(ox.Quad(_ANY, _ANY, literal))
    (quad,) = store
    found = quad.object
    assert isinstance(found, ox.Literal)
    if derived or found.datatype == literal.datatype:
        return found
    return ox.Literal(found.value, datatype=literal.datatype)
