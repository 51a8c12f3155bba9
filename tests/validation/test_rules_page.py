"""Every rule that a finding can be named after is told in ``docs/rules.md``, and nothing else is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.validation import read_shapes
from kg.validation.rules import CODE_RULES, rules_of_shapes
from kg.workspace import Workspace

ROOT = Path(__file__).parents[2]
HEADINGS = re.findall(r"^### (\S+)$", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), re.MULTILINE)
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
# Functions that make findings; what stands among their words in the form of a name is the name of a rule.
MAKERS = {"Finding", "fault", "_fault", "_unknown", "_no_document"}
# Names that are handed to such a function by a variable.
BY_VARIABLE = {"claim-contradicts", "claim-corroborates", "graph-is-consistent", "fact-is-written"}


def calls() -> Iterator[ast.Call]:
    for file in (ROOT / "src" / "kg").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in MAKERS:
                    yield node


def names_in_code() -> set[str]:
    """The names of rules in the code, wherever a finding is made."""
    found = set(BY_VARIABLE)
    for call in calls():
        for value in (*call.args[:3], *(k.value for k in call.keywords if k.arg == "rule")):
            found |= {
                part.value
                for part in ast.walk(value)
                if isinstance(part, ast.Constant)
                and isinstance(part.value, str)
                and NAME.fullmatch(part.value)
            }
    return found


def names_in_shapes() -> set[str]:
    return {rule.name for rule in rules_of_shapes(read_shapes(Workspace(ROOT)))}


def test_the_page_is_what_shapes_and_code_give() -> None:
    run = subprocess.run([sys.executable, "docs/make_rules.py", "--check"], cwd=ROOT, check=False)
    assert run.returncode == 0, "run: make docs"


def test_a_rule_has_one_heading() -> None:
    assert [name for name, times in Counter(HEADINGS).items() if times > 1] == []
    assert len(HEADINGS) > 190


def test_every_rule_that_a_finding_can_have_is_a_heading() -> None:
    found = names_in_code()
    assert len(found) > 50
    assert found - set(HEADINGS) == set()
    assert names_in_shapes() - set(HEADINGS) == set()


def test_every_heading_is_a_rule_that_a_finding_can_have() -> None:
    assert set(HEADINGS) - names_in_shapes() - names_in_code() == set()


def test_names_handed_on_by_a_variable_stand_in_the_code() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src/kg").rglob("*.py"))
    assert [name for name in BY_VARIABLE if f'"{name}"' not in text] == []


def test_a_rule_of_the_code_says_why_it_is_there_how_to_mend_and_gives_an_example() -> None:
    for rule in CODE_RULES:
        assert rule.title and rule.why.endswith(".") and rule.mend and rule.example, rule.name
        assert not rule.mend.endswith("."), rule.name
