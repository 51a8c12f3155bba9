"""How a Proposition stands, and how many claims, documents and Works support it."""

from __future__ import annotations

import pytest

from kg.analysis.standing import Entailment, Standing, standing_of, voices
from smallworld import SmallWorld, core_vocabulary

TEXT = "The ferry ran aground, and the town paid.\n"
SUPPORT = "{town: {supports: pilots-guild}}"
AFFIRMS, DENIES = f"affirms: {SUPPORT}", f"denies: {SUPPORT}"


def entries(*claims: str) -> str:
    """An entry for each claim, all on the same words."""
    return "".join(f"- {{id: c{n}, quote: The ferry ran, {keys}}}\n" for n, keys in enumerate(claims))


def standing(small: SmallWorld, *claims: str, of: str = SUPPORT) -> Standing:
    """The standing of one Proposition, which a claim that only asks puts forward too."""
    small.write(TEXT, entries(*claims, f"considers: {of}"))
    return standing_of_last(small)


def standing_of_last(small: SmallWorld) -> Standing:
    seeds = small.seeds()
    file = next(file for file in seeds.files if file.path.stem == "ferry")
    propositions = {p for claim in seeds.claims for p in claim.propositions}
    entailment = Entailment(propositions, core_vocabulary(), seeds.registry, seeds.nodes())
    return standing_of(voices(seeds.claims, entailment)[file.claims[-1].considers[0]])


# --- what stands as asserted ---------------------------------------------------------------------


@pytest.mark.parametrize("how", ["", ", modality: estimate", ", claimant: author", ", validDuring: 2018"])
def test_what_the_author_says_without_reserve_is_uncontested(how: str, small: SmallWorld) -> None:
    assert standing(small, AFFIRMS + how).name == "uncontested"


@pytest.mark.parametrize(
    "how",
    [
        "claimant: tor-lind",
        "claimant: unnamed",
        "modality: prediction",
        "certainty: likely",
        "certainty: possible",
        "qualifier: in part",
    ],
)
def test_what_is_said_with_a_reserve_is_unasserted(how: str, small: SmallWorld) -> None:
    assert standing(small, f"{AFFIRMS}, {how}").name == "unasserted"


def test_what_is_only_considered_or_denied_is_unasserted(small: SmallWorld) -> None:
    assert standing(small).name == "unasserted"
    assert standing(small, DENIES).name == "unasserted"


def test_what_only_follows_from_an_assertion_is_not_asserted_itself(small: SmallWorld) -> None:
    assert standing(small, "affirms: {town: {finances: pilots-guild}}").name == "unasserted"


# --- what is opposed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how", ["", ", claimant: pilots-guild", ", certainty: possible", ", modality: estimate"]
)
def test_what_somebody_denies_is_disputed(how: str, small: SmallWorld) -> None:
    assert standing(small, AFFIRMS, DENIES + how).name == "disputed"


def test_a_prediction_that_it_will_not_be_so_opposes_nothing(small: SmallWorld) -> None:
    assert standing(small, AFFIRMS, f"{DENIES}, modality: prediction").name == "uncontested"


def test_a_denial_reaches_what_entails_the_denied(small: SmallWorld) -> None:
    finer = "{town: {finances: pilots-guild}}"
    assert standing(small, f"affirms: {finer}", DENIES, of=finer).name == "disputed"


def test_a_denial_does_not_reach_what_the_denied_entails(small: SmallWorld) -> None:
    assert standing(small, AFFIRMS, "denies: {town: {finances: pilots-guild}}").name == "uncontested"


def test_to_deny_that_there_is_anyone_opposes_every_such_affirmation(small: SmallWorld) -> None:
    denial = "denies: {someone: {cooperatesWith: pilots-guild}}, claimant: pilots-guild"
    assert standing(small, AFFIRMS, denial).name == "disputed"


def test_a_denial_of_one_opposes_not_that_there_is_someone(small: SmallWorld) -> None:
    anyone = "{someone: {supports: pilots-guild}}"
    assert standing(small, f"affirms: {anyone}", DENIES, of=anyone).name == "uncontested"


