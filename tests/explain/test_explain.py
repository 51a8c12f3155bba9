"""``kg explain``: the whole reasoning behind a thing, as text and as data."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.analysis.rules import GRADES, RULES
from kg.explain import as_text, explain
from kg.graph import open_graph
from kg.serialise import parse
from kg.stores.answer import Rows
from kg.stores.local import LocalStore
from kg.terms import ACES, iri
from running import Run

Kg = Callable[..., Run]
ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
LINKED = "the grounding of the Marten is linked with Pilots' Guild"
THINGS = {
    "proposition": [LINKED],
    "event": ["event/marten-grounding"],
    "actor": ["the guild", "--all"],
}


@pytest.mark.parametrize("name", THINGS)
def test_the_text_is_the_recorded_one(name: str, kg: Kg) -> None:
    """Where the change is wanted: KG_RENEW_GOLDEN=1 pytest tests/explain, then read the difference."""
    run = kg("explain", *THINGS[name])
    assert (run.code, run.err) == (0, "")
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("KG_RENEW_GOLDEN") == "1":
        file.write_text(run.out, encoding="utf-8")
    assert run.out == file.read_text(encoding="utf-8")


def test_the_data_have_the_same_parts(kg: Kg) -> None:
    told = json.loads(kg("explain", LINKED, "--format", "json").out)
    (proposition,) = told["propositions"]
    assert [(claim["stance"], claim["claimants"]) for claim in proposition["claims"]] == [
        ("affirms", ["Tor Lind"]),
        ("denies", ["Pilots' Guild"]),
    ]
    assert proposition["claims"][1]["quotes"] == [
        {"document": "ferry", "line": "5", "words": "The guild denied any link with it"}
    ]
    (finding,) = proposition["findings"]
    assert finding["says"] == RULES["affirmed-and-denied"]


def test_what_is_not_there_is_refused_with_the_nearest_name(kg: Kg) -> None:
    run = kg("explain", "marten-groundin")
    assert (run.code, run.out) == (1, "")
    assert "did you mean 'marten-grounding'?" in run.err


def test_disputes_come_first_and_what_is_left_out_is_counted(corpus: Path) -> None:
    from kg.explain import gather

    graph = open_graph(corpus)
    whole = graph.explain("marten-grounding", whole=True)
    assert whole.propositions[0].label == LINKED
    assert whole.left_out == 0
    shown = as_text(graph.explain("marten-grounding"))
    assert f"{len(whole.propositions)} Propositions about it" in shown
    assert len(whole.propositions) <= gather.MOST


def test_of_a_thing_with_many_propositions_the_most_telling_are_told() -> None:
    found = open_graph(ROOT).explain("iskp")
    assert found.left_out > 100
    assert f"; the {len(found.propositions)} most telling ones follow (all of them: --all)" in as_text(found)


def test_every_rule_and_grade_of_the_shipped_graph_has_words() -> None:
    store = open_graph(ROOT).local
    rules = store.query(f"SELECT DISTINCT ?rule WHERE {{ ?finding <{ACES}rule> ?rule }}")
    grades = store.query(f"SELECT DISTINCT ?grade WHERE {{ ?p <{ACES}credibility> ?grade }}")
    assert isinstance(rules, Rows) and isinstance(grades, Rows)
    assert {str(rule) for (rule,) in rules.rows} <= RULES.keys()
    assert {str(grade).rsplit("/", 1)[-1] for (grade,) in grades.rows} <= GRADES.keys()


def test_a_hostile_label_cannot_drive_the_terminal() -> None:
    node = iri("actor", "x")
    text = f'<{node}> <http://www.w3.org/2000/01/rdf-schema#label> "a\\u001B[31mb\\u202Ec" .'
    store = LocalStore.from_quads(parse(text.encode(), "ttl", where="x.ttl"))
    told = as_text(explain(store, node))
    assert "\x1b" not in told and "\u202e" not in told
    assert "\\x1b[31mb\\u202ec" in told


def test_every_proposition_of_the_shipped_graph_can_be_told() -> None:
    store = open_graph(ROOT).local
    answer = store.query(f"SELECT ?p WHERE {{ ?p a <{ACES}Proposition> }} ORDER BY ?p")
    assert isinstance(answer, Rows)
    for (node,) in answer.rows[::40]:
        told = as_text(explain(store, str(node)))
        assert "standing: " in told and "“" in told
