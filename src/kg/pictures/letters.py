"""Text as it is drawn, and how much room it takes.

It is measured in the font that comes with matplotlib, and stays text in an SVG, to be searched and copied.
That font is among the widest, so nothing overlaps in a viewer that has another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.display import printable

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

_MOST_LINES = 4
_SLACK = 1.02  # for what rounding to pixels adds


def shown(text: str) -> str:
    """Text as it is drawn: one line, nothing invisible, what the font does not hold as an escape."""
    return "".join(c if ord(c) in _letters() else _escape(c) for c in printable(text))


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of text is, in points."""
    return _measured(shown(text), size, bold)


def wrapped(text: str, limit: float, size: float, bold: bool = False, most: int = _MOST_LINES) -> list[str]:
    """The text in lines of at most this width; what does not fit into so many lines ends with an ellipsis."""
    lines = [""]
    for word in _pieces(shown(text).split(), limit, size, bold):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _measured(longer, size, bold) > limit:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > most:
        last = lines[most - 1]
        while last and _measured(f"{last} …", size, bold) > limit:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last} …"]
    return lines


def _pieces(words: Sequence[str], limit: float, size: float, bold: bool) -> Iterator[str]:
    """The words, those that are too wide in pieces."""
    for word in words:
        rest = word[:600]  # more than four lines hold
        while _measured(rest, size, bold) > limit and len(rest) > 1:
            fits = max(1, int(len(rest) * limit / _measured(rest, size, bold)))
            while fits > 1 and _measured(rest[:fits], size, bold) > limit:
                fits -= 1
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


@cache
def _measured(text: str, size: float, bold: bool) -> float:
    from matplotlib.textpath import text_to_path

    if not text:
        return 0.0
    width, _, _ = text_to_path.get_text_width_height_descent(text, font(size, bold), ismath=False)
    return float(width) * _SLACK


@cache
def font(size: float, bold: bool) -> FontProperties:
    """The font of a size, in points."""
    from matplotlib.font_manager import FontProperties

    weight = "bold" if bold else "normal"
    return FontProperties(family="sans-serif", weight=weight, fname=_font_file(bold), size=size)


def _font_file(bold: bool) -> Path:
    """The font in the library's own folder: one of the same name on a machine may be of another cut."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{'-Bold' if bold else ''}.ttf"


@cache
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import get_font

    return frozenset(get_font(str(_font_file(False))).get_charmap()) & frozenset(
        get_font(str(_font_file(True))).get_charmap()
    )


def line_height(size: float) -> float:
    """From one line of text to the next, in points."""
    return size * 1.32
