"""Which Propositions follow from which."""

from __future__ import annotations

import pytest

from kg.analysis.standing import Entailment
from kg.model import Proposition
from smallworld import SmallWorld, core_vocabulary

EVENT = "event/marten-grounding"
ENTAILS = [
    # times
    ("a day, its month", f"{EVENT}: {{date: 2015-08-06}}", f"{EVENT}: {{date: 2015-08}}"),
    ("a month, its year", f"{EVENT}: {{date: 2015-08}}", f"{EVENT}: {{date: 2015}}"),
    ("a quarter, its year", f"{EVENT}: {{date: 2015-34}}", f"{EVENT}: {{date: 2015}}"),
    ("a day, a range of years", f"{EVENT}: {{date: 2015-08-06}}", f"{EVENT}: {{date: '[2014..2016]'}}"),
    ("a day, an open range", f"{EVENT}: {{date: 2015-08-06}}", f"{EVENT}: {{date: '[2014..]'}}"),
    ("throughout, at some time in it", f"{EVENT}: {{date: 2014/2016}}", f"{EVENT}: {{date: '[2014..2016]'}}"),
    ("each of two days, their year", f"{EVENT}: {{date: '{{2015-02,2015-04}}'}}", f"{EVENT}: {{date: 2015}}"),
    # places
    ("a harbour, its country", f"{EVENT}: {{place: harbour}}", f"{EVENT}: {{place: coastland}}"),
    ("a quay, the country around its harbour", f"{EVENT}: {{place: quay}}", f"{EVENT}: {{place: coastland}}"),
    ("a place, somewhere", f"{EVENT}: {{place: harbour}}", f"{EVENT}: {{place: somewhere}}"),
    (
        "based in a harbour, active in its country",
        "town: {basedIn: harbour}",
        "town: {operatesIn: coastland}",
    ),
    # numbers
    ("a number, a bound below", f"{EVENT}: {{deaths: 77}}", f"{EVENT}: {{deaths: more than 10}}"),
    ("a number, a rough number around it", f"{EVENT}: {{deaths: 77}}", f"{EVENT}: {{deaths: about 80}}"),
    ("a range, a wider one", f"{EVENT}: {{deaths: 10-20}}", f"{EVENT}: {{deaths: 5-25}}"),
    ("a higher bound, a lower one", f"{EVENT}: {{deaths: at least 9}}", f"{EVENT}: {{deaths: several}}"),
    # properties and types
    ("a leader, a member", "tor-lind: {leaderOf: pilots-guild}", "tor-lind: {memberOf: pilots-guild}"),
    ("a leader, someone linked", "tor-lind: {leaderOf: pilots-guild}", "tor-lind: {linkedTo: pilots-guild}"),
    (
        "the same, the other way round",
        "tor-lind: {leaderOf: pilots-guild}",
        "pilots-guild: {linkedTo: tor-lind}",
    ),
    ("a role, a participant", f"{EVENT}: {{perpetrator: town}}", f"{EVENT}: {{participant: town}}"),
    ("a suicide bombing, a bombing", f"{EVENT}: {{type: SuicideBombing}}", f"{EVENT}: {{type: Bombing}}"),
    ("a suicide bombing, an attack", f"{EVENT}: {{type: SuicideBombing}}", f"{EVENT}: {{type: Attack}}"),
    # relations that hold both ways
    ("support, cooperation", "town: {supports: pilots-guild}", "town: {cooperatesWith: pilots-guild}"),
    ("support, cooperation turned", "town: {supports: pilots-guild}", "pilots-guild: {cooperatesWith: town}"),
    ("support turned, cooperation", "pilots-guild: {supports: town}", "town: {cooperatesWith: pilots-guild}"),
    ("a fight, hostility", "town: {fights: pilots-guild}", "town: {hostileTo: pilots-guild}"),
    (
        "a fight, hostility of the other side",
        "town: {fights: pilots-guild}",
        "pilots-guild: {hostileTo: town}",
    ),
    # someone
    ("an actor, someone who does it", "town: {finances: pilots-guild}", "someone: {finances: pilots-guild}"),
    (
        "an actor, someone who does more",
        "town: {finances: pilots-guild}",
        "someone: {supports: pilots-guild}",
    ),
    ("an actor, someone it is done to", "town: {supports: pilots-guild}", "town: {supports: someone}"),
    ("an actor, someone either way", "town: {alliedWith: pilots-guild}", "someone: {alliedWith: town}"),
    (
        "a perpetrator, that there was one",
        f"{EVENT}: {{perpetrator: town}}",
        f"{EVENT}: {{perpetrator: someone}}",
    ),
]
DOES_NOT = [
    ("a day, another month", f"{EVENT}: {{date: 2015-08-06}}", f"{EVENT}: {{date: 2015-09}}"),
    ("a month, months that overlap it", f"{EVENT}: {{date: 2015}}", f"{EVENT}: {{date: '[2015-06..2016]'}}"),
    ("a year, what lasted throughout it", f"{EVENT}: {{date: 2015}}", f"{EVENT}: {{date: 2015/2015}}"),
    ("a day, what lasted throughout", f"{EVENT}: {{date: 2015-08-06}}", f"{EVENT}: {{date: 2014/2017}}"),
    (
        "a month, each of two around it",
        f"{EVENT}: {{date: 2015-03}}",
        f"{EVENT}: {{date: '{{2015-02,2015-04}}'}}",
    ),
    ("a place, its neighbour", f"{EVENT}: {{place: harbour}}", f"{EVENT}: {{place: kelp-point}}"),
    ("a number, a bound above", f"{EVENT}: {{deaths: 77}}", f"{EVENT}: {{deaths: at least 78}}"),
    ("a number, a number of another unit", f"{EVENT}: {{deaths: 77}}", f"{EVENT}: {{deaths: 77%}}"),
    ("a number, the number of another measure", f"{EVENT}: {{deaths: 77}}", f"{EVENT}: {{injured: 77}}"),
    ("a change, its end", f"{EVENT}: {{deaths: from 9 to 77}}", f"{EVENT}: {{deaths: 77}}"),
    ("an unknown number, a bound", f"{EVENT}: {{deaths: unknown}}", f"{EVENT}: {{deaths: at least 1}}"),
    ("another subject", "town: {supports: pilots-guild}", "coastguard: {supports: pilots-guild}"),
    ("another object", "town: {supports: pilots-guild}", "town: {supports: coastguard}"),
    ("support the other way round", "town: {supports: pilots-guild}", "pilots-guild: {supports: town}"),
    ("two properties beside each other", "town: {shelters: pilots-guild}", "town: {finances: pilots-guild}"),
    ("someone, an actor", "someone: {finances: pilots-guild}", "town: {finances: pilots-guild}"),
    (
        "hostility, that of the other side",
        "town: {hostileTo: pilots-guild}",
        "pilots-guild: {hostileTo: town}",
    ),
]


