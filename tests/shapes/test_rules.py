"""The style of the shapes, as rules: what every file, shape and message in ``shapes/`` must have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.shacl import Validator
from kg.shacl.shapes import queries_of
from kg.terms import ACES, SHAPE
from kg.vocabulary import ontology_files

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "shapes").glob("*.ttl"))
SHAPES = Graph()
for file in FILES:
    SHAPES.parse(file)
RULES = sorted(SHAPES.subjects(SH.message))


def short(node: Node) -> str:
    return str(node).removeprefix(SHAPE)


def test_all_rules_are_collected() -> None:
    assert len(RULES) == len(set(RULES)) == 150


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_opens_with_what_passing_means_and_who_reads_the_messages(file: Path) -> None:
    first, second, third = file.read_text(encoding="utf-8").splitlines()[:3]
    assert first.startswith("# ") and second.startswith("# Read by whoever ") and third == ""


@pytest.mark.parametrize("rule", RULES, ids=short)
def test_a_rule_has_a_name_a_reason_a_message_and_a_severity(rule: URIRef) -> None:
    assert str(rule).startswith(SHAPE)
    for predicate in (SH.name, SH.description, SH.message, SH.severity):
        assert len(list(SHAPES.objects(rule, predicate))) == 1
    assert {SH.NodeShape, SH.PropertyShape} & set(SHAPES.objects(rule, RDF.type))


@pytest.mark.parametrize("rule", RULES, ids=short)
def test_a_message_says_what_is_wrong_and_then_in_plain_words_what_to_write(rule: URIRef) -> None:
    wrong, _, write = str(SHAPES.value(rule, SH.message)).partition(". ")
    assert wrong and write
    assert not write.endswith(".")
    assert not re.search(r"\{[?$]", write)


@pytest.mark.parametrize("rule", RULES, ids=short)
def test_a_placeholder_of_a_message_is_a_variable_of_its_query(rule: URIRef) -> None:
    wanted = set(re.findall(r"\{[?$](\w+)\}", str(SHAPES.value(rule, SH.message))))
    constraint = SHAPES.value(rule, SH.sparql)
    query = str(SHAPES.value(constraint, SH.select)) if constraint else ""
    assert wanted <= set(re.findall(r"[?$](\w+)", query.partition("WHERE")[0]))


def test_every_sh_term_is_one_of_shacl() -> None:
    used = {term for triple in SHAPES for term in triple if str(term).startswith(str(SH))}
    assert len(used) > 30
    assert {term for term in used if term not in SH} == set()


def test_every_aces_term_is_declared_in_the_ontology() -> None:
    ontology = Graph()
    for file in ontology_files([ROOT / "ontology"]):
        ontology.parse(file)
    named = {str(term) for triple in SHAPES for term in triple if isinstance(term, URIRef)}
    used = {name for name in named if name.startswith(ACES)}
    for query in SHAPES.objects(None, SH.select):
        used |= {ACES + name for name in re.findall(r"\baces:(\w+)", str(query))}
    assert len(used) > 60
    assert {term for term in used if (URIRef(term), RDF.type, None) not in ontology} == set()


def test_no_query_names_a_graph() -> None:
    for query in SHAPES.objects(None, SH.select):
        assert not re.search(r"\b(GRAPH|FROM|SERVICE)\b", str(query))


def test_only_lists_and_paths_are_blank_nodes() -> None:
    parts = {RDF.first, RDF.rest, SH.alternativePath, SH.inversePath}
    blank = {subject for subject in SHAPES.subjects() if not isinstance(subject, URIRef)}
    assert {predicate for subject in blank for predicate in SHAPES.predicates(subject)} == parts


def test_the_engine_understands_every_shape_of_ours() -> None:
    assert Validator(SHAPES).understands_all


def test_three_queries_have_patterns_to_which_no_way_leads() -> None:
    loose = [
        short(shape.node)
        for aimed in Validator(SHAPES).aimed
        for shape, query in queries_of(aimed.shape)
        if query.reads.loose
    ]
    assert loose == ["class-is-declared", "observation-dimension-fits", "property-is-declared"]
