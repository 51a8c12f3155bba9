"""Which claims cannot both hold, and which only look so."""

from __future__ import annotations

import pytest

from findings import TEXT, Told, attacks, entailment_of, entries, event, found, found_in, names, told
from kg.analysis.disagreement import rival_claims
from kg.analysis.standing import Voices, standing_of, voices
from kg.model import Proposition
from kg.seeds import Seeds
from smallworld import SmallWorld, shown

SUPPORT = "{town: {supports: pilots-guild}}"
AFFIRMS, DENIES = f"affirms: {SUPPORT}", f"denies: {SUPPORT}"


def leads(who: str, during: str) -> str:
    return f"affirms: {{{who}: {{leaderOf: pilots-guild}}}}, validDuring: {during}"


# --- one affirms what the other denies -----------------------------------------------------------

AFFIRMED_AND_DENIED = ("polarity", "certain", "affirmed-and-denied")
POSSIBLY_DENIED = ("polarity", "possible", "affirmed-and-denied")
ENTAILED_AND_DENIED = ("polarity", "certain", "denial-of-what-it-entails")


def test_what_one_affirms_and_another_denies_is_a_disagreement_with_both_sides(small: SmallWorld) -> None:
    findings = found(small, AFFIRMS, f"{DENIES}, claimant: pilots-guild")
    assert told(findings) == [AFFIRMED_AND_DENIED]
    assert names(findings[0]) == (["c0"], ["c1"])
    assert [shown(p) for p in findings[0].propositions] == ["town supports pilots-guild"] * 2


def test_every_claim_of_a_side_is_named_once(small: SmallWorld) -> None:
    findings = found(
        small, AFFIRMS, f"{AFFIRMS}, claimant: tor-lind", DENIES, f"{DENIES}, claimant: ada-holm"
    )
    assert [names(finding) for finding in findings] == [(["c0", "c1"], ["c2", "c3"])]


def test_what_another_work_denies_is_a_disagreement_too(small: SmallWorld) -> None:
    small.add_work("mill", TEXT, entries(DENIES))
    assert told(found(small, AFFIRMS)) == [AFFIRMED_AND_DENIED]


def test_what_is_only_denied_is_no_disagreement(small: SmallWorld) -> None:
    assert found(small, DENIES, f"{DENIES}, claimant: tor-lind") == []


@pytest.mark.parametrize(
    ("affirmed", "denied"),
    [
        ("{town: {finances: pilots-guild}}", SUPPORT),
        ("{event/marten-grounding: {date: 2019-02-14}}", "{event/marten-grounding: {date: 2019-02}}"),
        ("{event/marten-grounding: {place: pier}}", "{event/marten-grounding: {place: strand}}"),
        ("{event/marten-grounding: {injured: 12}}", "{event/marten-grounding: {injured: more than 10}}"),
        (SUPPORT, "{someone: {supports: pilots-guild}}"),
        ("{event/marten-grounding: {place: pier}}", "{event/marten-grounding: {place: somewhere}}"),
    ],
)
def test_a_denial_of_what_follows_from_the_affirmed_is_a_disagreement(
    affirmed: str, denied: str, sound: SmallWorld
) -> None:
    findings = found(sound, f"affirms: {affirmed}", f"denies: {denied}")
    assert told(findings) == [ENTAILED_AND_DENIED]
    assert names(findings[0]) == (["c0"], ["c1"])


def test_a_denial_of_what_the_affirmed_follows_from_is_none(small: SmallWorld) -> None:
    assert found(small, AFFIRMS, "denies: {town: {finances: pilots-guild}}") == []


def test_a_denial_of_one_leaves_that_there_is_someone(small: SmallWorld) -> None:
    assert found(small, "affirms: {someone: {supports: pilots-guild}}", DENIES) == []


@pytest.mark.parametrize(
    ("held", "denied", "expected"),
    [
        ("2014/2016", "2017/..", []),
        ("../2016", "2017/..", []),
        ("2014/2016", "2016/..", [AFFIRMED_AND_DENIED]),
        ("2018", "2018-05", [AFFIRMED_AND_DENIED]),
        ("2014/2016", "", [POSSIBLY_DENIED]),
        ("", "2017/..", [POSSIBLY_DENIED]),
    ],
)
def test_a_denial_meets_what_is_said_of_a_time_that_overlaps_or_is_left_open(
    held: str, denied: str, expected: Told, small: SmallWorld
) -> None:
    affirmation = AFFIRMS + (f", validDuring: {held}" if held else "")
    denial = DENIES + (f", validDuring: {denied}" if denied else "")
    assert told(found(small, affirmation, denial)) == expected


