"""Shapes without the targets of some of them, which then only serve the others."""

from __future__ import annotations

from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

_TARGETS = {SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
_CLASSES = {RDFS.Class, OWL.Class}


def without_targets(shapes: Graph, nodes: set[Node]) -> Graph:
    """A copy in which these shapes are aimed at nothing."""
    classes = _CLASSES | set(shapes.subjects(RDFS.subClassOf, RDFS.Class))
    rest = Graph()
    for node, predicate, value in shapes:
        aims = predicate in _TARGETS or (predicate == RDF.type and value in classes)
        if not (aims and node in nodes):
            rest.add((node, predicate, value))
    return rest
