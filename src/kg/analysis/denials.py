"""One affirms what the other denies: the very thing, what follows from it, or what a denial reaches.

What is denied of a group that the words only describe ("the traders of the coast") is denied of each of its
members, and perhaps meant of one who is not named; where a whole is not present, no part of it is, and who
is not there does nothing there; who holds no ground at all has no seat.  A denial that reaches further than
its own words disagrees only possibly.  Its time is looked at more closely, too: nothing is said of a time
after it was said, and two days or months less than a quarter apart show one state of things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from kg.analysis.sides import Disagreement, Sides, is_short, sides_of
from kg.model import Claim, Iri, Proposition, Time
from kg.terms import ACES, SOMEONE, kind_and_name

_PRESENT, _HOLDS, _SEATED = ACES + "operatesIn", ACES + "controls", ACES + "basedIn"
_INNER = (ACES + "memberOf", ACES + "partOf")
_QUARTER = timedelta(days=92)


def denials(sides: Sides) -> Iterator[Disagreement]:
    """An affirmation against a denial of it, of something that it entails, or one that reaches it."""
    for proposition, claims in sides.affirming.items():
        for denied in (proposition, *sides.entailment.broader[proposition]):
            if denied in sides.denying:
                rule = "affirmed-and-denied" if denied == proposition else "denial-of-what-it-entails"
                against = (claims, sides.denying[denied])
                yield from sides.between("polarity", rule, (proposition, denied), against)
    yield from _reaching(sides)


def _reaching(sides: Sides) -> Iterator[Disagreement]:
    """An affirmation against a denial of what its actor belongs to, or of its being where it acts."""
    denied_of: dict[Iri, list[tuple[Proposition, Proposition]]] = defaultdict(list)
    for denied in sides.denying:
        for view in _views(sides, denied):
            denied_of[view.subject].append((view, denied))
    for affirmed in sides.affirming:
        reached = {found for view in _views(sides, affirmed) for found in _reached(sides, view, denied_of)}
        for rule, denied in sorted(reached):
            pairs = _pairs(sides, affirmed, denied, rule)
            if pairs:
                yield Disagreement("polarity", "possible", rule, (affirmed, denied), sides_of(pairs))


def _reached(
    sides: Sides, view: Proposition, denied_of: dict[Iri, list[tuple[Proposition, Proposition]]]
) -> Iterator[tuple[str, Proposition]]:
    """What is denied, of the actor or of what it may belong to, and reaches the view; with the rule."""
    if view.subject == SOMEONE:
        beyond = {actor for actor in denied_of if sides.is_described(actor)}
    else:
        beyond = sides.wholes_around(view.subject)
    for actor in {view.subject} | beyond:
        for denial, denied in denied_of.get(actor, ()):
            rule = _rule(sides, view, denial)
            if rule:
                yield rule, denied


def _views(sides: Sides, proposition: Proposition) -> Iterator[Proposition]:
    """The Proposition as said of its subject and, where it holds both ways, of its object."""
    yield proposition
    if sides.vocabulary.is_symmetric(proposition.predicate):
        yield replace(proposition, subject=proposition.object, object=proposition.subject)


def _rule(sides: Sides, view: Proposition, denial: Proposition) -> str:
    """The rule by which a denial reaches what is said of an actor; none when it does not."""
    entails, is_a = sides.entailment.entails, sides.vocabulary.is_a
    if denial.predicate == _HOLDS and view.predicate == _SEATED and view.subject == denial.subject:
        return "seat-where-no-ground-is-held" if entails(replace(view, predicate=_HOLDS), denial) else ""
    if view.subject == denial.subject:
        dealing = denial.predicate == _PRESENT and _is_dealing(sides, view)
        return "deeds-where-presence-is-denied" if dealing else ""
    if not entails(replace(view, subject=denial.subject), denial):
        return ""
    if view.subject == SOMEONE:
        return "unnamed-one-of-a-group" if denial.object != SOMEONE else ""
    if sides.is_described(denial.subject) and not sides.belong_together(view.subject, view.object):
        return "denied-of-the-group"
    return "part-of-what-is-absent" if is_a(denial.predicate, _PRESENT) else ""


def _is_dealing(sides: Sides, view: Proposition) -> bool:
    """Whether an actor deals with another, and does not merely belong to it."""
    inner = any(sides.vocabulary.is_a(view.predicate, above) for above in _INNER)
    return kind_and_name(view.object)[0] == "actor" and not inner


def _pairs(sides: Sides, affirmed: Proposition, denied: Proposition, rule: str) -> list[tuple[Claim, Claim]]:
    """The claims that affirm and deny, of one time and place, by a rule."""
    return [
        (claim, denial)
        for claim in sides.affirming[affirmed]
        for denial in sides.denying[denied]
        if claim.iri != denial.iri
        and _is_one_state(sides, claim, denial)
        and sides.places_meet(claim, denial)
        if rule != "deeds-where-presence-is-denied" or _is_there(sides, claim, denied.object)
    ]


def _is_there(sides: Sides, claim: Claim, place: Iri) -> bool:
    """Whether a claim is said of a place, or of one within it."""
    return claim.valid_in is not None and (
        claim.valid_in == place or place in sides.entailment.places_around(claim.valid_in)
    )


def _is_one_state(sides: Sides, one: Claim, other: Claim) -> bool:
    """Whether two claims may speak of one state of things by their times."""
    left, right = _time_of(sides, one), _time_of(sides, other)
    return left.overlaps(right) or (is_short(left) and is_short(right) and _gap(left, right) < _QUARTER)


def _time_of(sides: Sides, claim: Claim) -> Time:
    """When a claim holds: where it does not say, at some time until it was said."""
    if claim.valid_during is not None:
        return claim.valid_during
    works = [sides.registry.work(work) for work in (claim.said_in, claim.stated_in) if work]
    said = [claim.said_on, *(sides.registry.date_of(work) for work in works)]
    latest = [time.latest for time in said if time and time.latest]
    return Time(None, min(latest, default=None), "within", "")


def _gap(one: Time, other: Time) -> timedelta:
    """How long after the end of the earlier time the later begins."""
    assert one.earliest and one.latest and other.earliest and other.latest
    return max(one.earliest, other.earliest) - min(one.latest, other.latest)
