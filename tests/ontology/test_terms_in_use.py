"""Every term of the ontology is asked for, checked or read: what nobody uses goes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef

from kg.terms import CONCEPT_KINDS, kind_and_name

ROOT = Path(__file__).parents[2]
ACES = Namespace("https://w3id.org/aces/ontology#")
NAMED = re.compile(r"aces:([A-Za-z]\w*)")


def _read() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "ontology").glob("*.ttl")):
        graph.parse(path)
    return graph


GRAPH = _read()
TERMS = sorted({s for s in GRAPH.subjects(RDF.type) if s in ACES})
ASKED = {
    ACES[name]
    for pattern in ("src/kg/queries/**/*.rq", "shapes/*.ttl")
    for file in ROOT.glob(pattern)
    for name in NAMED.findall(file.read_text(encoding="utf-8"))
}
CODE = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "src").rglob("*.py")))


def is_asked(term: URIRef) -> bool:
    """Whether a query or shape names the term, or reaches it from one that it names, up or down."""
    return any(
        other in ASKED
        for kinship in (RDFS.subClassOf, RDFS.subPropertyOf)
        for other in (*GRAPH.transitive_objects(term, kinship), *GRAPH.transitive_subjects(kinship, term))
    )


def is_said(term: URIRef) -> bool:
    """Whether Propositions may say it: every query about Propositions reaches it as their predicate."""
    return (term, ACES.statable, Literal(True)) in GRAPH


def is_checked_as_end(term: URIRef) -> bool:
    """Whether it is the domain or range of a property, which the shapes of Propositions read."""
    return any(GRAPH.subjects(RDFS.range, term)) or any(GRAPH.subjects(RDFS.domain, term))


def is_closed_list(term: URIRef) -> bool:
    """Whether it is the class of a list of concepts that claims files choose from."""
    return any(kind_and_name(str(concept))[0] in CONCEPT_KINDS for concept in GRAPH.subjects(RDF.type, term))


def is_read(term: URIRef) -> bool:
    """Whether a rule of the build reads it, as it reads the marks on properties."""
    return f'"{str(term).removeprefix(str(ACES))}"' in CODE


def test_queries_and_shapes_name_terms() -> None:
    assert len(ASKED & set(TERMS)) > 150


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term).removeprefix(str(ACES)))
def test_a_term_is_used(term: URIRef) -> None:
    assert (
        is_asked(term) or is_said(term) or is_checked_as_end(term) or is_closed_list(term) or is_read(term)
    ), "use it in a query or a shape, or take it out of the ontology"


def test_what_nobody_uses_would_be_found() -> None:
    stranger = ACES["neverHeardOf"]
    assert not any(test(stranger) for test in (is_asked, is_said, is_checked_as_end, is_closed_list, is_read))
