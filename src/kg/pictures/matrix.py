"""Who criticised whom, year by year, as a table of counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.pictures.canvas import FAINT, INK, PAPER, SOFT, Canvas, shade
from kg.pictures.letters import line_height, width_of, wrapped
from kg.pictures.sheet import Body, Sheet, Sign, nothing
from kg.pictures.source import Row, Source

_LABEL, _NUMBER = 8, 9
_LABEL_WIDTH, _CELL, _HIGH, _HEAD, _SECTION = 260.0, 44.0, 20.0, 20.0, 20.0
_MOST_SHADES = 6  # in the legend
_LONGEST_RUN = 15  # years between the first and the last that all get a column
_NO_YEAR = "no one year"


@dataclass(frozen=True, slots=True)
class Criticism:
    """What one criticised another for, in one year; without an event where nothing is told."""

    whom: str
    critic: str
    year: str
    event: str


def matrix(source: Source) -> Sheet:
    """The rivals that criticised an actor, or all adversaries that criticised each other."""
    name, found = "event-criticism", []
    if source.actor:
        found = [_criticism(source.actor.label, row["group"], row) for row in source.rows(name)]
    if not found:  # of somebody who has no rivals, what adversaries of other kinds said is shown
        name = "event-critics"
        found = [_criticism(row["whom"], row["critic"], row) for row in source.rows(name)]
    whom = source.actor.label if source.actor else "whom"
    title = f"Who criticised {whom} in public, year by year"
    told = source.told(name)
    if not found:
        return nothing(title, "No criticism was found.", [told])
    notes = ["A number counts the statements of which claims tell. An empty cell: no claim tells of any."]
    return _sheet(title, found, [*notes, told])


def _criticism(whom: str, critic: str, row: Row) -> Criticism:
    return Criticism(whom, critic, row["year"] or "", row["event"] or "")


# --- drawing ------------------------------------------------------------------------------------------


def _sheet(title: str, found: Sequence[Criticism], notes: Sequence[str]) -> Sheet:
    columns = _columns({item.year for item in found})
    events: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for item in found:
        events[item.whom, item.critic, item.year] |= {item.event} - {""}
    counts = {key: len(found) for key, found in events.items()}
    sections = {
        whom: sorted({i.critic for i in found if i.whom == whom}) for whom in sorted({i.whom for i in found})
    }
    table = _Table(columns, counts, sections, max(1, *counts.values()))
    shades = range(1, min(table.most, _MOST_SHADES) + 1)
    words = [str(n) if n < len(shades) else f"{n} {'statements' if n > 1 else 'statement'}" for n in shades]
    signs = [Sign(said, _swatch(n, table.most)) for n, said in zip(shades, words, strict=True)]
    return Sheet(title, Body(table.width, table.height, table.draw), sum(counts.values()), signs, notes)


def _columns(years: set[str]) -> list[str]:
    """The years in order, also those between without any criticism, then what has no one year."""
    known = sorted(int(year) for year in years if year)
    if known and known[-1] - known[0] < _LONGEST_RUN:
        known = list(range(known[0], known[-1] + 1))
    return [*map(str, known), *([""] if "" in years else [])]


@dataclass(frozen=True)
class _Table:
    columns: list[str]
    counts: dict[tuple[str, str, str], int]
    sections: dict[str, list[str]]
    most: int

    def _label(self, critic: str) -> list[str]:
        return wrapped(critic, _LABEL_WIDTH, _LABEL)

    def _row_height(self, critic: str) -> float:
        return max(_HIGH, len(self._label(critic)) * line_height(_LABEL) + 6)

    @property
    def names(self) -> float:
        """The width of the widest name."""
        critics = {critic for section in self.sections.values() for critic in section}
        return max(width_of(line, _LABEL) for critic in critics for line in self._label(critic)) + 8

    def column_width(self, column: str) -> float:
        """Of one column, the last of which has a longer head."""
        return _CELL if column else max(_CELL, width_of(_NO_YEAR, _LABEL) + 8)

    @property
    def width(self) -> float:
        """Of all columns with their names."""
        return self.names + sum(map(self.column_width, self.columns))

    @property
    def height(self) -> float:
        """Of all rows with the heads of sections."""
        rows = sum(self._row_height(critic) for section in self.sections.values() for critic in section)
        return rows + _HEAD + (_SECTION * len(self.sections) if len(self.sections) > 1 else 0)

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        """The table from its upper left corner."""
        x = left + self.names
        for column in self.columns:
            width = self.column_width(column)
            canvas.text(x + width / 2, top + 9, column or _NO_YEAR, _LABEL, side="center", colour=SOFT)
            x += width
        y = top + _HEAD
        for whom, critics in self.sections.items():
            if len(self.sections) > 1:
                room = max(self.width, _LABEL_WIDTH)
                label = wrapped(f"against {whom}", room, _LABEL, bold=True, most=1)[0]
                canvas.text(left, y + _SECTION / 2 + 2, label, _LABEL, bold=True)
                y += _SECTION
            for critic in critics:
                self._draw_row(canvas, left, y, whom, critic)
                y += self._row_height(critic)

    def _draw_row(self, canvas: Canvas, left: float, top: float, whom: str, critic: str) -> None:
        high = self._row_height(critic)
        canvas.lines(left + self.names - 8, top + high / 2, self._label(critic), _LABEL, side="right")
        x = left + self.names
        for column in self.columns:
            width = self.column_width(column)
            count = self.counts.get((whom, critic, column), 0)
            fill, ink = shade(count / max(self.most, 4)) if count else (PAPER, INK)
            canvas.box(x, top, width, high, fill, FAINT)
            if count:
                canvas.text(x + width / 2, top + high / 2, str(count), _NUMBER, side="center", colour=ink)
            x += width


def _swatch(count: int, most: int) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.box(x - 8, y - 5, 16, 10, shade(count / max(most, 4))[0], FAINT)

    return draw