def test_a_claim_does_not_disagree_with_itself(small: SmallWorld) -> None:
    nobody_else = f"{AFFIRMS}, denies: {{someone: {{supports: pilots-guild}}}}"
    assert found(small, nobody_else) == []


def test_a_claim_of_a_time_beyond_reach_stands_on_no_side(small: SmallWorld) -> None:
    claims = (
        f"{AFFIRMS}, validDuring: 2014",
        f"{AFFIRMS}, validDuring: 2018",
        f"{DENIES}, validDuring: 2018",
    )
    assert [names(finding) for finding in found(small, *claims)] == [(["c1"], ["c2"])]


@pytest.mark.parametrize("how", ["certainty: likely", "certainty: possible", "qualifier: in part"])
def test_a_hedge_or_a_qualifier_on_either_side_makes_it_possible_only(how: str, small: SmallWorld) -> None:
    assert told(found(small, f"{AFFIRMS}, {how}", DENIES)) == [POSSIBLY_DENIED]
    assert told(found(small, AFFIRMS, f"{DENIES}, {how}")) == [POSSIBLY_DENIED]


def test_a_condition_makes_it_possible_only(small: SmallWorld) -> None:
    cause = "{factor/storms: {raises: factor/groundings}}"
    small.register("concepts", "factor: {storms: storms, groundings: groundings}")
    claims = (f"affirms: {cause}", f"denies: {cause}, condition: if the lamp is lit")
    assert told(found(small, *claims)) == [POSSIBLY_DENIED]


def test_one_pair_without_reserve_makes_it_certain(small: SmallWorld) -> None:
    claims = (f"{AFFIRMS}, certainty: possible", AFFIRMS, DENIES)
    assert told(found(small, *claims)) == [AFFIRMED_AND_DENIED]


@pytest.mark.parametrize(
    ("held", "denied", "expected"),
    [
        ("north-quay", "south-quay", []),
        ("strand", "kelp-point", []),
        ("north-quay", "north-quay", [AFFIRMED_AND_DENIED]),
        ("pier", "strand", [AFFIRMED_AND_DENIED]),
        ("strand", "pier", [AFFIRMED_AND_DENIED]),
    ],
)
def test_a_denial_meets_only_what_is_said_of_its_place_or_one_around_or_within_it(
    held: str, denied: str, expected: Told, sound: SmallWorld
) -> None:
    findings = found(sound, f"{AFFIRMS}, validIn: {held}", f"{DENIES}, validIn: {denied}")
    assert told(findings) == expected


def test_a_place_on_one_side_alone_keeps_nothing_apart(small: SmallWorld) -> None:
    assert told(found(small, f"{AFFIRMS}, validIn: kelp-point", DENIES)) == [AFFIRMED_AND_DENIED]


@pytest.mark.parametrize(
    "other",
    [
        f"{DENIES}, modality: prediction",
        f"considers: {SUPPORT}, modality: recommendation",
        f"considers: {SUPPORT}",
    ],
)
def test_what_is_predicted_recommended_or_considered_disagrees_with_nothing(
    other: str, small: SmallWorld
) -> None:
    assert found(small, AFFIRMS, other) == []
    assert found(small, DENIES, other.replace("denies", "affirms")) == []


# --- two numbers of one thing --------------------------------------------------------------------

VALUES = ("value", "certain", "values-of-one-thing")
POSSIBLE_VALUES = ("value", "possible", "values-of-one-thing")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("12", "14", [VALUES]),
        ("12", "more than 12", [VALUES]),
        ("10-12", "13-15", [VALUES]),
        ("about 100", "12", [POSSIBLE_VALUES]),
        ("nearly 100", "12", [POSSIBLE_VALUES]),
        ("hundreds", "12", [POSSIBLE_VALUES]),
        ("tens of thousands", "12", [POSSIBLE_VALUES]),
        ("10-12", "11-15", []),
        ("12", "at least 10", []),
        ("about 100", "105", []),
        ("unknown", "12", []),
        ("12", "5%", []),
        ("from 5 to 7", "12", []),
    ],
)
def test_two_numbers_of_one_thing_disagree_when_no_amount_fits_both(
    one: str, other: str, expected: Told, small: SmallWorld
) -> None:
    assert told(found(small, event(f"injured: {one}"), event(f"injured: {other}"))) == expected


def test_two_numbers_of_one_observation_disagree(small: SmallWorld) -> None:
    assert told(found(small, attacks("10"), attacks("20"))) == [VALUES]


