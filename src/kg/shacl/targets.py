"""Which nodes a shape is about: its targets, by the rules of SHACL core."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

_NESTING = (SH.node, SH["not"], SH.qualifiedValueShape)
_NESTING_LISTS = (SH["or"], SH["and"], SH.xone)


def nested_shapes(shapes: Graph) -> set[Node]:
    """Shapes whose results are only a condition of another shape, with every part of them."""
    found: set[Node] = set()
    waiting = [value for predicate in _NESTING for value in shapes.objects(None, predicate)]
    for predicate in _NESTING_LISTS:
        for members in shapes.objects(None, predicate):
            waiting += Collection(shapes, members)
    while waiting:
        shape = waiting.pop()
        if shape not in found:
            found.add(shape)
            waiting += shapes.objects(shape, SH.property)
    return found


def is_deactivated(shapes: Graph, node: Node) -> bool:
    """Whether a shape or constraint says that it does not count."""
    return any(bool(getattr(value, "value", False)) for value in shapes.objects(node, SH.deactivated))


def focus_nodes(shape: Node, shapes: Graph, data: Graph) -> set[Node] | None:
    """The nodes a shape is run for: its own targets and those of the node shapes it is a property of.

    None where it hangs below another property shape, so that its focus nodes are values along a path.
    """
    found = targets(shape, shapes, data)
    for parent in shapes.subjects(SH.property, shape):
        if (parent, SH.path, None) in shapes:
            return None
        if not is_deactivated(shapes, parent):
            found |= targets(parent, shapes, data)
    return found


def targets(shape: Node, shapes: Graph, data: Graph) -> set[Node]:
    """The nodes that a shape itself names as its targets."""
    found = set(shapes.objects(shape, SH.targetNode))
    found |= _instances([*shapes.objects(shape, SH.targetClass), *_implicit_class(shape, shapes)], data)
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        found |= set(data.subjects(predicate))
    for predicate in shapes.objects(shape, SH.targetObjectsOf):
        found |= set(data.objects(None, predicate))
    return found


def _implicit_class(shape: Node, shapes: Graph) -> list[Node]:
    """A shape that is a class is about the instances of itself."""
    classes = {RDFS.Class, OWL.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class)}
    return [shape] if classes & set(shapes.objects(shape, RDF.type)) else []


def _instances(classes: Iterable[Node], data: Graph) -> set[Node]:
    below = {c for cls in classes for c in data.transitive_subjects(RDFS.subClassOf, cls)}
    return {instance for cls in below for instance in data.subjects(RDF.type, cls)}
