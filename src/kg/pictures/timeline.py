"""Events on a scale of time, with what is not known of their dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.errors import LimitError
from kg.pictures.canvas import BAND, SOFT, VERMILION, Canvas
from kg.pictures.letters import line_height, width_of, wrapped
from kg.pictures.sheet import Body, Sheet, Sign, nothing
from kg.pictures.source import Row, Source, told_apart
from kg.pictures.timescale import Stretch, Timescale, draw_time, stretch_of, time_signs

_MOST_EVENTS = 3000
_LABEL, _WORDS = 8, 7
_LABEL_WIDTH, _WORDS_WIDTH, _GAP, _HEAD = 290.0, 240.0, 10.0, 20.0


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with the dates that claims give it, and what speaks against its having happened."""

    name: str
    times: tuple[Stretch, ...]
    doubt: str


def timeline(source: Source, start: date | None = None, end: date | None = None) -> Sheet:
    """The events of an actor, or all, with a date; between two days when these are given.

    Raises LimitError when they are more than anybody can look at.
    """
    rows = source.rows("event-timeline")
    found = [event for event in _happenings(rows) if event.times]
    kept = [event for event in found if any(_falls_between(time, start, end) for time in event.times)]
    undated = len({row["node"] for row in rows}) - len(found)
    title = f"Events of {source.actor.label}" if source.actor else "Events"
    if start or end:
        title += f" from {start or 'the first'} to {end or 'the last'}"
    notes = [*_left_out(undated, len(found) - len(kept)), source.told("event-timeline")]
    if len(kept) > _MOST_EVENTS:
        raise LimitError(
            f"{len(kept)} events are too many for one picture", fix="ask for fewer years or one actor"
        )
    if not kept:
        return nothing(title, "No event with a date was found.", notes)
    return _sheet(title, sorted(kept, key=lambda e: (e.times[0].order, e.name)), notes)


def _happenings(rows: Sequence[Row]) -> list[Happening]:
    names = told_apart((row["node"], row["event"]) for row in rows)
    times: dict[str, set[Stretch]] = defaultdict(set)
    doubts: dict[str, str] = {}
    for row in rows:
        if row["dated"]:
            times[row["node"]].add(stretch_of(row))
        doubts[row["node"]] = _doubt(row)
    return [Happening(names[e], tuple(sorted(times[e], key=lambda t: t.order)), doubts[e]) for e in doubts]


def _doubt(row: Row) -> str:
    """What the words of the claims leave open of its having happened at all."""
    if row["denials"] and int(row["denials"]):
        return "disputed that it happened" if row["happening"] == "disputed" else "said not to have happened"
    return "happening only reported or considered" if row["happening"] == "unasserted" else ""


def _falls_between(time: Stretch, start: date | None, end: date | None) -> bool:
    """Whether a known end lies between the days, or the time reaches over them."""
    first, last, _ = time.order
    return (start is None or last >= start) and (end is None or first <= end)


def _left_out(undated: int, outside: int) -> list[str]:
    left = [
        f"{count} {'event' if count == 1 else 'events'} {why}"
        for count, why in ((undated, "without a date"), (outside, "outside these days"))
        if count
    ]
    return [f"Not shown: {' and '.join(left)}."] if left else []


# --- drawing ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    event: Happening
    label: list[str]
    words: list[str]

    @property
    def height(self) -> float:
        return max(len(self.label), len(self.words)) * line_height(_LABEL) + 4


def _sheet(title: str, events: Sequence[Happening], notes: Sequence[str]) -> Sheet:
    rows = [_Row(e, wrapped(e.name, _LABEL_WIDTH, _LABEL), _words(e)) for e in events]
    times = [time for event in events for time in event.times]
    scale = Timescale(times)
    names = max(width_of(line, _LABEL) for row in rows for line in row.label)
    words = max(width_of(line, _WORDS) for row in rows for line in row.words)
    height = sum(row.height for row in rows)

    def draw(canvas: Canvas, left: float, top: float) -> None:
        chart, y = left + names + _GAP, top + _HEAD
        scale.draw(canvas, chart, y, y + height)
        for place, row in enumerate(rows):
            if place % 2:
                canvas.box(
                    left - 4, y, names + scale.width + words + 2 * _GAP + 8, row.height, BAND, layer=0.5
                )
            _draw_row(canvas, row, (left + names, chart, chart + scale.width + _GAP), y, scale)
            y += row.height

    signs = time_signs(times)
    if any(event.doubt for event in events):
        signs.append(Sign("doubt that it happened", _draw_cross))
    if scale.gaps:
        signs.append(Sign("years without a date, drawn short", _draw_gap))
    width = names + scale.width + words + 2 * _GAP
    return Sheet(title, Body(width, height + _HEAD + 16, draw), len(rows), signs, notes)


def _words(event: Happening) -> list[str]:
    """A line for each date as the claims give it; how it stands behind it."""
    stands = {"unasserted": " (only reported or hedged)", "disputed": " (disputed)"}
    odds = {"disagreement": " (at odds with another)", "near miss": " (near miss)"}
    told = [time.words + stands.get(time.standing, odds.get(time.finding, "")) for time in event.times]
    lines = [wrapped(line, _WORDS_WIDTH, _WORDS, most=1)[0] for line in told]
    return [*lines, event.doubt] if event.doubt else lines


def _draw_row(
    canvas: Canvas, row: _Row, places: tuple[float, float, float], top: float, scale: Timescale
) -> None:
    names, chart, words = places
    middle, step = top + row.height / 2, line_height(_LABEL)
    canvas.lines(names, middle, row.label, _LABEL, side="right")
    first = middle - step * (len(row.words) - 1) / 2
    for place, line in enumerate(row.words):
        y = first + place * step
        canvas.text(words, y, line, _WORDS, colour=SOFT)
        if place < len(row.event.times):
            draw_time(canvas, scale, chart, y, row.event.times[place])
        else:
            _draw_cross(canvas, words - 7, y)


def _draw_cross(canvas: Canvas, x: float, y: float) -> None:
    for way in (-1, 1):
        canvas.line([(x - 3, y - 3 * way), (x + 3, y + 3 * way)], VERMILION, 1.6, layer=3)


def _draw_gap(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x - 6, y - 5, 12, 10, "#e4e4e4")
