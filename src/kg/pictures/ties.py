"""Ties between actors: their families, each with a colour and a shape, and how they stand as a line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.pictures.canvas import BLACK, BLUE, GREEN, ORANGE, PAPER, PURPLE, SKY, VERMILION, Canvas, Style
from kg.pictures.sheet import Sign


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """What some claim affirms between two actors."""

    source: str
    target: str
    family: str
    relation: str
    mutual: bool
    standing: str


@dataclass(frozen=True, slots=True)
class Family:
    """How ties of one kind look: the shape tells them apart where colours do not."""

    colour: str
    corners: int  # of the shape; 0 for a disc
    turn: float
    hollow: bool = False


# In the order in which they are told and drawn: what is against, then what is for, then the rest.
FAMILIES = {
    "hostility": Family(VERMILION, 3, 0),
    "belonging": Family(BLACK, 4, math.pi / 4),
    "loyalty": Family(BLUE, 3, math.pi),
    "support": Family(GREEN, 0, 0),
    "cooperation": Family(SKY, 4, 0),
    "descent": Family(PURPLE, 5, 0),
    "link": Family(ORANGE, 0, 0, hollow=True),
}
_STYLES: dict[str, Style] = {"uncontested": "solid", "disputed": "dashdot", "unasserted": "dashed"}
_STRENGTH = ("", "unasserted", "uncontested", "disputed")
_RADIUS = 3.4


def style_of(standing: str) -> Style:
    """How a line is drawn for what stands so."""
    return _STYLES[standing]


def stronger(one: str | None, other: str) -> str:
    """Of two standings the one that is to be seen: a dispute before a fact before a report."""
    return max(one or "", other, key=_STRENGTH.index)


def draw_family(
    canvas: Canvas, x: float, y: float, family: str, radius: float = _RADIUS, layer: float = 3
) -> None:
    """The shape of a family."""
    look = FAMILIES[family]
    fill = PAPER if look.hollow else look.colour
    if not look.corners:
        canvas.disc(x, y, radius * 0.85, fill, look.colour, layer)
        return
    angles = [look.turn - math.pi / 2 + 2 * math.pi * n / look.corners for n in range(look.corners)]
    corners = [(x + radius * 1.15 * math.cos(a), y + radius * 1.15 * math.sin(a)) for a in angles]
    canvas.shape(corners, fill, look.colour, layer=layer)


def tie_signs(ties: Iterable[Tie]) -> list[Sign]:
    """The legend of the families and the standings that occur."""
    found = list(ties)
    families = {tie.family for tie in found}
    standings = {tie.standing for tie in found}
    words = {
        "uncontested": "asserted, uncontested",
        "unasserted": "only reported or hedged",
        "disputed": "disputed",
    }
    signs = [Sign(name, _family_sign(name)) for name in FAMILIES if name in families]
    return signs + [Sign(said, _line_sign(stands)) for stands, said in words.items() if stands in standings]


def _family_sign(family: str) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([(x - 9, y), (x + 9, y)], FAMILIES[family].colour, 1.1)
        draw_family(canvas, x, y, family)

    return draw


def _line_sign(standing: str) -> Callable[[Canvas, float, float], None]:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([(x - 10, y), (x + 9, y)], BLACK, 1.1, style_of(standing))

    return draw
