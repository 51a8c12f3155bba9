"""Which pairs are worth a look: like names, or much in common. Nothing else is compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from kg.candidates.profiles import Profile, Profiles, Role
from kg.model import Iri
from kg.names import fold
from kg.terms import kind_and_name

Pair = tuple[Iri, Iri]

ALIKE = 65
"""From this likeness of two names on (0 to 100) they are reason enough to compare the rest."""
_COMMON = 40
"""What more things than this share tells none of them apart."""
_DAYS = 62
"""A date that is known no better than this many days says little of what happened."""


def likeness(name: str, other: str) -> float:
    """How alike two names are, from 0 to 100: as they stand, or with their words in one order."""
    from rapidfuzz import fuzz

    one, two = fold(name), fold(other)
    return max(fuzz.ratio(one, two), fuzz.token_sort_ratio(one, two))


def pairs(profiles: Profiles, kinds: Iterable[str]) -> list[Pair]:
    """The pairs of things of these kinds that have a like name or something telling in common, sorted."""
    kinds = set(kinds)
    things = [p for node, p in profiles.by_node.items() if kind_and_name(node)[0] in kinds]
    return sorted({*_alike(things), *_in_common(profiles, kinds), *_near_in_time(profiles, things)})


def _alike(things: list[Profile]) -> Iterator[Pair]:
    from rapidfuzz import fuzz, process

    called: dict[str, dict[str, set[Iri]]] = defaultdict(lambda: defaultdict(set))
    for profile in things:
        for name in profile.names:
            called[kind_and_name(profile.node)[0]][fold(name)].add(profile.node)
    for names in called.values():
        spelt = sorted(names)
        for place, name in enumerate(spelt):
            for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
                found = process.extract_iter(name, spelt[place:], scorer=scorer, score_cutoff=ALIKE)
                for other, _, _ in found:
                    yield from _each(names[name] | names[other])


def _in_common(profiles: Profiles, kinds: set[str]) -> Iterator[Pair]:
    """Pairs that have two things in common."""
    shared: Counter[Pair] = Counter()
    for nodes in profiles.sharing.values():
        if len(nodes) <= _COMMON:
            shared.update(_each(node for node in nodes if kind_and_name(node)[0] in kinds))
    return (pair for pair, count in shared.items() if count > 1)


def _near_in_time(profiles: Profiles, things: list[Profile]) -> Iterator[Pair]:
    """Pairs that are dated in the same months and have one thing in common, or a place around theirs."""
    months: dict[tuple[Iri, int, int], set[Iri]] = defaultdict(set)
    for profile in things:
        for predicate, times in profile.times.items():
            for time in times:
                for year, month in _months(*profiles.span(time)):
                    months[predicate, year, month].add(profile.node)
    features = {profile.node: {*profile.features(), *_around(profiles, profile)} for profile in things}
    for nodes in months.values():
        yield from (pair for pair in _each(nodes) if features[pair[0]] & features[pair[1]])


def _around(profiles: Profiles, profile: Profile) -> Iterator[tuple[Role, Iri]]:
    for predicate, places in profile.places.items():
        yield from (((predicate, True), outer) for place in places for outer in profiles.around(place))


def _months(first: date | None, last: date | None) -> set[tuple[int, int]]:
    """The months of a time that is known well enough."""
    if first is None or last is None or (last - first).days > _DAYS:
        return set()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {(day.year, day.month) for day in days}


def _each(nodes: Iterable[Iri]) -> Iterator[Pair]:
    """Every pair of different things of one kind, each in one order."""
    for one, other in combinations(sorted(nodes), 2):
        if kind_and_name(one)[0] == kind_and_name(other)[0]:
            yield one, other
