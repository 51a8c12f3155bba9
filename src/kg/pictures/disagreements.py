"""Numbers and dates that differ, side by side with all that their words leave open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analysis.rules import RULES
from kg.pictures.amounts import Amount, Amounts, amount_of, amount_signs
from kg.pictures.canvas import BAND, SOFT, Canvas
from kg.pictures.letters import line_height, wrapped
from kg.pictures.sheet import Body, Sheet, nothing
from kg.pictures.source import Row, Source, told_apart
from kg.pictures.timescale import Stretch, Timescale, draw_time, stretch_of, time_signs

_HEADING, _LABEL, _WORDS = 9, 8, 7
_LABEL_WIDTH, _SAYS_WIDTH, _GAP = 250.0, 210.0, 12.0
_HEAD, _AXIS, _BETWEEN = 24.0, 18.0, 16.0


@dataclass(frozen=True, slots=True)
class Side:
    """A number or a date as some claims give it: of what, how much or when, and who says so."""

    label: str
    value: Amount | Stretch
    claimants: tuple[str, ...]

    @property
    def says(self) -> str:
        """Who gives it, and the value in words where the label does not have it."""
        names = "; ".join(self.claimants)
        return names if self.label == self.value.words else f"{self.value.words}: {names}"


@dataclass(frozen=True, slots=True)
class Panel:
    """Sides that stand against each other, and what a rule finds between them."""

    heading: str
    sides: tuple[Side, ...]


def disagreements(source: Source) -> Sheet:
    """Numbers and dates that stand side by side, of an actor or of all."""
    panels = [*_numbers(source.rows("observation-rivals")), *_dates(source.rows("event-dates"))]
    title = "Numbers and dates that differ" + (f": {source.actor.label}" if source.actor else "")
    notes = [*_others(source.rows("claim-disagreements")), source.told("observation-rivals", "event-dates")]
    if not panels:
        return nothing(title, "No number and no date has a rival.", notes)
    return _sheet(title, panels, notes)


def _others(rows: Sequence[Row]) -> list[str]:
    """What is at odds and has no range to draw, by its matter."""
    pairs = {(row["matter"], row["one"], row["other"]) for row in rows if row["finding"] == "disagreement"}
    counts = Counter(matter for matter, _, _ in pairs if matter not in ("value", "date"))
    if not counts:
        return []
    listed = ", ".join(f"{matter} ({count})" for matter, count in sorted(counts.items()))
    return [f"Disagreements on what has no range are not drawn: {listed}; see: kg query claim-disagreements"]


def _numbers(rows: Sequence[Row]) -> list[Panel]:
    """A panel for all numbers of one unit that are compared with one another, if only by way of a third."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["group"]].append(row)
    joined: list[list[Row]] = []
    for group in groups.values():
        ours = {_number(row) for row in group}
        touching = [some for some in joined if ours & {_number(row) for row in some}]
        joined = [some for some in joined if some not in touching]
        joined.append([*(row for some in touching for row in some), *group])
    panels = []
    for some in joined:
        sides = _sides(some, lambda row: row["observation"], amount_of)
        one_thing = len({side.label for side in sides}) == 1
        heading = sides[0].label if one_thing else "Compared by rule"
        panels.append(Panel(_headed(heading, some), sides))
    return sorted(panels, key=lambda panel: (-len(panel.sides), panel.heading, panel.sides[0].label))


def _number(row: Row) -> tuple[str, str, str]:
    return row["observation"], row["value"], row["unit"] or ""


def _dates(rows: Sequence[Row]) -> list[Panel]:
    names = told_apart((row["node"], row["event"]) for row in rows)
    events: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        events[row["node"]].append(row)
    panels = [
        Panel(_headed(names[node], some), _sides(some, lambda row: row["dated"], stretch_of))
        for node, some in events.items()
    ]
    return sorted(panels, key=lambda panel: panel.heading)


def _sides(rows: Sequence[Row], label: Callable[[Row], str], value: Callable[[Row], Any]) -> tuple[Side, ...]:
    """The different values in order, each with all who give it."""
    claimants: dict[tuple[str, Any], set[str]] = defaultdict(set)
    for row in rows:
        claimants[label(row), value(row)].add(_speaker(row))
    found = [Side(label, value, tuple(sorted(names))) for (label, value), names in claimants.items()]
    return tuple(sorted(found, key=lambda side: (side.value.order, side.label)))


