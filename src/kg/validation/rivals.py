"""What claims of an added RDF file contradict and corroborate, by the Propositions that they state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

import pyoxigraph as ox

from kg.model import Finding, Iri
from kg.serialise.terms import OxTerm
from kg.shacl import Index
from kg.terms import ACES, PREFIXES, content_hash, iri, kind_and_name
from kg.validation.comparing import CONTRADICTS, CORROBORATES, cut


def _aces(name: str) -> ox.NamedNode:
    return ox.NamedNode(ACES + name)


_AFFIRMS, _DENIES, _ENTAILS, _STATED_IN = map(_aces, ("affirms", "denies", "entails", "statedIn"))
_SUBJECT, _PREDICATE, _OBJECT = map(_aces, ("subject", "predicate", "object"))
_SINGLE, _INCOMPATIBLE, _WITHIN = map(_aces, ("singleValued", "incompatibleWith", "within"))
_EARLIEST, _LATEST, _LOWER, _UPPER = map(_aces, ("earliest", "latest", "lowerBound", "upperBound"))
_UNIT, _DURING, _QUOTATION, _GIST = map(_aces, ("unit", "validDuring", "quotation", "gist"))
_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_BELOW = ox.NamedNode(PREFIXES["rdfs"] + "subPropertyOf")
_TRUE = ox.Literal("true", datatype=ox.NamedNode(PREFIXES["xsd"] + "boolean"))
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def compared_in_graph(index: Index, subjects: Collection[Iri]) -> Iterator[Finding]:
    """What each claim among the subjects contradicts and corroborates, with the words of the others."""
    for claim in sorted(node for node in subjects if kind_and_name(node)[0] == "claim"):
        node = ox.NamedNode(claim)
        own = index.objects(node, _STATED_IN)
        affirmed = list(index.objects(node, _AFFIRMS))
        for told, others in _against(index, affirmed, index.objects(node, _DENIES)):
            for other in others:
                if other != node and _may_meet(index, node, other):
                    said = f"{told} {_said(index, other)}"
                    yield Finding("claim-contradicts", "info", said, CONTRADICTS, focus=claim)
        same = {o: None for p in affirmed for o in index.subjects(_AFFIRMS, p)}
        for other in same:
            if not own.keys() & index.objects(other, _STATED_IN).keys():
                said = f"this says what others say too: {_said(index, other)}"
                yield Finding("claim-corroborates", "info", said, CORROBORATES, focus=claim)


def _against(
    index: Index, affirmed: Iterable[OxTerm], denied: Iterable[OxTerm]
) -> Iterator[tuple[str, Iterable[OxTerm]]]:
    """The claims that hold the contrary, and what to call that."""
    for proposition in affirmed:
        for entailed in _entailed(index, proposition):
            yield "this contradicts", index.subjects(_DENIES, entailed)
        for rival in _rivals(index, proposition):
            label = next((value.value for value in index.objects(rival, _LABEL)), "another value")
            yield f"this may contradict ({label})", index.subjects(_AFFIRMS, rival)
    for proposition in denied:
        for entailing in (proposition, *index.subjects(_ENTAILS, proposition)):
            yield "this contradicts", index.subjects(_AFFIRMS, entailing)


def _entailed(index: Index, proposition: OxTerm) -> dict[OxTerm, None]:
    """A Proposition and what it entails: as the build found it, and with every wider predicate."""
    found = {proposition: None, **index.objects(proposition, _ENTAILS)}
    for subject, predicate, value in _parts(index, proposition):
        found |= {_stated(subject, wider, value): None for wider in index.objects(predicate, _BELOW)}
    return found


def _parts(index: Index, proposition: OxTerm) -> Iterator[tuple[OxTerm, OxTerm, OxTerm]]:
    for subject in index.objects(proposition, _SUBJECT):
        for predicate in index.objects(proposition, _PREDICATE):
            for value in index.objects(proposition, _OBJECT):
                yield subject, predicate, value


def _stated(*parts: OxTerm) -> ox.NamedNode:
    """The node of a Proposition."""
    return ox.NamedNode(iri("proposition", content_hash(*(part.value for part in parts))))


def _rivals(index: Index, proposition: OxTerm) -> Iterator[OxTerm]:
    """The Propositions that cannot hold beside one: other values of one thing, ties that exclude it."""
    for subject, predicate, value in _parts(index, proposition):
        excluded = {**index.objects(predicate, _INCOMPATIBLE)}
        if isinstance(predicate, ox.NamedNode):
            excluded |= index.subjects(_INCOMPATIBLE, predicate)
        for other in excluded:
            yield from (_stated(subject, other, value), _stated(value, other, subject))
        if _TRUE in index.objects(predicate, _SINGLE):
            for rival in index.subjects(_SUBJECT, subject):
                same = predicate in index.objects(rival, _PREDICATE)
                if same and any(_exclude(index, value, o) for o in index.objects(rival, _OBJECT)):
                    yield rival


def _exclude(index: Index, one: OxTerm, other: OxTerm) -> bool:
    """Whether two values leave no room for each other; bounds and days that overlap do."""
    if one == other:
        return False
    for low, high in ((_EARLIEST, _LATEST), (_LOWER, _UPPER)):
        first, second = (_range(index, node, low, high) for node in (one, other))
        if first and second:
            if index.objects(one, _UNIT) != index.objects(other, _UNIT):
                return False
            return _before(first[1], second[0]) or _before(second[1], first[0])
    if index.objects(one, _WITHIN) or index.objects(other, _WITHIN):
        siblings = bool(index.objects(one, _WITHIN).keys() & index.objects(other, _WITHIN).keys())
        return siblings and index.objects(one, _TYPE) == index.objects(other, _TYPE)
    return kind_and_name(one.value)[0] == kind_and_name(other.value)[0] not in ("place", "time", "quantity")


def _range(
    index: Index, node: OxTerm, low: ox.NamedNode, high: ox.NamedNode
) -> tuple[str | None, str | None] | None:
    lows, highs = index.objects(node, low), index.objects(node, high)
    if not lows and not highs:
        return None
    return min((v.value for v in lows), default=None), max((v.value for v in highs), default=None)


def _before(end: str | None, start: str | None) -> bool:
    """Whether one bound lies before another: days as ISO writes them, numbers by their size."""
    if end is None or start is None:
        return False
    try:
        return Decimal(end) < Decimal(start)
    except ArithmeticError:
        return end < start


def _may_meet(index: Index, one: OxTerm, other: OxTerm) -> bool:
    """Whether two claims may speak of one time; where either does not say, they may."""
    during = [time for claim in (one, other) for time in index.objects(claim, _DURING)]
    times = [days for time in during if (days := _range(index, time, _EARLIEST, _LATEST))]
    if len(times) != 2:
        return True
    return not (_before(times[0][1], times[1][0]) or _before(times[1][1], times[0][0]))


def _said(index: Index, claim: OxTerm) -> str:
    """Where a claim is stated, and its words."""
    words = index.objects(claim, _QUOTATION) or index.objects(claim, _GIST)
    works = sorted(kind_and_name(work.value)[1] for work in index.objects(claim, _STATED_IN))
    return f"{', '.join(works)}: “{cut(min((word.value for word in words), default='no words'))}”"
