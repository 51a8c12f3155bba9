"""Pictures of what the graph holds: canned queries drawn on a page, as SVG or PNG."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import UsageError
from kg.pictures.canvas import need_matplotlib, own_settings
from kg.pictures.disagreements import disagreements
from kg.pictures.matrix import matrix
from kg.pictures.network import network
from kg.pictures.sheet import Sheet
from kg.pictures.source import Source, Subject
from kg.pictures.timeline import timeline

__all__ = ["PICTURES", "Drawn", "Sheet", "Source", "Subject", "draw", "form_of", "sheet_of"]

PICTURES: dict[str, Callable[[Source], Sheet]] = {
    "disagreements": disagreements,
    "matrix": matrix,
    "network": network,
    "timeline": timeline,
}
_FORMS = ("svg", "png")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as bytes; ``items`` counts what it shows, 0 where there was nothing to show."""

    data: bytes
    items: int


def form_of(path: Path) -> str:
    """``svg`` or ``png``, by the ending of a file's name. Raises UsageError for another."""
    form = path.suffix.lower().removeprefix(".")
    if form not in _FORMS:
        raise UsageError(
            f"a picture cannot be written as {path.suffix or path.name!r}", fix="name the file .svg or .png"
        )
    return form


def sheet_of(source: Source, picture: str, start: date | None = None, end: date | None = None) -> Sheet:
    """What a picture shows. Raises UsageError for a picture that is not there, or days where none count."""
    if picture not in PICTURES:
        raise UsageError(f"there is no picture {picture!r}", fix=f"the pictures are {', '.join(PICTURES)}")
    if start and end and start > end:
        raise UsageError(f"the first day {start} is after the last {end}", fix="swap them")
    if picture == "timeline":
        return timeline(source, start, end)
    if start or end:
        raise UsageError(f"a {picture} has no first and last day", fix="leave them out, or draw a timeline")
    return PICTURES[picture](source)


def draw(
    source: Source, picture: str, form: str, *, start: date | None = None, end: date | None = None
) -> Drawn:
    """A picture as ``svg`` or ``png``, the same bytes each time.

    Raises MissingProgramError where matplotlib is not installed, LimitError where there is too much to draw,
    and UsageError as :func:`sheet_of` does.
    """
    need_matplotlib()
    sheet = sheet_of(source, picture, start, end)
    with own_settings():
        return Drawn(sheet.canvas().picture(form, sheet.title), sheet.items)