@pytest.mark.parametrize(
    ("held", "denied", "name"),
    [
        ("2014/2016", "2017/..", "uncontested"),
        ("2014/2016", "2016/..", "disputed"),
        ("former", "now/..", "disputed"),
        ("2014/2016", "", "disputed"),
        ("", "2017/..", "disputed"),
        ("../2016", "2017/..", "uncontested"),
    ],
)
def test_a_denial_opposes_only_what_is_said_of_a_time_that_overlaps(
    held: str, denied: str, name: str, small: SmallWorld
) -> None:
    affirmation = AFFIRMS + (f", validDuring: {held}" if held else "")
    denial = DENIES + (f", validDuring: {denied}" if denied else "")
    assert standing(small, affirmation, denial).name == name


def test_one_affirmation_within_reach_of_the_denial_is_enough(small: SmallWorld) -> None:
    denial = f"{DENIES}, validDuring: 2017/.."
    claims = (f"{AFFIRMS}, validDuring: 2014/2016", f"{AFFIRMS}, validDuring: 2018")
    assert standing(small, *claims, denial).name == "disputed"


def test_a_denial_within_reach_of_reported_speech_alone_disputes_nothing(small: SmallWorld) -> None:
    claims = (
        f"{AFFIRMS}, validDuring: 2014/2016",
        f"{AFFIRMS}, validDuring: 2018, claimant: tor-lind",
        f"{DENIES}, validDuring: 2017/..",
    )
    assert standing(small, *claims).name == "uncontested"


# --- counts --------------------------------------------------------------------------------------


def counts(found: Standing) -> tuple[int, int, int, int]:
    return found.claims, found.documents, found.works, found.denials


def test_every_claim_that_affirms_counts_in_whatever_voice(small: SmallWorld) -> None:
    claims = (AFFIRMS, f"{AFFIRMS}, claimant: tor-lind", f"{AFFIRMS}, certainty: possible")
    assert counts(standing(small, *claims)) == (3, 1, 1, 0)


def test_what_entails_it_supports_it_too(small: SmallWorld) -> None:
    finer = "affirms: {town: {finances: pilots-guild}}"
    assert counts(standing(small, AFFIRMS, finer)) == (2, 1, 1, 0)


def test_what_it_entails_does_not_support_it(small: SmallWorld) -> None:
    broader = "affirms: {town: {cooperatesWith: pilots-guild}}"
    assert counts(standing(small, AFFIRMS, broader)) == (1, 1, 1, 0)


def test_a_claim_that_affirms_it_twice_over_counts_once(small: SmallWorld) -> None:
    claim = "affirms: {town: {supports: pilots-guild, finances: pilots-guild}}"
    assert counts(standing(small, claim)) == (1, 1, 1, 0)


def test_considering_supports_nothing(small: SmallWorld) -> None:
    assert counts(standing(small, f"considers: {SUPPORT}")) == (0, 0, 0, 0)


def test_denials_are_counted_apart(small: SmallWorld) -> None:
    broader = "denies: {town: {cooperatesWith: pilots-guild}}"
    assert counts(standing(small, AFFIRMS, DENIES, broader)) == (1, 1, 1, 2)


def test_another_work_counts_as_a_document_and_a_work_more(small: SmallWorld) -> None:
    small.add_work("mill", TEXT, entries(AFFIRMS))
    assert counts(standing(small, AFFIRMS)) == (2, 2, 2, 0)


def test_two_copies_of_one_work_count_once_as_a_work(small: SmallWorld) -> None:
    small.add_copy("reprint", f"Reprinted. {TEXT}")
    small.write(TEXT, entries(AFFIRMS, f"considers: {SUPPORT}"), "also_in: [reprint]\n")
    assert counts(standing_of_last(small)) == (1, 2, 1, 0)


def test_a_quote_that_a_copy_lacks_does_not_count_that_copy(small: SmallWorld) -> None:
    small.add_copy("reprint", "Something else.\n")
    small.write(TEXT, entries(AFFIRMS, f"considers: {SUPPORT}"), "also_in: [reprint]\n")
    assert counts(standing_of_last(small)) == (1, 1, 1, 0)