@pytest.mark.parametrize(
    "other",
    [
        attacks("20", "place: kelp-point, period: 2017"),
        attacks("20", "place: strand, period: 2018"),
        attacks("20").replace("attacks", "clashes"),
        attacks("20", by="coastguard"),
    ],
)
def test_numbers_of_another_period_place_measure_or_actor_do_not_disagree(
    other: str, sound: SmallWorld
) -> None:
    assert found(sound, attacks("10"), other) == []


def test_killed_and_injured_do_not_disagree(small: SmallWorld) -> None:
    assert found(small, event("injured: 12"), event("deaths: 3")) == []


@pytest.mark.parametrize("how", [", certainty: possible", ", qualifier: in part"])
def test_a_number_with_a_reserve_disagrees_possibly(how: str, small: SmallWorld) -> None:
    assert told(found(small, event("injured: 12", how), event("injured: 14"))) == [POSSIBLE_VALUES]


def test_a_predicted_number_disagrees_with_nothing(small: SmallWorld) -> None:
    assert found(small, event("injured: 12"), event("injured: 14", ", modality: prediction")) == []


@pytest.mark.parametrize(
    ("how", "expected"),
    [("", "disputed"), (", claimant: tor-lind", "disputed"), (", certainty: possible", "uncontested")],
)
def test_a_number_that_another_for_certain_rules_out_is_disputed(
    how: str, expected: str, small: SmallWorld
) -> None:
    small.write(TEXT, entries(event("injured: 12"), event("injured: 14", how)))
    seeds = small.seeds()
    rivals = rival_claims(found_in(seeds))
    first = next(iter(seeds.claims)).affirms[0]
    assert standing_of(heard(seeds)[first], contested=first in rivals).name == expected


def heard(seeds: Seeds) -> dict[Proposition, Voices]:
    return voices(seeds.claims, entailment_of(seeds))


def test_the_rivals_of_a_value_are_the_claims_of_the_other(small: SmallWorld) -> None:
    findings = found(small, event("injured: 12"), event("injured: 14"), event("injured: 12"))
    rivals = {tuple(c.iri[-2:] for c in claims) for claims in rival_claims(findings).values()}
    assert rivals == {("c1",), ("c0", "c2")}


def test_a_denial_is_no_rival_value(small: SmallWorld) -> None:
    assert rival_claims(found(small, AFFIRMS, DENIES)) == {}


# --- dates, places and perpetrators of one event -------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2019-02-14", "2019-02-15", [("date", "certain", "values-of-one-thing")]),
        ("2019-02-14", "2018", [("date", "certain", "values-of-one-thing")]),
        ("2019-02-14", "2019-02", []),
        ("2019-02-14", "[2019-02-10..2019-02-20]", []),
        ("[2019-01..2019-03]", "[2019-02..2019-05]", []),
    ],
)
def test_two_dates_of_one_event_disagree_when_no_day_lies_in_both(
    one: str, other: str, expected: Told, small: SmallWorld
) -> None:
    assert told(found(small, event(f"date: '{one}'"), event(f"date: '{other}'"))) == expected


def test_the_dates_of_two_events_do_not_disagree(small: SmallWorld) -> None:
    other = "affirms: {event/guild-charge: {date: 2020}}"
    assert found(small, event("date: 2019-02-14"), other) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("north-quay", "south-quay", [("place", "certain", "values-of-one-thing")]),
        ("pier", "strand", []),
        ("pier", "south-quay", []),
        ("north-quay", "mole", []),
        ("north-quay", "far-quay", []),
        ("lone-quay", "far-quay", []),
        ("north-quay", "kelp-point", []),
        ("north-quay", "somewhere", []),
    ],
)
def test_two_places_of_one_event_disagree_as_siblings_of_one_kind(
    one: str, other: str, expected: Told, sound: SmallWorld
) -> None:
    assert told(found(sound, event(f"place: {one}"), event(f"place: {other}"))) == expected


RIVAL_PERPETRATORS = [("attribution", "certain", "values-of-one-thing")]


def test_two_perpetrators_by_two_claims_disagree(small: SmallWorld) -> None:
    claims = (event("perpetrator: tor-lind"), event("perpetrator: ada-holm"))
    assert told(found(small, *claims)) == RIVAL_PERPETRATORS


def test_two_perpetrators_that_one_claim_names_together_do_not_disagree(small: SmallWorld) -> None:
    together = event("perpetrator: [tor-lind, ada-holm]")
    assert found(small, together) == []
    assert found(small, together, event("perpetrator: ada-holm")) == []


@pytest.mark.parametrize("relation", ["memberOf", "leaderOf"])
def test_a_perpetrator_is_no_rival_of_the_group_that_it_belongs_to(relation: str, small: SmallWorld) -> None:
    claims = (
        event("perpetrator: tor-lind"),
        event("perpetrator: pilots-guild"),
        f"affirms: {{tor-lind: {{{relation}: pilots-guild}}}}",
    )
    assert found(small, *claims) == []
    assert told(found(small, *claims[:2])) == RIVAL_PERPETRATORS


