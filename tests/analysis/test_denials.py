"""What a denial reaches beyond its own words: members of a group, parts of a whole, deeds and seats."""

from __future__ import annotations

import pytest

from findings import Told, found, names, told
from smallworld import SmallWorld, shown

ACTORS = (
    "traders: {label: traders of the coast, kind: Group}",
    "smugglers: {label: smugglers, kind: Population}",
    "harbour-post: {label: harbour post, kind: StateBody}",
)
MEMBER = "affirms: {town: {memberOf: traders}}"
NO_TRADER = "denies: {traders: {cooperatesWith: someone}}"
PART = "affirms: {coastguard: {partOf: town}}"
ABSENT = "denies: {town: {operatesIn: strand}}"
REACHED = [("polarity", "possible", "denied-of-the-group")]
ABSENT_PART = [("polarity", "possible", "part-of-what-is-absent")]
DEEDS = [("polarity", "possible", "deeds-where-presence-is-denied")]
SEAT = [("polarity", "possible", "seat-where-no-ground-is-held")]
UNNAMED = [("polarity", "possible", "unnamed-one-of-a-group")]


@pytest.fixture
def coast(sound: SmallWorld) -> SmallWorld:
    """The ferry corpus with places, two groups that words describe, and a body within a body."""
    sound.register("actors", *ACTORS)
    return sound


# --- members of a group that words describe ------------------------------------------------------


@pytest.mark.parametrize("tie", ["cooperatesWith", "alliedWith", "finances"])
def test_what_is_denied_of_a_described_group_is_at_odds_with_what_its_member_does(
    tie: str, coast: SmallWorld
) -> None:
    findings = found(coast, f"affirms: {{town: {{{tie}: pilots-guild}}}}", NO_TRADER, MEMBER)
    assert told(findings) == REACHED
    assert names(findings[0]) == (["c0"], ["c1"])
    assert [shown(p).split()[1] for p in findings[0].propositions] == [tie, "cooperatesWith"]


def test_a_tie_that_holds_both_ways_is_the_members_at_either_end(coast: SmallWorld) -> None:
    other = "affirms: {coastguard: {cooperatesWith: town}}"
    assert told(found(coast, other, NO_TRADER, MEMBER)) == REACHED


@pytest.mark.parametrize(
    "other",
    [
        "affirms: {pilots-guild: {finances: town}}",
        "affirms: {town: {hostileTo: pilots-guild}}",
        "considers: {town: {cooperatesWith: pilots-guild}}",
        "affirms: {town: {cooperatesWith: pilots-guild}}, modality: prediction",
        "affirms: {coastguard: {cooperatesWith: pilots-guild}}",
    ],
)
def test_a_denial_of_a_group_reaches_no_gift_to_a_member_nor_other_ties_nor_others(
    other: str, coast: SmallWorld
) -> None:
    assert found(coast, other, NO_TRADER, MEMBER) == []


def test_what_a_member_and_a_part_of_it_do_together_is_no_tie_to_others(coast: SmallWorld) -> None:
    inside = "affirms: {town: {cooperatesWith: coastguard}}"
    assert told(found(coast, inside, NO_TRADER, MEMBER)) == REACHED
    assert found(coast, inside, NO_TRADER, MEMBER, PART) == []


def test_members_of_which_nobody_says_so_are_not_reached(coast: SmallWorld) -> None:
    assert found(coast, "affirms: {town: {cooperatesWith: pilots-guild}}", NO_TRADER) == []


def test_what_a_body_as_a_whole_did_not_do_its_member_may_have_done(coast: SmallWorld) -> None:
    member = "affirms: {tor-lind: {memberOf: pilots-guild}}"
    denial = "denies: {pilots-guild: {defectedTo: town}}"
    assert found(coast, "affirms: {tor-lind: {defectedTo: town}}", denial, member) == []


def test_what_is_denied_of_a_member_says_nothing_of_the_group(coast: SmallWorld) -> None:
    denial = "denies: {town: {cooperatesWith: pilots-guild}}"
    assert found(coast, "affirms: {traders: {cooperatesWith: pilots-guild}}", denial, MEMBER) == []


# --- one who is not named ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        ("{traders: {recognises: town}}", UNNAMED),
        ("{traders: {recognises: coastguard}}", []),
        ("{traders: {criticises: town}}", []),
        ("{pilots-guild: {recognises: town}}", []),
        ("{ada-holm: {recognises: town}}", []),
        ("{traders: {recognises: someone}}", []),
    ],
)
def test_someone_unnamed_may_be_one_of_a_described_group_that_is_said_not_to(
    denied: str, expected: Told, coast: SmallWorld
) -> None:
    assert told(found(coast, "affirms: {someone: {recognises: town}}", f"denies: {denied}")) == expected


