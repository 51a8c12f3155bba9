"""Every case lies in ``cases/CLASS/``: valid.*.ttl conforms, invalid.RULE.ttl breaks RULE and no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import SH

from kg.model import Finding
from kg.shacl import plain_shacl_findings, shacl_findings

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases"
VALID = sorted(CASES.glob("*/valid.*.ttl"))
INVALID = sorted(CASES.glob("*/invalid.*.ttl"))
FILES = [*VALID, *INVALID]

Check = Callable[[Path], list[Finding]]


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.stem}"


def rule_of(case: Path) -> str:
    return case.stem.removeprefix("invalid.")


@pytest.fixture(scope="module")
def checked(graph_of: Callable[[Path], Graph], shapes: Graph) -> Check:
    return cache(lambda case: shacl_findings(graph_of(case), shapes))


def test_all_cases_are_collected() -> None:
    assert (len(VALID), len(INVALID)) == (32, 150)


def test_every_rule_has_an_invalid_case_in_the_folder_of_its_file() -> None:
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        rules = {str(rule).split("#")[1] for rule in Graph().parse(file).subjects(SH.message)}
        assert rules == {rule_of(case) for case in INVALID if case.parent.name == file.stem}


def test_every_class_has_a_minimal_and_a_full_valid_case() -> None:
    for folder in sorted(CASES.iterdir()):
        assert {case.stem for case in VALID if case.parent == folder} == {"valid.minimal", "valid.full"}


@pytest.mark.parametrize("case", FILES, ids=name_of)
def test_a_case_opens_with_a_comment_that_says_what_it_is(case: Path) -> None:
    assert case.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.slow
@pytest.mark.parametrize("case", VALID, ids=name_of)
def test_a_valid_case_has_no_finding(case: Path, checked: Check) -> None:
    assert checked(case) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", INVALID, ids=name_of)
def test_an_invalid_case_breaks_the_rule_it_is_named_after_and_no_other(case: Path, checked: Check) -> None:
    assert {finding.rule for finding in checked(case)} == {rule_of(case)}


@pytest.mark.slow
@pytest.mark.parametrize("case", INVALID, ids=name_of)
def test_a_finding_says_what_is_wrong_and_what_to_do_without_a_gap(case: Path, checked: Check) -> None:
    for finding in checked(case):
        told = finding.message + finding.fix
        assert finding.message and finding.fix
        assert "{?" not in told and "{$" not in told
        assert not re.search(r"https://w3id\.org/aces/kg/[a-z-]+/", finding.message)


@pytest.mark.slow
@pytest.mark.parametrize("case", FILES, ids=name_of)
def test_the_judge_says_the_same_of_a_case(
    case: Path, checked: Check, graph_of: Callable[[Path], Graph], shapes: Graph
) -> None:
    assert plain_shacl_findings(graph_of(case), shapes) == checked(case)


@pytest.fixture(scope="module")
def all_cases(base: Graph) -> Graph:
    graph = Graph()
    for triple in base:
        graph.add(triple)
    for case in FILES:
        graph.parse(case)
    return graph


@pytest.mark.slow
def test_most_rules_are_broken_in_one_graph_of_all_cases(all_cases: Graph, shapes: Graph) -> None:
    assert len({finding.rule for finding in shacl_findings(all_cases, shapes)}) > 100


@pytest.mark.slow
def test_the_judge_says_the_same_of_all_cases_in_one_graph(all_cases: Graph, shapes: Graph) -> None:
    assert plain_shacl_findings(all_cases, shapes) == shacl_findings(all_cases, shapes)
