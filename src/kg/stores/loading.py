"""Loading a graph into a store.

Graphs that the store does not have yet go straight to their places, many at a time where the store takes
quads; one that lacks triples only gets those; one that holds others is built up beside its place and moved
there, so that a reader never finds neither the old nor the new.  A load that was cut is finished by the
same command.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import pyoxigraph as ox

from kg.errors import RemoteError
from kg.stores.comparing import Source, comparing
from kg.stores.course import Course, Watch, told
from kg.stores.graphstore import GraphStore
from kg.stores.lines import chunks, lines_of
from kg.stores.proving import prove
from kg.stores.remote import RemoteStore
from kg.stores.report import GRAPHS, STAGING, LoadReport

CHUNK = 50_000
"""How many triples go in one request."""


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
        clear_staging(store, writer)
        course = Course(list(names), watch)
        with told(course):
            new = [graph for graph in names if not held.get(graph)]
            if writer.takes_quads:
                _send_quads(writer, source, new, course)
            for graph in list(course.waiting):
                course.begin(graph)
                if held.get(graph):
                    _renew(writer, store, source, graph, course)
                else:
                    _add(writer, lines_of(quad.triple for quad in source.quads(graph)), graph, course)
                course.finish()
    store.forget()


def clear_staging(store: RemoteStore, writer: GraphStore) -> None:
    """Take away what a cut load left beside its place; it is begun anew."""
    for graph in store.held(STAGING):
        writer.drop(graph)


def _send_quads(writer: GraphStore, source: Source, graphs: Iterable[str], course: Course) -> None:
    """Send graphs one after the other, a request going over from one to the next when it has room."""
    batch: list[ox.Quad] = []
    parts: list[tuple[str, int, bool]] = []

    def flush() -> None:
        if parts:
            course.begin(parts[0][0])
        if batch:
            writer.add_quads(batch)
        for graph, size, whole in parts:
            course.begin(graph)
            course.step(size)
            if whole:
                course.finish()
        batch.clear()
        parts.clear()

    for graph in graphs:
        rest = source.quads(graph)
        while more := list(islice(rest, CHUNK - len(batch))):
            batch += more
            parts.append((graph, len(more), False))
            if len(batch) >= CHUNK:
                flush()
        parts.append((graph, 0, True))
    flush()


def _add(writer: GraphStore, lines: Iterable[bytes], place: str, course: Course) -> None:
    for size, text in chunks(lines, CHUNK):
        writer.add(place, text)
        course.step(size)


def _renew(writer: GraphStore, store: RemoteStore, source: Source, graph: str, course: Course) -> None:
    """Make a graph that the store holds, whole or in part, what it should be."""
    with comparing(writer, source, graph, held=True) as found:
        if not len(found.extra):
            if course.watch:
                course.watch(graph, len(found.ours) - len(found.missing))
            _add(writer, found.missing, graph, course)
        elif not writer.updates:
            writer.replace(graph, (text for _, text in chunks(found.ours, CHUNK)))
        else:
            place = STAGING + graph.removeprefix(GRAPHS)
            course.staged = True
            _add(writer, found.ours, place, course)
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
