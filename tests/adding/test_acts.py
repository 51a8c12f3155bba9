"""Any acts in any order: after each the graph is what the seeds give; taken back, all is as before."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from addedworld import MANY, QUOTE, World, as_rdf
from kg.adding import Receipt
from kg.errors import WrongError
from kg.seeds import read_seeds
from kg.terms import compact

Worlds = Callable[[str], World]
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
ROUNDS, ACTS = (25 if SOAK else 2), 8
pytestmark = pytest.mark.slow


def statement(chance: random.Random) -> str:
    """Something that a claims file may say about the ferry."""
    event = chance.choice(["marten-grounding", "guild-charge"])
    said = chance.choice(
        [
            f"affirms: {{event/{event}: {{injured: {chance.randrange(10, 20)}}}}}",
            f"affirms: {{event/{event}: {{date: 2019-0{chance.randrange(1, 9)}}}}}",
            f"denies: {{event/{event}: {{linkedTo: pilots-guild}}}}",
            f"affirms: {{event/{event}: {{place: kelp-point, type: Occasion}}}}",
            f"considers: {{event/{event}: {{suspect: tor-lind}}}}",
        ]
    )
    words = chance.choice(
        [QUOTE, "The guild denied any link with it", "About 300 people watched from the shore"]
    )
    claimant = chance.choice(["", "  claimant: tor-lind\n", "  claimant: coastguard\n"])
    return f"- quote: {words}\n{claimant}  {said}\n"


def additions(chance: random.Random) -> str:
    many = chance.random() < 0.2
    return (MANY if many else "document: ferry\nclaims:\n") + "".join(
        statement(chance) for _ in range(chance.randrange(1, 4))
    )


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_after_any_acts_the_graph_is_what_the_seeds_give(seed: int, worlds: Worlds) -> None:
    chance = random.Random(seed)
    world, plain = worlds("world"), worlds("plain")
    before = world.files()
    done: list[Receipt] = []
    for number in range(ACTS):
        try:
            done += act(chance, world, plain, worlds, number)
        except WrongError as fault:
            assert fault.findings or "retract" in str(fault), fault
        assert world.is_what_the_seeds_give()
        assert doubled(world) == []
    for receipt in reversed(done):
        if read_seeds(world.workspace).log.retraction(receipt.id) is None:
            world.graph.retract(receipt.id, "all of it", by="the test")
    after = world.files()
    after.pop("triples/retracted.trig", None)
    assert after == before
    assert world.is_what_the_seeds_give()


def act(chance: random.Random, world: World, plain: World, worlds: Worlds, number: int) -> list[Receipt]:
    """One act by chance; the receipt of what was added."""
    kind = chance.choice(["add", "add", "add", "add as rdf", "retract a claim"])
    if kind == "retract a claim":
        files = read_seeds(world.workspace).files
        added = sorted(compact(c.iri) for f in files if f.graph.startswith("addition.") for c in f.claims)
        if added:
            world.graph.retract(chance.choice(added), "by chance", by="the test")
        return []
    text = additions(chance)
    if kind == "add as rdf":
        other = worlds(f"other{number}")
        text = as_rdf(other, other.add(text), plain)
    receipt = world.add(text, f"{number}.{'ttl' if kind == 'add as rdf' else 'yaml'}")
    return [receipt] if receipt.done else []


def doubled(world: World) -> list[ox.Triple]:
    quads = [
        quad
        for path in (world.root / "triples").glob("*.trig")
        if path.stem != "retracted"
        for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG)
    ]
    return [triple for triple, times in Counter(quad.triple for quad in quads).items() if times > 1]
