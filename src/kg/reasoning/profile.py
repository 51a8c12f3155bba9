"""OWL 2 DL, as far as triples alone tell; the whole profile is checked by an OWL parser in CI."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.model import Finding, Iri
from kg.reasoning.vocabulary import (
    ANNOTATION_PROPERTY,
    CLASS,
    DATATYPE,
    DATATYPE_PROPERTY,
    DATATYPES,
    OBJECT_PROPERTY,
    OWL,
    PROPERTY_KINDS,
    RDF,
    RDFS,
)
from kg.serialise import value_of
from kg.terms import RDF_TYPE, compact

if TYPE_CHECKING:
    import pyoxigraph

_FUNCTIONAL, _TRANSITIVE = OWL + "FunctionalProperty", OWL + "TransitiveProperty"
_SIMPLE_ONLY = {_FUNCTIONAL} | {
    OWL + f"{name}Property" for name in ("InverseFunctional", "Asymmetric", "Irreflexive")
}
_CHARACTERISTICS = _SIMPLE_ONLY | {_TRANSITIVE, OWL + "SymmetricProperty", OWL + "ReflexiveProperty"}
_CHARACTERISTICS_OF = {
    OBJECT_PROPERTY: _CHARACTERISTICS,
    DATATYPE_PROPERTY: {_FUNCTIONAL},
    ANNOTATION_PROPERTY: set[Iri](),
}
_COUNTS = {OWL + name for name in ("hasSelf", "cardinality", "qualifiedCardinality")} | {
    OWL + name
    for name in ("minCardinality", "maxCardinality", "minQualifiedCardinality", "maxQualifiedCardinality")
}
_RESERVED = {RDF + name for name in ("subject", "predicate", "object", "Statement", "Bag", "Seq", "Alt")}

_Index = dict[Iri, dict[Iri, set[Iri]]]


def profile_faults(
    ontology: Iterable[pyoxigraph.Quad], data: Iterable[pyoxigraph.Quad] = ()
) -> Iterator[Finding]:
    """What takes ontology or data out of OWL 2 DL: a name of two kinds, a characteristic that its kind of
    property cannot have, a transitive property where only simple ones may stand, reserved vocabulary,
    and literals of datatypes that OWL 2 does not know.

    OWL 2 Structural Specification, sections 2.4, 4, 5.8.1, 9.2, 9.3 and 11.2.
    """
    ontology = list(ontology)
    index = _indexed(ontology)
    types = index[RDF_TYPE]
    yield from _kinds(types)
    yield from _not_simple(index, types)
    yield from _reserved((*ontology, *data))
    yield from _datatypes((*ontology, *data), types)


def _indexed(quads: Iterable[pyoxigraph.Quad]) -> _Index:
    """Objects by predicate and subject."""
    index: _Index = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        index[value_of(quad.predicate)][value_of(quad.subject)].add(value_of(quad.object))
    return index


def _kinds(types: dict[Iri, set[Iri]]) -> Iterator[Finding]:
    for term, kinds in sorted(types.items()):
        if len(kinds & PROPERTY_KINDS) > 1:
            yield _fault(f"{compact(term)} is declared as two kinds of property", term)
        if {CLASS, DATATYPE} <= kinds:
            yield _fault(f"{compact(term)} is declared as a class and as a datatype", term)
        for kind in sorted(kinds & PROPERTY_KINDS):
            for wrong in sorted(kinds & _CHARACTERISTICS - _CHARACTERISTICS_OF[kind]):
                yield _fault(f"{compact(term)} is {compact(wrong)}, which {compact(kind)} cannot be", term)


def _not_simple(index: _Index, types: dict[Iri, set[Iri]]) -> Iterator[Finding]:
    """Properties that follow from chains of others, where OWL allows only those that do not."""
    functional = (term for term, kinds in types.items() if kinds & _SIMPLE_ONLY)
    simple = dict.fromkeys(functional, "is functional, inverse functional, asymmetric or irreflexive")
    for term, others in index[OWL + "propertyDisjointWith"].items():
        simple |= dict.fromkeys((term, *others), "is disjoint with another")
    for node, on in index[OWL + "onProperty"].items():
        if any(node in index[count] for count in _COUNTS):
            simple |= dict.fromkeys(on, "is counted in a restriction")
    for term in sorted(_composite(index, types) & set(simple)):
        yield _fault(f"{compact(term)} {simple[term]}, and is transitive or above what is", term)


def _composite(index: _Index, types: dict[Iri, set[Iri]]) -> set[Iri]:
    """Transitive properties and chains, and everything above, equal or inverse to them."""
    above: dict[Iri, set[Iri]] = defaultdict(set)
    for term, others in index[RDFS + "subPropertyOf"].items():
        above[term] |= others
    for name in ("equivalentProperty", "inverseOf"):
        for term, others in index[OWL + name].items():
            above[term] |= others
            for other in others:
                above[other].add(term)
    found: set[Iri] = set()
    waiting = {term for term, kinds in types.items() if _TRANSITIVE in kinds}
    waiting |= set(index[OWL + "propertyChainAxiom"])
    while waiting:
        term = waiting.pop()
        found.add(term)
        waiting |= above[term] - found
    return found


def _reserved(quads: Iterable[pyoxigraph.Quad]) -> Iterator[Finding]:
    used = {value_of(quad.predicate) for quad in quads}
    used |= {value_of(quad.object) for quad in quads if value_of(quad.predicate) == RDF_TYPE}
    for term in sorted(used & _RESERVED):
        yield _fault(f"{compact(term)} is reserved vocabulary", term)


def _datatypes(quads: Iterable[pyoxigraph.Quad], types: dict[Iri, set[Iri]]) -> Iterator[Finding]:
    """Datatypes are free in annotations only."""
    import pyoxigraph

    found: set[tuple[Iri, Iri]] = set()
    for quad in quads:
        if isinstance(quad.object, pyoxigraph.Literal) and quad.object.datatype.value not in DATATYPES:
            found.add((value_of(quad.predicate), quad.object.datatype.value))
    for predicate, datatype in sorted(found):
        if DATATYPE_PROPERTY in types.get(predicate, ()):
            yield _fault(f"{compact(predicate)} has a value of {compact(datatype)}", predicate)


def _fault(message: str, term: Iri) -> Finding:
    return Finding("ontology-is-owl-2-dl", "violation", message, "write it another way", focus=term)
