"""What helps a careful annotator: hedges that may have been lost, names that the words do not hold."""

from __future__ import annotations

import pytest

from kg.model import Finding
from smallworld import SmallWorld

TEXT = """\
The town may support the guild. It is believed that the guild is rich. In May the town met.
The town supports the guild, which sails.
"""
MAY = "- quote: The town may support the guild\n  affirms: {town: {supports: pilots-guild}}\n"


@pytest.fixture
def coast(small: SmallWorld) -> SmallWorld:
    small.replace(
        "aliases: [The town of Old Sound]", "aliases: [The town, the town]", "seeds/registry/actors.yaml"
    )
    return small


def findings(small: SmallWorld, entry: str) -> list[Finding]:
    small.write(TEXT, entry)
    return small.loads().findings


def test_a_hedge_in_the_words_that_the_claim_does_not_keep_is_warned_about(coast: SmallWorld) -> None:
    (found,) = findings(coast, MAY)
    assert (found.rule, found.severity) == ("hedge-is-kept", "warning")
    assert "(may)" in found.message
    assert str(found.where) == coast.place("quote: The town may")


@pytest.mark.parametrize(
    "keys",
    [
        "certainty: possible",
        "claimant: tor-lind",
        "modality: prediction",
        "modality: estimate",
        "qualifier: in parts",
    ],
)
def test_a_hedge_that_the_claim_keeps_is_not(keys: str, coast: SmallWorld) -> None:
    assert findings(coast, f"{MAY}  {keys}\n") == []


def test_what_is_only_considered_hedges_nothing_away(coast: SmallWorld) -> None:
    assert findings(coast, MAY.replace("affirms", "considers")) == []


def test_the_month_of_may_is_no_hedge(coast: SmallWorld) -> None:
    entry = "- {quote: In May the town met, affirms: {town: {supports: someone}}}\n"
    assert findings(coast, entry) == []


def test_the_hedging_words_are_kept_verbatim_with_a_claim_that_is_not_certain(coast: SmallWorld) -> None:
    coast.write(TEXT, f"{MAY}  certainty: possible\n")
    assert coast.loads().claims[0].hedge == "may"


def test_a_name_that_the_quote_does_not_hold_is_mentioned(coast: SmallWorld) -> None:
    (found,) = findings(coast, "- {quote: which sails, affirms: {town: {supports: The guild}}}\n")
    assert (found.rule, found.severity) == ("name-stands-in-quote", "info")
    assert found.message == "the quote does not hold Pilots' Guild, town of Old Sound"


@pytest.mark.parametrize(
    "inferred", ["pilots-guild", "actor/pilots-guild", "supports", "actor/town.supports"]
)
def test_a_name_that_is_listed_as_inferred_is_not(inferred: str, coast: SmallWorld) -> None:
    entry = (
        f"- {{quote: The town, affirms: {{town: {{supports: pilots-guild}}}}, inferred: ['{inferred}']}}\n"
    )
    text = TEXT.replace("The town may", "It may")
    coast.write(text, entry)
    assert coast.loads().findings == []


def test_an_alias_counts_as_the_name(coast: SmallWorld) -> None:
    entry = "- {quote: 'The town supports the guild', affirms: {town: {supports: pilots-guild}}}\n"
    assert findings(coast, entry) == []


@pytest.mark.parametrize("mode", ["modality: recommendation", "condition: if it is rich"])
def test_a_cause_may_be_affirmed_in_a_recommendation_and_under_a_condition(
    mode: str, coast: SmallWorld
) -> None:
    coast.register("concepts", "factor: {wealth: wealth, peace: peace}")
    entry = (
        "- {quote: the guild is rich, cites: none, affirms: {factor/wealth: {raises: factor/peace}}, "
        + mode
        + "}\n"
    )
    assert findings(coast, entry) == []
