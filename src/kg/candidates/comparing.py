"""What speaks for two things being one and what against, each in words, with its weight and its grounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from math import log2
from typing import NamedTuple

from kg.candidates.pairing import likeness
from kg.candidates.profiles import Bases, Profile, Profiles, Role
from kg.model import Iri
from kg.terms import ACES

# Weights are points of 100, judged by looking at many pairs; their sum orders pairs and is no probability.
_RELATED, _SIDE_BY_SIDE, _OTHER_NUMBER = -40, -30, -40
_APART, _JUST_APART, _OTHER_PLACE, _OTHER_KIND, _OTHER_AMOUNT = -45, -15, -25, -15, -12
_OTHER_SINGLE, _OTHER_END, _UNLIKE = -15, -5, -10
_SAME_MONTH, _SAME_YEAR, _SAME_AGE, _WITHIN, _SAME_KIND, _SAME_AMOUNT = 25, 12, 4, 6, 4, 10
_SAME_WORK, _OTHER_WORK = -10, 8
_MOST_ENDS = 3
_OF_A_WHOLE = tuple(ACES + name for name in ("partOfEvent", "partOf", "within"))
"""Parts of one whole are many: to share it tells nothing."""
_MONTH, _YEAR = 31, 366
_BAD_LIKENESS = 50


class Ground(NamedTuple):
    """One thing that speaks for or (with negative points) against; the Propositions that give it."""

    points: int
    words: str
    bases: tuple[Iri, ...] = ()
    claims: tuple[Iri, ...] = ()


class Comparison:
    """Two profiles side by side."""

    def __init__(self, profiles: Profiles, one: Profile, other: Profile) -> None:
        """Nothing is compared before it is asked for."""
        self.profiles, self.one, self.other = profiles, one, other

    def grounds(self) -> list[Ground]:
        """Everything that can be said, what speaks for it first, the weightiest of each first."""
        found = [
            *self._names(),
            *self._kinds(),
            *self._times(),
            *self._places(),
            *self._numbers(),
            *self._relations(),
            *self._to_each_other(),
            *self._works(),
        ]
        return sorted(found, key=lambda ground: (ground.points < 0, -abs(ground.points), ground.words))

    # --- names -------------------------------------------------------------------------------------

    def _names(self) -> Iterator[Ground]:
        scored = ((likeness(a, b), a, b) for a, b in product(self.one.names, self.other.names))
        score, name, other = max(scored, key=lambda found: found[0])
        alike = f"names {score:.0f} alike: {name!r} / {other!r}"
        if score >= _BAD_LIKENESS:
            yield Ground(round(score - _BAD_LIKENESS), alike)
        else:
            yield Ground(_UNLIKE, f"names only {score:.0f} alike: {name!r} / {other!r}")
        numbers, others = _numbers_in(self.one.label), _numbers_in(self.other.label)
        if numbers and others and numbers != others:
            differ = f"{', '.join(sorted(numbers))} / {', '.join(sorted(others))}"
            yield Ground(_OTHER_NUMBER, f"their names differ in a number: {differ}")

    # --- kinds, dates, places, numbers -------------------------------------------------------------

    def _kinds(self) -> Iterator[Ground]:
        ours, theirs = self._finest(self.one.kinds), self._finest(self.other.kinds)
        if not ours or not theirs:
            return
        is_a = self.profiles.is_a
        for cls, other in product(ours, theirs):
            if is_a(cls, other) or is_a(other, cls):
                same = "" if cls == other else f" and {self._label(other)}"
                yield Ground(_SAME_KIND, f"both: {self._label(cls)}{same}", (*ours[cls], *theirs[other]))
                return
        yield Ground(
            _OTHER_KIND, f"kinds differ: {self._listed(ours)} / {self._listed(theirs)}", _all(ours, theirs)
        )

    def _finest(self, kinds: Bases) -> Bases:
        """The kinds without those that lie above another of them."""
        is_a = self.profiles.is_a
        return {c: b for c, b in kinds.items() if not any(o != c and is_a(o, c) for o in kinds)}

    def _times(self) -> Iterator[Ground]:
        for predicate in _both(self.one.times, self.other.times):
            ours, theirs = self.one.times[predicate], self.other.times[predicate]
            spans = [(a, b, self.profiles.span(a), self.profiles.span(b)) for a, b in product(ours, theirs)]
            meeting = [(max(_days(*s), _days(*t)), a, b) for a, b, s, t in spans if _meet(s, t)]
            if meeting:
                days, time, other = min(meeting)
                points = _SAME_MONTH if days <= _MONTH else _SAME_YEAR if days <= _YEAR else _SAME_AGE
                told = self._one_or_two(time, other)
                yield Ground(points, f"both dated {told}", (*ours[time], *theirs[other]))
                continue
            gap, time, other = min((_gap(s, t), a, b) for a, b, s, t in spans)
            points = _JUST_APART if gap <= _MONTH else _APART
            told = f"{_in_words(gap)} apart: {self._label(time)} / {self._label(other)}"
            yield Ground(points, told, (*ours[time], *theirs[other]))

    def _places(self) -> Iterator[Ground]:
        around = self.profiles.around
        for predicate in _both(self.one.places, self.other.places):
            ours, theirs = self.one.places[predicate], self.other.places[predicate]
            same = _both(ours, theirs)
            nested = [(a, b) for a, b in product(ours, theirs) if b in around(a) or a in around(b)]
            if same:
                place = same[0]
                told = f"same place {self._label(place)}"
                yield Ground(self._rarity((predicate, True), place), told, (*ours[place], *theirs[place]))
            elif nested:
                inner, outer = nested[0] if nested[0][1] in around(nested[0][0]) else nested[0][::-1]
                told = f"{self._label(inner)} lies within {self._label(outer)}"
                yield Ground(_WITHIN, told, (*ours[nested[0][0]], *theirs[nested[0][1]]))
            else:
                told = f"places differ: {self._listed(ours)} / {self._listed(theirs)}"
                yield Ground(_OTHER_PLACE, told, _all(ours, theirs))

    def _numbers(self) -> Iterator[Ground]:
        for measure in _both(self.one.numbers, self.other.numbers):
            ours, theirs = self.one.numbers[measure], self.other.numbers[measure]
            amounts = [
                (a, b, self.profiles.bounds(a), self.profiles.bounds(b)) for a, b in product(ours, theirs)
            ]
            meeting = next(((a, b) for a, b, s, t in amounts if _meet(s, t)), None)
            if meeting:
                told = f"{self._label(measure)}: {self._one_or_two(*meeting)}"
                yield Ground(_SAME_AMOUNT, told, (*ours[meeting[0]], *theirs[meeting[1]]))
            else:
                told = f"{self._label(measure)} differ: {self._listed(ours)} / {self._listed(theirs)}"
                yield Ground(_OTHER_AMOUNT, told, _all(ours, theirs))

    # --- relations ---------------------------------------------------------------------------------

    def _relations(self) -> Iterator[Ground]:
        """Ends in the same role: shared, told apart by one and the same claim, or none of them shared."""
        shared: list[Ground] = []
        parted: list[Ground] = []
        for role in _both(self.one.roles, self.other.roles):
            ours, theirs = self.one.roles[role], self.other.roles[role]
            same = _both(ours, theirs)
            for end in same:
                bases = (*ours[end], *theirs[end])
                claims = self._claims(ours[end]) & self._claims(theirs[end])
                if claims:
                    told = f"one claim names both side by side: {self._in_role(role, end)}"
                    yield Ground(_SIDE_BY_SIDE, told, (), tuple(sorted(claims)))
                elif role not in ((whole, True) for whole in _OF_A_WHOLE):
                    shared.append(Ground(self._rarity(role, end), f"both: {self._in_role(role, end)}", bases))
            if not same and role[1]:
                points = _OTHER_SINGLE if self._excludes(role[0]) else _OTHER_END
                told = f"{self._label(role[0])}: {self._listed(ours)} / {self._listed(theirs)}"
                parted.append(Ground(points, f"differ in {told}", _all(ours, theirs)))
        for grounds in (shared, parted):
            yield from sorted(grounds, key=lambda ground: (-abs(ground.points), ground.words))[:_MOST_ENDS]

    def _excludes(self, predicate: Iri) -> bool:
        """Whether things that differ in this are hardly one."""
        return predicate == ACES + "author" or self.profiles.is_single(predicate)

    def _to_each_other(self) -> Iterator[Ground]:
        for (predicate, is_subject), ends in self.one.roles.items():
            for end, bases in ends.items():
                if end == self.other.node:
                    subject, value = (self.one, self.other) if is_subject else (self.other, self.one)
                    told = f"{subject.label} {self._label(predicate)} {value.label}"
                    yield Ground(_RELATED, f"one stands to the other: {told}", bases)

    def _works(self) -> Iterator[Ground]:
        """Who speaks of both has told them apart; two who each speak of one may mean the same."""
        ours, theirs = self.one.works, self.other.works
        if ours & theirs:
            yield Ground(_SAME_WORK, f"one Work speaks of both: {self._listed(ours & theirs)}")
        elif ours and theirs:
            yield Ground(_OTHER_WORK, f"told by two Works: {self._listed(ours)} / {self._listed(theirs)}")

    def _claims(self, bases: Iterable[Iri]) -> set[Iri]:
        return {claim for proposition in bases for claim in self.profiles.claims[proposition]}

    def _rarity(self, role: Role, end: Iri) -> int:
        """What few share tells more than what many share."""
        count = max(2, len(self.profiles.sharing[role, end]))
        return max(2, round(18 - 3 * log2(count)))

    # --- words -------------------------------------------------------------------------------------

    def _in_role(self, role: Role, end: Iri) -> str:
        predicate, is_subject = role
        label = self._label(predicate)
        return f"{label} {self._label(end)}" if is_subject else f"{self._label(end)} {label} it"

    def _label(self, node: Iri) -> str:
        return self.profiles.label(node)

    def _listed(self, values: Iterable[Iri]) -> str:
        labels = sorted(map(self._label, values))
        more = len(labels) - _MOST_ENDS
        return ", ".join(labels[:_MOST_ENDS]) + (f" and {more} more" if more > 0 else "")

    def _one_or_two(self, one: Iri, other: Iri) -> str:
        return self._label(one) if one == other else f"{self._label(one)} / {self._label(other)}"


Span = tuple[date | None, date | None]


def _both(one: Iterable, other: Iterable) -> list:  # type: ignore[type-arg]
    """What stands on both sides, sorted."""
    return sorted(set(one) & set(other))


def _all(*tables: Bases) -> tuple[Iri, ...]:
    return tuple(base for table in tables for bases in table.values() for base in bases)


def _numbers_in(name: str) -> set[str]:
    return set(re.findall(r"\d+", name))


def _meet(one: tuple, other: tuple) -> bool:  # type: ignore[type-arg]
    """Whether two intervals, open where an end is None, have something in common."""
    starts = [ends[0] for ends in (one, other) if ends[0] is not None]
    ends = [ends[1] for ends in (one, other) if ends[1] is not None]
    return not starts or not ends or bool(max(starts) <= min(ends))


def _days(first: date | None, last: date | None) -> int:
    return (last - first).days + 1 if first and last else _YEAR * 100


def _gap(one: Span, other: Span) -> int:
    """The days between two times that do not meet."""
    (first, last), (start, end) = sorted((one, other), key=lambda span: span[1] or date.max)
    del first, end
    return (start - last).days if start and last else 0


def _in_words(days: int) -> str:
    for size, word in ((365, "year"), (30, "month")):
        if days >= size:
            count = round(days / size)
            return f"{count} {word}{'s' * (count != 1)}"
    return f"{days} day{'s' * (days != 1)}"
