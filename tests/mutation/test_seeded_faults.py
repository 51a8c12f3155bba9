"""The shapes and rules catch what is planted; ``make mutate`` does it with many more faults of each kind."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from mutate import LEAST_CAUGHT, REPORT, WHY_SURVIVED, run
from seeded import KINDS

from kg.graph import open_graph

ROOT = Path(__file__).parents[2]
OF_EACH = 3


def test_there_are_kinds_enough_and_each_has_a_name_of_its_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 15
    assert all(kind.rules for kind in KINDS)


@pytest.mark.slow
def test_every_planted_fault_is_caught_but_for_the_kinds_that_only_a_reader_can_tell() -> None:
    graph = open_graph(ROOT)
    before = set(graph.local.quads())
    outcomes = run(graph, OF_EACH)
    assert set(graph.local.quads()) == before
    planted = defaultdict(list)
    for outcome in outcomes:
        planted[outcome.kind.name].append(outcome)
    assert {name: len(those) for name, those in planted.items()} == dict.fromkeys(planted, OF_EACH)
    assert len(planted) == len(KINDS)
    survived = {outcome.kind.name for outcome in outcomes if not outcome.is_caught}
    assert survived <= set(WHY_SURVIVED)


def test_the_committed_report_is_of_all_kinds_with_twenty_faults_each_and_enough_caught() -> None:
    text = REPORT.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w-]+) \| .*? \| (\d+) of (\d+) \|", text, re.MULTILINE)
    assert [name for name, *_ in rows] == [kind.name for kind in KINDS]
    assert all(int(planted) >= 20 for _, _, planted in rows)
    caught, planted = (sum(int(row[n]) for row in rows) for n in (1, 2))
    assert f"**{caught} of {planted} caught" in text
    assert caught >= LEAST_CAUGHT * planted
    assert "nobody has said why" not in text
