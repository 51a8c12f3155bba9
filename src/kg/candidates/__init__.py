"""What might be one thing under two names, with what speaks for it and what against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.candidates.comparing import Comparison
from kg.candidates.comparing import Ground as _Found
from kg.candidates.pairing import Pair, pairs
from kg.candidates.profiles import Profiles
from kg.candidates.views import Candidate, Candidates, Ground
from kg.explain.gather import Reader
from kg.identity import Decision, kept_of, resolved
from kg.shacl import Index
from kg.terms import REGISTERED_KINDS, kind_and_name

if TYPE_CHECKING:
    from kg.explain.views import ClaimView
    from kg.stores.local import LocalStore

__all__ = ["LEAST", "Candidate", "Candidates", "Ground", "candidates"]

LEAST = 40
"""From this score on a pair is listed where nothing else is asked for."""


def candidates(
    store: LocalStore,
    decisions: Iterable[Decision],
    kinds: Iterable[str] = REGISTERED_KINDS,
    least: int | None = None,
    *,
    decided: bool = False,
) -> Candidates:
    """Pairs of things of these kinds that may be one and are not decided on, the likeliest first.

    With ``decided`` the pairs that are decided on instead, whatever their score.
    """
    index = Index(store.data)
    profiles, reader = Profiles(index), Reader(index)
    known = _by_pair(decisions)
    least = (0 if decided else LEAST) if least is None else least
    kinds = set(kinds)
    found = []
    for pair in sorted(known) if decided else pairs(profiles, kinds):
        if kind_and_name(pair[0])[0] not in kinds or (pair in known) != decided:
            continue
        grounds = _grounds(profiles, pair)
        score = max(0, min(100, sum(ground.points for ground in grounds)))
        if score >= least:
            found.append(_candidate(pair, score, grounds, profiles, reader, known.get(pair)))
    return Candidates(tuple(sorted(found, key=lambda c: (-c.score, c.one, c.other))))


def _by_pair(decisions: Iterable[Decision]) -> dict[Pair, Decision]:
    """The decisions by the pair that they are about, as written and as they hold of what is kept."""
    decisions = list(decisions)
    as_kept = [decision for _, decision in resolved(decisions, kept_of(decisions))]
    found: dict[Pair, Decision] = {}
    for decision in (*decisions, *as_kept):
        one, other = sorted(decision.pair)
        found.setdefault((one, other), decision)
    return found


_NOTHING_LEFT = _Found(0, "nothing to compare: the graph holds one node for the two, or none for one")


def _grounds(profiles: Profiles, pair: Pair) -> list[_Found]:
    one, other = (profiles.by_node.get(node) for node in pair)
    return Comparison(profiles, one, other).grounds() if one and other else [_NOTHING_LEFT]


def _candidate(
    pair: Pair,
    score: int,
    grounds: list[_Found],
    profiles: Profiles,
    reader: Reader,
    decision: Decision | None,
) -> Candidate:
    shown = [
        Ground(ground.points, ground.words, tuple(_views(ground, profiles, reader))) for ground in grounds
    ]
    return Candidate(
        kind_and_name(pair[0])[0],
        *pair,
        (profiles.label(pair[0]), profiles.label(pair[1])),
        score,
        tuple(ground for ground in shown if ground.points >= 0),
        tuple(ground for ground in shown if ground.points < 0),
        decision.verdict if decision else "",
        decision.reason if decision else "",
    )


def _views(ground: _Found, profiles: Profiles, reader: Reader) -> Iterator[ClaimView]:
    """The claims that give a ground, each once."""
    told = dict.fromkeys(ground.claims)
    for proposition in dict.fromkeys(ground.bases):
        told |= dict.fromkeys(sorted(profiles.claims[proposition]))
    for claim in told:
        stance = "affirms" if reader.nodes(claim, "affirms") else "considers"
        yield reader.claim(claim, stance)
