"""Terms that are used and not declared: OWL passes over such triples in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.model import Finding, Iri
from kg.names import suggestion
from kg.reasoning.vocabulary import (
    CLASS,
    DATATYPE,
    IMPORTS,
    NEVER_FOLLOWED,
    OWL,
    PROPERTY_KINDS,
    RDF,
    RDFS,
)
from kg.serialise import value_of
from kg.terms import ACES, compact

if TYPE_CHECKING:
    import pyoxigraph

_TYPE = RDF + "type"
_BEFORE_CLASSES = {_TYPE, RDFS + "subClassOf", RDFS + "domain", RDFS + "range"} | {
    OWL + name
    for name in (
        "equivalentClass",
        "disjointWith",
        "complementOf",
        "someValuesFrom",
        "allValuesFrom",
        "onClass",
    )
}
_BEFORE_PROPERTIES = {RDFS + "subPropertyOf"} | {
    OWL + name for name in ("equivalentProperty", "inverseOf", "propertyDisjointWith", "onProperty")
}


def undeclared_terms(
    ontology: Iterable[pyoxigraph.Quad], data: Iterable[pyoxigraph.Quad]
) -> Iterator[Finding]:
    """Properties and classes in use that the ontology does not declare as such, and names in the
    ontology's namespace, or those of RDF, RDFS, OWL and XSD, that nobody gave a meaning.
    """
    ontology = list(ontology)
    declared = _declared(ontology)
    uses: dict[tuple[str, Iri], str] = {}
    for quad in (*ontology, *data):
        subject = value_of(quad.subject)
        for use in _uses(quad):
            uses[use] = min(subject, uses.get(use, subject))
    known = sorted(compact(term) for term in declared["term"])
    for (what, term), subject in sorted(uses.items()):
        if term not in declared[what] and not _is_built_in(term):
            yield Finding(
                "term-is-declared",
                "violation",
                f"the {what} {compact(term)} is used and not declared, first by {compact(subject)}",
                suggestion(compact(term), known) or "declare it in ontology/",
                focus=term,
            )


def not_followed(quads: Iterable[pyoxigraph.Quad]) -> Iterator[Finding]:
    """What an ontology asks to be fetched or imported, and never is."""
    asked = {(value_of(q.predicate), value_of(q.object)) for q in quads}
    for predicate, target in sorted(ask for ask in asked if ask[0] in NEVER_FOLLOWED):
        what = "the ontology" if predicate == IMPORTS else "the Python module"
        yield Finding(
            "nothing-is-fetched",
            "warning",
            f"{what} {target} is named for import and was not read",
            "copy what you need into ontology/",
            focus=target,
        )


def _declared(ontology: list[pyoxigraph.Quad]) -> dict[str, set[Iri]]:
    """What is declared as a property, as a class, or as anything at all."""
    found: dict[str, set[Iri]] = {"property": set(), "class": set(), "term": set()}
    for quad in ontology:
        if value_of(quad.predicate) == _TYPE:
            subject, kind = value_of(quad.subject), value_of(quad.object)
            found["term"].add(subject)
            if kind in PROPERTY_KINDS:
                found["property"].add(subject)
            elif kind in (CLASS, DATATYPE):
                found["class"].add(subject)
    return found


def _uses(quad: pyoxigraph.Quad) -> Iterator[tuple[str, Iri]]:
    """The terms that a triple uses, each with what it is used as."""
    import pyoxigraph

    predicate, value = value_of(quad.predicate), value_of(quad.object)
    yield "property", predicate
    if value_of(quad.subject).startswith(ACES):
        yield "term", value_of(quad.subject)
    if not isinstance(quad.object, pyoxigraph.NamedNode):
        return
    if predicate in _BEFORE_CLASSES:
        yield "class", value
    elif predicate in _BEFORE_PROPERTIES:
        yield "property", value
    elif value.startswith(ACES):
        yield "term", value


@cache
def _is_built_in(term: Iri) -> bool:
    from rdflib import URIRef
    from rdflib.namespace import OWL, RDF, RDFS, XSD

    return any(URIRef(term) in namespace for namespace in (OWL, RDF, RDFS, XSD))
