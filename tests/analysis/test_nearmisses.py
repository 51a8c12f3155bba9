"""Numbers and dates that look at odds, or alike, while their scope keeps them apart."""

from __future__ import annotations

import pytest

from findings import TEXT, Told, attacks, event, found, found_in, names, told
from kg.analysis.disagreement import Disagreement
from smallworld import SmallWorld

ONE_NUMBER = [("value", "near-miss", "one-number-for-two-things")]
MEETING_SCOPES = [("value", "near-miss", "numbers-whose-scope-may-meet")]


@pytest.mark.parametrize("number", ["10", "10-12"])
def test_one_number_for_two_things_is_a_near_miss(number: str, small: SmallWorld) -> None:
    other = attacks(number, "place: kelp-point, period: 2017")
    assert told(found(small, attacks(number), other)) == ONE_NUMBER


@pytest.mark.parametrize("number", ["about 10", "hundreds", "more than 10"])
def test_one_open_number_for_two_things_is_none(number: str, small: SmallWorld) -> None:
    assert found(small, attacks(number), attacks(number, "place: kelp-point, period: 2017")) == []


@pytest.mark.parametrize("number", ["10", "20"])
def test_numbers_that_one_claim_states_together_are_no_near_miss(number: str, small: SmallWorld) -> None:
    first, second = attacks("10"), attacks(number, "place: unstated, period: 2018")
    together = f"{first.removesuffix(']')}, {second.removeprefix('observes: [')}"
    assert found(small, together) == []


@pytest.mark.parametrize(
    "scope",
    [
        "place: unstated, period: 2018",
        "place: kelp-point, period: unstated",
        "place: kelp-point, period: '[2018-06..2019-06]'",
    ],
)
def test_numbers_whose_scope_is_open_or_overlaps_in_part_are_a_near_miss(
    scope: str, small: SmallWorld
) -> None:
    findings = found(small, attacks("10"), attacks("20", scope))
    assert told(findings) == MEETING_SCOPES
    assert {side[0] for side in names(findings[0])} == {"c0", "c1"}


@pytest.mark.parametrize(
    ("one", "scope", "other"),
    [
        ("10", "place: kelp-point, period: 2018-05", "20"),
        ("10", "place: kelp-point, period: 2016/2019", "20"),
        ("10", "place: unstated, period: 2018", "at least 5"),
        ("10", "place: unstated, period: 2018", "5%"),
        ("10", "place: unstated, period: 2018", "from 10% to 30%"),
        ("10", "place: unstated, period: 2017", "20"),
        ("10", "place: unstated, period: 2018, target: actor/town", "20"),
    ],
)
def test_a_part_of_the_period_or_a_number_that_fits_is_no_near_miss(
    one: str, scope: str, other: str, small: SmallWorld
) -> None:
    assert found(small, attacks(one), attacks(other, scope)) == []


def test_another_place_keeps_numbers_apart_whatever_the_period(sound: SmallWorld) -> None:
    assert found(sound, attacks("10"), attacks("20", "place: strand, period: unstated")) == []


def fighters(number: str, measure: str, of: str, scope: str = "place: kelp-point, period: unstated") -> str:
    """A claim about what a group lost."""
    return f"observes: [{{{measure}: {number}, of: {of}, {scope}}}]"


PART = "affirms: {coastguard: {partOf: town}}"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("period: 2018", "period: 2018-05", MEETING_SCOPES),
        ("period: 2018", "period: ../2018", MEETING_SCOPES),
        ("period: 2018", "period: 2019", []),
    ],
)
def test_a_part_of_the_period_is_a_near_miss_where_the_place_is_left_open(
    one: str, other: str, expected: Told, small: SmallWorld
) -> None:
    claims = (attacks("20", f"place: unstated, {one}"), attacks("10", f"place: unstated, {other}"))
    assert told(found(small, *claims)) == expected