def _speaker(row: Row) -> str:
    """Who gives it, and as what where it is no plain assertion."""
    modality = row.get("modality") or "assertion"
    return row["claimant"] if modality == "assertion" else f"{row['claimant']} ({modality})"


def _headed(heading: str, rows: Sequence[Row]) -> str:
    found = sorted({(row["finding"], row["rule"]) for row in rows if row["finding"]})
    told = [f"{kind}: {RULES.get(rule, rule)}" for kind, rule in found]
    return f"{heading} · {'; '.join(told) or 'no rule finds them at odds'}"


# --- drawing ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Drawn:
    """A panel with its measures."""

    panel: Panel
    scale: Amounts | Timescale

    def labels(self, side: Side) -> list[str]:
        return wrapped(side.label, _LABEL_WIDTH, _LABEL)

    def says(self, side: Side) -> list[str]:
        return wrapped(side.says, _SAYS_WIDTH, _WORDS)

    def height(self, side: Side) -> float:
        lines = max(len(self.labels(side)) * line_height(_LABEL), len(self.says(side)) * line_height(_WORDS))
        return max(lines, 10.0) + 6

    def heading(self, width: float) -> list[str]:
        return wrapped(self.panel.heading, width, _HEADING, bold=True)

    def whole(self, width: float) -> float:
        """The height of the panel with its heading and its scale."""
        head = len(self.heading(width)) * line_height(_HEADING) + 6
        return head + sum(map(self.height, self.panel.sides)) + _AXIS + _BETWEEN


def _sheet(title: str, panels: Sequence[Panel], notes: Sequence[str]) -> Sheet:
    drawn = [_Drawn(panel, _scale(panel)) for panel in panels]
    chart = max(item.scale.width for item in drawn)
    width = _LABEL_WIDTH + _GAP + chart + _GAP + _SAYS_WIDTH
    height = sum(item.whole(width) for item in drawn)

    def draw(canvas: Canvas, left: float, top: float) -> None:
        for item in drawn:
            _draw_panel(
                canvas, item, (left, left + _LABEL_WIDTH + _GAP, left + width - _SAYS_WIDTH), top, width
            )
            top += item.whole(width)

    amounts = [s.value for p in panels for s in p.sides if isinstance(s.value, Amount)]
    times = [s.value for p in panels for s in p.sides if isinstance(s.value, Stretch)]
    signs = [*amount_signs(amounts), *time_signs(times)]
    return Sheet(title, Body(width, height, draw), len(panels), signs, notes)


def _scale(panel: Panel) -> Amounts | Timescale:
    amounts = [side.value for side in panel.sides if isinstance(side.value, Amount)]
    if amounts:
        return Amounts(amounts)
    return Timescale([side.value for side in panel.sides if isinstance(side.value, Stretch)])


def _draw_panel(
    canvas: Canvas, item: _Drawn, places: tuple[float, float, float], top: float, width: float
) -> None:
    left, chart, says = places
    lines = item.heading(width)
    for place, line in enumerate(lines):
        canvas.text(left, top + (place + 0.5) * line_height(_HEADING), line, _HEADING, bold=True)
    start = top + len(lines) * line_height(_HEADING) + 6
    end = start + sum(map(item.height, item.panel.sides))
    item.scale.draw(canvas, chart, start, end, above=False)
    y = start
    for place, side in enumerate(item.panel.sides):
        high = item.height(side)
        if place % 2:
            canvas.box(left - 4, y, width + 8, high, BAND, layer=0.5)
        canvas.lines(chart - _GAP, y + high / 2, item.labels(side), _LABEL, side="right")
        for number, line in enumerate(said := item.says(side)):
            offset = (number - (len(said) - 1) / 2) * line_height(_WORDS)
            canvas.text(says, y + high / 2 + offset, line, _WORDS, colour=SOFT)
        _draw_value(canvas, item.scale, chart, y + high / 2, side.value)
        y += high


def _draw_value(
    canvas: Canvas, scale: Amounts | Timescale, left: float, y: float, value: Amount | Stretch
) -> None:
    if isinstance(scale, Timescale) and isinstance(value, Stretch):
        draw_time(canvas, scale, left, y, value)
    elif isinstance(scale, Amounts) and isinstance(value, Amount):
        scale.draw_amount(canvas, left, y, value)
