"""SHACL property paths (SHACL, section 2.3.1): followed forwards and backwards, and written in SPARQL."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
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
    def origins(self, index: Index, triple: ox.Triple) -> Nodes:
        """The nodes from which the way leads over a triple, as far as the index knows the other steps."""

    @abstractmethod
    def predicates(self) -> set[ox.NamedNode] | None:
        """The properties on the way; None for any at all."""

    @abstractmethod
    def sparql(self) -> str:
        """The same path in the syntax of SPARQL."""


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

    def origins(self, index: Index, triple: ox.Triple) -> Nodes:
        """The end of the triple where the step begins."""
        if triple.predicate != self.predicate:
            return {}
        return {(triple.object if self.back else triple.subject): None}  # type: ignore[dict-item]

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

    def origins(self, index: Index, triple: ox.Triple) -> Nodes:
        """The end of the triple where the step begins."""
        return {(triple.object if self.back else triple.subject): None}  # type: ignore[dict-item]

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

    def origins(self, index: Index, triple: ox.Triple) -> Nodes:
        """Where any part passes over the triple, back to the beginning."""
        found: Nodes = {}
        for place, part in enumerate(self.parts):
            if nodes := part.origins(index, triple):
                way_back = [before.inverted() for before in reversed(self.parts[:place])]
                found |= _followed(way_back, index, nodes)
        return found

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

    def origins(self, index: Index, triple: ox.Triple) -> Nodes:
        """The origins of every part."""
        return {node: None for part in self.parts for node in part.origins(index, triple)}

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

    def origins(self, index: Index, triple: ox.Triple) -> Nodes:
        """From the triple back by any number of times."""
        direct = self.part.origins(index, triple)
        if self.sign == "?":
            return direct
        back = self.part.inverted()
        return {o: None for node in direct for o in reached(node, lambda at: back.values(index, at))}

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


__all__ = ["ANY", "Alternative", "NotUnderstood", "Path", "Repeated", "Sequence", "Step", "path_of"]
