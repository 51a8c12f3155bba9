"""A grade of credibility for every Proposition, by one short rule over independence and opposition.

When a Proposition has which grade stands in :data:`kg.analysis.rules.GRADES`.

What is asserted more precisely is asserted too, and a denial opposes only what is said of a time that
overlaps.  The grades are those of the Admiralty scale; how far a Work can be trusted is graded apart and
not merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analysis.independence import Origin, Support, support
from kg.analysis.standing import Voices, asserts, opposes
from kg.model import Claim, Iri

_HELD = ("assertion", "estimate")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a Proposition rests on, how many independent roots oppose it, and the grade that follows."""

    support: Support
    opposing: int
    grade: str


def grounds(found: Voices, origin: Mapping[Iri, Origin], rivals: Iterable[Claim] = ()) -> Grounds:
    """The grounds of one Proposition; ``rivals`` are claims of values that cannot hold beside it."""
    held = _held(found.support)
    denials = [denial for denial in found.denials if any(opposes(denial, claim) for claim in held)]
    behind, against = support(held, origin), support(_held([*denials, *rivals]), origin)
    opposing, is_asserted = len(against.independent), any(asserts(claim) for claim in held)
    return Grounds(behind, opposing, _grade(behind, opposing, is_asserted))


def _held(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.modality in _HELD]


def _grade(behind: Support, opposing: int, is_asserted: bool) -> str:
    supporting = len(behind.independent)
    if not supporting:
        return "6"
    if opposing:
        return "3" if supporting > opposing else "5"
    if not is_asserted:
        return "2" if supporting > 1 else "4"
    if supporting > 1:
        return "1"
    return "3" if behind.roots == behind.unsourced else "2"
