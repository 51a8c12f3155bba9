"""The plain triples: what ``facts.rq`` says and nothing that nobody asserts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

RULE = Path(__file__).parents[2] / "src" / "kg" / "queries" / "rules" / "facts.rq"
ACES = "https://w3id.org/aces/ontology#"
KG = "https://w3id.org/aces/kg/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Graphs = Mapping[str, set[ox.Triple]]
Described = Mapping[str, Mapping[str, list[str]]]
Plain = tuple[str, str, str]


def plain(triples: set[ox.Triple]) -> set[Plain]:
    return {(t.subject.value, t.predicate.value, t.object.value) for t in triples}


def claims_of(described: Described) -> Iterator[Mapping[str, list[str]]]:
    return (node for node in described.values() if ACES + "Claim" in node.get(TYPE, ()))


def triple_of(proposition: Mapping[str, list[str]]) -> Plain:
    subject, predicate, value = (proposition[ACES + part][0] for part in ("subject", "predicate", "object"))
    return subject, predicate, value


def is_asserted_by(claim: Mapping[str, list[str]]) -> bool:
    """Whether a claim holds what it affirms, in its author's own voice, without any reservation."""
    return (
        claim[ACES + "voice"] == [KG + "voice/own"]
        and claim[ACES + "modality"][0] in (KG + "modality/assertion", KG + "modality/estimate")
        and claim[ACES + "certainty"] == [KG + "certainty/certain"]
        and ACES + "condition" not in claim
        and ACES + "qualifier" not in claim
    )


@pytest.fixture(scope="session")
def asserted(described: Described) -> set[Plain]:
    return {
        triple_of(described[name])
        for claim in claims_of(described)
        if is_asserted_by(claim)
        for name in claim.get(ACES + "affirms", ())
    }


def test_only_what_a_claim_asserts_is_a_plain_triple(graphs: Graphs, asserted: set[Plain]) -> None:
    assert plain(graphs["facts"] | graphs.get("disputed", set())) <= asserted
    assert plain(graphs["facts"])


@pytest.mark.parametrize("verb", ["denies", "considers"])
def test_what_is_only_denied_or_considered_is_no_plain_triple(
    verb: str, graphs: Graphs, described: Described, asserted: set[Plain]
) -> None:
    named = {
        triple_of(described[name]) for claim in claims_of(described) for name in claim.get(ACES + verb, ())
    }
    assert named - asserted
    assert not (named - asserted) & plain(graphs["facts"] | graphs.get("disputed", set()))


@pytest.mark.parametrize(
    ("prop", "value"), [("voice", "voice/reported"), ("modality", "modality/prediction")]
)
def test_what_is_only_reported_or_predicted_is_no_plain_triple(
    prop: str, value: str, graphs: Graphs, described: Described, asserted: set[Plain]
) -> None:
    verbs = ("affirms", "denies", "considers")
    named = {
        triple_of(described[name])
        for claim in claims_of(described)
        if KG + value in claim[ACES + prop]
        for verb in verbs
        for name in claim.get(ACES + verb, ())
    }
    assert named - asserted
    assert not (named - asserted) & plain(graphs["facts"] | graphs.get("disputed", set()))


def test_a_denial_that_meets_an_assertion_moves_it_from_facts_to_disputed(graphs: Graphs) -> None:
    assert not plain(graphs["facts"]) & plain(graphs.get("disputed", set()))


def test_facts_name_neither_someone_nor_somewhere(graphs: Graphs) -> None:
    anyone = {KG + "actor/someone", KG + "place/somewhere"}
    assert not anyone & {t for triple in plain(graphs["facts"]) for t in (triple[0], triple[2])}


@pytest.mark.parametrize("built", ["corpus", pytest.param("shipped", marks=pytest.mark.slow)], indirect=True)
@pytest.mark.parametrize(("graph", "standing"), [("facts", "uncontested"), ("disputed", "disputed")])
@pytest.mark.usefixtures("built")
def test_the_rule_gives_the_same_plain_triples_on_another_engine(
    graph: str, standing: str, graphs: Graphs
) -> None:
    data = Graph()
    for name in ("analysis", "propositions", "ontology"):
        for triple in graphs[name]:
            data.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    rule = RULE.read_text(encoding="utf-8")
    assert rule.count("{ standing:uncontested }") == 1
    made = data.query(rule.replace("{ standing:uncontested }", f"{{ standing:{standing} }}"))
    assert {tuple(map(str, triple)) for triple in made} == plain(graphs.get(graph, set()))


def term(found: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """A term for rdflib; datatypes other than that of ``true`` do not matter to the rule."""
    if isinstance(found, ox.Literal):
        return Literal(found.value, datatype=URIRef(found.datatype.value), normalize=False)
    assert isinstance(found, ox.NamedNode)
    return URIRef(found.value)