def test_a_group_is_no_rival_of_the_group_that_it_is_part_of(small: SmallWorld) -> None:
    claims = (
        event("perpetrator: coastguard"),
        event("perpetrator: town"),
        "affirms: {coastguard: {partOf: town}}",
    )
    assert found(small, *claims) == []


def test_someone_as_perpetrator_is_no_rival(small: SmallWorld) -> None:
    assert found(small, event("perpetrator: tor-lind"), event("perpetrator: someone")) == []


# --- rival sponsors and leaders ------------------------------------------------------------------

RIVAL_SPONSORS = [("attribution", "possible", "rival-sponsors")]
BY_LIND = f"{AFFIRMS}, claimant: tor-lind"


def accusation(sponsor: str, by: str, how: str = "supports") -> str:
    return f"affirms: {{{sponsor}: {{{how}: pilots-guild}}}}, claimant: {by}"


@pytest.mark.parametrize("how", ["supports", "finances"])
def test_rival_sponsors_accused_by_two_speakers_disagree_possibly(how: str, small: SmallWorld) -> None:
    findings = found(small, BY_LIND, accusation("coastguard", "ada-holm", how))
    assert told(findings) == RIVAL_SPONSORS
    assert {shown(p).split()[0] for p in findings[0].propositions} == {"town", "coastguard"}


def test_rival_founders_named_by_two_speakers_disagree_possibly(small: SmallWorld) -> None:
    claims = (accusation("town", "tor-lind", "created"), accusation("coastguard", "ada-holm", "created"))
    assert told(found(small, *claims)) == RIVAL_SPONSORS


@pytest.mark.parametrize(
    "other",
    [
        accusation("coastguard", "tor-lind"),
        accusation("coastguard", "unnamed"),
        accusation("coastguard", "author"),
        accusation("coastguard", "ada-holm", "created"),
        accusation("coastguard", "ada-holm", "hostileTo"),
        accusation("someone", "ada-holm"),
        accusation("coastguard", "ada-holm").replace("pilots-guild", "tor-lind"),
    ],
)
def test_no_rival_is_a_sponsor_by_one_speaker_unnamed_in_another_way_or_of_another(
    other: str, small: SmallWorld
) -> None:
    assert found(small, BY_LIND, other) == []


def test_what_two_actors_can_do_at_once_is_no_rivalry(small: SmallWorld) -> None:
    claims = (accusation("town", "tor-lind", "hostileTo"), accusation("coastguard", "ada-holm", "hostileTo"))
    assert found(small, *claims) == []


def test_a_sponsor_is_no_rival_of_what_it_is_part_of(small: SmallWorld) -> None:
    claims = (BY_LIND, accusation("coastguard", "ada-holm"), "affirms: {coastguard: {partOf: town}}")
    assert found(small, *claims) == []


def test_two_ways_of_support_of_which_neither_is_the_other_are_no_rivals(small: SmallWorld) -> None:
    claims = (accusation("town", "tor-lind", "finances"), accusation("coastguard", "ada-holm", "shelters"))
    assert found(small, *claims) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2014/2016", "2015/2017", [("attribution", "possible", "leaders-at-one-time")]),
        ("2014/2016", "2015-06", [("attribution", "possible", "leaders-at-one-time")]),
        ("2014/2016", "2017/2018", []),
        ("2014/2016", "'[2015..2018]'", []),
        ("2014/2016", "2015", []),
    ],
)
def test_two_leaders_disagree_possibly_when_both_lasted_at_one_time(
    one: str, other: str, expected: Told, small: SmallWorld
) -> None:
    assert told(found(small, leads("tor-lind", one), leads("ada-holm", other))) == expected


def test_two_leaders_of_whom_nobody_says_when_do_not_disagree(small: SmallWorld) -> None:
    claims = [leads(who, "2014/2016").partition(", validDuring")[0] for who in ("tor-lind", "ada-holm")]
    assert found(small, *claims) == []


@pytest.mark.parametrize("other", ["someone", "tor-lind"])
def test_someone_or_the_same_as_leader_is_no_rival(other: str, small: SmallWorld) -> None:
    assert found(small, leads("tor-lind", "2014/2016"), leads(other, "2015/2017")) == []


def test_leaders_of_two_groups_do_not_disagree(small: SmallWorld) -> None:
    other = leads("ada-holm", "2015/2017").replace("pilots-guild", "coastguard")
    assert found(small, leads("tor-lind", "2014/2016"), other) == []
