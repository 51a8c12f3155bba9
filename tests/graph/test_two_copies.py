"""A Work that is held in two copies: read once, found again in both, counted once."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

import kg
from kg.results import Result
from smallworld import SmallWorld, small_world

ROOT = Path(__file__).parents[2]
PREFIXES = """
PREFIX aces: <https://w3id.org/aces/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""
QUOTE = "- {quote: The town paid the guild, affirms: {town: {supports: pilots-guild}}}\n"
TEXT = "# The Mill\n\nThe town paid the guild.\n"


@cache
def rows(query: str) -> list[tuple[str, ...]]:
    answer = kg.open(ROOT).sparql(PREFIXES + query)
    assert isinstance(answer, Result)
    return [tuple("" if term is None else str(term) for term in row) for row in answer]


@cache
def copies() -> dict[str, set[str]]:
    """The documents of every Work that is held in more than one."""
    held: dict[str, set[str]] = defaultdict(set)
    for document, work in rows("SELECT ?d ?w WHERE { ?d aces:copyOf ?w }"):
        held[work].add(document)
    return {work: documents for work, documents in held.items() if len(documents) > 1}


@cache
def evidence() -> dict[str, dict[str, list[str]]]:
    """Of every claim of such a Work: its exact words in each document."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for work, claim, document, exact in rows(
        """SELECT ?w ?c ?d ?x WHERE { ?c aces:statedIn ?w ; aces:evidence ?e .
        ?e oa:hasSource ?d ; oa:hasSelector ?p ; oa:hasSelector/oa:exact ?x .
        ?p oa:start ?s } ORDER BY ?c ?s"""
    ):
        if work in copies():
            found[claim][document].append(exact)
    return found


def test_one_work_is_held_in_two_documents() -> None:
    assert {len(documents) for documents in copies().values()} == {2}
    assert len(evidence()) > 300


def test_most_of_its_claims_have_evidence_in_both_copies_and_the_others_in_one() -> None:
    both = [claim for claim, found in evidence().items() if len(found) == 2]
    assert len(both) / len(evidence()) > 0.9
    assert all(len(found) in (1, 2) for found in evidence().values())


def test_the_words_in_both_copies_are_the_same_but_for_white_space_and_note_markers() -> None:
    def letters(pieces: list[str]) -> str:
        return "".join(char for char in "".join(pieces) if char.isalpha()).casefold()

    differing = {
        claim: found
        for claim, found in evidence().items()
        if len(found) == 2 and not _alike(*(letters(pieces) for pieces in found.values()))
    }
    assert differing == {}


def _alike(one: str, other: str) -> bool:
    """The same letters, or some fewer where a copy prints no lettered marker."""
    return one == other or abs(len(one) - len(other)) <= 2


def test_a_proposition_that_only_this_work_states_has_one_work_behind_it_and_two_documents() -> None:
    works = rows(
        """SELECT ?p ?works ?docs ?count (COUNT(DISTINCT ?c) AS ?claims) (COUNT(DISTINCT ?w) AS ?stating)
        WHERE {
        ?p aces:workCount ?works ; aces:documentCount ?docs ; aces:claimCount ?count .
        { ?c aces:affirms ?p } UNION { ?finer aces:entails ?p . ?c aces:affirms ?finer }
        ?c aces:statedIn ?w } GROUP BY ?p ?works ?docs ?count"""
    )
    assert len(works) > 1000
    for proposition, counted, documents, count, claims, stating in works:
        assert (counted, count) == (stating, claims), proposition
        assert int(documents) <= int(stating) + len(copies()), proposition
    assert any(row[1] == "1" and row[2] == "2" for row in works)


def test_a_table_shows_a_claim_in_one_row_with_the_words_of_one_copy() -> None:
    shown = rows("SELECT ?c (COUNT(?e) AS ?n) WHERE { ?c aces:leadEvidence ?e } GROUP BY ?c")
    assert {n for _, n in shown} == {"1"}
    assert len(shown) == len(rows("SELECT ?c WHERE { ?c a aces:Claim }"))


# --- seeded ----------------------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path: Path) -> SmallWorld:
    """One claim on a text that is held twice."""
    world = small_world(tmp_path)
    world.write(TEXT, QUOTE, "also_in: [copy]\n")
    world.add_copy("copy", "# The Mill\n\nThe  town paid\nthe guild.\n")
    return world


def test_a_claim_found_in_two_copies_is_one_claim_of_one_work(copied: SmallWorld) -> None:
    (claim,) = copied.loads().claims
    assert [span.document for span in claim.evidence] == ["ferry", "copy"]
    from kg.analysis.standing import Entailment, standing_of, voices

    seeds = copied.seeds()
    (proposition,) = claim.affirms
    entailment = Entailment([proposition], seeds.vocabulary, seeds.registry, seeds.nodes())
    standing = standing_of(voices(seeds.claims, entailment)[proposition])
    assert (standing.claims, standing.documents, standing.works) == (1, 2, 1)
