"""The one-sentence gist: made from labels where there is a Proposition, written where there is none."""

from __future__ import annotations

import pytest

from smallworld import SmallWorld

TEXT = "The town supports the guild.\n"


def gist(small: SmallWorld, keys: str) -> str:
    small.write(TEXT, f"- {{quote: The town supports the guild, {keys}}}\n")
    (claim,) = small.loads().claims
    return claim.gist


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (
            "affirms: {town: {supports: pilots-guild}}",
            "Town of Old Sound supports Pilots' Guild.",
        ),
        (
            "denies: {town: {supports: pilots-guild}}",
            "It is not so that town of Old Sound supports Pilots' Guild.",
        ),
        (
            "considers: {town: {supports: pilots-guild}}",
            "It is put forward that town of Old Sound supports Pilots' Guild.",
        ),
        (
            "affirms: {event/marten-grounding: {type: Occasion, date: 2016-37, deaths: more than 4}}",
            "The grounding of the Marten is of type occasion, is dated early 2016;"
            " deaths in the grounding of the Marten: more than 4.",
        ),
        (
            "observes: [{attacks: about 300, by: town, place: kelp-point, period: 2018}]",
            "Attacks by town of Old Sound in Kelp Point in the period 2018: about 300.",
        ),
        (
            "observes: [{attacks: 3, by: town, place: unstated,"
            " period: 2018, comparedWith: 2017, basis: police}]",
            "Attacks by town of Old Sound in the period 2018 compared with 2017 - police: 3.",
        ),
    ],
)
def test_a_gist_is_made_from_labels(keys: str, sentence: str, small: SmallWorld) -> None:
    assert gist(small, keys) == sentence


def test_a_share_is_told_out_of_its_whole(small: SmallWorld) -> None:
    whole = "{attacks: 77, by: town, place: unstated, period: 2018}"
    assert gist(small, f"observes: [{{attacks: 80%, target: coastguard, of: {whole}}}]") == (
        "Attacks by town of Old Sound out of attacks by town of Old Sound in the period 2018"
        " on Old Sound Coastguard in the period 2018: 80%."
    )


def test_a_gist_that_is_written_stands_instead(small: SmallWorld) -> None:
    words = "The town helps the guild."
    assert gist(small, f"affirms: {{town: {{supports: pilots-guild}}}}, gist: {words}") == words


def test_a_claim_without_a_proposition_has_the_gist_that_is_written(small: SmallWorld) -> None:
    assert gist(small, "topic: method, gist: They helped.") == "They helped."
