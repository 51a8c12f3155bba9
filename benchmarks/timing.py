"""How long one question takes: each in a child process of its own, which is killed when it takes too long."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from rdflib import Literal
from rdflib.term import Node

RUNS = 4
BUDGET = 3.0
"""Seconds after which no further run is begun: slow questions are asked less often."""

Rows = Iterable[tuple[Node | None, ...]]
Ask = Callable[[str], Rows]
_FORK = multiprocessing.get_context("fork")  # so that a child has the store that its parent loaded
_NUMBERS = ("integer", "decimal", "double", "int", "float")


@dataclass(frozen=True)
class Timing:
    """The median of the warm runs, None when one took too long or failed; the rows by number and content."""

    seconds: float | None
    rows: int = 0
    content: str = ""
    fault: str = ""

    def shown(self, limit: float) -> str:
        """Milliseconds, or that it took too long or failed."""
        if self.fault:
            return "error"
        return f"> {limit:g} s" if self.seconds is None else f"{self.seconds * 1000:,.1f}"


def timed(ask: Ask, text: str, limit: float) -> Timing:
    """Ask once to warm up and then several times, each within the limit of seconds."""
    gc.freeze()  # a child that collects garbage would copy the whole store
    here, there = _FORK.Pipe()
    child = _FORK.Process(target=_run, args=(there, ask, text))
    child.start()
    there.close()
    try:
        return _received(here, limit)
    finally:
        child.kill()
        child.join()


def _received(here: Connection, limit: float) -> Timing:
    taken: list[float] = []
    while here.poll(limit + 1.0):
        try:
            message = here.recv()
        except EOFError:
            return Timing(None, fault="the child died")
        if isinstance(message, Timing):
            return message
        if message > limit:
            break
        taken.append(message)
    return Timing(None)


def _run(there: Connection, ask: Ask, text: str) -> None:
    taken: list[float] = []
    while len(taken) <= RUNS and (len(taken) < 2 or sum(taken) < BUDGET):
        start = time.perf_counter()
        try:
            rows = list(ask(text))
        except TimeoutError:
            there.send(Timing(None))
            return
        except Exception as error:  # a fault is a result here
            there.send(Timing(None, fault=f"{type(error).__name__}: {error}"[:500]))
            return
        taken.append(time.perf_counter() - start)
        there.send(taken[-1])
    there.send(Timing(statistics.median(taken[1:]), len(rows), content_of(rows)))


def content_of(rows: Rows) -> str:
    """The same for the same rows, each as often, in whatever order and however literals are typed."""
    found = Counter("\t".join(_shown(term) for term in row) for row in rows)
    return hashlib.sha256("\n".join(f"{n} {row}" for row, n in sorted(found.items())).encode()).hexdigest()


def _shown(term: Node | None) -> str:
    """A term by its value: stores differ in the datatypes of what they compute."""
    if not isinstance(term, Literal):
        return "" if term is None else f"<{term}>"
    kind = str(term.datatype or "").rpartition("#")[2]
    if kind == "boolean":
        return str(int(str(term) in ("true", "1")))
    return f"{float(str(term)):.12g}" if kind in _NUMBERS else str(term)
