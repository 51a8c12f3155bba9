"""Claims that cannot both hold, found by rule, and near misses that only look so.  No verdict is given.

Scope is ruled out first: claims of other times or places, a part against its whole, values of which one
lies within the other, and values that one claim states together never disagree.  What is hedged,
qualified, or rests on a convention or on a scope that the words leave open disagrees only possibly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from kg.analysis.standing import SOMEONE, UNNAMED, Entailment
from kg.claims.statements import IN_EVENT, VALUE, Nodes
from kg.model import Claim, Iri, Observation, Proposition, Quantity, Time
from kg.registry import Registry
from kg.terms import ACES
from kg.vocabulary import Vocabulary

Kind = Literal["value", "polarity", "date", "place", "attribution"]
Strength = Literal["certain", "possible", "near-miss"]

_DATE, _PLACE = ACES + "date", ACES + "place"
_LEADS, _SUPPORTS, _CREATED = ACES + "leaderOf", ACES + "supports", ACES + "created"
_BELONGING = (ACES + "partOf", ACES + "memberOf")
_ACTORS, _SCOPES = (ACES + "byActor", ACES + "ofActor"), (ACES + "inPlace", ACES + "inPeriod")
_KINDS: dict[Iri, Kind] = {_DATE: "date", _PLACE: "place", ACES + "perpetrator": "attribution"}
_HELD = ("assertion", "estimate")
_EXACT = ("exactly", "between")
_MONTH = 31


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two Propositions that cannot both hold, the claims on either side, and the rule that says so.

    Of the kind ``polarity`` the second Proposition is the one that its side denies.  ``near-miss`` is no
    disagreement: the two are close enough to be looked at, and something in their scope keeps them apart.
    """

    kind: Kind
    strength: Strength
    rule: str
    propositions: tuple[Proposition, Proposition]
    sides: tuple[tuple[Claim, ...], tuple[Claim, ...]]


def disagreements(
    claims: Iterable[Claim],
    entailment: Entailment,
    captions: frozenset[Iri] = frozenset(),
) -> list[Disagreement]:
    """Every disagreement and near miss among claims; ``captions`` are the claims that stand in captions."""
    finder = _Finder([claim for claim in claims if claim.modality in _HELD], entailment, captions)
    found = [*finder.denials(), *finder.rival_values(), *finder.rival_actors(), *finder.near_misses()]
    return sorted(found, key=lambda d: (d.propositions, d.kind, d.strength))


def rival_claims(found: Iterable[Disagreement]) -> dict[Proposition, tuple[Claim, ...]]:
    """For each Proposition the claims of a value that for certain cannot hold beside it."""
    rivals: dict[Proposition, tuple[Claim, ...]] = {}
    for disagreement in found:
        if disagreement.strength == "certain" and disagreement.kind != "polarity":
            one, other = disagreement.propositions
            rivals[one] = rivals.get(one, ()) + disagreement.sides[1]
            rivals[other] = rivals.get(other, ()) + disagreement.sides[0]
    return rivals


