"""The constraints of SHACL core, each as a check of one focus node's values.

A check yields one entry for each validation result: the value at fault, or None where the fault is not
that of one value.  What a constraint reads beside the values is told as paths from the values, or from
the focus node, so that it is known which changes of a graph can alter its outcome.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

from kg.serialise import from_rdflib
from kg.serialise.terms import OxTerm
from kg.shacl.index import Index, Nodes
from kg.shacl.literals import is_of_datatype, is_ordered, precedes
from kg.shacl.paths import ANY, NotUnderstood, Path, Repeated, Sequence, Step
from kg.shacl.patterns import matcher

Check: TypeAlias = Callable[[Index, OxTerm, Nodes], Iterable[OxTerm | None]]
Condition: TypeAlias = Callable[[Index, OxTerm], bool]

CLASSES = Sequence(
    (Step(ox.NamedNode(str(RDF.type))), Repeated(Step(ox.NamedNode(str(RDFS.subClassOf))), "*"))
)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A check, and the paths that it reads from each value and from the focus node."""

    check: Check
    of_values: tuple[Path, ...] = ()
    of_focus: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Nested:
    """A shape that serves as a condition: whether a node conforms, and what that reads from the node."""

    conforms: Condition
    reads: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the parameters of one shape are read from."""

    shapes: Graph
    node: Node
    nested: Callable[[Node], Nested]

    def values(self, parameter: Node) -> list[Node]:
        """What the shape has for a parameter."""
        return list(self.shapes.objects(self.node, parameter))

    def one(self, parameter: Node) -> Node:
        """The only value of a parameter. Raises NotUnderstood where there are several."""
        values = self.values(parameter)
        if len(values) != 1:
            raise NotUnderstood(f"several values of {parameter}")
        return values[0]

    def count(self, parameter: Node) -> int:
        """A parameter that is a number of values."""
        value = self.one(parameter)
        if not isinstance(value, Literal) or value.datatype != XSD.integer or int(value) < 0:
            raise NotUnderstood(f"{parameter} is no count")
        return int(value)

    def flag(self, parameter: Node) -> bool:
        """A parameter that is true or false."""
        value = self.one(parameter)
        if not isinstance(value, Literal) or not isinstance(value.value, bool):
            raise NotUnderstood(f"{parameter} is neither true nor false")
        return value.value

    def items(self, parameter: Node) -> list[Node]:
        """The members of a parameter that is a list."""
        return list(Collection(self.shapes, self.one(parameter)))


def _each(holds: Condition, *reads: Path) -> Constraint:
    """A constraint that every value is to fulfil by itself."""
    return Constraint(lambda index, focus, values: (v for v in values if not holds(index, v)), reads)


def _once(holds: Callable[[Nodes], bool]) -> Constraint:
    """A constraint on all values together."""
    return Constraint(lambda index, focus, values: () if holds(values) else (None,))


# --- counts, kinds and types ---------------------------------------------------------------------


def _min_count(source: Source) -> Constraint:
    least = source.count(SH.minCount)
    return _once(lambda values: len(values) >= least)


def _max_count(source: Source) -> Constraint:
    most = source.count(SH.maxCount)
    return _once(lambda values: len(values) <= most)


def _class(source: Source) -> Constraint:
    classes = [from_rdflib(cls) for cls in source.values(SH["class"])]

    def check(index: Index, focus: OxTerm, values: Nodes) -> Iterator[OxTerm]:
        return (v for cls in classes for v in values if not index.is_a(v, cls))

    return Constraint(check, (CLASSES,))


def _datatype(source: Source) -> Constraint:
    datatype = str(source.one(SH.datatype))
    return _each(lambda index, value: is_of_datatype(value, datatype))


_KINDS: dict[Node, tuple[type, ...]] = {
    SH.IRI: (ox.NamedNode,),
    SH.BlankNode: (ox.BlankNode,),
    SH.Literal: (ox.Literal,),
    SH.BlankNodeOrIRI: (ox.BlankNode, ox.NamedNode),
    SH.BlankNodeOrLiteral: (ox.BlankNode, ox.Literal),
    SH.IRIOrLiteral: (ox.NamedNode, ox.Literal),
}


def _node_kind(source: Source) -> Constraint:
    kinds = _KINDS.get(source.one(SH.nodeKind))
    if kinds is None:
        raise NotUnderstood("an unknown kind of node")
    return _each(lambda index, value: isinstance(value, kinds))


# --- values --------------------------------------------------------------------------------------


def _in(source: Source) -> Constraint:
    members = {from_rdflib(member) for member in source.items(SH["in"])}
    return _each(lambda index, value: value in members)


def _has_value(source: Source) -> Constraint:
    wanted = [from_rdflib(value) for value in source.values(SH.hasValue)]
    return Constraint(lambda index, focus, values: (None for value in wanted if value not in values))


def _bound(parameter: Node, allowed: Callable[[int], bool]) -> Callable[[Source], Constraint]:
    def make(source: Source) -> Constraint:
        bounds = [from_rdflib(bound) for bound in source.values(parameter)]

        def check(index: Index, focus: OxTerm, values: Nodes) -> Iterator[OxTerm]:
            return (v for bound in bounds for v in values if not is_ordered(v, bound, allowed))

        return Constraint(check)

    return make


def _text(term: OxTerm) -> str | None:
    return None if isinstance(term, ox.BlankNode) else term.value


def _min_length(source: Source) -> Constraint:
    least = source.count(SH.minLength)
    return _each(lambda index, value: (text := _text(value)) is not None and len(text) >= least)


def _max_length(source: Source) -> Constraint:
    most = source.count(SH.maxLength)
    return _each(lambda index, value: (text := _text(value)) is not None and len(text) <= most)


_FLAGS = {"": 0, "i": re.IGNORECASE, "m": re.MULTILINE, "im": re.I | re.M, "mi": re.I | re.M}


def _pattern(source: Source) -> Constraint:
    flags = _FLAGS.get("".join(str(flag) for flag in source.values(SH.flags)))
    if flags is None:
        raise NotUnderstood("unknown flags of a pattern")
    try:
        patterns = [matcher(str(pattern), flags) for pattern in source.values(SH.pattern)]
    except re.error:
        raise NotUnderstood("a pattern that does not compile") from None

    def check(index: Index, focus: OxTerm, values: Nodes) -> Iterator[OxTerm]:
        for pattern in patterns:
            yield from (v for v in values if (text := _text(v)) is None or not pattern(text))

    return Constraint(check)


def _language_in(source: Source) -> Constraint:
    ranges = {str(item).lower() for item in source.items(SH.languageIn)}

    def holds(index: Index, value: OxTerm) -> bool:
        language = value.language if isinstance(value, ox.Literal) else None
        return bool(language) and bool(ranges & {"*", language, str(language).split("-")[0]})

    return _each(holds)


def _unique_lang(source: Source) -> Constraint:
    wanted = source.flag(SH.uniqueLang)

    def check(index: Index, focus: OxTerm, values: Nodes) -> Iterator[None]:
        tags = [value.language for value in values if isinstance(value, ox.Literal) and value.language]
        return (None for tag in set(tags) if wanted and tags.count(tag) > 1)

    return Constraint(check)


# --- another property of the focus node ----------------------------------------------------------


def _compared(
    parameter: Node, faulty: Callable[[Nodes, Nodes], Iterable[OxTerm]]
) -> Callable[[Source], Constraint]:
    """A constraint between the values and those of another property of the focus node."""

    def make(source: Source) -> Constraint:
        others = [ox.NamedNode(str(other)) for other in source.values(parameter)]

        def check(index: Index, focus: OxTerm, values: Nodes) -> Iterator[OxTerm]:
            for other in others:
                yield from faulty(values, index.objects(focus, other))

        return Constraint(check, of_focus=tuple(Step(other) for other in others))

    return make


def _unequal(values: Nodes, others: Nodes) -> Iterator[OxTerm]:
    yield from (value for value in values if value not in others)
    yield from (other for other in others if other not in values)


def _shared(values: Nodes, others: Nodes) -> Iterator[OxTerm]:
    return (value for value in values if value in others)


def _not_before(values: Nodes, others: Nodes) -> Iterator[OxTerm]:
    return (value for value in values for other in others if not precedes(value, other, equal=False))


def _after(values: Nodes, others: Nodes) -> Iterator[OxTerm]:
    return (value for value in values for other in others if not precedes(value, other, equal=True))


# --- other shapes as conditions ------------------------------------------------------------------


def _node(source: Source) -> Constraint:
    shapes = [source.nested(shape) for shape in source.values(SH.node)]

    def check(index: Index, focus: OxTerm, values: Nodes) -> Iterator[OxTerm]:
        return (v for shape in shapes for v in values if not shape.conforms(index, v))

    return Constraint(check, _reads(shapes))


def _not(source: Source) -> Constraint:
    shapes = [source.nested(shape) for shape in source.values(SH["not"])]

    def check(index: Index, focus: OxTerm, values: Nodes) -> Iterator[OxTerm]:
        return (v for shape in shapes for v in values if shape.conforms(index, v))

    return Constraint(check, _reads(shapes))


def _logical(parameter: Node, verdict: Callable[[Iterable[bool]], bool]) -> Callable[[Source], Constraint]:
    def make(source: Source) -> Constraint:
        lists = [
            [source.nested(member) for member in Collection(source.shapes, head)]
            for head in source.values(parameter)
        ]

        def check(index: Index, focus: OxTerm, values: Nodes) -> Iterator[OxTerm]:
            for members in lists:
                for value in values:
                    if not verdict(member.conforms(index, value) for member in members):
                        yield value

        return Constraint(check, _reads(member for members in lists for member in members))

    return make


def _qualified(source: Source) -> Constraint:
    least = source.count(SH.qualifiedMinCount) if source.values(SH.qualifiedMinCount) else 0
    most = source.count(SH.qualifiedMaxCount) if source.values(SH.qualifiedMaxCount) else None
    wanted = [
        (source.nested(shape), _siblings(source, shape)) for shape in source.values(SH.qualifiedValueShape)
    ]

    def check(index: Index, focus: OxTerm, values: Nodes) -> Iterator[None]:
        for shape, siblings in wanted:
            conforming = sum(
                shape.conforms(index, value) and not any(other.conforms(index, value) for other in siblings)
                for value in values
            )
            if conforming < least or (most is not None and conforming > most):
                yield None

    return Constraint(check, _reads(shape for one, siblings in wanted for shape in (one, *siblings)))


def _siblings(source: Source, qualified: Node) -> list[Nested]:
    """What no value may conform to beside the qualified shape (SHACL, section 4.7.3)."""
    if not source.values(SH.qualifiedValueShapesDisjoint) or not source.flag(SH.qualifiedValueShapesDisjoint):
        return []
    listed = {
        p for parent in source.shapes.subjects(SH.property, source.node) for p in _listed(source, parent)
    }
    others = {shape for p in listed for shape in source.shapes.objects(p, SH.qualifiedValueShape)}
    return [source.nested(shape) for shape in sorted(others - {qualified}, key=str)]


def _listed(source: Source, parent: Node) -> Iterable[Node]:
    return source.shapes.objects(parent, SH.property)


def _reads(shapes: Iterable[Nested]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(path for shape in shapes for path in shape.reads))


def _closed(source: Source) -> Constraint:
    if not source.flag(SH.closed):
        return Constraint(lambda index, focus, values: ())
    named = {path for listed in source.values(SH.property) for path in source.shapes.objects(listed, SH.path)}
    ignored = set(source.items(SH.ignoredProperties)) if source.values(SH.ignoredProperties) else set()
    allowed = {str(property_) for property_ in named | ignored if isinstance(property_, URIRef)}
    everything = ox.NamedNode(str(RDFS.Resource))

    def check(index: Index, focus: OxTerm, values: Nodes) -> Iterator[OxTerm]:
        for value in values:
            for predicate, end in index.properties(value):
                typed = predicate.value == str(RDF.type) and end == everything
                if predicate.value not in allowed and not typed:
                    yield end

    return Constraint(check, (ANY,))


MAKERS: dict[Node, Callable[[Source], Constraint]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH["in"]: _in,
    SH.hasValue: _has_value,
    SH.minExclusive: _bound(SH.minExclusive, lambda order: order > 0),
    SH.minInclusive: _bound(SH.minInclusive, lambda order: order >= 0),
    SH.maxExclusive: _bound(SH.maxExclusive, lambda order: order < 0),
    SH.maxInclusive: _bound(SH.maxInclusive, lambda order: order <= 0),
    SH.minLength: _min_length,
    SH.maxLength: _max_length,
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH.uniqueLang: _unique_lang,
    SH.equals: _compared(SH.equals, _unequal),
    SH.disjoint: _compared(SH.disjoint, _shared),
    SH.lessThan: _compared(SH.lessThan, _not_before),
    SH.lessThanOrEquals: _compared(SH.lessThanOrEquals, _after),
    SH.node: _node,
    SH["not"]: _not,
    SH["and"]: _logical(SH["and"], all),
    SH["or"]: _logical(SH["or"], any),
    SH.xone: _logical(SH.xone, lambda conforming: sum(conforming) == 1),
    SH.qualifiedValueShape: _qualified,
    SH.closed: _closed,
}
"""What makes the constraint of each parameter."""
