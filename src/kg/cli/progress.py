"""A bar on the terminal for what takes long, and nothing where there is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.stores.comparing import Source


@contextmanager
def bar(source: Source) -> Iterator[Callable[[str, int], None] | None]:
    """Who is to be told of triples that are sent; None where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.fields[graph]}"),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} triples, {task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        total = sum(1 for graph in source.graph_names() for _ in source.quads(graph))
        task = progress.add_task("", total=total, graph="", rate="")

        def watch(graph: str, triples: int) -> None:
            progress.advance(task, triples)
            speed = progress.tasks[0].speed
            rate = f"{speed:,.0f} a second" if speed else ""
            progress.update(task, graph=graph.rpartition("/")[2], rate=rate)

        yield watch
