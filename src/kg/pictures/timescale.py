"""A scale of years with long gaps drawn short, and times on it with all that is not known of them."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.pictures.canvas import BLUE, FAINT, PAPER, SOFT, VERMILION, Canvas, Style
from kg.pictures.sheet import Sign

_LONGEST_TIME = 15  # years that one time may cover and that are all drawn in full
_LONGEST_GAP = 2  # years without a date that are drawn in full
_GAP_WIDTH = 0.6  # of a year, for a longer gap
_YEAR, _NARROWEST, _WIDEST = 46.0, 330.0, 1200.0
_MARGIN = 40.0  # room for times that are open at an end
_HALF = 3.6  # half the height of a bar


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time as claims give it: first and last possible day, how it is meant, and how it stands."""

    earliest: date | None
    latest: date | None
    mode: str
    standing: str
    words: str
    finding: str = ""

    @property
    def order(self) -> tuple[date, date, str]:
        """What it is sorted by: the end that is known, where one is open."""
        first, last = self.earliest or self.latest, self.latest or self.earliest
        return (first or date.max, last or date.max, self.words)

    def days(self) -> list[date]:
        """The ends that are known."""
        return [day for day in (self.earliest, self.latest) if day is not None]


def stretch_of(row: dict[str, Any]) -> Stretch:
    """The time that a row of a query holds in ``from``, ``to``, ``dated``, ``mode`` and ``standing``."""
    first, last = (date.fromisoformat(row[end]) if row[end] else None for end in ("from", "to"))
    finding = row["finding"] or ""
    standing = "disputed" if finding == "disagreement" else row.get("standing") or "uncontested"
    return Stretch(first, last, row["mode"] or "", standing, row["dated"] or "", finding)


