"""Near misses: numbers and dates that look at odds, or alike, while their scope keeps them apart.

Numbers are compared when they are of one measure, or of a measure and a narrower one, and of one actor, or
of an actor and what it belongs to.  They are near misses when place or period overlap in part or are left
open; a part beside its whole, with place and period told of both, is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Literal

from kg.analysis.rivals import exclude, overlap
from kg.analysis.sides import Disagreement, Sides
from kg.claims.statements import IN_EVENT, SHARE_OF
from kg.model import Iri, Observation, Proposition, Quantity
from kg.terms import ACES

Meeting = Literal["same", "open", "part", "overlap", "apart"]

_DATE, _COMPARED = ACES + "date", ACES + "comparedWith"
_SCOPES = (ACES + "inPlace", ACES + "inPeriod")
_ACTORS = tuple(ACES + name for name in ("byActor", "ofActor", "fromActor", "toActor", "onTarget"))
_EXACT = ("exactly", "between")


def near_misses(sides: Sides) -> Iterator[Disagreement]:
    """One number under two scopes, numbers that scope alone keeps apart, a caption against its prose."""
    yield from _captions(sides)
    counted = [
        (proposition, observation)
        for proposition in sorted(sides.affirming)
        if (observation := sides.nodes.observations.get(proposition.subject)) is not None
        and not {name for name, _ in observation.dimensions} & {IN_EVENT, SHARE_OF, _COMPARED}
    ]
    for (one, left), (other, right) in combinations(counted, 2):
        if one.subject != other.subject and not sides.stated_together(one, other):
            rule = _rule(sides, one, other) if _are_comparable(sides, left, right) else ""
            if rule:
                claims = (tuple(sides.affirming[one]), tuple(sides.affirming[other]))
                yield Disagreement("value", "near-miss", rule, (one, other), claims)


def _rule(sides: Sides, one: Proposition, other: Proposition) -> str:
    """The rule by which two numbers of comparable things are a near miss; none when they are not."""
    left, right = (_outcome(sides.quantity(p)) for p in (one, other))
    observed = [sides.nodes.observations[p.subject] for p in (one, other)]
    meetings = [_meeting(sides, *(dict(o.dimensions).get(name) for o in observed)) for name in _SCOPES]
    alike = observed[0].measure == observed[1].measure and _actors(observed[0]) == _actors(observed[1])
    if _is_one_number(left, right) and (alike or "apart" not in meetings):
        return "one-number-for-two-things"
    told_apart = "apart" in meetings or ("part" in meetings and not {"open", "overlap"} & set(meetings))
    return "" if told_apart or overlap(left, right) else "numbers-whose-scope-may-meet"


def _outcome(quantity: Quantity) -> Quantity:
    """The amount itself; of a change the one that it ended with."""
    if quantity.comparator != "change":
        return quantity
    return replace(quantity, lower=quantity.final, upper=quantity.final, comparator="exactly")


def _is_one_number(one: Quantity, other: Quantity) -> bool:
    known = one.lower is not None and one.comparator in _EXACT
    return known and (one.lower, one.upper, one.unit, one.comparator) == (
        other.lower,
        other.upper,
        other.unit,
        other.comparator,
    )


def _are_comparable(sides: Sides, one: Observation, other: Observation) -> bool:
    """Whether two Observations count one kind of thing for one actor, or for a part and its whole."""
    is_a = sides.vocabulary.is_a
    if not (is_a(one.measure, other.measure) or is_a(other.measure, one.measure)):
        return False
    left, right = _actors(one), _actors(other)
    return left.keys() == right.keys() and all(
        left[name] == right[name] or sides.belong_together(left[name], right[name]) for name in left
    )


def _actors(observation: Observation) -> dict[Iri, str]:
    return {name: value for name, value in observation.dimensions if name in _ACTORS}


def _meeting(sides: Sides, one: str | None, other: str | None) -> Meeting:
    """How two places, or two periods, lie to each other; open where one is not told."""
    if one is None or other is None:
        return "open"
    if one == other:
        return "same"
    times, around = sides.nodes.times, sides.entailment.places_around
    if one not in times or other not in times:
        return "part" if one in around(other) or other in around(one) else "apart"
    left, right = times[one], times[other]
    if not left.overlaps(right):
        return "apart"
    return "part" if left.lies_within(right) or right.lies_within(left) else "overlap"


def _captions(sides: Sides) -> Iterator[Disagreement]:
    """Dates of one event that overlap and differ, one of them from a caption."""
    dates: dict[Iri, list[Proposition]] = defaultdict(list)
    for proposition in sides.affirming:
        if proposition.predicate == _DATE:
            dates[proposition.subject].append(proposition)
    for propositions in dates.values():
        for one, other in combinations(sorted(propositions), 2):
            claims = (tuple(sides.affirming[one]), tuple(sides.affirming[other]))
            captioned = [any(c.iri in sides.captions for c in side) for side in claims]
            if captioned[0] != captioned[1] and not exclude(sides, one, other):
                yield Disagreement("date", "near-miss", "caption-against-prose", (one, other), claims)
