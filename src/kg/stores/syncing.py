"""Sending a store only what differs from what it holds."""

from __future__ import annotations

from collections.abc import Iterable

from kg.stores.comparing import Comparison, Source, comparing
from kg.stores.course import Course, Watch, told
from kg.stores.graphstore import GraphStore
from kg.stores.lines import chunks
from kg.stores.loading import CHUNK, clear_staging
from kg.stores.proving import prove
from kg.stores.remote import RemoteStore
from kg.stores.report import GraphChange, LoadReport

CHANGE = 1_000
"""How many triples one update names: Virtuoso refuses long ones."""


def changes(store: RemoteStore, source: Source) -> list[GraphChange]:
    """What a sync would add to each graph and take out of it; graphs that need nothing are left out."""
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
    new is added before what is old goes.  Raises UsageError when it is not known where the store takes
    graphs and updates, RemoteError or LimitError (which tell what is done by then) when it fails.
    """
    with store.writer() as writer:
        clear_staging(store, writer)
        counted = store.held()
        names = sorted({*source.graph_names(), *counted})
        course = Course(list(names), watch)
        with told(course):
            for graph in names:
                course.begin(graph)
                with comparing(writer, source, graph, held=graph in counted) as found:
                    _apply(writer, graph, found, course)
                course.finish()
    store.forget()
    return prove(store, source)


def _apply(writer: GraphStore, graph: str, found: Comparison, course: Course) -> None:
    add, remove = len(found.missing), len(found.extra)
    if remove and not len(found.ours):
        writer.drop(graph)
    elif add and remove and add + remove <= CHANGE:
        writer.update(f"{_data('DELETE', graph, found.extra)} ;\n{_data('INSERT', graph, found.missing)}")
        course.step(add)
    else:
        for size, text in chunks(found.missing, CHUNK):
            writer.add(graph, text)
            course.step(size)
        for _, text in chunks(found.extra, CHANGE):
            writer.update(_data("DELETE", graph, [text]))


def _data(verb: str, graph: str, lines: Iterable[bytes]) -> str:
    return f"{verb} DATA {{ GRAPH <{graph}> {{\n{b''.join(lines).decode()}}} }}"
