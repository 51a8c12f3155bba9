"""Shapes compiled from their graph: what each asks of a focus node, and which nodes are its focus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox
from rdflib import Graph, Literal
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

from kg.errors import UsageError
from kg.serialise import from_rdflib, to_rdflib
from kg.serialise.terms import OxTerm
from kg.shacl.constraints import CLASSES, MAKERS, Constraint, Nested, Source
from kg.shacl.index import Index, Nodes, is_kept
from kg.shacl.judge import Result
from kg.shacl.paths import NotUnderstood, Path, Sequence, Step, path_of
from kg.shacl.queries import SparqlConstraint, sparql_constraint

# What says how a shape is to be read, shown or aimed, and constrains nothing by itself.
_SILENT = {
    SH.name, SH.description, SH.message, SH.severity, SH.order, SH.group, SH.defaultValue, SH.path, SH.flags,
    SH.deactivated, SH.ignoredProperties, SH.qualifiedMinCount, SH.qualifiedMaxCount,
    SH.qualifiedValueShapesDisjoint, SH.property, SH.sparql, SH.prefixes, SH.declare, SH.targetNode,
    SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf,
}  # fmt: skip
_TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True, eq=False)
class Shape:
    """A shape that is fully understood."""

    node: Node
    path: Path | None
    severity: Node
    messages: frozenset[str]
    constraints: tuple[Constraint, ...]
    queries: tuple[SparqlConstraint, ...]
    properties: tuple[Shape, ...]

    def values(self, index: Index, focus: OxTerm) -> Nodes:
        """The value nodes: those of the path, or the focus node itself."""
        return {focus: None} if self.path is None else self.path.values(index, focus)

    def results(self, index: Index, focus: OxTerm, asked: Asked) -> Iterator[Result]:
        """The results of all core constraints; focus nodes of SPARQL constraints are put into ``asked``."""
        values = self.values(index, focus)
        for constraint in self.constraints:
            for value in constraint.check(index, focus, values):
                yield self.result(focus, self.messages, value)
        for query in self.queries:
            if query.reads.may_match(index, focus):
                asked.setdefault((self, query), {})[focus] = None
        for shape in self.properties:
            for value in values:
                yield from shape.results(index, value, asked)

    def result(self, focus: OxTerm, messages: frozenset[str], value: OxTerm | None = None) -> Result:
        """A validation result of this shape."""
        found = None if value is None else to_rdflib(value)
        return Result(self.node, self.severity, to_rdflib(focus), messages, found)

    def conforms(self, index: Index, focus: OxTerm) -> bool:
        """Whether a node fulfils the shape, which has no queries, as a condition."""
        return next(self.results(index, focus, {}), None) is None

    @cached_property
    def reads(self) -> tuple[Path, ...]:
        """The paths from a focus node over which its results are found, but for loose patterns."""
        way = (self.path,) if self.path else ()
        found = [self.path] if self.path else []
        for constraint in self.constraints:
            found += [Sequence((*way, path)) for path in constraint.of_values]
            found += constraint.of_focus
        found += [path for query in self.queries for path in query.reads.paths]
        for shape in self.properties:
            found += [Sequence((*way, path)) for path in shape.reads]
        return tuple(dict.fromkeys(found))


Asked = dict[tuple[Shape, SparqlConstraint], Nodes]
"""The focus nodes of each SPARQL constraint."""


@dataclass(frozen=True, eq=False)
class Target:
    """What a shape is aimed at: one declaration."""

    kind: Node
    value: OxTerm

    def nodes(self, index: Index) -> Nodes:
        """The focus nodes that it gives."""
        if self.kind == SH.targetNode:
            return {self.value: None}
        if self.kind == SH.targetClass:
            return index.instances(self.value)
        assert isinstance(self.value, ox.NamedNode)
        of_subjects = self.kind == SH.targetSubjectsOf
        return {(s if of_subjects else o): None for s, o in index.ends(self.value)}

    def holds(self, index: Index, node: OxTerm) -> bool:
        """Whether a node is one of them."""
        if self.kind == SH.targetNode:
            return node == self.value
        if self.kind == SH.targetClass:
            return index.is_a(node, self.value)
        assert isinstance(self.value, ox.NamedNode)
        return bool(Step(self.value, back=self.kind == SH.targetObjectsOf).values(index, node))

    @property
    def reads(self) -> Path | None:
        """The path from a node over which it is found to be one of them."""
        if self.kind == SH.targetNode:
            return None
        if self.kind == SH.targetClass:
            return CLASSES
        assert isinstance(self.value, ox.NamedNode)
        return Step(self.value, back=self.kind == SH.targetObjectsOf)


@dataclass(frozen=True, eq=False)
class Aimed:
    """A shape with its targets."""

    shape: Shape
    targets: tuple[Target, ...]

    @property
    def reads(self) -> tuple[Path, ...]:
        """The paths from a node over which its results are found, and that it is a focus node at all."""
        return (*self.shape.reads, *(path for target in self.targets if (path := target.reads)))

    def focus(self, index: Index) -> Nodes:
        """All its focus nodes."""
        return {node: None for target in self.targets for node in target.nodes(index)}

    def holds(self, index: Index, node: OxTerm) -> bool:
        """Whether a node is one of its focus nodes."""
        return any(target.holds(index, node) for target in self.targets)


@dataclass(eq=False)
class Compiler:
    """Compiles the shapes of one graph."""

    graph: Graph
    _made: dict[Node, Shape] = field(default_factory=dict)
    _open: set[Node] = field(default_factory=set)

    def aimed(self) -> tuple[list[Aimed], list[Node]]:
        """The shapes with targets, and those that only the judge may run."""
        found, left = [], []
        for node in sorted(self._aimed_nodes(), key=str):
            if self._is_deactivated(node):
                continue
            try:
                found.append(Aimed(self.shape(node), self._targets(node)))
            except NotUnderstood:
                left.append(node)
        return found, left

    def _aimed_nodes(self) -> set[Node]:
        classes = {RDFS.Class, OWL.Class, *self.graph.subjects(RDFS.subClassOf, RDFS.Class)}
        implicit = {
            node
            for cls in classes
            for node in self.graph.subjects(RDF.type, cls)
            if {SH.NodeShape, SH.PropertyShape} & set(self.graph.objects(node, RDF.type))
        }
        return implicit | {node for kind in _TARGETS for node in self.graph.subjects(kind)}

    def _targets(self, node: Node) -> tuple[Target, ...]:
        found = [
            Target(kind, from_rdflib(value)) for kind in _TARGETS for value in self.graph.objects(node, kind)
        ]
        if not all(is_kept(target.value) for target in found):
            raise NotUnderstood("a literal that the store rewrites, so that it is not found again")
        classes = {RDFS.Class, OWL.Class, *self.graph.subjects(RDFS.subClassOf, RDFS.Class)}
        if classes & set(self.graph.objects(node, RDF.type)):
            found.append(Target(SH.targetClass, from_rdflib(node)))
        return tuple(found)

    def _is_deactivated(self, node: Node) -> bool:
        """Whether a shape or constraint says that it does not count."""
        return any(bool(getattr(value, "value", False)) for value in self.graph.objects(node, SH.deactivated))

    def shape(self, node: Node) -> Shape:
        """The compiled shape of a node. Raises NotUnderstood where anything in it is not understood."""
        if node not in self._made:
            if node in self._open:
                raise NotUnderstood("a shape that contains itself")
            self._open.add(node)
            try:
                self._made[node] = self._compiled(node)
            finally:
                self._open.discard(node)
        return self._made[node]

    def _compiled(self, node: Node) -> Shape:
        paths, severities = (list(self.graph.objects(node, p)) for p in (SH.path, SH.severity))
        if len(paths) > 1 or len(severities) > 1:
            raise NotUnderstood("several paths or severities")
        path = path_of(self.graph, paths[0]) if paths else None
        return Shape(
            node=node,
            path=path,
            severity=severities[0] if severities else SH.Violation,
            messages=frozenset(str(message) for message in self.graph.objects(node, SH.message)),
            constraints=tuple(self._constraints(node)),
            queries=tuple(
                sparql_constraint(self.graph, node, constraint, path)
                for constraint in sorted(self.graph.objects(node, SH.sparql), key=str)
                if not self._is_deactivated(constraint)
            ),
            properties=tuple(
                self._property(listed)
                for listed in sorted(self.graph.objects(node, SH.property), key=str)
                if not self._is_deactivated(listed)
            ),
        )

    def _property(self, node: Node) -> Shape:
        shape = self.shape(node)
        if shape.path is None:
            raise NotUnderstood("a property shape without a path")
        return shape

    def _constraints(self, node: Node) -> Iterator[Constraint]:
        source = Source(self.graph, node, self._nested)
        for parameter in sorted(set(self.graph.predicates(node)), key=str):
            if parameter in MAKERS:
                try:
                    yield MAKERS[parameter](source)
                except (ValueError, UsageError) as fault:
                    raise NotUnderstood(str(fault)) from None
            elif str(parameter).startswith(str(SH)) and parameter not in _SILENT:
                raise NotUnderstood(f"{parameter} is not known")

    def _nested(self, node: Node) -> Nested:
        if isinstance(node, Literal):
            raise NotUnderstood("a literal is no shape")
        if self._is_deactivated(node):
            return Nested(lambda index, value: True, ())
        shape = self.shape(node)
        if _asks(shape):
            raise NotUnderstood("a query that is part of a condition")
        return Nested(shape.conforms, shape.reads)


def queries_of(shape: Shape) -> Iterator[tuple[Shape, SparqlConstraint]]:
    """The SPARQL constraints of a shape and of all its properties, each with the shape it belongs to."""
    yield from ((shape, query) for query in shape.queries)
    for listed in shape.properties:
        yield from queries_of(listed)


def _asks(shape: Shape) -> bool:
    return next(queries_of(shape), None) is not None
