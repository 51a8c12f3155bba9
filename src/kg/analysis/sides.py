"""The claims on the two sides of what is at odds, and whether their scopes meet.

Scope is ruled out first: claims of other times or places disagree in nothing.  What is hedged, qualified,
or rests on a convention or on a scope that the words leave open disagrees only possibly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kg.analysis.standing import Entailment
from kg.claims.statements import Nodes
from kg.model import Claim, Iri, Proposition, Quantity, Time
from kg.registry import Registry
from kg.terms import ACES
from kg.vocabulary import Vocabulary

Kind = Literal["value", "polarity", "date", "place", "attribution", "tie"]
Strength = Literal["certain", "possible", "near-miss"]

_HELD = ("assertion", "estimate")
_BELONGING = (ACES + "partOf", ACES + "memberOf")
_DESCRIBED = (ACES + "Group", ACES + "Population")
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


class Sides:
    """What is held among some claims, by Proposition: who affirms it and who denies it."""

    def __init__(
        self, claims: Iterable[Claim], entailment: Entailment, captions: frozenset[Iri] = frozenset()
    ) -> None:
        """Take in what is asserted or estimated; ``captions`` are the claims that stand in captions."""
        self.entailment, self.captions = entailment, captions
        self.vocabulary: Vocabulary = entailment.vocabulary
        self.registry: Registry = entailment.registry
        self.nodes: Nodes = entailment.nodes
        self.affirming: dict[Proposition, list[Claim]] = defaultdict(list)
        self.denying: dict[Proposition, list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.modality in _HELD:
                for proposition in claim.affirms:
                    self.affirming[proposition].append(claim)
                for proposition in claim.denies:
                    self.denying[proposition].append(claim)

    def stated_together(self, one: Proposition, other: Proposition) -> bool:
        """Whether one claim affirms both: several perpetrators, or several places, of one event."""
        return any(one in claim.affirms for claim in self.affirming[other])

    @cached_property
    def wholes(self) -> dict[Iri, set[Iri]]:
        """For every actor what some claim makes it a part or member of."""
        found: dict[Iri, set[Iri]] = defaultdict(set)
        for p in self.affirming:
            if any(self.vocabulary.is_a(p.predicate, above) for above in _BELONGING):
                found[p.subject].add(p.object)
        return found

    def wholes_around(self, actor: Iri) -> set[Iri]:
        """Everything that an actor belongs to, by way of others too."""
        found: set[Iri] = set()
        ahead = [actor]
        while ahead:
            new = self.wholes.get(ahead.pop(), set()) - found
            found |= new
            ahead += new
        return found

    def belong_together(self, one: Iri, other: Iri) -> bool:
        """Whether some claim makes one actor a part or member of the other."""
        return other in self.wholes.get(one, ()) or one in self.wholes.get(other, ())

    def is_described(self, actor: Iri) -> bool:
        """Whether an actor is several that words describe, and no body of its own."""
        entry = self.registry.entries.get(actor)
        return entry is not None and entry.cls in _DESCRIBED

    def quantity(self, proposition: Proposition) -> Quantity:
        """The amount that a value states; of several wordings the first by the alphabet."""
        return min(self.nodes.quantities[proposition.object], key=lambda quantity: quantity.as_written)

    def between(
        self,
        kind: Kind,
        rule: str,
        propositions: tuple[Proposition, Proposition],
        sides: Iterable[Iterable[Claim]],
        firm: bool = True,
    ) -> Iterator[Disagreement]:
        """One disagreement of all pairs of claims whose scopes meet; certain when firm and one pair is."""
        left, right = (list(side) for side in sides)
        pairs = [(a, b) for a in left for b in right if a.iri != b.iri and self.scopes_meet(a, b)]
        if pairs:
            certain = firm and any(_is_plain(a) and _is_plain(b) and _times_stated(a, b) for a, b in pairs)
            strength: Strength = "certain" if certain else "possible"
            yield Disagreement(kind, strength, rule, propositions, sides_of(pairs))

    def scopes_meet(self, one: Claim, other: Claim) -> bool:
        """Whether times and places overlap or are left open."""
        if one.valid_during and other.valid_during and not one.valid_during.overlaps(other.valid_during):
            return False
        return self.places_meet(one, other)

    def places_meet(self, one: Claim, other: Claim) -> bool:
        """Whether one is said of a place within that of the other, or of no place."""
        if one.valid_in and other.valid_in and one.valid_in != other.valid_in:
            around = self.entailment.places_around
            return other.valid_in in around(one.valid_in) or one.valid_in in around(other.valid_in)
        return True


def sides_of(pairs: Iterable[tuple[Claim, Claim]]) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """The claims on either side of some pairs, each once."""
    pairs = list(pairs)
    return tuple(dict.fromkeys(a for a, _ in pairs)), tuple(dict.fromkeys(b for _, b in pairs))


def is_short(time: Time) -> bool:
    """Whether a time is a month at most."""
    return (
        time.earliest is not None and time.latest is not None and (time.latest - time.earliest).days < _MONTH
    )


def _is_plain(claim: Claim) -> bool:
    return claim.certainty == "certain" and not claim.qualifier and not claim.condition


def _times_stated(one: Claim, other: Claim) -> bool:
    """Whether both say when, or neither does: a time unstated on one side alone leaves a way out."""
    return (one.valid_during is None) == (other.valid_during is None)
