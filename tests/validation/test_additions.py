"""What is said of an RDF file that somebody wants to add, and that nothing is changed by asking."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from additions import PREFIX_LINES
from rdflib import RDFS

from kg.graph import KnowledgeGraph
from kg.model import Finding
from kg.serialise import value_of
from kg.stores.local import LocalStore
from kg.terms import ACES, iri
from kg.validation import Report, addition_of, validate_addition

Check = Callable[[str], Report]
ROOT = Path(__file__).parents[2]
TYPOS = 50


def rules(report: Report, severity: str = "violation") -> set[str]:
    return {finding.rule for finding in report.findings if finding.severity == severity}


def only(report: Report, rule: str) -> Finding:
    (finding,) = [finding for finding in report.findings if finding.rule == rule]
    return finding


def test_a_right_claim_conforms_and_is_compared(right: str, check: Check) -> None:
    report = check(right)
    assert rules(report) == set()
    assert report.conforms
    against = only(report, "claim-contradicts")
    assert against.severity == "info"
    assert (
        "ferry-2019: “The harbour master, Tor Lind, linked the Pilots' Guild to the accident”"
        in against.message
    )
    assert against.where is not None and against.where.file == "new.ttl"


def test_asking_changes_nothing(right: str, check: Check, graph: KnowledgeGraph) -> None:
    before = set(graph.local.quads())
    check(right)
    check(right.replace("aces:gist", "aces:gisst"))
    assert set(graph.local.quads()) == before


def test_what_is_in_the_graph_already_stays_in_it(graph: KnowledgeGraph, check: Check) -> None:
    before = set(graph.local.quads())
    report = check("actor:ada-holm rdfs:label 'Ada Holm'@en .")
    assert report.conforms
    assert set(graph.local.quads()) == before


# --- names ---------------------------------------------------------------------------------------


def names_in(text: str) -> list[re.Match[str]]:
    """Every prefixed name but hashes and the name of the new claim, in which a slip is a new name."""
    found = re.finditer(r"\b(?:aces|rdfs|actor|voice|modality|certainty|work|citation):[\w.-]{4,}", text)
    return [match for match in found if not re.search(r"[0-9a-f]{32}", match[0])]


def with_a_typo(text: str, seed: int) -> tuple[str, str, int]:
    """The text with one letter wrong, lost or doubled in one name; that name, and its line."""
    chance = random.Random(seed)
    match = chance.choice(names_in(text))
    at = chance.randrange(match[0].index(":") + 1, len(match[0]))
    slip = chance.choice(["q", "", match[0][at] * 2])
    start = match.start() + at
    return text[:start] + slip + text[start + 1 :], match[0], text[:start].count("\n") + 1


@pytest.mark.parametrize("seed", range(TYPOS))
def test_a_slip_of_one_letter_is_caught_with_the_name_that_was_meant(
    seed: int, right: str, check: Check
) -> None:
    text, meant, line = with_a_typo(right, seed)
    named = [finding for finding in check(text).findings if finding.rule in OF_NAMES]
    assert [finding.fix for finding in named] == [f"did you mean {meant!r}?"]
    assert named[0].where is not None
    assert named[0].where.line == PREFIX_LINES.count("\n") + line


OF_NAMES = ("name-is-known", "property-is-declared", "class-is-declared")


def test_a_name_of_a_closed_vocabulary_is_known_though_it_is_declared_nowhere(check: Check) -> None:
    assert check("actor:ada-holm rdfs:seeAlso <https://example.org/ada> .").conforms
    assert rules(check("actor:ada-holm rdfs:seAlso <https://example.org/ada> .")) == {"property-is-declared"}


# --- what only the build says --------------------------------------------------------------------

FACTS = {
    "a relation": "actor:ada-holm aces:memberOf actor:pilots-guild .",
    "a relation of an event": "event:marten-grounding aces:linkedTo actor:pilots-guild .",
    "a kind of event": "event:marten-grounding a aces:Attack .",
    "a standing": "proposition:0123 aces:standing standing:uncontested .",
    "a finding": "<https://w3id.org/aces/kg/finding/x> a aces:Disagreement .",
    "a class": "aces:Clown a owl:Class .",
    "an axiom": "aces:Person rdfs:subClassOf aces:Place .",
    "a shape": "shape:mine a sh:NodeShape ; sh:targetClass aces:Claim .",
}


@pytest.mark.parametrize("text", FACTS.values(), ids=FACTS)
def test_what_the_build_makes_is_refused(text: str, check: Check) -> None:
    assert "computed-not-asserted" in rules(check(text))


@pytest.mark.parametrize("name", ["facts", "analysis", "work.ferry", "registry"])
def test_it_is_refused_whatever_graph_the_file_names(name: str, graph: KnowledgeGraph) -> None:
    fact = f"<{iri('actor', 'ada-holm')}> <{ACES}memberOf> <{iri('actor', 'town')}>"
    addition = addition_of(f"{fact} <{iri('graph', name)}> .".encode(), "nq", "new.nq")
    assert "computed-not-asserted" in rules(validate_addition(graph, addition))


def test_every_property_that_only_computed_graphs_use_is_marked_as_such() -> None:
    store = LocalStore.from_trig_files(sorted((ROOT / "triples").glob("*.trig")))
    made = {iri("graph", name) for name in ("facts", "disputed", "analysis", "inferred")}
    other = {"ontology", "shapes", "dataset"}
    computed, given = set(), set()
    for quad in store.quads():
        if value_of(quad.graph_name) in made:
            computed.add(quad.predicate.value)
        elif value_of(quad.graph_name) not in {iri("graph", name) for name in other}:
            given.add(quad.predicate.value)
    answer = store.query(f"SELECT ?p WHERE {{ ?p <{ACES}computed>|<{ACES}statable> true }}")
    marked = {str(row[0]) for row in answer.rows}  # type: ignore[union-attr]
    axioms = {str(RDFS.subClassOf), str(RDFS.subPropertyOf)}  # refused as what the ontology says
    assert computed - given - marked - axioms == set()
    assert given & marked == set()


# --- who is who ----------------------------------------------------------------------------------


def test_a_new_thing_that_is_called_nearly_like_a_known_one_is_a_warning(check: Check) -> None:
    report = check("actor:holme a aces:Person ; rdfs:label 'Ada Holme'@en .")
    found = only(report, "name-is-new")
    assert (found.severity, report.conforms) == ("warning", True)
    assert (
        found.fix
        == "use actor:ada-holm if it is the same; else state: actor:holme owl:differentFrom actor:ada-holm"
    )


def test_what_is_declared_different_may_have_a_like_name(check: Check) -> None:
    report = check(
        "actor:holme a aces:Person ; rdfs:label 'Ada Holme'@en ; owl:differentFrom actor:ada-holm ."
    )
    assert "name-is-new" not in rules(report, "warning")


def test_two_things_that_are_declared_different_are_not_made_one(check: Check) -> None:
    found = only(check("actor:town owl:sameAs actor:coastguard ."), "same-is-decided")
    assert found.severity == "violation"
    assert "declared different" in found.message


def test_a_thing_of_two_classes_with_nothing_in_common_is_found(check: Check) -> None:
    report = check("actor:both a aces:Person , aces:Place ; rdfs:label 'Both of them'@en .")
    told = {finding.message for finding in report.findings if finding.rule == "classes-are-disjoint"}
    assert told == {"this is at once aces:Actor and aces:Place"}


# --- words ---------------------------------------------------------------------------------------


def test_a_quote_at_a_wrong_place_is_told_where_it_stands(check: Check, graph: KnowledgeGraph) -> None:
    answer = graph.sparql(
        """PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?document ?start ?exact WHERE {
        ?evidence oa:hasSource ?document ; oa:hasSelector ?p , ?q . ?p oa:start ?start . ?q oa:exact ?exact }
        ORDER BY ?start LIMIT 1"""
    )
    (row,) = list(answer)  # type: ignore[arg-type]
    evidence = "evidence:ferry.900001-900009"
    report = check(
        f"""{evidence} a aces:Evidence ; rdfs:label "quote"@en ; aces:line 1 ;
        oa:hasSource {row.document.n3()} ; oa:hasSelector {evidence}.position , {evidence}.quote .
        {evidence}.position a oa:TextPositionSelector ; oa:start 3 ; oa:end 9 .
        {evidence}.quote a oa:TextQuoteSelector ; oa:exact {row.exact.n3()} ."""
    )
    found = only(report, "evidence-matches-text")
    end = int(row.start) + len(row.exact)
    place = f"it stands at {row.start} (to {end}, line 5)"
    assert found.message == f"the quote does not stand at its offsets; {place}"
    assert found.fix == f"write oa:start {row.start} ; oa:end {end}"


# --- what breaks elsewhere -----------------------------------------------------------------------


def test_an_existing_claim_that_breaks_by_the_addition_is_told(check: Check, graph: KnowledgeGraph) -> None:
    answer = graph.sparql(f"SELECT ?claim WHERE {{ ?claim <{ACES}denies> ?denied }}")
    (claim,) = {str(row.claim) for row in answer}  # type: ignore[union-attr]
    report = check(f"<{claim}> aces:gist 'a second gist' .")
    found = only(report, "claim-has-gist")
    assert found.focus == claim
