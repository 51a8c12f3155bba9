"""Ties between the same two that the ontology says cannot hold together."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from findings import Told, found, told
from smallworld import SmallWorld, core_vocabulary

STRICT = Path(__file__).parents[2] / "ontology" / "strict.ttl"
WRECKS = "{factor/storms: {raises: factor/wrecks}}"
INCOMPATIBLE = [("tie", "possible", "incompatible-ties")]
BOTH_WAYS = [("tie", "certain", "tie-both-ways")]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("{town: {alliedWith: pilots-guild}}", "{town: {rivalOf: pilots-guild}}", INCOMPATIBLE),
        ("{town: {alliedWith: pilots-guild}}", "{pilots-guild: {rivalOf: town}}", INCOMPATIBLE),
        ("{town: {alliedWith: pilots-guild}}", "{town: {rivalOf: coastguard}}", []),
        ("{town: {alliedWith: pilots-guild}}", "{town: {criticises: pilots-guild}}", []),
        ("{town: {cooperatesWith: pilots-guild}}", "{town: {rivalOf: pilots-guild}}", []),
        (
            "{factor/storms: {raises: factor/wrecks}}",
            "{factor/storms: {lowers: factor/wrecks}}",
            INCOMPATIBLE,
        ),
        ("{factor/storms: {raises: factor/wrecks}}", "{factor/wrecks: {lowers: factor/storms}}", []),
        ("{factor/storms: {raises: factor/wrecks}}", "{factor/storms: {lowers: factor/trade}}", []),
    ],
)
def test_ties_that_exclude_each_other_disagree_possibly_between_the_same_two(
    one: str, other: str, expected: Told, small: SmallWorld
) -> None:
    small.register("concepts", "factor: {storms: storms, wrecks: wrecks, trade: trade}")
    assert told(found(small, f"affirms: {one}", f"affirms: {other}")) == expected


def test_allies_of_one_year_may_be_rivals_of_another(small: SmallWorld) -> None:
    allies = "affirms: {town: {alliedWith: pilots-guild}}, validDuring: 2017"
    rivals = "affirms: {town: {rivalOf: pilots-guild}}, validDuring: "
    assert found(small, allies, f"{rivals}2018") == []
    assert told(found(small, allies, f"{rivals}2017-05")) == INCOMPATIBLE


def test_ties_that_one_claim_states_together_do_not_disagree(small: SmallWorld) -> None:
    assert found(small, "affirms: {town: {alliedWith: pilots-guild, rivalOf: pilots-guild}}") == []


@pytest.mark.parametrize(
    ("tie", "expected"),
    [("created", BOTH_WAYS), ("factionOf", BOTH_WAYS), ("hostileTo", []), ("recognises", [])],
)
def test_a_one_way_tie_that_is_stated_both_ways_is_a_disagreement(
    tie: str, expected: Told, small: SmallWorld
) -> None:
    ways = (f"affirms: {{town: {{{tie}: pilots-guild}}}}", f"affirms: {{pilots-guild: {{{tie}: town}}}}")
    assert told(found(small, *ways)) == expected
    assert found(small, ways[0], ways[0].replace("pilots-guild", "coastguard")) == []


def test_what_a_reasoner_takes_for_asymmetric_the_rules_take_for_one_way() -> None:
    strict = rdflib.Graph().parse(STRICT).subjects(rdflib.RDF.type, rdflib.OWL.AsymmetricProperty)
    one_way = {name for name, known in core_vocabulary().properties.items() if known.one_way}
    assert one_way == {str(name) for name in strict} != set()
