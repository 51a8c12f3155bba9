"""Which nodes a shape is about: its targets, by the rules of SHACL core."""

from __future__ import annotations

from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

_TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
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


def hoist(shapes: Graph) -> Graph:
    """The shapes with each property shape aimed at what the node shape that lists it is aimed at.

    It says the same: a property of a node shape is run for that shape's focus nodes.  But pySHACL runs a
    shape that has targets once for all of them, and a listed one anew for each.
    """
    parents = {p for p in shapes.subjects(SH.property) if _may_be_hoisted_from(p, shapes)}
    parents -= nested_shapes(shapes)
    hoisted = Graph()
    for parent, predicate, value in shapes:
        if predicate == SH.property and parent in parents:
            for kind, target in _aims(parent, shapes):
                hoisted.add((value, kind, target))
        else:
            hoisted.add((parent, predicate, value))
    return hoisted


def _may_be_hoisted_from(parent: Node, shapes: Graph) -> bool:
    """Not from property or deactivated shapes, nor where a constraint reads which shapes are listed."""
    if (parent, SH.path, None) in shapes or (parent, SH.closed, None) in shapes:
        return False
    listed = shapes.objects(parent, SH.property)
    disjoint = any((shape, SH.qualifiedValueShapesDisjoint, None) in shapes for shape in listed)
    return not disjoint and not is_deactivated(shapes, parent)


def _aims(shape: Node, shapes: Graph) -> list[tuple[Node, Node]]:
    """The target declarations of a shape; one that is a class is aimed at the instances of itself."""
    aims: list[tuple[Node, Node]] = [
        (kind, value) for kind in _TARGETS for value in shapes.objects(shape, kind)
    ]
    classes = {RDFS.Class, OWL.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class)}
    if classes & set(shapes.objects(shape, RDF.type)):
        aims.append((SH.targetClass, shape))
    return aims


def focus_nodes(shape: Node, shapes: Graph, data: Graph) -> set[Node]:
    """The nodes that a shape's own targets give."""
    found: set[Node] = set()
    for kind, value in _aims(shape, shapes):
        if kind == SH.targetNode:
            found.add(value)
        elif kind == SH.targetSubjectsOf:
            found |= set(data.subjects(value))
        elif kind == SH.targetObjectsOf:
            found |= set(data.objects(None, value))
        else:
            for cls in data.transitive_subjects(RDFS.subClassOf, value):
                found |= set(data.subjects(RDF.type, cls))
    return found