class _Finder:
    def __init__(self, claims: list[Claim], entailment: Entailment, captions: frozenset[Iri]) -> None:
        self.entailment, self.captions = entailment, captions
        self.vocabulary: Vocabulary = entailment.vocabulary
        self.registry: Registry = entailment.registry
        self.nodes: Nodes = entailment.nodes
        self.affirming: dict[Proposition, list[Claim]] = defaultdict(list)
        self.denying: dict[Proposition, list[Claim]] = defaultdict(list)
        for claim in claims:
            for proposition in claim.affirms:
                self.affirming[proposition].append(claim)
            for proposition in claim.denies:
                self.denying[proposition].append(claim)

    # --- one affirms what the other denies ---------------------------------------------------------

    def denials(self) -> Iterator[Disagreement]:
        """An affirmation against a denial of it, or of something that it entails."""
        for proposition, claims in self.affirming.items():
            for denied in (proposition, *self.entailment.broader[proposition]):
                if denied in self.denying:
                    rule = "affirmed-and-denied" if denied == proposition else "denial-of-what-it-entails"
                    yield from self._between(
                        "polarity", rule, (proposition, denied), (claims, self.denying[denied])
                    )

    # --- two values where only one can hold ----------------------------------------------------------

    def rival_values(self) -> Iterator[Disagreement]:
        """Different values of a property that has one value at most, such as a date or a number."""
        values: dict[tuple[Iri, Iri], list[Proposition]] = defaultdict(list)
        for proposition in self.affirming:
            known = self.vocabulary.properties.get(proposition.predicate)
            if known is not None and known.single_valued:
                values[proposition.subject, proposition.predicate].append(proposition)
        for (_, predicate), rivals in sorted(values.items()):
            for one, other in combinations(sorted(rivals), 2):
                if not self._stated_together(one, other) and self._exclude(one, other):
                    kind = _KINDS.get(predicate, "value")
                    sides = (self.affirming[one], self.affirming[other])
                    firm = self._is_firm(one) and self._is_firm(other)
                    yield from self._between(kind, "values-of-one-thing", (one, other), sides, firm)

    def _stated_together(self, one: Proposition, other: Proposition) -> bool:
        """Whether one claim affirms both: several perpetrators, or several places, of one event."""
        return any(one in claim.affirms for claim in self.affirming[other])

    def _exclude(self, one: Proposition, other: Proposition) -> bool:
        """Whether two values of one property leave no room for each other."""
        if other in self.entailment.broader[one] or one in self.entailment.broader[other]:
            return False
        left, right = one.object, other.object
        if one.predicate == VALUE:
            return not _overlap(self._quantity(left), self._quantity(right))
        if one.predicate == _DATE:
            return not self.nodes.times[left].overlaps(self.nodes.times[right])
        if one.predicate == _PLACE:
            return self._are_siblings(left, right)
        return not self._belong_together(left, right)

    def _quantity(self, node: Iri) -> Quantity:
        return min(self.nodes.quantities[node], key=lambda quantity: quantity.as_written)

    def _is_firm(self, proposition: Proposition) -> bool:
        """Not a number whose bounds are a convention, such as about N or several."""
        if proposition.predicate != VALUE:
            return True
        quantity = self._quantity(proposition.object)
        is_a_word = not any(sign.isdigit() for sign in quantity.as_written)
        return quantity.comparator != "about" and not is_a_word

    def _are_siblings(self, one: Iri, other: Iri) -> bool:
        """Places of one kind right within the same place: two provinces of one country."""
        left, right = self.registry.entries[one], self.registry.entries[other]
        return left.cls == right.cls and left.within is not None and left.within == right.within

    def _belong_together(self, one: Iri, other: Iri) -> bool:
        """Whether some claim makes one actor a part or member of the other: a part is no rival."""
        return frozenset((one, other)) in self._belonging

    @cached_property
    def _belonging(self) -> set[frozenset[Iri]]:
        """Every pair of which some claim makes one a part or member of the other."""
        is_a = self.vocabulary.is_a
        return {
            frozenset((p.subject, p.object))
            for p in self.affirming
            if any(is_a(p.predicate, above) for above in _BELONGING)
        }

    # --- rival sponsors and leaders --------------------------------------------------------------------

    def rival_actors(self) -> Iterator[Disagreement]:
        """Different sponsors by different accusers, and different leaders of one group at one time."""
        by_object: dict[Iri, list[Proposition]] = defaultdict(list)
        for proposition in self.affirming:
            by_object[proposition.object].append(proposition)
        for propositions in by_object.values():
            for one, other in combinations(sorted(propositions), 2):
                if self._are_two_actors(one, other):
                    yield from self._rival_sponsors(one, other)
                    yield from self._rival_leaders(one, other)

    def _are_two_actors(self, one: Proposition, other: Proposition) -> bool:
        """Whether two subjects can be rivals: not someone, not a part of the other, not named together."""
        subjects = {one.subject, other.subject}
        return (
            len(subjects - {SOMEONE}) == 2
            and not self._stated_together(one, other)
            and not self._belong_together(one.subject, other.subject)
        )

    def _rival_sponsors(self, one: Proposition, other: Proposition) -> Iterator[Disagreement]:
        if not self._is_one_kind_of_sponsoring(one.predicate, other.predicate):
            return
        sides = tuple([c for c in self.affirming[p] if _is_accusation(c)] for p in (one, other))
        accusers = [{node for claim in side for node in claim.claimants} for side in sides]
        if sides[0] and sides[1] and not accusers[0] & accusers[1]:
            yield from self._between("attribution", "rival-sponsors", (one, other), sides, firm=False)

    def _is_one_kind_of_sponsoring(self, one: Iri, other: Iri) -> bool:
        """Two kinds of support of which one is the other, as financing is, or twice to have created."""
        is_a = self.vocabulary.is_a
        kindred = is_a(one, other) or is_a(other, one)
        return kindred and any(is_a(one, above) and is_a(other, above) for above in (_SUPPORTS, _CREATED))

    def _rival_leaders(self, one: Proposition, other: Proposition) -> Iterator[Disagreement]:
        if one.predicate != _LEADS or other.predicate != _LEADS:
            return
        pairs = [
            (a, b)
            for a in self.affirming[one]
            for b in self.affirming[other]
            if _lasted(a.valid_during, b.valid_during)
        ]
        sides = ([a for a, _ in pairs], [b for _, b in pairs])
        if pairs:
            yield from self._between("attribution", "leaders-at-one-time", (one, other), sides, firm=False)

    # --- near misses -----------------------------------------------------------------------------------

    def near_misses(self) -> Iterator[Disagreement]:
        """One number under two scopes, numbers that scope alone keeps apart, a caption against its prose."""
        yield from self._captions()
        values: dict[tuple[Iri, frozenset[tuple[Iri, str]]], list[Proposition]] = defaultdict(list)
        for proposition in self.affirming:
            observation = self.nodes.observations.get(proposition.subject)
            if observation is not None and _scope(observation, IN_EVENT) is None:
                actors = frozenset(pair for pair in observation.dimensions if pair[0] in _ACTORS)
                values[observation.measure, actors].append(proposition)
        for propositions in values.values():
            for one, other in combinations(sorted(propositions), 2):
                if one.subject != other.subject and not self._stated_together(one, other):
                    yield from self._of_two_scopes(one, other)

    def _of_two_scopes(self, one: Proposition, other: Proposition) -> Iterator[Disagreement]:
        left, right = self._quantity(one.object), self._quantity(other.object)
        if one.object == other.object and left.comparator in _EXACT:
            rule = "one-number-for-two-things"
        elif not _overlap(left, right) and self._scopes_may_meet(one, other):
            rule = "numbers-whose-scope-may-meet"
        else:
            return
        sides = (tuple(self.affirming[one]), tuple(self.affirming[other]))
        yield Disagreement("value", "near-miss", rule, (one, other), sides)

    def _scopes_may_meet(self, one: Proposition, other: Proposition) -> bool:
        """Whether place and period of two Observations are alike, overlap in part, or are left open."""
        left, right = (self.nodes.observations[p.subject] for p in (one, other))
        return all(self._may_meet(_scope(left, name), _scope(right, name)) for name in _SCOPES)

    def _may_meet(self, one: str | None, other: str | None) -> bool:
        if one is None or other is None or one == other:
            return True
        if one not in self.nodes.times or other not in self.nodes.times:
            return False
        left, right = self.nodes.times[one], self.nodes.times[other]
        is_part = left.lies_within(right) or right.lies_within(left)
        return left.overlaps(right) and not is_part

    def _captions(self) -> Iterator[Disagreement]:
        """Dates of one event that overlap and differ, one of them from a caption."""
        dates: dict[Iri, list[Proposition]] = defaultdict(list)
        for proposition in self.affirming:
            if proposition.predicate == _DATE:
                dates[proposition.subject].append(proposition)
        for propositions in dates.values():
            for one, other in combinations(sorted(propositions), 2):
                sides = (tuple(self.affirming[one]), tuple(self.affirming[other]))
                captioned = [any(c.iri in self.captions for c in side) for side in sides]
                if captioned[0] != captioned[1] and not self._exclude(one, other):
                    yield Disagreement("date", "near-miss", "caption-against-prose", (one, other), sides)

    # --- scope -----------------------------------------------------------------------------------------

    def _between(
        self,
        kind: Kind,
        rule: str,
        propositions: tuple[Proposition, Proposition],
        sides: Iterable[Iterable[Claim]],
        firm: bool = True,
    ) -> Iterator[Disagreement]:
        """One disagreement of all pairs of claims whose scopes meet; certain when one pair is."""
        left, right = (list(side) for side in sides)
        pairs = [(a, b) for a in left for b in right if a.iri != b.iri and self._scopes_meet(a, b)]
        if not pairs:
            return
        certain = firm and any(_is_plain(a) and _is_plain(b) and _times_stated(a, b) for a, b in pairs)
        yield Disagreement(
            kind,
            "certain" if certain else "possible",
            rule,
            propositions,
            (tuple(dict.fromkeys(a for a, _ in pairs)), tuple(dict.fromkeys(b for _, b in pairs))),
        )

    def _scopes_meet(self, one: Claim, other: Claim) -> bool:
        if one.valid_during and other.valid_during and not one.valid_during.overlaps(other.valid_during):
            return False
        if one.valid_in and other.valid_in and one.valid_in != other.valid_in:
            around = self.entailment.places_around
            return other.valid_in in around(one.valid_in) or one.valid_in in around(other.valid_in)
        return True


