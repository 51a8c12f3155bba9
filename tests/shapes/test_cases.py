"""Every case lies in ``cases/CLASS/``: valid.*.ttl conforms, invalid.RULE.ttl breaks RULE and no other."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph

from kg.model import Finding
from kg.shacl import plain_shacl_findings, shacl_findings

CASES = Path(__file__).parent / "cases"
VALID = sorted(CASES.glob("*/valid.*.ttl"))
INVALID = sorted(CASES.glob("*/invalid.*.ttl"))
FILES = [*VALID, *INVALID]

Check = Callable[[Path], list[Finding]]


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.stem}"


@pytest.fixture(scope="module")
def judged(graph_of: Callable[[Path], Graph], shapes: Graph) -> Check:
    return cache(lambda case: plain_shacl_findings(graph_of(case), shapes))


def test_all_cases_are_collected() -> None:
    assert (len(VALID), len(INVALID)) == (32, 144)


@pytest.mark.parametrize("case", FILES, ids=name_of)
def test_a_case_opens_with_a_comment_that_names_what_it_is(case: Path) -> None:
    assert case.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("case", VALID, ids=name_of)
def test_a_valid_case_has_no_finding(case: Path, judged: Check) -> None:
    assert judged(case) == []


@pytest.mark.parametrize("case", INVALID, ids=name_of)
def test_an_invalid_case_breaks_the_rule_it_is_named_after_and_no_other(case: Path, judged: Check) -> None:
    assert {finding.rule for finding in judged(case)} == {case.stem.removeprefix("invalid.")}


@pytest.mark.parametrize("case", FILES, ids=name_of)
def test_the_fast_engine_says_what_the_judge_says(
    case: Path, judged: Check, graph_of: Callable[[Path], Graph], shapes: Graph
) -> None:
    assert shacl_findings(graph_of(case), shapes) == judged(case)


def test_the_context_conforms_by_itself(base: Graph, shapes: Graph) -> None:
    assert plain_shacl_findings(base, shapes) == []
