"""Rival facts that the disagreement rules let through: the strict proof finds what they missed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import kg.assembly
from kg.graph import open_graph
from kg.reasoning import prove, theories
from kg.reasoning.check import Theory
from kg.serialise import value_of
from kg.terms import ACES
from smallworld import small_world

TEXT = "The ferry ran aground, and the town paid.\n"
EVENT = "event/marten-grounding"
EVERYTHING = date(2030, 1, 1)
# What one Work asserts, what another does.
RIVALS = {
    "perpetrator": (f"{EVENT}: {{perpetrator: pilots-guild}}", f"{EVENT}: {{perpetrator: coastguard}}"),
    "frontFor": ("town: {frontFor: pilots-guild}", "pilots-guild: {frontFor: town}"),
}


def strictly(folder: Path, one: str, other: str) -> Theory:
    """The uncontested facts, where two Works assert these in their own voice, with the strict axioms."""
    small = small_world(folder)
    claims = [f"- {{id: c, quote: The ferry ran, affirms: {{{said}}}}}\n" for said in (one, other)]
    small.write(TEXT, claims[0])
    small.add_work("gull", TEXT, claims[1])
    return theories(open_graph(folder, as_of=EVERYTHING))[-1]


def objects(theory: Theory, name: str) -> int:
    return sum(value_of(quad.predicate) == ACES + name for quad in theory.data)


@pytest.mark.java
def test_two_perpetrators_that_the_rules_tell_apart_are_no_facts_and_the_proof_holds(tmp_path: Path) -> None:
    theory = strictly(tmp_path, *RIVALS["perpetrator"])
    assert objects(theory, "perpetrator") == 0
    assert prove([*theory.axioms, *theory.data]).consistent


@pytest.mark.java
@pytest.mark.parametrize("name", RIVALS)
def test_rivals_that_the_rules_do_not_see_are_facts_and_make_the_proof_inconsistent(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.assembly, "rival_claims", lambda found: {})
    theory = strictly(tmp_path, *RIVALS[name])
    assert objects(theory, name) == 2
    assert not prove([*theory.axioms, *theory.data]).consistent


@pytest.mark.java
@pytest.mark.parametrize("name", RIVALS)
def test_one_of_the_two_alone_leaves_the_proof_consistent(name: str, tmp_path: Path) -> None:
    one, _ = RIVALS[name]
    theory = strictly(tmp_path, one, one)
    assert objects(theory, name) == 1
    assert prove([*theory.axioms, *theory.data]).consistent
