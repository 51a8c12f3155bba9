"""What takes an ontology out of OWL 2 DL is found without an OWL parser, as far as triples alone tell."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.assembly import ontology_quads
from kg.reasoning import profile_faults
from kg.serialise import parse
from kg.terms import PREFIXES

FOLDER = Path(__file__).parents[2] / "ontology"
ONTOLOGY = ontology_quads([FOLDER])
STRICT = parse((FOLDER / "strict.ttl").read_bytes(), "ttl", where="strict.ttl")
SIMPLE = "is functional, inverse functional, asymmetric or irreflexive, and is transitive or above what is"


def turtle(text: str) -> list[ox.Quad]:
    prefixes = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    return parse((prefixes + text).encode(), "ttl", where="test")


def test_the_ontology_has_no_fault() -> None:
    assert list(profile_faults(ONTOLOGY)) == []


def test_the_strict_axioms_add_none() -> None:
    assert list(profile_faults([*ONTOLOGY, *STRICT])) == []


@pytest.mark.parametrize(
    ("planted", "message"),
    [
        ("aces:hedge a owl:AnnotationProperty .", "aces:hedge is declared as two kinds of property"),
        ("aces:Claim a rdfs:Datatype .", "aces:Claim is declared as a class and as a datatype"),
        ("aces:url a owl:SymmetricProperty .",
         "aces:url is owl:SymmetricProperty, which owl:DatatypeProperty cannot be"),
        ("aces:earliest a owl:FunctionalProperty .",
         "aces:earliest is owl:FunctionalProperty, which owl:AnnotationProperty cannot be"),
        ("aces:within a owl:FunctionalProperty .", f"aces:within {SIMPLE}"),
        ("aces:within a owl:AsymmetricProperty .", f"aces:within {SIMPLE}"),
        ("aces:role a owl:IrreflexiveProperty .", f"aces:role {SIMPLE}"),
        ("aces:contains a owl:ObjectProperty , owl:InverseFunctionalProperty ; owl:inverseOf aces:within .",
         f"aces:contains {SIMPLE}"),
        ("aces:lies a owl:ObjectProperty , owl:FunctionalProperty ; owl:equivalentProperty aces:within .",
         f"aces:lies {SIMPLE}"),
        ("aces:after owl:propertyChainAxiom ( aces:after aces:partOfEvent ) ; a owl:AsymmetricProperty .",
         f"aces:after {SIMPLE}"),
        ("aces:extendsOver owl:propertyDisjointWith aces:within .",
         "aces:within is disjoint with another, and is transitive or above what is"),
        ("aces:Site rdfs:subClassOf [ a owl:Restriction ; owl:onProperty aces:within ; owl:cardinality 1 ] .",
         "aces:within is counted in a restriction, and is transitive or above what is"),
        ("proposition:p rdf:subject actor:a .", "rdf:subject is reserved vocabulary"),
        ("proposition:p a rdf:Statement .", "rdf:Statement is reserved vocabulary"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(planted: str, message: str) -> None:
    (finding,) = profile_faults([*ONTOLOGY, *turtle(planted)])
    assert (finding.rule, finding.severity) == ("ontology-is-owl-2-dl", "violation")
    assert finding.message == message


def test_a_datatype_that_owl_does_not_know_is_found_in_data() -> None:
    day = '"2015-01-01"^^xsd:date'
    data = turtle(f"evidence:d.1-2 aces:line {day} . time:t aces:earliest {day} .")
    assert [f.message for f in profile_faults(ONTOLOGY, data)] == ["aces:line has a value of xsd:date"]


def test_reserved_vocabulary_is_found_in_data() -> None:
    data = turtle("claim:c a rdf:Bag .")
    assert [f.message for f in profile_faults(ONTOLOGY, data)] == ["rdf:Bag is reserved vocabulary"]
