"""Every axiom that can be broken is broken once; sources that contradict each other break none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from owl_graphs import (
    AXIOMS,
    HONEST,
    WRONG,
    core,
    functional,
    of_kind,
    read,
    strict,
    told_apart,
    turtle,
    without,
)

from kg.reasoning import Verdict, prove, undeclared_terms
from kg.serialise import value_of
from kg.terms import PREFIXES

OWL = PREFIXES["owl"]
# What two sources may state together, and no two facts should: one graph for each axiom of strict.ttl.
RIVALS = {
    "perpetrator": "event:e aces:perpetrator actor:a , actor:b . actor:a owl:differentFrom actor:b .",
    "after": "event:a aces:after event:b . event:b aces:after event:a .",
    "frontFor": "actor:a aces:frontFor actor:b . actor:b aces:frontFor actor:a .",
    "factionOf": "actor:a aces:factionOf actor:b . actor:b aces:factionOf actor:a .",
    "wingOf": "actor:a aces:wingOf actor:b . actor:b aces:wingOf actor:a .",
    "created": "actor:a aces:created actor:b . actor:b aces:created actor:a .",
    "resultedIn": "event:a aces:resultedIn event:b . event:b aces:resultedIn event:a .",
    "alliedWith": "actor:a aces:alliedWith actor:b ; aces:rivalOf actor:b .",
}


@pytest.fixture(scope="session")
def ontology() -> list[ox.Quad]:
    return core()


@pytest.fixture(scope="session")
def verdicts(ontology: list[ox.Quad]) -> dict[Path, Verdict]:
    """HermiT's verdict on each graph of the folder, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda path: prove([*ontology, *read(path)]), [*WRONG, *HONEST])
        return dict(zip([*WRONG, *HONEST], found, strict=True))


# --- what needs no reasoner ----------------------------------------------------------------------


def test_no_graph_is_left_out() -> None:
    assert (len(WRONG), len(HONEST)) == (57, 16)


@pytest.mark.parametrize("path", [*WRONG, *HONEST], ids=lambda path: path.stem)
def test_a_graph_opens_with_what_it_shows(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("path", [*WRONG, *HONEST], ids=lambda path: path.stem)
def test_a_graph_has_no_term_that_the_reasoner_would_pass_over(path: Path, ontology: list[ox.Quad]) -> None:
    assert list(undeclared_terms(ontology, read(path))) == []


def test_every_wrong_graph_names_the_kind_of_axiom_that_it_breaks() -> None:
    assert sorted(WRONG) == sorted(path for kind in AXIOMS for path in of_kind(kind))


def test_every_functional_property_is_broken_once(ontology: list[ox.Quad]) -> None:
    broken = {path.stem.removeprefix("functional-") for path in of_kind("functional")}
    assert broken == functional(ontology)


def test_every_scheme_of_different_concepts_is_broken_once(ontology: list[ox.Quad]) -> None:
    axioms = [q for q in ontology if value_of(q.object) == OWL + "AllDifferent"]
    assert len(of_kind("different")) == len(axioms)


def test_every_disjointness_is_broken(ontology: list[ox.Quad]) -> None:
    ways = (OWL + "disjointWith", OWL + "propertyDisjointWith")
    pairs = [q for q in ontology if value_of(q.predicate) in ways]
    sets = [q for q in ontology if value_of(q.object) == OWL + "AllDisjointClasses"]
    broken = {"-".join(path.stem.split("-")[:4]).removesuffix("-concept") for path in of_kind("disjoint")}
    assert len(broken) == len(pairs) + len(sets)


def test_every_strict_axiom_has_its_rivals() -> None:
    assert {value_of(q.subject).rpartition("#")[2] for q in strict()} == set(RIVALS)


# --- what HermiT says ----------------------------------------------------------------------------


@pytest.mark.java
@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_graph_is_inconsistent(path: Path, verdicts: dict[Path, Verdict]) -> None:
    assert not verdicts[path].consistent


@pytest.mark.java
@pytest.mark.parametrize("kind", AXIOMS)
def test_wrong_graphs_are_consistent_where_the_axioms_they_break_are_missing(
    kind: str, ontology: list[ox.Quad]
) -> None:
    graphs = told_apart(of_kind(kind), ontology)
    assert prove([*without(ontology, kind), *graphs]).consistent


@pytest.mark.java
@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_honest_sources_that_contradict_each_other_are_consistent(
    path: Path, verdicts: dict[Path, Verdict]
) -> None:
    assert verdicts[path].consistent


@pytest.mark.java
@pytest.mark.parametrize("name", RIVALS)
def test_a_strict_axiom_tells_rivals(name: str, ontology: list[ox.Quad]) -> None:
    assert not prove([*ontology, *strict(), *turtle(RIVALS[name])]).consistent


@pytest.mark.java
def test_all_rivals_together_are_consistent_without_the_strict_axioms(ontology: list[ox.Quad]) -> None:
    assert prove([*ontology, *turtle("\n".join(RIVALS.values()))]).consistent


@pytest.mark.java
def test_the_strict_axioms_alone_are_consistent(ontology: list[ox.Quad]) -> None:
    assert prove([*ontology, *strict()]) == Verdict(True)


@pytest.mark.java
def test_the_ontology_alone_is_consistent_and_every_class_and_property_satisfiable(
    ontology: list[ox.Quad],
) -> None:
    assert prove(ontology) == Verdict(True)


@pytest.mark.java
def test_a_class_that_nothing_can_be_in_is_named(ontology: list[ox.Quad]) -> None:
    planted = turtle("aces:Amphibian a owl:Class ; rdfs:subClassOf aces:Person , aces:Place .")
    assert prove([*ontology, *planted]) == Verdict(True, ("https://w3id.org/aces/ontology#Amphibian",))


@pytest.mark.java
def test_a_property_that_nothing_can_have_is_named(ontology: list[ox.Quad]) -> None:
    planted = turtle("""
        aces:weight a owl:DatatypeProperty ; rdfs:domain aces:Person , aces:Place .
        aces:eats a owl:ObjectProperty ; rdfs:subPropertyOf aces:within ; rdfs:range aces:Claim .
    """)
    empty = ("https://w3id.org/aces/ontology#eats", "https://w3id.org/aces/ontology#weight")
    assert prove([*ontology, *planted]) == Verdict(True, empty)