class Timescale:
    """Where days lie on a line; years without a date are drawn short where they are many."""

    def __init__(self, times: Iterable[Stretch]) -> None:
        """A scale on which the known ends of all these times lie, in points from its left end."""
        self.parts: list[tuple[int, int, float, float]] = []  # first and last year, from, to
        spans = _spans(sorted({year for time in times for year in _years(time)}))
        units = sum(last - first + 1 if used else _GAP_WIDTH for first, last, used in spans)
        year = min(max(_YEAR, _NARROWEST / units), _WIDEST / units)
        place = _MARGIN
        for first, last, used in spans:
            width = year * (last - first + 1 if used else _GAP_WIDTH)
            self.parts.append((first, last, place, place + width))
            place += width
        self.year, self.width = year, place + _MARGIN
        self.gaps = [part for part, (*_, used) in zip(self.parts, spans, strict=True) if not used]

    def x(self, day: date) -> float:
        """The place where a day begins."""
        for first, last, start, end in self.parts:
            if first <= day.year <= last:
                length = 366 if calendar.isleap(day.year) else 365
                done = day.year - first + (day.timetuple().tm_yday - 1) / length
                return start + (end - start) * done / (last - first + 1)
        raise ValueError(f"{day} is not on the scale")

    def after(self, day: date) -> float:
        """The place where a day ends."""
        return self.x(day) + self.year / 366

    def draw(self, canvas: Canvas, left: float, top: float, bottom: float, above: bool = True) -> None:
        """Lines where years begin, their numbers below and above, and grey bands for gaps."""
        for _, _, start, end in self.gaps:
            canvas.box(left + start, top, end - start, bottom - top, "#e4e4e4", layer=0.6)
        step = max(1, -(-26 // int(self.year))) if self.year >= 1 else 26
        for part in self.parts:
            if part not in self.gaps:
                heights = [bottom + 8, *([top - 7] if above else [])]
                self._draw_years(canvas, left, (top, bottom), heights, part, step)
        for y in (top, bottom):
            canvas.line([(left, y), (left + self.width, y)], FAINT, 0.8, layer=0.8)

    def _draw_years(
        self,
        canvas: Canvas,
        left: float,
        ends: tuple[float, float],
        heights: Sequence[float],
        part: tuple[int, int, float, float],
        step: int,
    ) -> None:
        first, last, start, _ = part
        top, bottom = ends
        for place, year in enumerate(range(first, last + 2)):
            x = left + start + place * self.year
            canvas.line([(x, top), (x, bottom)], FAINT, 0.6, layer=0.7)
            if year <= last and place % step == 0:
                for y in heights:
                    canvas.text(x + self.year / 2, y, str(year), 8, side="center", colour=SOFT)
            if year <= last and self.year > 200:
                self._draw_months(canvas, x, top, bottom)

    def _draw_months(self, canvas: Canvas, x: float, top: float, bottom: float) -> None:
        for month in range(1, 12):
            at = x + self.year * month / 12
            canvas.line([(at, top), (at, bottom)], "#e6e6e6", 0.5, layer=0.65)


def _years(time: Stretch) -> Iterable[int]:
    """The years that must be drawn in full: those of the ends, and those between them if they are few."""
    years = [day.year for day in time.days()]
    return range(years[0], years[-1] + 1) if years[-1] - years[0] < _LONGEST_TIME else years


def _spans(years: Sequence[int]) -> list[tuple[int, int, bool]]:
    """Runs of years, each with whether it is drawn in full, without holes in between."""
    spans = [(years[0], years[0], True)]
    for year in years[1:]:
        first, last, _ = spans[-1]
        if year - last - 1 <= _LONGEST_GAP:
            spans[-1] = (first, year, True)
        else:
            spans += [(last + 1, year - 1, False), (year, year, True)]
    return spans


# --- times on the scale -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    fill: str
    edge: str
    style: Style
    hatch: str


_LOOKS = {
    "uncontested": _Look(BLUE, BLUE, "solid", ""),
    "disputed": _Look(VERMILION, VERMILION, "solid", "//////"),
    "unasserted": _Look("#8c8c8c", "#4d4d4d", "dashed", ""),
}


def draw_time(
    canvas: Canvas, scale: Timescale, left: float, y: float, time: Stretch, fade: float = 3.5
) -> None:
    """A day as a point, a time of which some day is meant as a pale bar, one that lasted as a full one."""
    look = _LOOKS.get(time.standing, _LOOKS["unasserted"])
    if time.earliest is not None and time.earliest == time.latest:
        _draw_day(canvas, left + scale.x(time.earliest), y, look)
    elif time.earliest is None and time.latest is not None:
        _draw_open(canvas, left + scale.after(time.latest), y, -fade, time.mode, look)
    elif time.latest is None and time.earliest is not None:
        _draw_open(canvas, left + scale.x(time.earliest), y, fade, time.mode, look)
    elif time.earliest is not None and time.latest is not None:
        start, end = left + scale.x(time.earliest), left + scale.after(time.latest)
        _draw_bar(canvas, start, end, y, time.mode, look)


def _draw_day(canvas: Canvas, x: float, y: float, look: _Look) -> None:
    canvas.disc(x, y, _HALF, PAPER if look.style == "dashed" else look.fill, look.edge)


def _draw_bar(canvas: Canvas, start: float, end: float, y: float, mode: str, look: _Look) -> None:
    lasted = mode == "throughout"
    wide = max(end - start, 2.5)
    canvas.box(start, y - _HALF, wide, 2 * _HALF, PAPER)
    alpha = 0.85 if lasted else 0.18
    canvas.box(start, y - _HALF, wide, 2 * _HALF, look.fill, alpha=alpha)
    canvas.box(start, y - _HALF, wide, 2 * _HALF, None, look.edge, style=look.style, hatch=look.hatch)


def _draw_open(canvas: Canvas, x: float, y: float, fade: float, mode: str, look: _Look) -> None:
    """A bar from the known end that fades out, and an arrow where it would go on."""
    steps, step, way = 8, abs(fade), 1 if fade > 0 else -1
    strong = 0.85 if mode == "throughout" else 0.3
    for place in range(steps):
        start = x + way * place * step if way > 0 else x - (place + 1) * step
        canvas.box(start, y - _HALF, step, 2 * _HALF, look.fill, alpha=strong * (1 - place / steps))
    canvas.line([(x, y - _HALF - 1), (x, y + _HALF + 1)], look.edge, 1.4, layer=2.5)
    tip = x + way * (steps * step + 5)
    canvas.line([(x, y), (tip, y)], look.edge, 0.8, look.style, layer=2.4)
    canvas.shape([(tip, y), (tip - way * 5, y - 2.6), (tip - way * 5, y + 2.6)], look.edge, layer=2.4)


def time_signs(times: Sequence[Stretch]) -> list[Sign]:
    """The legend of the kinds of times that occur."""
    scale, day, year = _sample(), date(2000, 1, 1), date(2000, 12, 31)
    samples = [
        ("exact day", Stretch(day, day, "within", "uncontested", "")),
        ("some time within", Stretch(day, year, "within", "uncontested", "")),
        ("all this time", Stretch(day, year, "throughout", "uncontested", "")),
        ("by then, start not given", Stretch(None, day, "within", "uncontested", "")),
        ("since then, end not given", Stretch(day, None, "throughout", "uncontested", "")),
        ("date only reported or hedged", Stretch(day, year, "within", "unasserted", "")),
        ("date disputed", Stretch(day, year, "within", "disputed", "")),
    ]
    kinds = {_kind(time) for time in times}
    standings = {time.standing for time in times} - {"uncontested"}
    return [
        Sign(words, _sign(scale, time))
        for words, time in samples
        if time.standing in standings or (time.standing == "uncontested" and _kind(time) in kinds)
    ]


def _kind(time: Stretch) -> str:
    if time.earliest is not None and time.earliest == time.latest:
        return "day"
    if time.earliest is None or time.latest is None:
        return "by" if time.earliest is None else "since"
    return "lasted" if time.mode == "throughout" else "some time"


def _sample() -> Timescale:
    """A scale as short as a sign of the legend."""
    day = date(2000, 1, 1)
    scale = Timescale([Stretch(day, day, "", "", "")])
    scale.parts = [(2000, 2000, 0.0, 18.0)]
    scale.year = 18.0
    return scale


def _sign(scale: Timescale, time: Stretch) -> Callable[[Canvas, float, float], None]:
    shift = {"day": 0.0, "by": 10.0, "since": -10.0}.get(_kind(time), -9.0)

    def draw(canvas: Canvas, x: float, y: float) -> None:
        draw_time(canvas, scale, x + shift, y, time, fade=1.8)

    return draw
