"""What every picture has around it: title, legend, and a caption that says where the data come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.pictures.canvas import INK, SOFT, Canvas
from kg.pictures.letters import line_height, width_of, wrapped

MARGIN = 24.0
_TITLE, _SIGN, _CAPTION = 13, 7.5, 7
_SIGN_WIDTH, _SIGN_GAP = 26.0, 16.0
_NARROWEST = 430.0


@dataclass(frozen=True)
class Sign:
    """An entry of the legend: a mark, drawn around a point, and what it means."""

    words: str
    draw: Callable[[Canvas, float, float], None]


@dataclass(frozen=True)
class Body:
    """The picture proper: its size in points, and how it is drawn from its upper left corner."""

    width: float
    height: float
    draw: Callable[[Canvas, float, float], None]


@dataclass(frozen=True)
class Sheet:
    """A picture with all that belongs to it; ``items`` says how many things it shows."""

    title: str
    body: Body
    items: int
    signs: Sequence[Sign] = ()
    notes: Sequence[str] = field(default=())

    def canvas(self) -> Canvas:
        """The drawn page, as large as it must be. Raises LimitError when that is too large."""
        inner = max(self.body.width, _NARROWEST)
        title = wrapped(self.title, inner, _TITLE, bold=True)
        legend = _rows(self.signs, inner)
        notes = [line for note in self.notes for line in wrapped(note, inner, _CAPTION)]
        head = MARGIN + len(title) * line_height(_TITLE) + 6
        top = head + len(legend) * 15 + (8 if legend else 0)
        foot = top + self.body.height + 14
        canvas = Canvas(inner + 2 * MARGIN, foot + len(notes) * line_height(_CAPTION) + MARGIN * 0.75)
        for place, line in enumerate(title):
            canvas.text(MARGIN, MARGIN + (place + 0.5) * line_height(_TITLE), line, _TITLE, bold=True)
        for place, row in enumerate(legend):
            _draw_signs(canvas, row, head + 15 * place + 7)
        self.body.draw(canvas, MARGIN, top)
        for place, line in enumerate(notes):
            canvas.text(MARGIN, foot + (place + 0.5) * line_height(_CAPTION), line, _CAPTION, colour=SOFT)
        return canvas


def nothing(title: str, why: str, notes: Sequence[str]) -> Sheet:
    """An honest empty picture, so that an old file of the name never passes for the answer."""

    def draw(canvas: Canvas, left: float, top: float) -> None:
        canvas.text(left, top + 14, why, 9, colour=INK)

    return Sheet(title, Body(width_of(why, 9), 30, draw), 0, (), notes)


def _rows(signs: Sequence[Sign], width: float) -> list[list[tuple[float, Sign]]]:
    """The legend in rows that fit, each sign with its distance from the left."""
    rows: list[list[tuple[float, Sign]]] = []
    place = width
    for sign in signs:
        needed = _SIGN_WIDTH + width_of(sign.words, _SIGN)
        if place + needed > width:
            rows.append([])
            place = 0.0
        rows[-1].append((place, sign))
        place += needed + _SIGN_GAP
    return rows


def _draw_signs(canvas: Canvas, row: Sequence[tuple[float, Sign]], y: float) -> None:
    for place, sign in row:
        sign.draw(canvas, MARGIN + place + _SIGN_WIDTH / 2 - 3, y)
        canvas.text(MARGIN + place + _SIGN_WIDTH, y, sign.words, _SIGN)
