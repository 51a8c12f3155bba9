"""The embedded store: the whole graph in memory, read from ``triples/`` or made from quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from kg.display import printable
from kg.errors import StoreError, UnreadableError
from kg.serialise import to_rdflib
from kg.serialise.reading import file_fault
from kg.sparql import keywords, syntax_fault
from kg.stores.answer import SHAPES_GRAPH, Answer, Rows
from kg.stores.known import Known

_SHAPES = ox.NamedNode(SHAPES_GRAPH)
_GRAPHS = SHAPES_GRAPH.removesuffix("shapes")
_TRIPLES = ox.NamedNode("http://rdfs.org/ns/void#triples")


FileState = tuple[int, int, int, int]


class LocalStore:
    """Named graphs in memory. A query's default graph is the union of all of them but the shapes."""

    def __init__(
        self, data: ox.Store, shapes: ox.Store, files: Mapping[Path, FileState] | None = None
    ) -> None:
        """A store of its data and, apart from it, its shapes; use one of the class methods.

        ``files`` are those that it was read from, as they were then.
        """
        # One store for each, because a union of all graphs is fast and a union of most graphs is not.
        self._data, self._shapes, self._files = data, shapes, files or {}

    @classmethod
    def from_trig_files(cls, paths: Iterable[Path]) -> LocalStore:
        """The store of some TriG files. Raises UnreadableError for one that is not there or not TriG."""
        data, files = ox.Store(), {}
        for path in paths:
            try:
                files[path] = _state(path)
                data.load(path=path, format=ox.RdfFormat.TRIG)
            except FileNotFoundError:
                raise UnreadableError("there is no such file", where=str(path), fix="run: kg build") from None
            except SyntaxError as error:
                fault = file_fault(error, path, "trig")
                raise UnreadableError(fault.what, where=fault.where, fix="run: kg build") from None
            except OSError as error:
                raise StoreError(f"it cannot be read: {error}", where=str(path)) from None
        shapes = ox.Store()
        shapes.extend(data.quads_for_pattern(None, None, None, _SHAPES))
        data.remove_graph(_SHAPES)
        _check_complete(data)
        return cls(data, shapes, files)

    @classmethod
    def from_trig(cls, texts: Iterable[bytes]) -> LocalStore:
        """The store of some texts in TriG, none of which holds shapes."""
        data = ox.Store()
        for text in texts:
            data.load(text, format=ox.RdfFormat.TRIG)
        return cls(data, ox.Store())

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> LocalStore:
        """The store of some quads."""
        data, shapes = ox.Store(), ox.Store()
        found = list(quads)
        data.extend(quad for quad in found if quad.graph_name != _SHAPES)
        shapes.extend(quad for quad in found if quad.graph_name == _SHAPES)
        return cls(data, shapes)

    def query(self, sparql: str) -> Answer:
        """The answer of a query that :func:`kg.sparql.check_read_only` has let through.

        Raises UnreadableError with line and column when it does not parse or calls an unknown function.
        """
        words = keywords(sparql)
        try:
            if "FROM" in words:
                return _answer(self._whole.query(sparql))
            if "GRAPH" in words:
                return _answer(self._whole.query(sparql, default_graph=self._union))
            return _answer(self._data.query(sparql, use_default_graph_as_union=True))
        except SyntaxError as error:
            raise syntax_fault(error, sparql) from None
        except (RuntimeError, ValueError) as error:
            raise UnreadableError(
                printable(str(error)), where="query", fix="use what SPARQL 1.1 defines"
            ) from None
        except OSError as error:
            raise StoreError(printable(str(error)), where="query") from None

    @cached_property
    def _whole(self) -> ox.Store:
        """Data and shapes in one, made when a query asks for graphs by name."""
        if not len(self._shapes):
            return self._data
        whole = ox.Store()
        whole.extend(self.quads())
        return whole

    @property
    def _union(self) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        return [ox.DefaultGraph(), *self._data.named_graphs()]

    @property
    def data(self) -> ox.Store:
        """The embedded store of everything but the shapes; it is not to be written to."""
        return self._data

    @cached_property
    def known(self) -> Known:
        """What is learnt of the data once, for as long as the store is open."""
        return Known(self._data)

    def was_read_from(self, path: Path) -> bool:
        """Whether it was read from this file, and the file was not written again since."""
        try:
            return path in self._files and self._files[path] == _state(path)
        except OSError:
            return False

    @contextmanager
    def trial(self, quads: Iterable[ox.Quad], without: Iterable[ox.Quad] = ()) -> Iterator[list[ox.Quad]]:
        """As :meth:`changed`; what is known of names and classes is that of the store without the change."""
        self.known.learn()
        with self.changed(quads, without) as new:
            yield new

    @contextmanager
    def changed(self, quads: Iterable[ox.Quad], without: Iterable[ox.Quad] = ()) -> Iterator[list[ox.Quad]]:
        """The store with some quads in it and without some others, and afterwards as it was.

        Gives those quads whose triples are new.
        """
        taken = [quad for quad in without if quad in self._data]
        for quad in taken:
            self._data.remove(quad)
        absent = [quad for quad in quads if quad not in self._data]
        new = [
            q for q in absent if not any(self._data.quads_for_pattern(q.subject, q.predicate, q.object, None))
        ]
        self._data.extend(absent)
        try:
            yield new
        finally:
            for quad in absent:
                self._data.remove(quad)
            self._data.extend(taken)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """All quads, or those of one named graph."""
        name = None if graph is None else ox.NamedNode(graph)
        yield from self._data.quads_for_pattern(None, None, None, name)
        yield from self._shapes.quads_for_pattern(None, None, None, name)

    def graph_names(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        names = (*self._data.named_graphs(), *self._shapes.named_graphs())
        return sorted(name.value for name in names)

    def counts(self) -> dict[str, int]:
        """How many triples each named graph holds."""
        return {name: sum(1 for _ in self.quads(name)) for name in self.graph_names()}

    def holds(self, node: str) -> bool:
        """Whether anything is said of a node."""
        return any(self._data.quads_for_pattern(ox.NamedNode(node), None, None, None))

    def names(self, predicates: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Every node that has one of these properties, with the value's text."""
        for predicate in predicates:
            for quad in self._data.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    yield quad.subject.value, quad.object.value

    def subjects_of(self, predicate: str) -> Iterator[str]:
        """Every named node that has a property, as often as it has one."""
        for quad in self._data.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value

    def links(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Every pair of named nodes that a property joins."""
        for quad in self._data.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                yield quad.subject.value, quad.object.value

    def __len__(self) -> int:
        """How many triples there are, shapes included."""
        return len(self._data) + len(self._shapes)


def _check_complete(data: ox.Store) -> None:
    """Raises UnreadableError for a graph that the dataset's description counts and that is not there."""
    for quad in data.quads_for_pattern(None, _TRIPLES, None, None):
        graph = quad.subject
        if not isinstance(graph, ox.NamedNode) or not graph.value.startswith(_GRAPHS) or graph == _SHAPES:
            continue
        if quad.object != ox.Literal(0) and not any(data.quads_for_pattern(None, None, None, graph)):
            name = graph.value.removeprefix(_GRAPHS)
            raise UnreadableError(f"the graph {name} is missing", where=f"{name}.trig", fix="run: kg build")


def _state(path: Path) -> FileState:
    """What is other as soon as a file was written again. Raises OSError."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _answer(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        graph = Graph()
        for triple in result:
            graph.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
        return graph
    variables = result.variables
    rows = [
        tuple(None if (term := solution[v]) is None else to_rdflib(term) for v in variables)
        for solution in result
    ]
    return Rows(tuple(variable.value for variable in variables), rows)
