"""A term that the ontology does not declare is found, wherever it stands: OWL would pass over it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.assembly import ontology_quads
from kg.reasoning import undeclared_terms
from kg.serialise import parse
from kg.terms import PREFIXES

ONTOLOGY = ontology_quads([Path(__file__).parents[2] / "ontology"])


def turtle(text: str) -> list[ox.Quad]:
    prefixes = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    return parse((prefixes + text).encode(), "ttl", where="test")


def told(ontology: list[ox.Quad], data: list[ox.Quad]) -> list[str]:
    return [finding.message.partition(" is used")[0] for finding in undeclared_terms(ontology, data)]


def test_the_ontology_declares_all_that_it_uses() -> None:
    assert told(ONTOLOGY, []) == []


@pytest.mark.parametrize(
    ("planted", "message"),
    [
        ("actor:a aces:alliedTo actor:b .", "the property aces:alliedTo"),
        ("event:e a aces:Bombng .", "the class aces:Bombng"),
        ("proposition:p aces:predicate aces:leadrOf .", "the term aces:leadrOf"),
        ("observation:o aces:unstated aces:inPlce .", "the term aces:inPlce"),
        ("aces:Persn rdfs:comment 'a typing error' .", "the term aces:Persn"),
        ("actor:a topic:attacks actor:b .", "the property topic:attacks"),
        ("actor:a a aces:memberOf .", "the class aces:memberOf"),
        ("actor:a skos:prefLabel 'x' .", "the property skos:prefLabel"),
        ("actor:a rdfs:lable 'x' .", "the property rdfs:lable"),
        ("actor:a owl:sameIs actor:b .", "the property owl:sameIs"),
        ("actor:a <urn:x:p> actor:b .", "the property <urn:x:p>"),
    ],
)
def test_a_planted_term_is_found_in_data(planted: str, message: str) -> None:
    assert told(ONTOLOGY, turtle(planted)) == [message]


@pytest.mark.parametrize(
    ("planted", "message"),
    [
        ("aces:Spy a owl:Class ; rdfs:subClassOf aces:Persn .", "the class aces:Persn"),
        (
            "aces:eyes a owl:ObjectProperty ; rdfs:range foaf:Agnt .",
            "the class <http://xmlns.com/foaf/0.1/Agnt>",
        ),
        ("aces:eyes a owl:ObjectProperty ; rdfs:domain aces:memberOf .", "the class aces:memberOf"),
        ("aces:eyes a owl:ObjectProperty ; rdfs:subPropertyOf aces:sees .", "the property aces:sees"),
        ("aces:Spy a owl:Class ; owl:unionOf ( aces:Persn aces:Group ) .", "the term aces:Persn"),
        ("aces:Spy a owl:Clas .", "the class owl:Clas"),
        ("aces:eyes a owl:FunctionalProperty . actor:a aces:eyes actor:b .", "the property aces:eyes"),
        ("aces:eyes a owl:DatatypeProperty ; rdfs:range xsd:strng .", "the class xsd:strng"),
    ],
)
def test_a_planted_term_is_found_in_the_ontology(planted: str, message: str) -> None:
    assert told([*ONTOLOGY, *turtle(f"@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n{planted}")], []) == [
        message
    ]


def test_the_finding_names_a_user_of_the_term_and_the_nearest_one() -> None:
    data = turtle("actor:b aces:aliedWith actor:c . actor:a aces:aliedWith actor:b .")
    (finding,) = undeclared_terms(ONTOLOGY, data)
    assert finding.rule == "term-is-declared"
    assert finding.severity == "violation"
    assert finding.message.endswith("first by actor:a")
    assert finding.fix == "did you mean 'aces:alliedWith'?"


def test_terms_of_the_standards_need_no_declaration() -> None:
    data = turtle(
        "actor:a a owl:NamedIndividual ; rdfs:label 'x' ; owl:differentFrom actor:b ; rdf:_1 actor:c ."
    )
    assert told(ONTOLOGY, data) == []
