"""Whether an addition uses names that are there, and says only what a person may say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, URIRef

from kg.model import Finding, Iri
from kg.names import suggestion
from kg.serialise import value_of
from kg.shacl import Index
from kg.stores.known import Known
from kg.terms import ACES, KG, PREFIXES, compact, kind_and_name
from kg.validation.addition import Addition

_TYPE = ox.NamedNode(str(RDF.type))
_TRUE = ox.Literal("true", datatype=ox.NamedNode(PREFIXES["xsd"] + "boolean"))
_COMPUTED, _STATABLE = ox.NamedNode(ACES + "computed"), ox.NamedNode(ACES + "statable")
_EVENT = ox.NamedNode(ACES + "Event")
_WAS = ox.NamedNode(PREFIXES["skos"] + "hiddenLabel")
_CLOSED = (RDF, RDFS, OWL)
_OF_LANGUAGES = (str(OWL), PREFIXES["sh"], str(RDFS))
_KINDS_OF_TERMS = {
    "Property": (
        RDF.Property,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        OWL.AnnotationProperty,
        OWL.OntologyProperty,
    ),
    "Class": (OWL.Class, RDFS.Class),
}
_HASH = re.compile(r"/[0-9a-f]{20,}\Z")
_AXIOMS = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range}
_IDENTITY = {OWL.differentFrom, OWL.sameAs}


def unknown_names(addition: Addition, index: Index, store: Known) -> Iterator[Finding]:
    """Properties, classes and individuals that are used and stand nowhere, with the nearest that does."""
    for term in _named(quad.predicate for quad in addition.quads):
        if not _is_declared(term, index):
            known = _declared(index, "Property")
            yield _unknown(addition, term.value, "property-is-declared", "is declared nowhere", known)
    for term in _named(quad.object for quad in addition.quads if quad.predicate == _TYPE):
        if not _is_declared(term, index):
            known = _declared(index, "Class")
            yield _unknown(addition, term.value, "class-is-declared", "is declared nowhere", known)
    for term in _named(quad.object for quad in addition.quads if quad.predicate != _TYPE):
        if _is_ours(term.value) and not index.properties(term):
            kept = _kept(index, term.value)
            if kept:
                what = f"{compact(term.value)} was decided to be one with {compact(kept)}"
                where, fix = addition.where(term.value), f"use {compact(kept)}"
                yield Finding("name-is-known", "violation", what, fix, where, term.value)
                continue
            fellows = _fellows(addition, store, kind_and_name(term.value)[0])
            yield _unknown(addition, term.value, "name-is-known", "is not in the graph", fellows)


def _kept(index: Index, node: Iri) -> Iri | None:
    """What a thing was decided to be one with, whose node is kept."""
    kind, name = kind_and_name(node)
    if kind:
        for kept in index.subjects(_WAS, ox.Literal(name)):
            if isinstance(kept, ox.NamedNode) and kind_and_name(kept.value)[0] == kind:
                return kept.value
    return None


def _named(terms: Iterable[object]) -> list[ox.NamedNode]:
    """The terms that are IRIs, each once, in a fixed order."""
    return sorted({term for term in terms if isinstance(term, ox.NamedNode)}, key=str)


def _is_ours(node: Iri) -> bool:
    return node.startswith((KG, ACES))


def _is_declared(term: ox.NamedNode, index: Index) -> bool:
    for closed in _CLOSED:
        if term.value.startswith(str(closed)):
            return URIRef(term.value) in closed
    return bool(index.objects(term, _TYPE))


def _declared(index: Index, kind: str) -> Iterator[str]:
    """Properties or classes: those of the closed vocabularies, and those that are declared."""
    for closed in _CLOSED:
        yield from (compact(str(term)) for term in dir(closed))
    for cls in _KINDS_OF_TERMS[kind]:
        for subject in index.subjects(_TYPE, ox.NamedNode(str(cls))):
            if isinstance(subject, ox.NamedNode):
                yield compact(subject.value)


def _fellows(addition: Addition, store: Known, kind: str) -> Iterator[str]:
    """What there is of a kind, in the graph and in the addition, as prefixed names."""
    yield from store.individuals(kind)
    yield from (compact(node) for node in addition.subjects if kind_and_name(node)[0] == kind)


def _unknown(addition: Addition, term: Iri, rule: str, what: str, known: Iterable[str]) -> Finding:
    # Two hashes are always somewhat alike, which says nothing.
    nearest = suggestion(compact(term), known, least=95 if _HASH.search(term) else 60)
    fix = nearest or "mend the spelling, or describe it"
    return Finding(rule, "violation", f"{compact(term)} {what}", fix, addition.where(term), term)


# --- what the build computes ---------------------------------------------------------------------


def computed(addition: Addition, index: Index) -> Iterator[Finding]:
    """Triples that belong in a graph which the build makes, or in the ontology or the shapes."""
    for quad in addition.quads:
        why = _why_computed(quad, index)
        if why and isinstance(quad.subject, ox.NamedNode):
            told = " ".join(compact(value_of(end)) for end in (quad.subject, quad.predicate, quad.object))
            where = addition.where(quad.subject.value)
            yield Finding(
                "computed-not-asserted", "violation", f"{told}: {why}", _INSTEAD, where, quad.subject.value
            )


_INSTEAD = (
    "make a claim of it: a claim that aces:affirms a Proposition with subject, predicate and object, "
    "and the build adds what follows"
)


def _why_computed(quad: ox.Quad, index: Index) -> str:
    if _is_axiom(URIRef(quad.predicate.value)):
        return "this belongs in the ontology or the shapes"
    if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
        if quad.object.value.startswith(_OF_LANGUAGES):
            return "this belongs in the ontology or the shapes"
        if quad.object != _EVENT and _EVENT in index.above(quad.object):
            return "the kind of an event is a fact, which follows from claims"
        return "the build makes these" if _marked(quad.object, _COMPUTED, index) else ""
    if _marked(quad.predicate, _STATABLE, index):
        return "a fact follows from claims and is never stated by itself"
    return "the build computes this" if _marked(quad.predicate, _COMPUTED, index) else ""


def _is_axiom(predicate: URIRef) -> bool:
    """Whether a property says how terms or shapes are meant, and nothing of a thing."""
    of_terms = str(predicate).startswith((str(OWL), PREFIXES["sh"])) and predicate not in _IDENTITY
    return of_terms or predicate in _AXIOMS


def _marked(term: ox.NamedNode, mark: ox.NamedNode, index: Index) -> bool:
    return _TRUE in index.objects(term, mark)


# --- classes that exclude each other -------------------------------------------------------------


def disjoint_types(addition: Addition, index: Index, known: Known) -> Iterator[Finding]:
    """Things of two classes that the ontology says have nothing in common."""
    for subject in sorted(addition.subjects):
        classes = index.classes(ox.NamedNode(subject))
        for one, other in known.disjoint if len(classes) > 1 else ():
            if one in classes and other in classes:
                told = f"this is at once {compact(one.value)} and {compact(other.value)}"
                fix = "keep one of the two, or make two things of it"
                yield Finding(
                    "classes-are-disjoint", "violation", told, fix, addition.where(subject), subject
                )
