"""What an addition brings can be decided on like anything else in the registry."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from addedworld import RIVAL, World, as_rdf
from kg.build import build
from kg.deciding import Decisions
from kg.errors import WrongError

Worlds = Callable[[str], World]
ACTOR = "registry:\n  actors:\n    mira-oss: {label: Mira Oss, kind: Person}\n"
CLAIM = RIVAL.replace("  affirms", "  claimant: mira-oss\n  affirms")
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_an_added_actor_can_be_decided_on_and_the_decision_taken_back(verdict: str, world: World) -> None:
    world.add(ACTOR + CLAIM)
    before = world.files()
    decisions = Decisions(world.workspace)
    decisions.decide("ada-holm", "mira-oss", verdict, "the editor says so", "the test")  # type: ignore[arg-type]
    assert build(world.workspace).changed
    assert len(world.graph.query("actor-claims", actor="Mira Oss")) == 0  # type: ignore[arg-type]
    Decisions(world.workspace).undo("ada-holm", "mira-oss")
    build(world.workspace)
    assert world.files() == before


def test_an_rdf_file_that_uses_the_other_name_stops_the_build_until_it_is_retracted(worlds: Worlds) -> None:
    world, yaml, plain = worlds("world"), worlds("yaml"), worlds("plain")
    receipt = world.add(as_rdf(yaml, yaml.add(ACTOR + CLAIM), plain), "new.ttl")
    Decisions(world.workspace).decide("ada-holm", "mira-oss", "different", "two people", "the test")
    assert build(world.workspace).changed
    assert "two people" in (world.root / "triples" / "registry.trig").read_text(encoding="utf-8")
    Decisions(world.workspace).undo("ada-holm", "mira-oss")
    Decisions(world.workspace).decide("ada-holm", "mira-oss", "same", "one person", "the test")
    with pytest.raises(WrongError) as fault:
        build(world.workspace)
    told = [f for f in fault.value.findings if f.rule == "name-is-known"]
    assert [f.message for f in told] == ["actor:mira-oss was decided to be one with actor:ada-holm"]
    assert told[0].where is not None
    assert told[0].where.file.endswith(f"{receipt.id}.ttl")
