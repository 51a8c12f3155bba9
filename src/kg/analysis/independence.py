"""On how many independent works a Proposition rests: its roots, and reporting that runs in a circle.

A claim rests on what it was said in and on what its citations name; where such a Work is read too and
itself makes a claim in support, on what *that* claim rests.  What nothing stands behind is a root: the
Work cited last, or the claim's own Work, which is then unsourced.  A Work that says a thing twice, once
with its source and once without, rests on that source: a summary is no second root.  A Work whose note is
not held is the root itself, since nothing is known behind it, and is not unsourced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Claim, Iri
from kg.registry import Registry


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a Work comes from, as far as it decides whether two Works are independent."""

    makers: frozenset[Iri]
    presents: Iri | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind a Proposition: its roots, those that are independent, those that cite nothing.

    ``circular`` are the Works that rest, by way of others, on themselves.
    """

    roots: tuple[Iri, ...]
    independent: tuple[Iri, ...]
    unsourced: tuple[Iri, ...]
    circular: tuple[Iri, ...]


def origins(registry: Registry) -> dict[Iri, Origin]:
    """Authors, publisher and presented Work of every Work."""
    return {
        work.iri: Origin(
            frozenset([*work.authors, *([work.publisher] if work.publisher else [])]), work.presents
        )
        for work in registry.works()
    }


def support(claims: Iterable[Claim], origin: Mapping[Iri, Origin]) -> Support:
    """The roots of the claims that support one Proposition."""
    by_work: dict[Iri, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_work[claim.stated_in].append(claim)
    behind = {work: _behind(work, found, origin) for work, found in by_work.items()}
    bare = {work for work, sources in behind.items() if not sources}
    unsourced = sorted(work for work in bare if not any(claim.cites for claim in by_work[work]))
    circles = _circles(behind)
    closed = {min(circle) for circle in circles if all(behind[work] <= circle for work in circle)}
    cited_last = {work for sources in behind.values() for work in sources if work not in behind}
    roots = tuple(sorted(cited_last | closed | bare))
    circular = sorted(work for circle in circles for work in circle)
    return Support(roots, independent(roots, origin), tuple(unsourced), tuple(circular))


def independent(works: Iterable[Iri], origin: Mapping[Iri, Origin]) -> tuple[Iri, ...]:
    """Works of which no two present one another or share an author or publisher; greedy, in order."""
    chosen: list[Iri] = []
    for work in sorted(works):
        if all(_are_independent(work, other, origin) for other in chosen):
            chosen.append(work)
    return tuple(chosen)


def _are_independent(one: Iri, other: Iri, origin: Mapping[Iri, Origin]) -> bool:
    nothing = Origin(frozenset())
    left, right = origin.get(one, nothing), origin.get(other, nothing)
    return not left.makers & right.makers and left.presents != other and right.presents != one


def _behind(work: Iri, claims: Iterable[Claim], origin: Mapping[Iri, Origin]) -> set[Iri]:
    """The Works right behind the claims of one Work; empty when one of them rests on nothing else."""
    presented = origin[work].presents if work in origin else None
    found: set[Iri] = set()
    for claim in claims:
        found |= {cited for citation in claim.cites for cited in citation.cited_works}
        found |= {claim.said_in} if claim.said_in not in (None, work) else set()
    found |= {presented} if presented and not found else set()
    return found


def _circles(behind: Mapping[Iri, set[Iri]]) -> set[frozenset[Iri]]:
    """Works that all rest on one another, a Work that rests on itself among them."""
    reached = {work: _reached(work, behind) for work in behind}
    return {
        frozenset(other for other in found if work in reached.get(other, ()))
        for work, found in reached.items()
        if work in found
    }


def _reached(start: Iri, behind: Mapping[Iri, set[Iri]]) -> set[Iri]:
    """All Works that lie somewhere behind one."""
    reached: set[Iri] = set()
    ahead = [start]
    while ahead:
        for work in behind.get(ahead.pop(), ()):
            if work not in reached:
                reached.add(work)
                ahead.append(work)
    return reached
