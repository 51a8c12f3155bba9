"""Candidates as they are shown: a pair of things, what speaks for their being one, and what against."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kg.explain.text import DEFAULT_WIDTH, claim_lines, wrapped
from kg.explain.views import ClaimView
from kg.terms import kind_and_name

if TYPE_CHECKING:
    from kg.model import Iri
    from kg.results import Result

COLUMNS = ("score", "one", "other", "for", "against")
_MOST_CLAIMS = 3


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that speaks for or against, in words; points are negative against."""

    points: int
    words: str
    claims: tuple[ClaimView, ...] = ()
    """The claims that give it; none where the registry does."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things of one kind that may be one, with the decision on them where there is one."""

    kind: str
    one: Iri
    other: Iri
    labels: tuple[str, str]
    score: int
    speaks_for: tuple[Ground, ...]
    speaks_against: tuple[Ground, ...]
    verdict: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Candidates(Sequence[Candidate]):
    """Candidates in order, the likeliest first."""

    found: tuple[Candidate, ...]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.found)

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        """One of them, or a part of them."""
        return self.found[place]

    def result(self) -> Result:
        """One row for each, with what is decided where anything is."""
        from rdflib import Literal, URIRef

        from kg.results import Result

        decided = any(candidate.verdict for candidate in self.found)
        rows = []
        for candidate in self.found:
            grounds = (candidate.speaks_for, candidate.speaks_against)
            words = [Literal("; ".join(ground.words for ground in side)) for side in grounds]
            row = [Literal(candidate.score), URIRef(candidate.one), URIRef(candidate.other), *words]
            row += [Literal(candidate.verdict), Literal(candidate.reason)] if decided else []
            rows.append(row)
        return Result((*COLUMNS, "decision", "reason") if decided else COLUMNS, rows)

    def render(self, form: str = "text", width: int | None = None) -> str:
        """Each candidate with the claims behind all that speaks for and against, as ``text`` or ``json``."""
        if form == "json":
            told = [asdict(candidate) for candidate in self.found]
            return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        lines = (line for candidate in self.found for line in _lines(candidate))
        return "".join(f"{part}\n" for line in lines for part in wrapped(line, width or DEFAULT_WIDTH))


def _lines(candidate: Candidate) -> Iterator[str]:
    one, other = ("/".join(kind_and_name(node)) for node in (candidate.one, candidate.other))
    yield f"{one} and {other}: {candidate.score}"
    yield f"  {candidate.labels[0]}"
    yield f"  {candidate.labels[1]}"
    if candidate.verdict:
        yield f"  decided: {candidate.verdict} - {candidate.reason}"
    told: set[Iri] = set()
    for side, grounds in (("for", candidate.speaks_for), ("against", candidate.speaks_against)):
        for ground in grounds:
            yield f"  {side}: {ground.words} ({ground.points:+d})"
            fresh = [claim for claim in ground.claims if claim.iri not in told]
            if ground.claims and not fresh:
                yield "      claims as above"
            for claim in fresh[:_MOST_CLAIMS]:
                yield from claim_lines(claim, "      ")
            told |= {claim.iri for claim in fresh[:_MOST_CLAIMS]}
            more = len(fresh) - _MOST_CLAIMS
            if more > 0:
                yield f"      ... and {more} claim{'s' * (more != 1)} more (all of them: --format json)"
    yield ""
