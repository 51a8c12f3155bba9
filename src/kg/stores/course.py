"""How far a load has come, told when it ends before its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.errors import KgError
from kg.stores.report import GRAPHS

Watch: TypeAlias = Callable[[str, int], None]
"""Somebody who is told of so many more triples of a graph."""


@dataclass
class Course:
    """Which graphs are loaded, which is on its way, which wait; ``watch`` is told of every step."""

    waiting: list[str]
    watch: Watch | None = None
    whole: list[str] = field(default_factory=list)
    graph: str = ""
    sent: int = 0
    staged: bool = False

    def begin(self, graph: str) -> None:
        """Another graph is on its way now, if this one was not already."""
        if graph != self.graph:
            self.waiting.remove(graph)
            self.graph, self.sent, self.staged = graph, 0, False

    def step(self, triples: int) -> None:
        """So many more triples of the graph are sent."""
        self.sent += triples
        if self.watch and triples:
            self.watch(self.graph, triples)

    def finish(self) -> None:
        """The graph is loaded."""
        self.whole.append(self.graph)
        self.graph = ""

    def text(self) -> str:
        """What the store holds by now and what not, in words."""
        graphs = len(self.whole) + bool(self.graph) + len(self.waiting)
        done = f"{len(self.whole)} of {graphs} graphs are loaded"
        if not self.graph:
            return f"{done}, {len(self.waiting)} not yet begun"
        name = self.graph.removeprefix(GRAPHS)
        part = f"{name} is in part ({self.sent} triples)" if self.sent else f"{name} is not"
        if self.staged:
            part = f"{name} is as it was ({self.sent} triples of the new wait beside it)"
        return f"{done}, {part}, {len(self.waiting)} not yet begun"


@contextmanager
def told(course: Course) -> Iterator[None]:
    """Any fault inside also tells how far the load came."""
    again = "the same command again goes on from there"
    try:
        yield
    except KgError as error:
        error.what = f"{error.what}; {course.text()}"
        error.fix = f"{error.fix}; {again}".removeprefix("; ")
        error.args = (error.line(),)
        raise
    except KeyboardInterrupt as stop:
        raise KeyboardInterrupt(f"{course.text()}; {again}") from stop
