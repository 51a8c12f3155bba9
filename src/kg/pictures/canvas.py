"""A page in points on which pictures are drawn; this and its letters are all that knows matplotlib."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import LimitError, MissingProgramError
from kg.pictures.letters import font, line_height, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Side = Literal["left", "center", "right"]
Style = Literal["solid", "dashed", "dotted", "dashdot"]
Point = tuple[float, float]
Box = tuple[float, float, float, float]

# Okabe and Ito's colours, which people with any colour vision tell apart; yellow is too light for lines.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
BLUE, VERMILION, PURPLE = "#0072B2", "#D55E00", "#CC79A7"
INK, SOFT, FAINT, BAND, PAPER = "#1a1a1a", "#5f5f5f", "#c9c9c9", "#f3f3f3", "#ffffff"

_DASHES = {"solid": "solid", "dashed": (0, (4, 2)), "dotted": (0, (1, 1.6)), "dashdot": (0, (5, 1.6, 1, 1.6))}
_SETTINGS: Any = {
    "svg.hashsalt": "aces",
    "svg.fonttype": "none",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "Helvetica"],
    "hatch.linewidth": 0.6,
    "text.hinting": "no_hinting",  # letters as wide on pixels as their outlines, so as they were measured
}
_DPI = 160
_MOST_PIXELS = 60_000  # a side of an image that the renderer can make
_LONGEST_SIDE = 100_000.0  # points; what is longer nobody can look at


def need_matplotlib() -> None:
    """Raises MissingProgramError when the library that draws is not installed."""
    # It tells of its font cache through logging, which is no talk of ours.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    try:
        import matplotlib.figure  # noqa: F401  # whether it is there is all that is asked
    except ImportError:
        raise MissingProgramError(
            "pictures need matplotlib, which is not installed", fix="pip install 'aces-kg[plot]'"
        ) from None


def shade(share: float) -> tuple[str, str]:
    """A colour for a share of the most, the darker the more in any eyes, and one for letters upon it."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    red, green, blue, _ = colormaps["cividis"](0.92 - 0.8 * min(max(share, 0.0), 1.0))
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    return to_hex((red, green, blue)), INK if light > 0.55 else PAPER


def ticks(first: float, last: float) -> list[float]:
    """Round numbers from at most the first to at least the last."""
    from matplotlib.ticker import MaxNLocator

    return [float(mark) for mark in MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]).tick_values(first, last)]


class Canvas:
    """A page of so many points, the origin in its upper left corner, x to the right and y downwards."""

    def __init__(self, width: float, height: float) -> None:
        """An empty white page. Raises LimitError when it would be longer than anybody can look at."""
        from matplotlib.figure import Figure

        if max(width, height) > _LONGEST_SIDE:
            raise LimitError(
                f"the picture would be {max(width, height) / 72:.0f} inches long",
                fix="ask for less of it, such as one actor",
            )
        self.width, self.height = width, height
        self.figure: Figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=PAPER)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 8,
        *,
        colour: str = INK,
        side: Side = "left",
        bold: bool = False,
    ) -> None:
        """One line whose middle is at height y, and that has x at the named side."""
        self.axes.text(
            x,
            y,
            shown(words),
            color=colour,
            ha=side,
            va="center_baseline",
            parse_math=False,
            zorder=5,
            fontproperties=font(size, bold),
        )

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        size: float = 8,
        *,
        side: Side = "left",
        bold: bool = False,
    ) -> None:
        """Lines of text one below the other, the middle of all of them at height y."""
        step = line_height(size)
        top = y - step * (len(lines) - 1) / 2
        for place, line in enumerate(lines):
            self.text(x, top + place * step, line, size, side=side, bold=bold)

    def line(
        self,
        points: Sequence[Point],
        colour: str = INK,
        width: float = 1,
        style: Style = "solid",
        layer: float = 2,
    ) -> None:
        """A line through points."""
        xs, ys = zip(*points, strict=True)
        dashes: object = _DASHES[style]
        self.axes.plot(
            xs,
            ys,
            color=colour,
            linewidth=width,
            linestyle=dashes,
            zorder=layer,
            solid_capstyle="butt",
            solid_joinstyle="round",
        )

    def shape(
        self,
        points: Sequence[Point],
        fill: str | None,
        edge: str | None = None,
        width: float = 0.8,
        *,
        style: Style = "solid",
        alpha: float = 1,
        layer: float = 2,
        hatch: str = "",
    ) -> None:
        """A closed shape with these corners."""
        from matplotlib.patches import Polygon

        dashes: object = _DASHES[style]
        patch = Polygon(
            list(points),
            closed=True,
            facecolor=fill or "none",
            edgecolor=edge or "none",
            linewidth=width if edge else 0,
            linestyle=dashes,
            alpha=alpha if alpha < 1 else None,
            zorder=layer,
            hatch=hatch or None,
        )
        self.axes.add_patch(patch)

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        fill: str | None,
        edge: str | None = None,
        *,
        style: Style = "solid",
        alpha: float = 1,
        layer: float = 2,
        hatch: str = "",
    ) -> None:
        """A rectangle."""
        right, bottom = left + width, top + height
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        self.shape(corners, fill, edge, style=style, alpha=alpha, layer=layer, hatch=hatch)

    def disc(
        self, x: float, y: float, radius: float, fill: str, edge: str | None = None, layer: float = 3
    ) -> None:
        """A round point."""
        from matplotlib.patches import Circle

        self.axes.add_patch(
            Circle((x, y), radius, facecolor=fill, edgecolor=edge or fill, linewidth=1, zorder=layer)
        )

    # --- the picture as bytes -------------------------------------------------------------------------

    def picture(self, form: str, title: str) -> bytes:
        """The page as ``svg`` or ``png``: the same bytes for the same page."""
        out = io.BytesIO()
        if form == "svg":
            words = {"Title": shown(title), "Date": None, "Creator": None}
            self.figure.savefig(out, format="svg", metadata=words)
        else:
            dpi = min(_DPI, 72 * _MOST_PIXELS / max(self.width, self.height))
            words = {"Title": shown(title), "Software": None}
            self.figure.savefig(out, format="png", dpi=dpi, metadata=words)
        return out.getvalue()


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw within this: the library's own defaults, nothing of the user's, names in files that stay."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        yield
