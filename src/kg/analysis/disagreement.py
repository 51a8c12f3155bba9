"""Claims that cannot both hold, found by rule, and near misses that only look so.  No verdict is given.

The rules stand in :mod:`kg.analysis.denials` (one affirms what the other denies),
:mod:`kg.analysis.rivals` (two things of which one can hold) and :mod:`kg.analysis.nearmisses`;
:mod:`kg.analysis.sides` rules out scope.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.analysis.denials import denials
from kg.analysis.nearmisses import near_misses
from kg.analysis.rivals import rivals
from kg.analysis.sides import Disagreement, Sides
from kg.analysis.standing import Entailment
from kg.model import Claim, Iri, Proposition

__all__ = ["Disagreement", "disagreements", "rival_claims"]


def disagreements(
    claims: Iterable[Claim],
    entailment: Entailment,
    captions: frozenset[Iri] = frozenset(),
) -> list[Disagreement]:
    """Every disagreement and near miss among claims; ``captions`` are the claims that stand in captions."""
    sides = Sides(claims, entailment, captions)
    found = [*denials(sides), *rivals(sides), *near_misses(sides)]
    return sorted(found, key=lambda d: (d.propositions, d.kind, d.strength, d.rule))


def rival_claims(found: Iterable[Disagreement]) -> dict[Proposition, tuple[Claim, ...]]:
    """For each Proposition the claims of a value that for certain cannot hold beside it."""
    against: dict[Proposition, tuple[Claim, ...]] = {}
    for disagreement in found:
        if disagreement.strength == "certain" and disagreement.kind != "polarity":
            one, other = disagreement.propositions
            against[one] = against.get(one, ()) + disagreement.sides[1]
            against[other] = against.get(other, ()) + disagreement.sides[0]
    return against
