"""Whether an addition makes a new thing of a known one, or one thing of two that are declared different."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import OWL, RDFS

from kg.model import Finding, Iri
from kg.shacl import Index
from kg.stores.known import NEAR, Known, Names
from kg.terms import PREFIXES, compact, kind_and_name
from kg.validation.addition import Addition

_KINDS = ("actor", "event", "place", "work")
_NAMING = (ox.NamedNode(str(RDFS.label)), ox.NamedNode(PREFIXES["skos"] + "altLabel"))
_SAME, _DIFFERENT = ox.NamedNode(str(OWL.sameAs)), ox.NamedNode(str(OWL.differentFrom))
_MOST_TOLD = 3
_SHORTEST = 5  # in a shorter name one letter is too much of it to be a slip


def near_names(addition: Addition, index: Index, known: Known) -> Iterator[Finding]:
    """New things whose name is that of a known one of their kind, or very near to it."""
    fellows: defaultdict[str, Names] = defaultdict(Names)
    for node in sorted(addition.subjects):
        if _is_new(addition, index, node):
            kind = kind_and_name(node)[0]
            for other, name in _nearest(index, node, (known.names(kind), fellows[kind])):
                mine, theirs = compact(node), compact(other)
                told = f"the new {mine} is called nearly what {theirs} is called ({name!r})"
                fix = f"use {theirs} if it is the same; else state: {mine} owl:differentFrom {theirs}"
                yield Finding("name-is-new", "warning", told, fix, addition.where(node), node, name)
            for name in _names_of(index, node):
                fellows[kind].add(node, name)


def _is_new(addition: Addition, index: Index, node: Iri) -> bool:
    """Whether all that is said of a thing comes from the addition."""
    if kind_and_name(node)[0] not in _KINDS:
        return False
    added = sum(isinstance(q.subject, ox.NamedNode) and q.subject.value == node for q in addition.quads)
    return len(index.properties(ox.NamedNode(node))) == added


def _nearest(index: Index, node: Iri, known: Iterable[Names]) -> Iterator[tuple[Iri, str]]:
    """Known things of the same kind with a name like one of the node's, each with that name."""
    apart = {node} | {other.value for other in index.objects(ox.NamedNode(node), _DIFFERENT)}
    for name in _names_of(index, node):
        least = NEAR if len(name) >= _SHORTEST else 100
        for other, spelt in [found for names in known for found in names.near(name, least)][:_MOST_TOLD]:
            if other not in apart:
                apart.add(other)
                yield other, spelt


def _names_of(index: Index, node: Iri) -> list[str]:
    """Label and aliases of a thing."""
    return sorted({name.value for by in _NAMING for name in index.objects(ox.NamedNode(node), by)})


def same_and_different(addition: Addition, index: Index) -> Iterator[Finding]:
    """Statements that two things are one: a judgement that is made in the registry, with its reason."""
    for quad in addition.quads:
        if quad.predicate != _SAME or not isinstance(quad.subject, ox.NamedNode):
            continue
        one, other = quad.subject, quad.object
        declared = other in index.objects(one, _DIFFERENT) or one in index.objects(other, _DIFFERENT)  # type: ignore[arg-type]
        why = (
            "they are declared different"
            if declared
            else "who is the same as whom is decided in the registry"
        )
        told = f"{compact(one.value)} is said to be the same as {compact(other.value)}: {why}"  # type: ignore[union-attr]
        fix = "leave it out" if declared else "leave it out, and decide it in the registry, with a reason"
        yield Finding("same-is-decided", "violation", told, fix, addition.where(one.value), one.value)
