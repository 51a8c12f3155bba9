"""The rules that find disagreements, measured on pairs that a reader judged without knowing the rules."""

from __future__ import annotations

from functools import cache

import pytest
from agreement import FILES, Verdict, loops_report, precision_and_recall, report, verdicts

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


@pytest.mark.parametrize("file", FILES)
def test_no_quote_of_a_pair_is_lost(file: str) -> None:
    assert len(verdicts(file)) >= 80


def test_four_in_five_findings_hold_for_a_reader_who_judges_them_blind() -> None:
    precision, _ = precision_and_recall(verdicts("judged.yaml"), "disagreement")
    assert precision >= 0.8


def test_no_look_alike_of_a_second_reader_is_called_a_disagreement() -> None:
    precision, _ = precision_and_recall(verdicts("second_reader.yaml"), "disagreement")
    assert precision >= 0.9


def test_all_citation_loops_are_found() -> None:
    assert loops_report() == "citation loops of length 1 to 4: 4 of 4 found"
