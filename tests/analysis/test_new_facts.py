"""The plain triples as lines to read: those of the graph, and those that a claims file would add."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from addedworld import MANY
from running import Run

Kg = Callable[..., Run]
NEW = """\
document: ferry
claims:
- quote: The town of Old Sound should support the guild
  affirms: {town: {controls: kelp-point}, event/marten-grounding: {place: kelp-point}}
- quote: The guild denied any link with it
  affirms: {pilots-guild: {basedIn: kelp-point}}
- {id: not, quote: The guild denied any link with it, denies: {pilots-guild: {basedIn: kelp-point}}}
"""


@pytest.fixture
def new(tmp_path: Path) -> Path:
    file = tmp_path / "new.yaml"
    file.write_text(NEW, encoding="utf-8")
    return file


def test_without_a_file_all_plain_triples_of_the_graph_are_listed(kg: Kg) -> None:
    lines = kg("facts").out.splitlines()
    assert "facts: the grounding of the Marten - took place at - Kelp Point" in lines
    assert len(lines) == 5


def test_with_a_file_only_what_it_would_add_is_listed(kg: Kg, new: Path) -> None:
    assert kg("facts", "--new", str(new)).out.splitlines() == [
        "disputed: Pilots' Guild - is based in - Kelp Point",
        "facts: town of Old Sound - controls - Kelp Point",
    ]


def test_what_a_file_registers_is_known_to_its_claims(kg: Kg, new: Path) -> None:
    new.write_text(MANY, encoding="utf-8")
    run = kg("facts", "--new", str(new))
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines() == [
        "disputed: injured in the grounding of the Marten - is - 12",
        "disputed: injured in the grounding of the Marten - is - 14",
        "facts: the grounding of the Marten - took place at - Far Point",
        "facts: the wreck of the second ferry - is dated - 2019-02",
        "facts: the wreck of the second ferry - is of type - occasion",
    ]


def test_without_its_registry_the_names_of_the_file_are_unknown(kg: Kg, new: Path) -> None:
    new.write_text(MANY[MANY.index("document:") :], encoding="utf-8")
    run = kg("facts", "--new", str(new))
    assert (run.code, run.out) == (1, "")
    assert "second-wreck" in run.err


def test_a_file_of_rdf_adds_the_plain_triples_of_its_claims(kg: Kg, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "adding.md").read_text(encoding="utf-8")
    new = tmp_path / "new.ttl"
    new.write_text(text.split("```turtle\n")[1].split("```")[0], encoding="utf-8")
    run = kg("facts", "--new", str(new))
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines() == ["disputed: the grounding of the Marten - is linked with - Pilots' Guild"]


def test_a_faulty_file_adds_nothing_and_is_told(kg: Kg, new: Path) -> None:
    new.write_text(NEW.replace("controls", "contrls"), encoding="utf-8")
    run = kg("facts", "--new", str(new))
    assert (run.code, run.out) == (1, "")
    assert f"{new}:4:20: violation: nothing called 'contrls' can be said of an actor" in run.err
