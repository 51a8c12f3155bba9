"""What the engine asks of data: the neighbours of a node, classes and instances, over an embedded store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import pyoxigraph as ox

from kg.serialise.terms import OxTerm

Nodes: TypeAlias = dict[OxTerm, None]
"""Nodes in a fixed order, each once."""
Step: TypeAlias = Callable[[OxTerm], Iterable[OxTerm]]

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FIRST, _REST, _NIL = (ox.NamedNode(_TYPE.value.replace("type", n)) for n in ("first", "rest", "nil"))
_BELOW = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


class Index:
    """The union of all graphs of a store. It keeps what it learnt of classes, so make one for each state."""

    def __init__(self, store: ox.Store) -> None:
        """Nothing is read before it is asked for."""
        self.store = store
        self._above: dict[OxTerm, Nodes] = {}
        self._classes: dict[OxTerm, Nodes] = {}

    def objects(self, subject: OxTerm, predicate: ox.NamedNode) -> Nodes:
        """What a node has for a property."""
        if isinstance(subject, ox.Literal):
            return {}
        found = self.store.quads_for_pattern(subject, predicate, None, None)
        return dict.fromkeys(quad.object for quad in found)  # type: ignore[misc]  # no triple terms are held

    def subjects(self, predicate: ox.NamedNode, value: OxTerm) -> Nodes:
        """Which nodes have a value for a property."""
        found = self.store.quads_for_pattern(None, predicate, value, None)
        return dict.fromkeys(quad.subject for quad in found)  # type: ignore[misc]

    def referring(self, value: OxTerm) -> Nodes:
        """Which nodes have a node for a value of anything."""
        found = self.store.quads_for_pattern(None, None, value, None)
        return dict.fromkeys(quad.subject for quad in found)  # type: ignore[misc]

    def properties(self, subject: OxTerm) -> list[tuple[ox.NamedNode, OxTerm]]:
        """Every predicate and value of a node."""
        if isinstance(subject, ox.Literal):
            return []
        found = self.store.quads_for_pattern(subject, None, None, None)
        return list(dict.fromkeys((quad.predicate, quad.object) for quad in found))  # type: ignore[misc]

    def ends(self, predicate: ox.NamedNode) -> Iterable[tuple[OxTerm, OxTerm]]:
        """Subject and object of every triple with a predicate."""
        for quad in self.store.quads_for_pattern(None, predicate, None, None):
            yield quad.subject, quad.object  # type: ignore[misc]

    def items(self, head: OxTerm) -> list[OxTerm]:
        """The members of a list."""
        found: list[OxTerm] = []
        while isinstance(head, ox.NamedNode | ox.BlankNode) and head != _NIL:
            found += self.objects(head, _FIRST)
            head = next(iter(self.objects(head, _REST)), _NIL)
        return found

    def is_a(self, node: OxTerm, cls: OxTerm) -> bool:
        """Whether a node has a class, or one below it, for its type."""
        return cls in self.classes(node)

    def classes(self, node: OxTerm) -> Nodes:
        """The types of a node and all classes above them."""
        if node not in self._classes:
            direct = self.objects(node, _TYPE)
            self._classes[node] = {above: None for cls in direct for above in self.above(cls)}
        return self._classes[node]

    def above(self, cls: OxTerm) -> Nodes:
        """A class and all classes above it."""
        if cls not in self._above:
            self._above[cls] = reached(cls, lambda node: self.objects(node, _BELOW))
        return self._above[cls]

    def below(self, cls: OxTerm) -> Nodes:
        """A class and all classes below it."""
        return reached(cls, lambda node: self.subjects(_BELOW, node))

    def instances(self, cls: OxTerm) -> Nodes:
        """The nodes that have a class, or one below it, for their type."""
        return {node: None for below in self.below(cls) for node in self.subjects(_TYPE, below)}


def is_kept(term: OxTerm) -> bool:
    """Whether a store gives a term back as it was written; it turns "01" as a number into "1"."""
    if not isinstance(term, ox.Literal):
        return True
    store, name = ox.Store(), ox.NamedNode("urn:kg:term")
    store.add(ox.Quad(name, name, term))
    return all(quad.object == term for quad in store)


def reached(start: OxTerm, step: Step) -> Nodes:
    """A node and all that any number of steps leads to."""
    found, waiting = {start: None}, [start]
    while waiting:
        for node in step(waiting.pop()):
            if node not in found:
                found[node] = None
                waiting.append(node)
    return found
