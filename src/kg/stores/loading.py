"""Loading a graph into a store, proving what it holds, and sending only what differs.

A graph that the store does not have yet goes straight to its place; one that lacks triples only gets
those; one that holds others is built up beside its place and moved there, so that a reader never finds
neither the old nor the new.  A load that was cut is finished by the same command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from kg.errors import KgError, RemoteError
from kg.stores.comparing import Comparison, Source, comparing
from kg.stores.graphstore import GraphStore
from kg.stores.lines import lines_of
from kg.stores.remote import RemoteStore
from kg.stores.report import GRAPHS, STAGING, GraphChange, GraphProof, LoadReport

CHUNK = 50_000
"""How many triples go in one request."""
_CHANGE = 1_000
"""How many triples one update names: Virtuoso refuses long ones."""
_EXAMPLES = 3


Watch: TypeAlias = Callable[[str, int], None]
"""Somebody who is told of so many more triples of a graph."""


@dataclass
class Course:
    """How far a load has come."""

    waiting: list[str]
    whole: list[str] = field(default_factory=list)
    graph: str = ""
    sent: int = 0
    staged: bool = False

    def text(self) -> str:
        """What the store holds by now and what not, in words."""
        done = (
            f"{len(self.whole)} of {len(self.whole) + bool(self.graph) + len(self.waiting)} graphs are loaded"
        )
        if not self.graph:
            return done
        name = self.graph.removeprefix(GRAPHS)
        part = f"{name} is not" if not self.sent else f"{name} in part ({self.sent} triples)"
        if self.staged:
            part = f"{name} is as it was ({self.sent} triples of the new wait beside it)"
        return f"{done}, {part}, {len(self.waiting)} not yet begun"


def load(store: RemoteStore, source: Source, watch: Watch | None = None) -> LoadReport:
    """Put every graph of ``source`` in place of what the store had there, then prove it.

    Graphs of ours that the store has besides are left, and are a difference in the report.  Raises what
    :func:`send` raises.
    """
    send(store, source, watch)
    return prove(store, source)


def send(store: RemoteStore, source: Source, watch: Watch | None = None) -> None:
    """Put every graph of ``source`` in place of what the store had there.

    Raises UsageError when it is not known where the store takes graphs, RemoteError or LimitError (which
    tell what is loaded by then) when it fails; the same call again goes on from there.
    """
    with store.writer() as writer:
        names, held = source.graph_names(), store.held()
        _clear_staging(store, writer)
        course = Course(list(names))
        with _told(course):
            for graph in names:
                course.waiting.remove(graph)
                course.graph, course.sent, course.staged = graph, 0, False
                _load_graph(writer, store, source, graph, bool(held.get(graph)), course, watch)
                course.whole.append(graph)
            course.graph = ""
    store.forget()


@contextmanager
def _told(course: Course) -> Iterator[None]:
    """Any fault inside also tells how far the load came."""
    try:
        yield
    except KgError as error:
        error.what = f"{error.what}; {course.text()}"
        error.fix = f"{error.fix}; the same command again goes on from there".removeprefix("; ")
        error.args = (error.line(),)
        raise
    except KeyboardInterrupt as stop:
        raise KeyboardInterrupt(f"{course.text()}; the same command again goes on from there") from stop


def _clear_staging(store: RemoteStore, writer: GraphStore) -> None:
    """What a cut load left beside its place is begun anew."""
    for graph in store.held(STAGING):
        writer.drop(graph)


def _load_graph(
    writer: GraphStore,
    store: RemoteStore,
    source: Source,
    graph: str,
    held: bool,
    course: Course,
    watch: Watch | None,
) -> None:
    def add(lines: Iterable[bytes], place: str) -> None:
        for size, text in _chunks(lines, CHUNK):
            writer.add(place, text)
            course.sent += size
            if watch:
                watch(graph, size)

    if not held:
        add(lines_of(quad.triple for quad in source.quads(graph)), graph)
        return
    with comparing(writer, source, graph, held=True) as found:
        if not len(found.extra):
            if watch:
                watch(graph, len(found.ours) - len(found.missing))
            add(found.missing, graph)
        elif not writer.updates:
            writer.replace(graph, (text for _, text in _chunks(found.ours, CHUNK)))
        else:
            place = STAGING + graph.removeprefix(GRAPHS)
            course.staged = True
            add(found.ours, place)
            _check_staged(store, place, len(found.ours))
            writer.move(place, graph)


def _check_staged(store: RemoteStore, place: str, wanted: int) -> None:
    """Nothing is moved over what is there that is not whole."""
    counted = store.held(place).get(place, 0)
    if counted != wanted:
        raise RemoteError(
            f"of the new graph, which is not in place yet, the store holds {counted} of {wanted} triples",
            where=str(store.address),
            fix="see the store's own log",
        )


def _chunks(lines: Iterable[bytes], size: int) -> Iterator[tuple[int, bytes]]:
    rest = iter(lines)
    while chunk := list(islice(rest, size)):
        yield len(chunk), b"".join(chunk)


def prove(store: RemoteStore, source: Source) -> LoadReport:
    """Compare every graph of ours, by count and by hash, with what the store gives back.

    Raises RemoteError or LimitError when the store fails.
    """
    counted, names = store.held(), source.graph_names()
    proofs = []
    with store.writer() as writer:
        for graph in sorted({*names, *counted}):
            with comparing(writer, source, graph, held=graph in counted) as found:
                proofs.append(_proof(graph, counted.get(graph, 0), found))
    return LoadReport(str(store.address), tuple(proofs))


def _proof(graph: str, counted: int, found: Comparison) -> GraphProof:
    examples = [f"- {line.decode().strip()}" for line in islice(found.missing, _EXAMPLES)]
    examples += [f"+ {line.decode().strip()}" for line in islice(found.extra, _EXAMPLES - len(examples))]
    return GraphProof(
        graph=graph,
        here=len(found.ours),
        held=len(found.theirs),
        counted=counted,
        sha256=found.ours.sha256,
        missing=len(found.missing),
        extra=len(found.extra),
        rewritten=found.rewritten,
        examples=tuple(examples),
    )


def changes(store: RemoteStore, source: Source) -> list[GraphChange]:
    """What a sync would add to each graph and take out of it, graphs that need nothing left out."""
    counted, found = store.held(), []
    with store.writer() as writer:
        for graph in sorted({*source.graph_names(), *counted}):
            with comparing(writer, source, graph, held=graph in counted) as difference:
                change = GraphChange(graph, len(difference.missing), len(difference.extra))
            found += [change] if change.add or change.remove else []
    return found


def sync(store: RemoteStore, source: Source, watch: Watch | None = None) -> LoadReport:
    """Add what the store lacks and take out what it has too much, in each graph of ours; then prove it.

    A small change of a graph is one update, so a reader finds the old or the new; of a large one what is
    new is added before what is old goes.  Raises what :func:`load` raises.
    """
    with store.writer() as writer:
        _clear_staging(store, writer)
        counted = store.held()
        names = sorted({*source.graph_names(), *counted})
        course = Course(list(names))
        with _told(course):
            for graph in names:
                course.waiting.remove(graph)
                course.graph, course.sent = graph, 0
                with comparing(writer, source, graph, held=graph in counted) as found:
                    _apply(writer, graph, found, course, watch)
                course.whole.append(graph)
            course.graph = ""
    store.forget()
    return prove(store, source)


def _apply(writer: GraphStore, graph: str, found: Comparison, course: Course, watch: Watch | None) -> None:
    add, remove = len(found.missing), len(found.extra)
    if remove and not len(found.ours):
        writer.drop(graph)
    elif add and remove and add + remove <= _CHANGE:
        writer.update(f"{_data('DELETE', graph, found.extra)} ;\n{_data('INSERT', graph, found.missing)}")
        course.sent += add
    else:
        for size, text in _chunks(found.missing, CHUNK):
            writer.add(graph, text)
            course.sent += size
            if watch:
                watch(graph, size)
        for _, text in _chunks(found.extra, _CHANGE):
            writer.update(_data("DELETE", graph, [text]))


def _data(verb: str, graph: str, lines: Iterable[bytes]) -> str:
    return f"{verb} DATA {{ GRAPH <{graph}> {{\n{b''.join(lines).decode()}}} }}"