def _is_plain(claim: Claim) -> bool:
    return claim.certainty == "certain" and not claim.qualifier and not claim.condition


def _times_stated(one: Claim, other: Claim) -> bool:
    """Whether both say when, or neither does: a time unstated on one side alone leaves a way out."""
    return (one.valid_during is None) == (other.valid_during is None)


def _is_accusation(claim: Claim) -> bool:
    return claim.voice == "reported" and UNNAMED not in claim.claimants


def _lasted(one: Time | None, other: Time | None) -> bool:
    """Whether two times overlap and each is one that something lasted for, or a month at most."""
    if one is None or other is None or not one.overlaps(other):
        return False
    return all(time.mode == "throughout" or _is_short(time) for time in (one, other))


def _is_short(time: Time) -> bool:
    return (
        time.earliest is not None and time.latest is not None and (time.latest - time.earliest).days < _MONTH
    )


def _scope(observation: Observation, name: Iri) -> str | None:
    return dict(observation.dimensions).get(name)


def _overlap(one: Quantity, other: Quantity) -> bool:
    """Whether some amount fits both; amounts of other units or that nobody knows are not compared."""
    if one.unit != other.unit or "change" in (one.comparator, other.comparator):
        return True
    lows = [bound for bound in (one.lower, other.lower) if bound is not None]
    highs = [bound for bound in (one.upper, other.upper) if bound is not None]
    return not lows or not highs or max(lows) <= min(highs)
