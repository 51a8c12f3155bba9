"""The engine: compiled shapes over an embedded store, with the judge for what it does not understand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import RDFS, SH
from rdflib.term import Node

from kg.errors import UsageError
from kg.model import Finding
from kg.serialise import from_rdflib, quad_of, to_rdflib, triples_of
from kg.shacl.change import Change, Readers
from kg.shacl.findings import Report
from kg.shacl.index import Index, Nodes
from kg.shacl.judge import Result, check_queries, judge, without_string_datatype
from kg.shacl.paths import NotUnderstood
from kg.shacl.shapes import Aimed, Asked, Compiler
from kg.shacl.targets import without_targets

_REMOVED = ox.NamedNode("urn:kg:removed")
_LABEL = ox.NamedNode(str(RDFS.label))


class Validator:
    """Shapes, ready to be asked about any number of stores."""

    def __init__(self, shapes: Graph) -> None:
        """Compiles the shapes, which are not changed.

        Raises RefusedError when a constraint would ask another endpoint or read another graph.
        """
        check_queries(shapes)
        self._shapes = without_string_datatype(shapes)
        # The parameters of a component that the shapes themselves define may stand in any shape.
        understood = (None, SH.parameter, None) not in self._shapes
        self.aimed, left = Compiler(self._shapes).aimed() if understood else ([], None)
        self.left = (
            self._shapes
            if left is None
            else without_targets(self._shapes, {a.shape.node for a in self.aimed})
        )
        self.understands_all = left == []

    def findings(self, store: ox.Store) -> list[Finding]:
        """What the shapes say about the union of a store's graphs; sorted, each finding once.

        Raises UnreadableError when the shapes cannot be run.
        """
        index = Index(store)
        try:
            results = list(self._results(index, ((aimed, aimed.focus(index)) for aimed in self.aimed)))
        except NotUnderstood:
            return self._report(index).findings(judge(_graph(store), self._shapes))
        if not self.understands_all:
            results += judge(_graph(store), self.left)
        return self._report(index).findings(results)

    def findings_of(self, store: ox.Store, change: Change) -> list[Finding]:
        """What the shapes say about the nodes that a change has affected; the store is as it was left.

        Where nothing was wrong before, these are the findings of the whole store.

        Raises UnreadableError when the shapes cannot be run.
        """
        if not self.understands_all:
            return self.findings(store)
        with _still_there(store, change.removed):
            affected = self._readers.affected(Index(store), change)
        index = Index(store)
        work = ((aimed, {n: None for n in nodes if aimed.holds(index, n)}) for aimed, nodes in affected.focus)
        try:
            results = list(self._results(index, work))
            for aimed, shape, query, loose in affected.seeded:
                faults = query.new_faults(index, loose, change.added)
                results += [shape.result(node, told) for node, told in faults if aimed.holds(index, node)]
        except NotUnderstood:
            return self.findings(store)
        return self._report(index).findings(results)

    @cached_property
    def _readers(self) -> Readers:
        return Readers(self.aimed)

    def _results(self, index: Index, work: Iterable[tuple[Aimed, Nodes]]) -> Iterator[Result]:
        asked: Asked = {}
        for aimed, focus in work:
            for node in focus:
                yield from aimed.shape.results(index, node, asked)
        for (shape, query), focus in asked.items():
            for node, messages in query.faults(index, focus):
                yield shape.result(node, messages)

    def _report(self, index: Index) -> Report:
        def labels(node: Node) -> Iterator[Node]:
            return (to_rdflib(label) for label in index.objects(from_rdflib(node), _LABEL))

        return Report(labels, self._shapes)


@contextmanager
def _still_there(store: ox.Store, removed: frozenset[ox.Triple]) -> Iterator[None]:
    """The store with what was taken from it, in a graph of its own, while the ways back are walked."""
    store.extend(ox.Quad(t.subject, t.predicate, t.object, _REMOVED) for t in removed)
    try:
        yield
    finally:
        store.remove_graph(_REMOVED)


def stored(data: Graph) -> ox.Store | None:
    """A store of a graph; None when the store takes not every term, or not as it is written."""
    try:
        quads = {quad_of(triple) for triple in data}
    except UsageError:
        return None
    store = ox.Store()
    store.extend(quads)
    return store if set(store) == quads else None


def _graph(store: ox.Store) -> Graph:
    graph = Graph()
    for triple in triples_of(store):
        graph.add(triple)
    return graph
