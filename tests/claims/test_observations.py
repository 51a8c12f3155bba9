"""Numbers that are observed: their measure, their dimensions and what is unstated."""

from __future__ import annotations

import pytest

from kg.claims import ClaimsFile
from kg.model import Observation
from kg.terms import ACES, KG
from smallworld import SmallWorld

TEXT = "The guild held 77 strikes in 2018. Most of them failed.\n"
WHOLE = "{attacks: 77, by: pilots-guild, place: kelp-point, period: 2018}"


def observed(small: SmallWorld, observes: str) -> ClaimsFile:
    small.write(TEXT, f"- {{quote: The guild held 77 strikes in 2018, observes: {observes}}}\n")
    return small.loads()


def dimensions(observation: Observation) -> dict[str, str]:
    """The dimensions by name, each with the kind and name of its value, or its words."""
    return {p.removeprefix(ACES): value.removeprefix(KG) for p, value in observation.dimensions}


def test_an_observation_is_affirmed_with_its_value(small: SmallWorld) -> None:
    file = observed(small, f"[{WHOLE}]")
    (claim,) = file.claims
    (observation,) = file.nodes.observations.values()
    assert [p.predicate for p in claim.affirms] == [ACES + "value"]
    assert observation.measure == KG + "measure/attacks"
    assert set(dimensions(observation)) == {"byActor", "inPlace", "inPeriod"}
    assert dimensions(observation)["byActor"] == "actor/pilots-guild"


def test_one_observation_needs_no_list(small: SmallWorld) -> None:
    assert observed(small, WHOLE).nodes.observations == observed(small, f"[{WHOLE}]").nodes.observations


def test_every_dimension_that_is_given_is_kept(small: SmallWorld) -> None:
    file = observed(
        small,
        "[{plots: 5, by: pilots-guild, target: town, period: 2018, place: kelp-point,"
        " comparedWith: 2017, basis: police files}]",
    )
    (observation,) = file.nodes.observations.values()
    found = dimensions(observation)
    assert set(found) == {"byActor", "onTarget", "inPeriod", "inPlace", "comparedWith", "basis"}
    assert found["basis"] == "police files"


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("{fighters: 9, of: town, place: kelp-point, period: 2018}", "ofActor"),
        ("{defectors: 9, from: town, to: coastguard, period: 2018}", "fromActor"),
        ("{defectors: 9, from: town, to: coastguard, period: 2018}", "toActor"),
        ("{plots: 9, by: town, target: coastguard, period: 2018}", "onTarget"),
    ],
)
def test_the_actors_of_a_number_stand_under_the_words_for_them(
    written: str, given: str, small: SmallWorld
) -> None:
    (observation,) = observed(small, f"[{written}]").nodes.observations.values()
    assert given in dimensions(observation)


def test_a_dimension_may_have_several_values(small: SmallWorld) -> None:
    file = observed(small, "[{clashes: 7, by: [town, pilots-guild], place: kelp-point, period: 2018}]")
    (observation,) = file.nodes.observations.values()
    assert [v for p, v in observation.dimensions if p == ACES + "byActor"] == [
        KG + "actor/pilots-guild",
        KG + "actor/town",
    ]


def test_an_observation_with_nothing_unstated_is_the_same_in_every_work(small: SmallWorld) -> None:
    (observation,) = observed(small, f"[{WHOLE}]").nodes.observations.values()
    assert (observation.unstated, observation.local_to) == ((), None)


def test_an_unstated_dimension_makes_an_observation_local_to_its_work(small: SmallWorld) -> None:
    file = observed(small, "[{attacks: 77, by: pilots-guild, place: unstated, period: 2018}]")
    (observation,) = file.nodes.observations.values()
    assert observation.unstated == (ACES + "inPlace",)
    assert observation.local_to == KG + "work/ferry-2019"


def test_the_order_of_dimensions_does_not_matter(small: SmallWorld) -> None:
    other = "{period: 2018, place: kelp-point, attacks: 77, by: pilots-guild}"
    assert observed(small, WHOLE).nodes.observations == observed(small, other).nodes.observations


def test_two_numbers_for_one_thing_are_values_of_one_observation(small: SmallWorld) -> None:
    file = observed(small, f"[{WHOLE}, {WHOLE.replace('77', 'at least 90')}]")
    one, other = file.claims[0].affirms
    assert one.subject == other.subject
    assert one.object != other.object


def test_a_share_points_to_the_observation_it_is_a_share_of(small: SmallWorld) -> None:
    file = observed(small, f"[{{attacks: 80%, target: town, of: {WHOLE}}}]")
    share, whole = sorted(file.nodes.observations.values(), key=lambda o: "shareOf" not in dimensions(o))
    assert file.nodes.observations[KG + dimensions(share)["shareOf"]] == whole


def test_a_share_has_the_dimensions_of_its_whole_where_it_gives_no_other(small: SmallWorld) -> None:
    file = observed(small, f"[{{attacks: 80%, by: town, of: {WHOLE}}}]")
    (share,) = [o for o in file.nodes.observations.values() if "shareOf" in dimensions(o)]
    whole = next(o for o in file.nodes.observations.values() if o != share)
    assert dimensions(share)["byActor"] == "actor/town"
    assert dimensions(share)["inPeriod"] == dimensions(whole)["inPeriod"]


def test_what_is_unstated_of_the_whole_is_unstated_of_its_share(small: SmallWorld) -> None:
    whole = "{attacks: 77, by: pilots-guild, place: unstated, period: 2018}"
    file = observed(small, f"[{{attacks: 80%, of: {whole}}}]")
    (share,) = [o for o in file.nodes.observations.values() if "shareOf" in dimensions(o)]
    assert (share.unstated, share.local_to) == ((ACES + "inPlace",), KG + "work/ferry-2019")


def test_a_change_keeps_the_numbers_at_both_ends(small: SmallWorld) -> None:
    file = observed(small, f"[{WHOLE.replace('77', 'from 400 to 69')}]")
    ((quantity,),) = file.nodes.quantities.values()
    assert (quantity.initial, quantity.final) == (400, 69)


def test_a_basis_that_looks_like_an_address_stays_words(small: SmallWorld) -> None:
    observes = f"[{WHOLE[:-1]}, basis: https://example.org/a list of ours}}]"
    (claim,) = observed(small, observes).claims
    assert "https://example.org/a list of ours" in claim.gist
