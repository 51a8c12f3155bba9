"""One actor in the middle, all it is tied to on both sides, each tie in words beside its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.pictures.canvas import BAND, INK, PAPER, SOFT, Canvas, Point, Side
from kg.pictures.letters import line_height, width_of, wrapped
from kg.pictures.sheet import Body
from kg.pictures.ties import FAMILIES, Tie, draw_family, stronger, style_of

_NAME, _WORDS, _MIDDLE = 8, 7, 10
_NAME_WIDTH, _WORDS_WIDTH, _MIDDLE_WIDTH, _REACH = 190.0, 190.0, 120.0, 90.0
_PAD, _SIGN, _GAP = 4.0, 14.0, 10.0


@dataclass(frozen=True, slots=True)
class _Strand:
    """The ties of one family between the actor and another: what they are, and how they stand at best."""

    family: str
    standing: str
    words: list[str]

    @property
    def height(self) -> float:
        return len(self.words) * line_height(_WORDS) + 1.5


@dataclass(frozen=True, slots=True)
class _Row:
    name: list[str]
    strands: list[_Strand]

    @property
    def height(self) -> float:
        strands = sum(strand.height for strand in self.strands)
        return max(len(self.name) * line_height(_NAME), strands) + _PAD


def spider(actor: str, ties: Sequence[Tie]) -> Body:
    """The ties of an actor; those of its neighbours among each other are not drawn."""
    sides = _halves(_rows(actor, ties))
    names = [max((width_of(n, _NAME) for row in side for n in row.name), default=0.0) for side in sides]
    words = [
        max((width_of(w, _WORDS) for row in side for s in row.strands for w in s.words), default=0.0)
        for side in sides
    ]
    heights = [sum(row.height for row in side) for side in sides]
    middle = wrapped(actor, _MIDDLE_WIDTH - 16, _MIDDLE, bold=True, most=9)
    height = max(*heights, (len(middle) + 2) * line_height(_MIDDLE))
    reach = min(max(_REACH, height * 0.22), 220.0)
    start = words[0] + names[0] + _GAP + _SIGN
    width = start + 2 * reach + _MIDDLE_WIDTH + _SIGN + _GAP + names[1] + words[1]

    def draw(canvas: Canvas, left: float, top: float) -> None:
        centre = left + start + reach + _MIDDLE_WIDTH / 2
        hub = _draw_hub(canvas, centre, top + height / 2, middle, height, max(len(side) for side in sides))
        for side, rows, way in (("right", sides[0], -1), ("left", sides[1], 1)):
            inner = centre + way * (_MIDDLE_WIDTH / 2 + reach)
            column = _Column(
                canvas, inner, way, "right" if side == "right" else "left", names[way > 0], words[way > 0]
            )
            y = top + (height - heights[way > 0]) / 2
            column.draw(rows, y, (centre + way * _MIDDLE_WIDTH / 2, top + height / 2), hub)

    return Body(width, height, draw)


def _rows(actor: str, ties: Sequence[Tie]) -> list[_Row]:
    others: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for tie in ties:
        others[tie.target if tie.source == actor else tie.source][tie.family].append(tie)
    order = {family: place for place, family in enumerate(FAMILIES)}
    rows = []
    for name, families in others.items():
        found = sorted(families, key=lambda family: order[family])
        strands = [_strand(actor, family, families[family]) for family in found]
        rows.append(
            (
                order[found[0]],
                name.casefold(),
                name,
                _Row(wrapped(name, _NAME_WIDTH, _NAME, bold=False), strands),
            )
        )
    return [row for *_, row in sorted(rows, key=lambda item: item[:3])]


def _strand(actor: str, family: str, ties: Sequence[Tie]) -> _Strand:
    """``← is hostile to, → criticises``; what is only reported stands in brackets."""
    ways: dict[tuple[str, str], str] = {}
    arrows: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        arrow = "↔" if tie.mutual else "→" if tie.source == actor else "←"
        arrows[tie.relation].add(arrow)
        ways[tie.relation, arrow] = stronger(ways.get((tie.relation, arrow)), tie.standing)
    parts = []
    for relation in sorted(arrows):
        stands = {ways[relation, arrow] for arrow in arrows[relation]}
        if arrows[relation] == {"→", "←"} and len(stands) == 1:
            parts.append(_worded("↔", relation, stands.pop()))
        else:
            parts += [_worded(arrow, relation, ways[relation, arrow]) for arrow in sorted(arrows[relation])]
    standing = ""
    for tie in ties:
        standing = stronger(standing, tie.standing)
    return _Strand(family, standing, _packed(parts))


def _packed(parts: Sequence[str]) -> list[str]:
    """The parts in lines, broken between two of them."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}, {part}" if lines else part
        if lines and width_of(longer, _WORDS) <= _WORDS_WIDTH:
            lines[-1] = longer
        else:
            lines[-1:] = [f"{lines[-1]},"] if lines else []
            lines += wrapped(part, _WORDS_WIDTH, _WORDS)
    return lines