# --- presence ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("affirmed", "expected"),
    [
        ("{coastguard: {operatesIn: strand}}", ABSENT_PART),
        ("{coastguard: {basedIn: pier}}", ABSENT_PART),
        ("{coastguard: {controls: north-quay}}", ABSENT_PART),
        ("{coastguard: {operatesIn: far-quay}}", []),
        ("{coastguard: {claimsTerritory: strand}}", []),
        ("{pilots-guild: {operatesIn: strand}}", []),
    ],
)
def test_no_part_is_where_the_whole_is_not(affirmed: str, expected: Told, coast: SmallWorld) -> None:
    assert told(found(coast, f"affirms: {affirmed}", ABSENT, PART)) == expected


def test_a_part_of_a_part_is_a_part(coast: SmallWorld) -> None:
    post = "affirms: {harbour-post: {partOf: coastguard}}"
    there = "affirms: {harbour-post: {operatesIn: pier}}"
    assert told(found(coast, there, ABSENT, PART, post)) == ABSENT_PART


def test_what_is_not_where_its_part_is_not_is_unknown(coast: SmallWorld) -> None:
    denial = "denies: {coastguard: {operatesIn: strand}}"
    assert found(coast, "affirms: {town: {operatesIn: strand}}", denial, PART) == []


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        ("{town: {hostileTo: pilots-guild}}, validIn: strand", DEEDS),
        ("{town: {fights: pilots-guild}}, validIn: pier", DEEDS),
        ("{pilots-guild: {fights: town}}, validIn: pier", DEEDS),
        ("{town: {hostileTo: pilots-guild}}", []),
        ("{town: {hostileTo: pilots-guild}}, validIn: far-quay", []),
        ("{pilots-guild: {hostileTo: town}}, validIn: strand", []),
        ("{town: {partOf: pilots-guild}}, validIn: strand", []),
        ("{coastguard: {hostileTo: pilots-guild}}, validIn: strand", []),
    ],
)
def test_who_is_not_there_does_nothing_there(deed: str, expected: Told, coast: SmallWorld) -> None:
    assert told(found(coast, f"affirms: {deed}", ABSENT, PART)) == expected


def test_a_deed_in_the_wider_country_may_be_elsewhere_in_it(coast: SmallWorld) -> None:
    denial = "denies: {town: {operatesIn: pier}}"
    assert found(coast, "affirms: {town: {fights: pilots-guild}}, validIn: strand", denial) == []


@pytest.mark.parametrize(
    ("denied", "affirmed", "expected"),
    [
        ("{town: {controls: somewhere}}", "{town: {basedIn: pier}}", SEAT),
        ("{town: {controls: strand}}", "{town: {basedIn: pier}}", SEAT),
        ("{town: {controls: pier}}", "{town: {basedIn: strand}}", []),
        ("{town: {controls: somewhere}}", "{town: {operatesIn: pier}}", []),
        ("{town: {controls: somewhere}}", "{coastguard: {basedIn: pier}}", []),
        ("{town: {operatesIn: far-quay}}", "{town: {basedIn: pier}}", []),
    ],
)
def test_who_holds_no_ground_has_no_seat_in_it(
    denied: str, affirmed: str, expected: Told, coast: SmallWorld
) -> None:
    assert told(found(coast, f"affirms: {affirmed}", f"denies: {denied}", PART)) == expected


# --- times that a denial reaches -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "denied", "expected"),
    [
        ("2018-05", "2018", ABSENT_PART),
        ("2018-02-01", "2018-04-15", ABSENT_PART),
        ("2018-02", "2018-04", ABSENT_PART),
        ("2018-01", "2018-07", []),
        ("2017", "2018", []),
        ("2017-12", "2018/..", []),
        ("", "2018", ABSENT_PART),
        ("", "2019-06", []),
        ("2019-06", "", []),
        ("", "", ABSENT_PART),
    ],
)
def test_such_a_denial_meets_its_own_time_and_nothing_after_what_was_said(
    held: str, denied: str, expected: Told, coast: SmallWorld
) -> None:
    """The Work is of March 2019: what it says of no time, it says of some time until then."""
    affirmed = "affirms: {coastguard: {operatesIn: strand}}" + (f", validDuring: {held}" if held else "")
    denial = ABSENT + (f", validDuring: {denied}" if denied else "")
    assert told(found(coast, affirmed, denial, PART)) == expected


def test_what_was_said_earlier_is_of_no_later_time(coast: SmallWorld) -> None:
    denial = f"{ABSENT}, validDuring: 2018"
    there = "affirms: {coastguard: {operatesIn: strand}}, claimant: tor-lind"
    assert told(found(coast, f"{there}, saidOn: 2018-05", denial, PART)) == ABSENT_PART
    assert found(coast, f"{there}, saidOn: 2017-05", denial, PART) == []


def test_a_denial_of_another_place_is_not_reached(coast: SmallWorld) -> None:
    denial = f"{NO_TRADER}, validIn: far-quay"
    assert (
        found(coast, "affirms: {town: {cooperatesWith: pilots-guild}}, validIn: pier", denial, MEMBER) == []
    )
