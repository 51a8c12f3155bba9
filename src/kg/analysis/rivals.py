"""Two things of which one can hold: values of a property, sponsors, leaders, ties that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from kg.analysis.sides import Disagreement, Kind, Sides, is_short
from kg.claims.statements import VALUE
from kg.model import Claim, Iri, Proposition, Quantity, Time
from kg.terms import ACES, SOMEONE, UNNAMED

_DATE, _PLACE = ACES + "date", ACES + "place"
_BOTH_WAYS = "tie-both-ways"
_LEADS, _SUPPORTS, _CREATED = ACES + "leaderOf", ACES + "supports", ACES + "created"
_KINDS: dict[Iri, Kind] = {_DATE: "date", _PLACE: "place", ACES + "perpetrator": "attribution"}


def rivals(sides: Sides) -> Iterator[Disagreement]:
    """Every pair of values, of actors and of ties of which one leaves no room for the other."""
    yield from _values(sides)
    yield from _actors(sides)
    yield from _ties(sides)


# --- values -------------------------------------------------------------------------------------------


def _values(sides: Sides) -> Iterator[Disagreement]:
    """Different values of a property that has one value at most, such as a date or a number."""
    values: dict[tuple[Iri, Iri], list[Proposition]] = defaultdict(list)
    for proposition in sides.affirming:
        known = sides.vocabulary.properties.get(proposition.predicate)
        if known is not None and known.single_valued:
            values[proposition.subject, proposition.predicate].append(proposition)
    for (_, predicate), found in sorted(values.items()):
        for one, other in combinations(sorted(found), 2):
            if not sides.stated_together(one, other) and exclude(sides, one, other):
                firm = _is_firm(sides, one) and _is_firm(sides, other)
                claims = (sides.affirming[one], sides.affirming[other])
                kind = _KINDS.get(predicate, "value")
                yield from sides.between(kind, "values-of-one-thing", (one, other), claims, firm)


def exclude(sides: Sides, one: Proposition, other: Proposition) -> bool:
    """Whether two values of one property leave no room for each other."""
    broader = sides.entailment.broader
    if other in broader[one] or one in broader[other]:
        return False
    if one.predicate == VALUE:
        return not overlap(sides.quantity(one), sides.quantity(other))
    if one.predicate == _DATE:
        return not sides.nodes.times[one.object].overlaps(sides.nodes.times[other.object])
    if one.predicate == _PLACE:
        return _are_siblings(sides, one.object, other.object)
    return not sides.belong_together(one.object, other.object)


def overlap(one: Quantity, other: Quantity) -> bool:
    """Whether some amount fits both; amounts of other units or that nobody knows are not compared."""
    if one.unit != other.unit or "change" in (one.comparator, other.comparator):
        return True
    lows = [bound for bound in (one.lower, other.lower) if bound is not None]
    highs = [bound for bound in (one.upper, other.upper) if bound is not None]
    return not lows or not highs or max(lows) <= min(highs)


def _is_firm(sides: Sides, proposition: Proposition) -> bool:
    """Not a number whose bounds are a convention, such as about N or several."""
    if proposition.predicate != VALUE:
        return True
    quantity = sides.quantity(proposition)
    is_a_word = not any(sign.isdigit() for sign in quantity.as_written)
    return quantity.comparator != "about" and not is_a_word


def _are_siblings(sides: Sides, one: Iri, other: Iri) -> bool:
    """Places of one kind right within the same place: two provinces of one country."""
    left, right = sides.registry.entries[one], sides.registry.entries[other]
    return left.cls == right.cls and left.within is not None and left.within == right.within


# --- sponsors and leaders -----------------------------------------------------------------------------


def _actors(sides: Sides) -> Iterator[Disagreement]:
    """Different sponsors by different accusers, and different leaders of one group at one time."""
    by_object: dict[Iri, list[Proposition]] = defaultdict(list)
    for proposition in sides.affirming:
        by_object[proposition.object].append(proposition)
    for propositions in by_object.values():
        for one, other in combinations(sorted(propositions), 2):
            if _are_two_actors(sides, one, other):
                yield from _sponsors(sides, one, other)
                yield from _leaders(sides, one, other)


def _are_two_actors(sides: Sides, one: Proposition, other: Proposition) -> bool:
    """Whether two subjects can be rivals: not someone, not a part of the other, not named together.

    Of several that words describe, such as foreign donors, the other may be one.
    """
    subjects = {one.subject, other.subject}
    return (
        len(subjects - {SOMEONE}) == 2
        and not any(map(sides.is_described, subjects))
        and not sides.stated_together(one, other)
        and not sides.belong_together(one.subject, other.subject)
    )


def _sponsors(sides: Sides, one: Proposition, other: Proposition) -> Iterator[Disagreement]:
    if not _is_one_kind_of_sponsoring(sides, one.predicate, other.predicate):
        return
    left, right = ([c for c in sides.affirming[p] if _is_accusation(c)] for p in (one, other))
    accusers = [{node for claim in side for node in claim.claimants} for side in (left, right)]
    if left and right and not accusers[0] & accusers[1]:
        yield from sides.between("attribution", "rival-sponsors", (one, other), (left, right), firm=False)


def _is_one_kind_of_sponsoring(sides: Sides, one: Iri, other: Iri) -> bool:
    """Two kinds of support of which one is the other, as financing is, or twice to have created."""
    is_a = sides.vocabulary.is_a
    kindred = is_a(one, other) or is_a(other, one)
    return kindred and any(is_a(one, above) and is_a(other, above) for above in (_SUPPORTS, _CREATED))


def _is_accusation(claim: Claim) -> bool:
    return claim.voice == "reported" and UNNAMED not in claim.claimants


def _leaders(sides: Sides, one: Proposition, other: Proposition) -> Iterator[Disagreement]:
    if one.predicate != _LEADS or other.predicate != _LEADS:
        return
    pairs = [
        (a, b)
        for a in sides.affirming[one]
        for b in sides.affirming[other]
        if _lasted(a.valid_during, b.valid_during)
    ]
    if pairs:
        claims = ([a for a, _ in pairs], [b for _, b in pairs])
        yield from sides.between("attribution", "leaders-at-one-time", (one, other), claims, firm=False)


def _lasted(one: Time | None, other: Time | None) -> bool:
    """Whether two times overlap and each is one that something lasted for, or a month at most."""
    if one is None or other is None or not one.overlaps(other):
        return False
    return all(time.mode == "throughout" or is_short(time) for time in (one, other))


# --- ties ---------------------------------------------------------------------------------------------


def _ties(sides: Sides) -> Iterator[Disagreement]:
    """Two ties between the same two, of which the ontology says that they cannot hold at one time."""
    between: dict[frozenset[Iri], list[Proposition]] = defaultdict(list)
    for proposition in sides.affirming:
        between[frozenset((proposition.subject, proposition.object))].append(proposition)
    for found in between.values():
        for one, other in combinations(sorted(found), 2):
            rule = _exclusion(sides, one, other)
            if rule and not sides.stated_together(one, other):
                claims = (sides.affirming[one], sides.affirming[other])
                firm = rule == _BOTH_WAYS  # allies of one day may be rivals of the next
                yield from sides.between("tie", rule, (one, other), claims, firm)


def _exclusion(sides: Sides, one: Proposition, other: Proposition) -> str:
    """The rule by which two ties exclude each other, the same way round or each its own way."""
    known = sides.vocabulary.properties
    left, right = (sides.vocabulary.ancestors(p.predicate) & set(known) for p in (one, other))
    if one.subject == other.object and any(known[name].one_way for name in left & right):
        return _BOTH_WAYS
    for name in left:
        for excluded in known[name].incompatible & right:
            both_ways = known[name].symmetric and known[excluded].symmetric
            if one.subject == other.subject or both_ways:
                return "incompatible-ties"
    return ""
