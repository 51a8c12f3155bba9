"""``--why``: under each row of a canned query, exactly the claims it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph, open_graph
from kg.queries.catalogue import catalogue
from kg.results import Result
from kg.sparql.widening import widened
from kg.why import NO_CLAIM, Reasoned, reasoned
from running import Run

Kg = Callable[..., Run]
ROOT = Path(__file__).parents[2]
# What these list is held by no claim: names and what is on record about Works come from the registry,
# entries from printed bibliographies.
OF_NO_CLAIM = {"actor-names", "work-bibliography", "work-record"}
RAN_AGROUND = "The ferry Marten ran aground at Kelp Point on 14 February 2019, and 12 passengers were injured"
LINKED = "The harbour master, Tor Lind, linked the Pilots' Guild to the accident"
DENIED = "The guild denied any link with it"


@pytest.fixture(scope="module")
def small(corpus: Path) -> KnowledgeGraph:
    return open_graph(corpus)


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return open_graph(ROOT)


def words(answer: Reasoned) -> list[list[str]]:
    """The quotes under each row."""
    return [[quote.words for claim in reason.claims for quote in claim.quotes] for reason in answer.reasons]


# Some of every subject; the others take longer.
SAMPLE = [
    "actor-names",
    "actor-offices",
    "claim-denials",
    "claim-disagreements",
    "event-arrests",
    "event-plots",
    "observation-rivals",
    "place-claims",
    "proposition-fans",
    "work-record",
    "work-unsourced",
]


@pytest.mark.parametrize(
    "name", [name if name in SAMPLE else pytest.param(name, marks=pytest.mark.slow) for name in catalogue()]
)
def test_every_row_of_every_canned_query_has_its_claims_or_says_that_there_are_none(
    name: str, shipped: KnowledgeGraph
) -> None:
    text = catalogue()[name].text
    answer, plain = reasoned(shipped.local, text), shipped.sparql(text)
    assert isinstance(plain, Result)
    assert answer.result.rows == plain.rows
    without = sum(reason.claims == () for reason in answer.reasons)
    if name in OF_NO_CLAIM:
        assert without == len(plain)
    else:
        assert without <= len(plain) // 20


# --- exactly these, written by hand --------------------------------------------------------------


def test_a_denial_rests_on_the_words_of_the_denial(small: KnowledgeGraph) -> None:
    assert words(small.why("claim-denials")) == [[DENIED]]


def test_a_disagreement_rests_on_both_sides(small: KnowledgeGraph) -> None:
    assert [set(row) for row in words(small.why("claim-disagreements"))] == [{LINKED, DENIED}]


def test_an_event_rests_on_what_is_said_of_its_columns(small: KnowledgeGraph) -> None:
    assert words(small.why("event-list")) == [
        [RAN_AGROUND],
        ["Lind said that the guild may be charged in 2020"],
    ]


def test_a_count_rests_on_all_that_was_counted(small: KnowledgeGraph) -> None:
    (row,) = words(small.why("work-summary"))
    assert set(row) == {
        RAN_AGROUND,
        LINKED,
        DENIED,
        "About 300 people watched from the shore",
        "Lind said that the guild may be charged in 2020",
        "The town of Old Sound should support the guild",
    }


def test_a_relation_rests_on_who_states_it(small: KnowledgeGraph) -> None:
    assert words(small.why("actor-relations", actor="town")) == [
        ["The town of Old Sound should support the guild"]
    ]


def test_each_row_of_one_event_rests_on_its_own_claim(small: KnowledgeGraph) -> None:
    answer = small.why("event-claims", event="marten-grounding")
    quotes = [row.quote.toPython() for row in answer.result]
    assert words(answer) == [[quote] for quote in quotes]
    assert {RAN_AGROUND, LINKED, DENIED} < set(quotes)


# --- how it is shown -----------------------------------------------------------------------------


def test_the_text_shows_speaker_words_place_and_citation(kg: Kg) -> None:
    run = kg("query", "claim-denials", "--why")
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[-5:] == [
        "    Pilots' Guild, in The Ferry at Old Sound",
        f"      “{DENIED}” (ferry:5)",
        "      reported",
        "      cites note 2 of The Ferry at Old Sound: Letter of the Pilots' Guild (F)",
        "",
    ]


def test_the_data_hold_every_claim(kg: Kg) -> None:
    (told,) = json.loads(kg("query", "work-summary", "--why", "--format", "json").out)
    assert told["row"]["claims"] == len(told["because"]) == 6


def test_a_row_that_no_claim_stands_behind_says_so(kg: Kg) -> None:
    assert NO_CLAIM in kg("query", "actor-names", "--why").out


@pytest.mark.parametrize("words", [["--format", "csv"], ["--endpoint", "http://127.0.0.1:1/"]])
def test_where_reasons_cannot_be_given_one_line_says_why(words: list[str], kg: Kg) -> None:
    run = kg("query", "claim-denials", "--why", *words)
    assert (run.code, run.out, len(run.err.splitlines())) == (2, "", 1)


# --- queries that give more ----------------------------------------------------------------------

WIDENED = {
    "a group": (
        "SELECT ?a (COUNT(?b) AS ?n) WHERE { ?b ?p ?a } GROUP BY ?a",
        'SELECT ?a (COUNT(?b) AS ?n) (GROUP_CONCAT(DISTINCT STR(?b); SEPARATOR=" ") AS ?because_b) '
        "WHERE { ?b ?p ?a } GROUP BY ?a",
    ),
    "a part of its own": (
        "SELECT ?a WHERE { { SELECT DISTINCT ?a WHERE { ?b ?p ?a } } ?a ?q ?c }",
        "SELECT ?a ?b WHERE { { SELECT DISTINCT ?a ?b WHERE { ?b ?p ?a } } ?a ?q ?c }",
    ),
    "a group in a part": (
        "SELECT ?a ?n WHERE { { SELECT ?a (COUNT(?b) AS ?n) WHERE { ?b ?p ?a } GROUP BY ?a } ?a ?q ?c }",
        "SELECT ?a ?n ?b ?because_b WHERE { { SELECT ?a (COUNT(?b) AS ?n) "
        '(GROUP_CONCAT(DISTINCT STR(?b); SEPARATOR=" ") AS ?because_b) WHERE { ?b ?p ?a } GROUP BY ?a } '
        "?a ?q ?c }",
    ),
    "all columns": ("SELECT * WHERE { ?b ?p ?a }", "SELECT * WHERE { ?b ?p ?a }"),
    "a name in a string": ("SELECT ?a { ?b ?p ?a, '?b }' }", "SELECT ?a ?b { ?b ?p ?a, '?b }' }"),
}


@pytest.mark.parametrize(("query", "wider"), WIDENED.values(), ids=WIDENED)
def test_a_query_is_widened_in_every_select(query: str, wider: str) -> None:
    assert widened(query, ["b"]) == wider


def test_columns_are_picked_and_the_reasons_stay(kg: Kg) -> None:
    told = json.loads(kg("query", "claim-denials", "--why", "--columns", "denied", "--format", "json").out)
    assert [list(answer["row"]) for answer in told] == [["denied"]]
    assert [quote["words"] for answer in told for c in answer["because"] for quote in c["quotes"]] == [DENIED]
