"""All actors as labelled boxes with their ties between them, placed so that no two boxes touch."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import LimitError
from kg.pictures.canvas import FAINT, INK, PAPER, Box, Canvas, Point
from kg.pictures.letters import line_height, width_of, wrapped
from kg.pictures.placing import placed
from kg.pictures.sheet import Body
from kg.pictures.ties import FAMILIES, Tie, draw_family, stronger, style_of

_MOST_ACTORS = 1500
_MOST_TOGETHER = 12
_WIDTH = 120.0


@dataclass(frozen=True, slots=True)
class _Box:
    """An actor, or several that are tied to one other actor alone and all in the same way."""

    names: tuple[str, ...]
    degree: int

    @property
    def size(self) -> float:
        """Of the letters: the more others an actor is tied to, the larger."""
        return 7 if self.degree < 5 else 9 if self.degree < 15 else 12

    @property
    def lines(self) -> list[str]:
        """The names, wrapped; where there are several, each with a mark."""
        found = []
        for name in self.names:
            first, *rest = wrapped(name, _WIDTH * self.size / 7, self.size, bold=self.degree >= 5)
            found += [f"· {first}" if len(self.names) > 1 else first, *rest]
        return found

    @property
    def extent(self) -> Point:
        """Width and height."""
        wide = max(width_of(line, self.size, self.degree >= 5) for line in self.lines)
        return wide + 7, len(self.lines) * line_height(self.size) + 4


@dataclass(frozen=True, slots=True)
class _Edge:
    """All ties of one family between two boxes, in one direction or in both."""

    source: int
    target: int
    family: str
    standing: str
    both_ways: bool


def web(ties: Sequence[Tie]) -> Body:
    """All ties. Raises LimitError when there are more actors than anybody can make out."""
    names = sorted({tie.source for tie in ties} | {tie.target for tie in ties})
    if len(names) > _MOST_ACTORS:
        raise LimitError(f"{len(names)} actors are too many for one picture", fix="ask for one actor")
    boxes = _boxes(ties, names)
    number = {name: place for place, box in enumerate(boxes) for name in box.names}
    edges = _edges(ties, number)
    extents = [box.extent for box in boxes]
    pairs = sorted({(min(e.source, e.target), max(e.source, e.target)) for e, _ in edges})
    places = placed(extents, pairs)
    left, top = (min(p[axis] - e[axis] / 2 for p, e in zip(places, extents, strict=True)) for axis in (0, 1))
    right, bottom = (
        max(p[axis] + e[axis] / 2 for p, e in zip(places, extents, strict=True)) for axis in (0, 1)
    )

    def draw(canvas: Canvas, x: float, y: float) -> None:
        frames = [(p[0] - left + x, p[1] - top + y, *e) for p, e in zip(places, extents, strict=True)]
        for edge, bend in edges:
            _draw_edge(canvas, edge, frames[edge.source], frames[edge.target], bend)
        for frame, box in zip(frames, boxes, strict=True):
            _draw_box(canvas, frame, box)

    return Body(right - left, bottom - top, draw)


def _boxes(ties: Sequence[Tie], names: Sequence[str]) -> list[_Box]:
    """The actors; those with one neighbour alone share a box with others that are tied to it likewise."""
    others: dict[str, set[str]] = defaultdict(set)
    ways: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for tie in ties:
        for one, other, way in ((tie.source, tie.target, "from"), (tie.target, tie.source, "to")):
            others[one] |= {other} - {one}
            ways[one].add((tie.family, tie.standing, "" if tie.mutual else way))
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in names:
        hub = next(iter(others[name])) if len(others[name]) == 1 else ""
        leaf = hub and len(others[hub]) > 1
        alike[(hub, *map(str, sorted(ways[name]))) if leaf else ("", name)].append(name)
    found = []
    for group in alike.values():
        for start in range(0, len(group), _MOST_TOGETHER):
            some = group[start : start + _MOST_TOGETHER]
            found.append(_Box(tuple(some), len(others[some[0]])))
    return sorted(found, key=lambda box: box.names)


def _edges(ties: Sequence[Tie], number: dict[str, int]) -> list[tuple[_Edge, float]]:
    """One line for a family between two boxes, lines between the same two bent apart."""
    standings: dict[tuple[int, int, str], str] = {}
    ways: dict[tuple[int, int, str], set[int]] = defaultdict(set)
    for tie in ties:
        one, other = number[tie.source], number[tie.target]
        key = (min(one, other), max(one, other), tie.family)
        standings[key] = stronger(standings.get(key), tie.standing)
        ways[key] |= {0, 1} if tie.mutual else {int(one > other)}
    between: dict[tuple[int, int], list[_Edge]] = defaultdict(list)
    for (one, other, family), standing in standings.items():
        way = ways[one, other, family]
        ends = (other, one) if way == {1} else (one, other)
        if one != other:
            between[one, other].append(_Edge(*ends, family, standing, len(way) > 1))
    found = []
    for pair in sorted(between):
        edges = sorted(between[pair], key=lambda edge: list(FAMILIES).index(edge.family))
        for place, edge in enumerate(edges):
            bend = (place - (len(edges) - 1) / 2) * 14
            found.append((edge, bend if (edge.source, edge.target) == pair else -bend))
    return found


def _draw_box(canvas: Canvas, frame: Box, box: _Box) -> None:
    x, y, wide, high = frame
    hub, several = box.degree >= 5, len(box.names) > 1
    canvas.box(x - wide / 2, y - high / 2, wide, high, PAPER, INK if hub else FAINT, layer=4)
    at = x - wide / 2 + 3.5 if several else x
    canvas.lines(at, y, box.lines, box.size, side="left" if several else "center", bold=hub)


def _draw_edge(canvas: Canvas, edge: _Edge, source: Box, target: Box, bend: float) -> None:
    """A bow from the border of one box to that of the other, its family's shape in the middle."""
    start, end = (source[0], source[1]), (target[0], target[1])
    length = math.dist(start, end)
    if not length:
        return
    across = (-(end[1] - start[1]) / length, (end[0] - start[0]) / length)
    control = ((start[0] + end[0]) / 2 + across[0] * bend * 2, (start[1] + end[1]) / 2 + across[1] * bend * 2)
    curve = [_bow(start, control, end, step / 20) for step in range(21)]
    seen = [point for point in curve if not _inside(point, source) and not _inside(point, target)]
    colour = FAMILIES[edge.family].colour
    canvas.line(curve, colour, 0.9, style_of(edge.standing), layer=1.5)
    if len(seen) < 2:
        return
    draw_family(canvas, *seen[len(seen) // 2], edge.family, 2.6)
    if not edge.both_ways:
        _draw_head(canvas, seen[-2], seen[-1], colour)


def _bow(a: Point, b: Point, c: Point, t: float) -> Point:
    u = 1 - t
    return (
        u * u * a[0] + 2 * u * t * b[0] + t * t * c[0],
        u * u * a[1] + 2 * u * t * b[1] + t * t * c[1],
    )


def _inside(point: Point, box: Box) -> bool:
    return abs(point[0] - box[0]) <= box[2] / 2 + 1 and abs(point[1] - box[1]) <= box[3] / 2 + 1


def _draw_head(canvas: Canvas, before: Point, tip: Point, colour: str) -> None:
    length = math.dist(before, tip) or 1.0
    x, y = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    back = (tip[0] - 6 * x, tip[1] - 6 * y)
    canvas.shape(
        [tip, (back[0] - 2.6 * y, back[1] + 2.6 * x), (back[0] + 2.6 * y, back[1] - 2.6 * x)], colour
    )
