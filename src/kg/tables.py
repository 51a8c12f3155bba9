"""Rows as text for people: side by side, fitted to a terminal, or one under the other."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

Cells = Sequence[Sequence[str]]

_GAP = 3
# A column narrower than this tears words apart: with less to give, each row stands in lines of its own.
_LEAST_WIDTH = 16
_RULE_UNDER_HEAD = "    \n    \n -- \n    \n    \n    \n    \n    \n"


def table(columns: Sequence[str], cells: Cells, width: int | None) -> str:
    """The rows in as many columns as ``width`` holds, uncut where there is none.

    Where the columns would get too narrow to read, every cell has a line of its own behind its column's
    name, empty cells are left out, and an empty line parts the rows.
    """
    if width is None:
        return _aligned(columns, cells)
    if not cells or _fits(columns, cells, width):
        return _fitted(columns, cells, width)
    return _listed(columns, cells, width)


def _widths(columns: Sequence[str], cells: Cells) -> list[int]:
    from rich.cells import cell_len

    return [max(map(cell_len, column)) for column in zip(columns, *cells, strict=True)]


def _fits(columns: Sequence[str], cells: Cells, width: int) -> bool:
    least = [min(size, _LEAST_WIDTH) for size in _widths(columns, cells)]
    return sum(least) + _GAP * (len(least) - 1) <= width


def _aligned(columns: Sequence[str], cells: Cells) -> str:
    """Columns side by side, uncut."""
    from rich.cells import cell_len

    widths = _widths(columns, cells)
    rule = "-" * (sum(widths) + _GAP * (len(widths) - 1))

    def line(row: Sequence[str]) -> str:
        padded = (cell + " " * (size - cell_len(cell)) for cell, size in zip(row, widths, strict=True))
        return (" " * _GAP).join(padded).rstrip()

    return "\n".join([line(columns), rule, *map(line, cells)]) + "\n"


def _fitted(columns: Sequence[str], cells: Cells, width: int) -> str:
    """Columns folded so that the table is no wider than a terminal."""
    from rich.box import Box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=Box(_RULE_UNDER_HEAD, ascii=True), pad_edge=False, show_edge=False)
    for column, size in zip(columns, _widths(columns, cells), strict=True):
        made.add_column(column, overflow="fold", min_width=min(size, _LEAST_WIDTH))
    for row in cells:
        made.add_row(*map(Text, row))
    return "".join(f"{line}\n" for line in _printed(made, width))


def _listed(columns: Sequence[str], cells: Cells, width: int) -> str:
    """Every cell in a line of its own behind its column's name, the rows parted by an empty line."""
    from rich.table import Table
    from rich.text import Text

    made = Table.grid(padding=(0, _GAP, 0, 0))
    made.add_column(overflow="fold")
    made.add_column(overflow="fold")
    for place, row in enumerate(cells):
        if place:
            made.add_row("", "")
        for column, cell in zip(columns, row, strict=True):
            if cell:
                made.add_row(Text(column), Text(cell))
    return "".join(f"{line}\n" for line in _printed(made, width))


def _printed(made: Table, width: int) -> Iterator[str]:
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(made)
    return (line.rstrip() for line in out.getvalue().splitlines())
