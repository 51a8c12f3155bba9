"""A scale of numbers, and numbers on it with the bounds that their words give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.pictures.canvas import BLUE, FAINT, SOFT, VERMILION, Canvas, ticks
from kg.pictures.letters import width_of
from kg.pictures.sheet import Sign

_WIDTH, _MARGIN, _HALF = 330.0, 40.0, 3.6


@dataclass(frozen=True, slots=True)
class Amount:
    """A number by its bounds, or by what it was before and after; the words say it as the text does."""

    lower: float | None
    upper: float | None
    before: float | None
    after: float | None
    unit: str
    words: str

    @property
    def order(self) -> tuple[float, float, str]:
        """What it is sorted by."""
        known = self.known() or [float("inf")]
        return min(known), max(known), self.words

    def known(self) -> list[float]:
        """The bounds that are given."""
        return [n for n in (self.lower, self.upper, self.before, self.after) if n is not None]

    @property
    def kind(self) -> str:
        """How it is drawn."""
        if self.before is not None and self.after is not None:
            return "change"
        if self.lower is None or self.upper is None:
            return "least" if self.lower is not None else "most" if self.upper is not None else "unknown"
        return "exact" if self.lower == self.upper else "range"


def amount_of(row: dict[str, Any]) -> Amount:
    """The number that a row of a query holds."""
    lower, upper, before, after = (
        float(row[name]) if row[name] is not None else None for name in ("lower", "upper", "before", "after")
    )
    return Amount(lower, upper, before, after, row["unit"] or "", row["value"])


class Amounts:
    """Where numbers lie on a line that begins at nought, or below for what is less."""

    def __init__(self, amounts: Sequence[Amount]) -> None:
        """A scale that holds all bounds that are given."""
        known = [number for amount in amounts for number in amount.known()] or [1.0]
        self.marks = ticks(min(0.0, *known), max(known) if max(known) > min(0.0, *known) else 1.0)
        self.unit = " / ".join(sorted({amount.unit for amount in amounts if amount.unit}))
        self.width = _WIDTH + 2 * _MARGIN

    def x(self, number: float) -> float:
        """The place of a number, from the left end."""
        first, last = self.marks[0], self.marks[-1]
        return _MARGIN + _WIDTH * (number - first) / (last - first)

    def draw(self, canvas: Canvas, left: float, top: float, bottom: float, above: bool = False) -> None:
        """Lines at round numbers, which stand below them, or above too."""
        words = [_worded(mark) for mark in self.marks]
        room = _WIDTH / max(1, len(words) - 1)
        step = max(1, -(-int(max(width_of(word, 8) for word in words) + 8) // int(room)))
        for place, (mark, word) in enumerate(zip(self.marks, words, strict=True)):
            x = left + self.x(mark)
            canvas.line([(x, top), (x, bottom)], FAINT, 0.6, layer=0.7)
            if place % step == 0:
                for y in [bottom + 8, *([top - 7] if above else [])]:
                    canvas.text(x, y, word, 8, side="center", colour=SOFT)
        canvas.line([(left, bottom), (left + self.width, bottom)], FAINT, 0.8, layer=0.8)

    def draw_amount(self, canvas: Canvas, left: float, y: float, amount: Amount, reach: float = 34) -> None:
        """A point, a bar between two bounds, or an arrow where one is open or the number changed."""
        lower, upper = amount.lower, amount.upper
        if amount.kind == "change" and amount.before is not None and amount.after is not None:
            start, end = left + self.x(amount.before), left + self.x(amount.after)
            canvas.disc(start, y, 2.4, "#ffffff", VERMILION)
            _arrow(canvas, start, end, y, VERMILION)
        elif amount.kind == "exact" and lower is not None:
            canvas.disc(left + self.x(lower), y, _HALF, BLUE)
        elif amount.kind == "range" and lower is not None and upper is not None:
            start, end = left + self.x(lower), left + self.x(upper)
            canvas.box(start, y - _HALF, end - start, 2 * _HALF, BLUE, alpha=0.2)
            canvas.box(start, y - _HALF, end - start, 2 * _HALF, None, BLUE)
        elif amount.kind in ("least", "most"):
            known = lower if lower is not None else upper
            start, way = left + self.x(known or 0.0), 1 if amount.kind == "least" else -1
            canvas.line([(start, y - 5), (start, y + 5)], BLUE, 1.6)
            _arrow(canvas, start, start + way * reach, y, BLUE)
        else:
            canvas.text(left + self.x(self.marks[0]) + 4, y, "no number given", 7, colour=SOFT)


def _arrow(canvas: Canvas, start: float, end: float, y: float, colour: str) -> None:
    way = 1 if end >= start else -1
    canvas.line([(start, y), (end, y)], colour, 1.4)
    canvas.shape([(end, y), (end - way * 6, y - 3), (end - way * 6, y + 3)], colour)


def _worded(number: float) -> str:
    """A round number with its thousands apart: ``1 500``, ``2.5 million``."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(number) >= size:
            return f"{number / size:g} {word}"
    return f"{number:,.0f}".replace(",", " ") if number == int(number) else f"{number:g}"


_SIGNS = {
    "exact": ("this number", Amount(0.5, 0.5, None, None, "", "")),
    "range": ("between two bounds", Amount(0.0, 1.0, None, None, "", "")),
    "least": ("at least, no upper bound", Amount(0.0, None, None, None, "", "")),
    "most": ("at most, no lower bound", Amount(None, 1.0, None, None, "", "")),
    "change": ("changed from, to", Amount(None, None, 0.0, 1.0, "", "")),
}


def amount_signs(amounts: Sequence[Amount]) -> list[Sign]:
    """The legend of the kinds of numbers that occur."""
    kinds = {amount.kind for amount in amounts}
    return [Sign(words, _sign(kind)) for kind, (words, _) in _SIGNS.items() if kind in kinds]


def _sign(kind: str) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        scale = Amounts([_SIGNS["range"][1]])
        scale.marks = [0.0, _WIDTH / 20.0]
        shift = {"most": -10.0, "exact": -8.0}.get(kind, -10.0)
        scale.draw_amount(canvas, x + shift - _MARGIN, y, _SIGNS[kind][1], reach=18)

    return draw