@pytest.mark.parametrize(
    ("change", "other", "expected"),
    [
        ("from 40 to 20", "10", MEETING_SCOPES),
        ("from 10 to 20", "10", MEETING_SCOPES),
        ("from 40 to 20", "at least 10", []),
        ("from 10% to 20%", "10", []),
        ("from 40 to 20", "20", ONE_NUMBER),
    ],
)
def test_a_change_counts_by_the_number_that_it_ended_with(
    change: str, other: str, expected: Told, small: SmallWorld
) -> None:
    claims = (attacks(change, "place: unstated, period: 2018"), attacks(other))
    assert told(found(small, *claims)) == expected


@pytest.mark.parametrize(
    ("measure", "number", "expected"),
    [
        ("fighters-lost", "20", MEETING_SCOPES),
        ("fighters-killed", "dozens", MEETING_SCOPES),
        ("fighters-lost", "10", ONE_NUMBER),
        ("fighters-lost", "at least 5", []),
        ("leaders-lost", "20", []),
        ("fighters", "10", []),
    ],
)
def test_a_measure_is_compared_with_itself_and_with_a_broader_one(
    measure: str, number: str, expected: Told, small: SmallWorld
) -> None:
    killed = fighters("10", "fighters-killed", "town", "place: kelp-point, period: 2017")
    assert told(found(small, killed, fighters(number, measure, "town"))) == expected


def test_one_number_of_a_broader_measure_at_another_time_is_none(small: SmallWorld) -> None:
    killed = fighters("10", "fighters-killed", "town", "place: kelp-point, period: 2017")
    lost = fighters("10", "fighters-lost", "town", "place: kelp-point, period: 2018")
    assert found(small, killed, lost) == []


def test_the_numbers_of_a_part_and_of_its_whole_are_compared(small: SmallWorld) -> None:
    claims = (fighters("10", "fighters-lost", "town"), fighters("20", "fighters-lost", "coastguard"))
    assert told(found(small, *claims, PART)) == MEETING_SCOPES
    assert found(small, *claims) == []


def test_a_share_of_a_number_is_no_number_beside_it(small: SmallWorld) -> None:
    whole = "{attacks: 40, by: pilots-guild, place: unstated, period: 2018}"
    share = f"observes: [{{attacks: 10, by: pilots-guild, place: kelp-point, period: 2018, of: {whole}}}]"
    assert found(small, share, attacks("30", "place: unstated, period: unstated")) == []


def test_a_place_within_another_is_no_near_miss(sound: SmallWorld) -> None:
    claims = [attacks(n, f"place: {place}, period: 2018") for n, place in (("10", "pier"), ("20", "strand"))]
    assert found(sound, *claims) == []


def test_numbers_of_two_actors_are_no_near_miss(small: SmallWorld) -> None:
    assert found(small, attacks("10"), attacks("10", by="coastguard")) == []


def captioned(small: SmallWorld, prose: str, caption: str) -> list[Disagreement]:
    """Findings among one date in the prose and one in a caption."""
    small.write(
        TEXT,
        "- figure: 1\n  quote: 'Figure 1: The Marten in 2019.'\n"
        f"- {{id: c0, quote: The ferry ran, {event(f'date: {prose}')}}}\n"
        f"- {{id: c1, quote: The Marten in 2019, in: caption, {event(f'date: {caption}')}}}\n",
    )
    return found_in(small.seeds())


def test_a_caption_with_another_date_than_the_prose_is_a_near_miss_while_both_can_hold(
    small: SmallWorld,
) -> None:
    findings = captioned(small, "'[2018-12..2019-02]'", "2019")
    assert told(findings) == [("date", "near-miss", "caption-against-prose")]


def test_a_caption_whose_date_rules_out_that_of_the_prose_disagrees(small: SmallWorld) -> None:
    assert told(captioned(small, "2018", "2019")) == [("date", "certain", "values-of-one-thing")]


def test_a_caption_with_the_date_of_the_prose_is_none(small: SmallWorld) -> None:
    assert captioned(small, "2019", "2019") == []


def test_two_dates_of_the_prose_that_can_both_hold_are_no_near_miss(small: SmallWorld) -> None:
    assert found(small, event("date: 2019-02-14"), event("date: 2019-02")) == []
