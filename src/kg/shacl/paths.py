"""SHACL property paths (SHACL, section 2.3.1): followed forwards and backwards, and written in SPARQL."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.serialise.terms import OxTerm
from kg.shacl.index import Index, Nodes, reached


class NotUnderstood(Exception):
    """Something in the shapes that only the judge may run."""


class Path(ABC):
    """A way from a focus node to its value nodes."""

    @abstractmethod
    def values(self, index: Index, node: OxTerm) -> Nodes:
        """The value nodes of a node."""

    @abstractmethod
    def inverted(self) -> Path:
        """The way back."""

    @abstractmethod
    def entries(self) -> Iterator[Entry]:
        """Every place where the way may pass over a triple."""

    def origins(self, index: Index, triple: ox.Triple) -> Nodes:
        """The nodes from which the way leads over a triple, as far as the index knows the other steps."""
        found: Nodes = {}
        for entry in self.entries():
            if entry.predicate in (None, triple.predicate):
                found |= entry.origins(index, triple)
        return found

    @abstractmethod
    def predicates(self) -> set[ox.NamedNode] | None:
        """The properties on the way; None for any at all."""

    @abstractmethod
    def sparql(self) -> str:
        """The same path in the syntax of SPARQL."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place where a path passes over a triple: the property, the end that is met, the way back."""

    predicate: ox.NamedNode | None
    back: bool
    way: tuple[Path, ...] = ()

    def further(self, way: tuple[Path, ...]) -> Entry:
        """The same place in a longer path."""
        return Entry(self.predicate, self.back, (*self.way, *way))

    def origins(self, index: Index, triple: ox.Triple) -> Nodes:
        """The nodes from which the path leads over a triple there."""
        start = triple.object if self.back else triple.subject
        return _followed(self.way, index, {start: None})  # type: ignore[dict-item]  # no triple terms are held


@dataclass(frozen=True, slots=True)
class Step(Path):
    """One property, from subject to object or back."""

    predicate: ox.NamedNode
    back: bool = False

    def values(self, index: Index, node: OxTerm) -> Nodes:
        """The objects of the node, or its subjects."""
        return index.subjects(self.predicate, node) if self.back else index.objects(node, self.predicate)

    def inverted(self) -> Path:
        """The same property the other way."""
        return Step(self.predicate, not self.back)

    def entries(self) -> Iterator[Entry]:
        """The one triple of the step."""
        yield Entry(self.predicate, self.back)

    def predicates(self) -> set[ox.NamedNode]:
        """The one."""
        return {self.predicate}

    def sparql(self) -> str:
        """The property, with ``^`` on the way back."""
        return f"^{self.predicate}" if self.back else str(self.predicate)


@dataclass(frozen=True, slots=True)
class AnyStep(Path):
    """Whatever property, from subject to object or back."""

    back: bool = False

    def values(self, index: Index, node: OxTerm) -> Nodes:
        """Every object of the node, or every subject."""
        if self.back:
            return index.referring(node)
        return {value: None for _, value in index.properties(node)}

    def inverted(self) -> Path:
        """Whatever property the other way."""
        return AnyStep(not self.back)

    def entries(self) -> Iterator[Entry]:
        """Any triple."""
        yield Entry(None, self.back)

    def predicates(self) -> set[ox.NamedNode] | None:
        """Any at all."""
        return None

    def sparql(self) -> str:
        """There is none: SHACL knows no such path."""
        raise NotUnderstood("a step over any property is no path of SHACL")


ANY = AnyStep()