def _worded(arrow: str, relation: str, standing: str) -> str:
    words = f"{arrow} {relation}"
    return (
        f"({words})"
        if standing == "unasserted"
        else f"{words} (disputed)"
        if standing == "disputed"
        else words
    )


def _halves(rows: Sequence[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Two columns of about the same height, read down the left one and then down the right one."""
    half, height, place = sum(row.height for row in rows) / 2, 0.0, 0
    while place < len(rows) and height + rows[place].height / 2 <= half:
        height += rows[place].height
        place += 1
    return list(rows[:place]), list(rows[place:])


def _draw_hub(canvas: Canvas, x: float, y: float, lines: Sequence[str], height: float, rows: int) -> float:
    """The actor in a frame, tall enough for its lines to part; half of its height."""
    tall = min(height * 0.7, max((len(lines) + 1.2) * line_height(_MIDDLE), rows * 7.0))
    canvas.box(x - _MIDDLE_WIDTH / 2, y - tall / 2, _MIDDLE_WIDTH, tall, PAPER, INK, layer=4)
    canvas.lines(x, y, lines, _MIDDLE, side="center", bold=True)
    return tall / 2


@dataclass(frozen=True, slots=True)
class _Column:
    """Those on one side of the actor: ``way`` is -1 on the left and 1 on the right."""

    canvas: Canvas
    inner: float
    way: int
    side: Side
    names: float
    words: float

    def draw(self, rows: Sequence[_Row], top: float, middle: Point, reach: float) -> None:
        strands = sum(len(row.strands) for row in rows)
        drawn = 0
        for place, row in enumerate(rows):
            name_x = self.inner + self.way * _SIGN
            words_x = name_x + self.way * (self.names + _GAP)
            if place % 2:
                self._band(words_x, top, row.height)
            first = top + _PAD / 2 + line_height(_NAME) / 2
            for number, line in enumerate(row.name):
                self.canvas.text(name_x, first + number * line_height(_NAME), line, _NAME, side=self.side)
            y = top + _PAD / 2
            for strand in row.strands:
                centre = y + strand.height / 2
                self._words(strand, words_x, centre)
                share = (drawn + 0.5) / strands * 2 - 1
                self._tie(strand, centre, (middle[0], middle[1] + share * (reach - 4)))
                y, drawn = y + strand.height, drawn + 1
            top += row.height

    def _band(self, words: float, top: float, height: float) -> None:
        edge = words + self.way * self.words
        self.canvas.box(min(self.inner, edge), top, abs(edge - self.inner), height, BAND, layer=0.5)

    def _words(self, strand: _Strand, x: float, y: float) -> None:
        step = line_height(_WORDS)
        top = y - step * (len(strand.words) - 1) / 2
        for place, line in enumerate(strand.words):
            self.canvas.text(x, top + place * step, line, _WORDS, side=self.side, colour=SOFT)

    def _tie(self, strand: _Strand, y: float, end: Point) -> None:
        """A smooth line from the sign beside the name to the frame in the middle."""
        family, start = FAMILIES[strand.family], self.inner + self.way * 4
        bend = (start + end[0]) / 2
        curve = [_bezier((start, y), (bend, y), (bend, end[1]), end, step / 24) for step in range(25)]
        self.canvas.line(curve, family.colour, 1.1, style_of(strand.standing), layer=1.5)
        draw_family(self.canvas, start, y, strand.family)


def _bezier(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    u = 1 - t
    parts = ((u**3, a), (3 * u * u * t, b), (3 * u * t * t, c), (t**3, d))
    return sum(w * p[0] for w, p in parts), sum(w * p[1] for w, p in parts)
