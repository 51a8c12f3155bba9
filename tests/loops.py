"""Citation loops, seeded: Works of which each has what it says from the next, and the last from the first."""

from __future__ import annotations

from kg.analysis.independence import support
from kg.model import Citation, Claim

LENGTHS = (1, 2, 3, 4)


def claim(work: str, *cited: str, said_in: str | None = None) -> Claim:
    """A claim of a Work that cites others."""
    note = Citation(f"citation:{work}", work, "1", cited)
    return Claim(
        iri=f"claim:{work}:{'-'.join(cited)}",
        stated_in=work,
        evidence=(),
        gist="",
        claimants=(work,),
        voice="own",
        cites=(note,) if cited else (),
        said_in=said_in,
    )


def loop(length: int) -> list[Claim]:
    """The claims of so many Works in a circle."""
    works = [f"w{number}" for number in range(length)]
    return [claim(work, works[(at + 1) % length]) for at, work in enumerate(works)]


def is_found(claims: list[Claim]) -> bool:
    """Whether the whole circle is called circular, and rests on one root."""
    found = support(claims, {})
    return found.circular == tuple(claim.stated_in for claim in claims) and len(found.roots) == 1