@dataclass(frozen=True, slots=True)
class Sequence(Path):
    """One path after another."""

    parts: tuple[Path, ...]

    def values(self, index: Index, node: OxTerm) -> Nodes:
        """Where the last part ends."""
        return _followed(self.parts, index, {node: None})

    def inverted(self) -> Path:
        """Each part back, the last first."""
        return Sequence(tuple(part.inverted() for part in reversed(self.parts)))

    def entries(self) -> Iterator[Entry]:
        """Where any part passes over a triple, with the way from there back to the beginning."""
        for place, part in enumerate(self.parts):
            back = tuple(before.inverted() for before in reversed(self.parts[:place]))
            yield from (entry.further(back) for entry in part.entries())

    def predicates(self) -> set[ox.NamedNode] | None:
        """Those of every part."""
        return _predicates(self.parts)

    def sparql(self) -> str:
        """The parts with ``/`` between."""
        return f"({'/'.join(part.sparql() for part in self.parts)})"


@dataclass(frozen=True, slots=True)
class Alternative(Path):
    """Any of several paths."""

    parts: tuple[Path, ...]

    def values(self, index: Index, node: OxTerm) -> Nodes:
        """The values of every part."""
        return {value: None for part in self.parts for value in part.values(index, node)}

    def inverted(self) -> Path:
        """Each part back."""
        return Alternative(tuple(part.inverted() for part in self.parts))

    def entries(self) -> Iterator[Entry]:
        """Those of every part."""
        for part in self.parts:
            yield from part.entries()

    def predicates(self) -> set[ox.NamedNode] | None:
        """Those of every part."""
        return _predicates(self.parts)

    def sparql(self) -> str:
        """The parts with ``|`` between."""
        return f"({'|'.join(part.sparql() for part in self.parts)})"


@dataclass(frozen=True, slots=True)
class Repeated(Path):
    """A path any number of times (``*``), at least once (``+``), or at most once (``?``)."""

    part: Path
    sign: str

    def values(self, index: Index, node: OxTerm) -> Nodes:
        """Whatever so many times leads to."""
        if self.sign == "?":
            return {node: None} | self.part.values(index, node)
        if self.sign == "*":
            return reached(node, lambda at: self.part.values(index, at))
        first = self.part.values(index, node)
        return {
            end: None for begin in first for end in reached(begin, lambda at: self.part.values(index, at))
        }

    def inverted(self) -> Path:
        """The part back, as often."""
        return Repeated(self.part.inverted(), self.sign)

    def entries(self) -> Iterator[Entry]:
        """Where the part passes over a triple, and from there back any number of times."""
        back = () if self.sign == "?" else (Repeated(self.part.inverted(), "*"),)
        yield from (entry.further(back) for entry in self.part.entries())

    def predicates(self) -> set[ox.NamedNode] | None:
        """Those of the part."""
        return self.part.predicates()

    def sparql(self) -> str:
        """The part with its sign."""
        return f"({self.part.sparql()}){self.sign}"


def _followed(parts: Iterable[Path], index: Index, nodes: Nodes) -> Nodes:
    for part in parts:
        nodes = {value: None for node in nodes for value in part.values(index, node)}
    return nodes


def _predicates(parts: Iterable[Path]) -> set[ox.NamedNode] | None:
    found: set[ox.NamedNode] = set()
    for part in parts:
        predicates = part.predicates()
        if predicates is None:
            return None
        found |= predicates
    return found


_SIGNS: dict[Node, str] = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def path_of(shapes: Graph, node: Node) -> Path:
    """The path that a node of the shapes describes. Raises NotUnderstood for anything else."""
    if isinstance(node, URIRef):
        return Step(ox.NamedNode(str(node)))
    if (node, RDF.first, None) in shapes:
        return Sequence(tuple(path_of(shapes, part) for part in Collection(shapes, node)))
    for predicate, value in shapes.predicate_objects(node):
        if predicate == SH.alternativePath:
            return Alternative(tuple(path_of(shapes, part) for part in Collection(shapes, value)))
        if predicate == SH.inversePath:
            return path_of(shapes, value).inverted()
        if predicate in _SIGNS:
            return Repeated(path_of(shapes, value), _SIGNS[predicate])
    raise NotUnderstood("a path of an unknown form")


__all__ = ["ANY", "Alternative", "Entry", "NotUnderstood", "Path", "Repeated", "Sequence", "Step", "path_of"]
