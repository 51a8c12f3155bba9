"""The rules that find disagreements, measured on pairs that a reader judged without knowing the rules."""

from __future__ import annotations

from functools import cache

import pytest
from agreement import Verdict, precision_and_recall, report, verdicts

pytestmark = pytest.mark.slow


@cache
def found() -> list[Verdict]:
    return verdicts()


def test_there_are_at_least_forty_pairs_with_look_alikes_among_them() -> None:
    assert len(found()) >= 40
    assert sum(v.expected == "disagreement" for v in found()) >= 25
    assert sum(v.expected == "none" for v in found()) >= 15


def test_what_the_rules_call_a_disagreement_mostly_is_one() -> None:
    precision, _ = precision_and_recall(found(), "disagreement")
    assert precision >= 0.9


def test_the_rules_find_nine_tenths_of_what_a_reader_finds() -> None:
    _, recall = precision_and_recall(found(), "disagreement")
    assert recall >= 0.9


def test_near_misses_are_told_from_disagreements_and_from_nothing() -> None:
    precision, recall = precision_and_recall(found(), "near-miss")
    assert precision >= 0.9
    assert recall >= 0.9


def test_no_look_alike_is_called_certain() -> None:
    wrong = [v.name for v in found() if v.expected == "none" and v.found_strength == "certain"]
    assert wrong == []


def test_the_report_names_every_pair_on_which_rules_and_reader_differ() -> None:
    text = report(found())
    assert all(v.name in text for v in found() if v.found != v.expected)


def test_the_report_counts_the_citation_loops_that_are_found() -> None:
    assert report(found()).splitlines()[-1] == "citation loops of length 1 to 4: 4 of 4 found"
