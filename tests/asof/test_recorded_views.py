"""What three queries answer about the shipped corpus as of three days, as recorded."""

from __future__ import annotations

import os
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import kg
from kg.graph import KnowledgeGraph
from kg.results import Result

pytestmark = pytest.mark.slow  # each day reads every document anew

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("golden")
DAYS = ("2018-12-31", "2021-12-31", "2024-12-31")
VALUES = {"work-summary": {}, "actor-offices": {}, "claim-disagreements": {}}
COLUMNS = {
    "work-summary": "work claims own reported cited",
    "actor-offices": "group office holder during standing stance claimant note document line",
    "claim-disagreements": "finding matter certainty rule one oneBy oneLine other otherBy otherLine",
}


@cache
def view(day: str) -> KnowledgeGraph:
    return kg.open(ROOT, as_of=date.fromisoformat(day))


def recorded(query: str, day: str) -> Path:
    return GOLDEN / f"{query}.{day}.txt"


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("query", VALUES)
def test_a_query_answers_as_of_a_day_as_recorded(query: str, day: str) -> None:
    """Where the change is wanted: KG_RENEW_GOLDEN=1 pytest --live FILE, then read the difference."""
    answer = view(day).query(query, **VALUES[query])
    assert isinstance(answer, Result)
    table, file = answer.only(COLUMNS[query].split()).render("table"), recorded(query, day)
    if os.environ.get("KG_RENEW_GOLDEN") == "1":
        file.write_text(table, encoding="utf-8")
    assert file.exists(), f"no answer is recorded; run: KG_RENEW_GOLDEN=1 pytest --live {__file__}"
    assert table == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("query", ["work-summary", "claim-disagreements"])
def test_counts_and_disagreements_differ_from_day_to_day(query: str) -> None:
    assert len({recorded(query, day).read_text(encoding="utf-8") for day in DAYS}) == len(DAYS)


def test_each_later_day_knows_more_holders_of_offices_than_the_day_before() -> None:
    first, second, last = (
        set(recorded("actor-offices", day).read_text(encoding="utf-8").splitlines()[2:]) for day in DAYS
    )
    assert len(first) < len(second) < len(last)


def test_the_leaders_of_the_group_are_named_on_the_last_day_alone() -> None:
    texts = [recorded("actor-offices", day).read_text(encoding="utf-8") for day in DAYS]
    leads = re.compile("^Islamic State Khorasan Province +leads ", re.MULTILINE)
    assert [len(leads.findall(text)) > 0 for text in texts] == [False, False, True]


def test_every_recorded_answer_belongs_to_a_query_and_a_day() -> None:
    assert set(GOLDEN.iterdir()) == {recorded(query, day) for query in VALUES for day in DAYS}