@pytest.fixture
def coast(small: SmallWorld) -> SmallWorld:
    small.register(
        "places",
        "coastland: {label: Coastland, kind: Country}",
        "harbour: {label: Harbour, kind: Settlement, within: coastland}",
        "quay: {label: Quay, kind: Site, within: harbour}",
    )
    return small


def read(coast: SmallWorld, *statements: str) -> tuple[list[Proposition], Entailment]:
    """The one Proposition of each statement, and what follows from what among them."""
    entries = "".join(
        f"- {{id: c{n}, quote: The ferry ran, considers: {{{text}}}}}\n" for n, text in enumerate(statements)
    )
    coast.write("The ferry ran aground.\n", entries)
    file = coast.loads()
    propositions = [claim.considers[0] for claim in file.claims]
    return propositions, Entailment(propositions, core_vocabulary(), coast.registry(), file.nodes)


@pytest.mark.parametrize(("finer", "broader"), [c[1:] for c in ENTAILS], ids=[c[0] for c in ENTAILS])
def test_one_entails_the_other_and_not_the_other_way_round(
    finer: str, broader: str, coast: SmallWorld
) -> None:
    (one, other), entailment = read(coast, finer, broader)
    assert entailment.broader == {one: {other}, other: frozenset()}


@pytest.mark.parametrize(("one", "other"), [c[1:] for c in DOES_NOT], ids=[c[0] for c in DOES_NOT])
def test_one_does_not_entail_the_other(one: str, other: str, coast: SmallWorld) -> None:
    (finer, broader), entailment = read(coast, one, other)
    assert broader not in entailment.broader[finer]


def test_nothing_entails_itself(coast: SmallWorld) -> None:
    propositions, entailment = read(coast, "town: {supports: pilots-guild}", "town: {basedIn: quay}")
    assert all(p not in entailment.broader[p] for p in propositions)


def test_of_a_chain_the_finest_entails_all_the_others(coast: SmallWorld) -> None:
    (day, month, year), entailment = read(
        coast, f"{EVENT}: {{date: 2015-08-06}}", f"{EVENT}: {{date: 2015-08}}", f"{EVENT}: {{date: 2015}}"
    )
    assert entailment.broader == {day: {month, year}, month: {year}, year: frozenset()}


def test_a_ring_of_places_does_not_hold_up(coast: SmallWorld) -> None:
    coast.register("places", "a: {label: Aa, kind: Site, within: b}", "b: {label: Bb, kind: Site, within: a}")
    (one, other), entailment = read(coast, "town: {basedIn: a}", "town: {basedIn: b}")
    assert entailment.broader == {one: {other}, other: {one}}
