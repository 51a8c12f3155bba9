"""How much of a document its claims hold, and what is loose in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kg.analysis.coverage import Coverage, audit
from running import Run
from smallworld import SmallWorld

Kg = Callable[..., Run]
TEXT = """\
# The Mill

On 14 February 2019 about 300 people met Tor Lind at Kelp Point.

The town paid. Nobody knows why.
"""
SENTENCE = "quote: On 14 February 2019 about 300 people met Tor Lind at Kelp Point"
REST = """\
- {quote: The town paid, topic: financing, gist: It paid.}
- {quote: Nobody knows why., cover: repeats}
"""
SOMETHING = "topic: origins, gist: They met."


def coverage(small: SmallWorld, keys: str, head: str = "", rest: str = REST) -> Coverage:
    """The audit when one claim of these keys stands over the first sentence."""
    small.write(TEXT, f"- {{{SENTENCE}, {keys}}}\n{rest}", head)
    (found,) = audit(small.loads(), small.registry(), {"ferry": "ferry.txt"})
    return found


def loose(small: SmallWorld, keys: str) -> list[tuple[str, str]]:
    return [(x.kind, x.text) for x in coverage(small, keys).loose]


# --- sentences -----------------------------------------------------------------------------------


def test_every_body_sentence_is_under_a_claim_excused_or_bare(small: SmallWorld) -> None:
    found = coverage(small, SOMETHING, rest="- {quote: Nobody knows why., cover: repeats}\n")
    assert (found.sentences, found.under_claims, found.excused) == (3, 1, 1)
    assert [(str(where), text) for where, text in found.bare] == [("ferry.txt:5:1", "The town paid.")]


def test_headings_are_no_sentences_to_account_for(small: SmallWorld) -> None:
    assert "The Mill" not in str(coverage(small, SOMETHING, rest="").bare)


def test_a_sentence_under_a_claim_and_a_cover_counts_as_under_the_claim(small: SmallWorld) -> None:
    rest = REST + "- {quote: The town paid., cover: repeats}\n"
    found = coverage(small, SOMETHING, rest=rest)
    assert (found.under_claims, found.excused) == (2, 1)


def test_a_quote_over_two_sentences_holds_both(small: SmallWorld) -> None:
    found = coverage(small, SOMETHING, rest="- {quote: The town ... why, topic: origins, gist: It paid.}\n")
    assert (found.under_claims, found.bare) == (3, [])


def test_claims_that_affirm_or_deny_are_structured(small: SmallWorld) -> None:
    rest = (
        "- {id: a, quote: The town paid, denies: {town: {supports: tor-lind}}}\n"
        "- {id: b, quote: The town paid, considers: {town: {supports: tor-lind}}}\n"
        "- {id: c, quote: Nobody knows why, topic: origins, gist: So.}\n"
    )
    found = coverage(small, "affirms: {town: {supports: pilots-guild}}", rest=rest)
    assert (found.claims, found.structured, found.stated) == (4, 2, 3)


# --- what counts as held -------------------------------------------------------------------------


def test_a_gist_and_a_quote_hold_nothing_in_structure(small: SmallWorld) -> None:
    assert loose(small, "topic: origins, gist: About 300 people met Tor Lind on 14 February 2019.") == [
        ("dates", "14 February 2019"),
        ("numbers", "300"),
        ("names", "Tor Lind"),
        ("names", "Kelp Point"),
    ]


def test_a_statement_holds_the_date_the_number_and_the_names_in_it(small: SmallWorld) -> None:
    keys = (
        "affirms: {event/marten-grounding:"
        " {place: kelp-point, date: 2019-02-14, members: about 300, participant: tor-lind}}"
    )
    assert loose(small, keys) == []


def test_what_is_considered_or_denied_is_held_too(small: SmallWorld) -> None:
    keys = (
        "considers: {event/marten-grounding: {place: kelp-point, date: 2019-02-14}},"
        " denies: {event/marten-grounding: {members: 300}}"
    )
    assert loose(small, keys) == [("names", "Tor Lind")]


@pytest.mark.parametrize(
    ("key", "left"),
    [
        ("claimant: tor-lind", {"Kelp Point"}),
        ("reportedBy: tor-lind", {"Kelp Point"}),
        ("addressee: tor-lind", {"Kelp Point"}),
        ("about: [tor-lind, kelp-point]", set()),
        ("validIn: kelp-point", {"Tor Lind"}),
    ],
)
def test_a_name_is_held_by_who_says_it_to_whom_and_about_what(
    key: str, left: set[str], small: SmallWorld
) -> None:
    found = loose(small, f"{SOMETHING[:-1]}, {key}")
    assert {text for kind, text in found if kind == "names"} == left


@pytest.mark.parametrize(
    ("key", "held"),
    [
        ("validDuring: 2019-02-14", True),
        ("saidOn: 2019-02-14", True),
        ("validDuring: 2019-02-14/..", True),
        ("validDuring: ../2019-02-14", True),
        ("validDuring: 2019-02", False),
        ("validDuring: 2018/2020", False),
    ],
)
def test_a_date_is_held_by_a_time_within_it_or_one_that_begins_or_ends_with_it(
    key: str, held: bool, small: SmallWorld
) -> None:
    dates = [text for kind, text in loose(small, f"{SOMETHING}, {key}") if kind == "dates"]
    assert dates == ([] if held else ["14 February 2019"])


@pytest.mark.parametrize(
    ("quantity", "held"),
    [
        ("300", True),
        ("about 300", True),
        ("at least 300", True),
        ("more than 300", True),
        ("200-300", True),
        ("from 300 to 69", True),
        ("3000", False),
        ("301", False),
        ("hundreds", False),
    ],
)
def test_a_number_is_held_by_a_quantity_of_this_value_or_bound(
    quantity: str, held: bool, small: SmallWorld
) -> None:
    keys = f"observes: [{{attacks: {quantity}, by: town, place: unstated, period: 2018}}]"
    numbers = [text for kind, text in loose(small, keys) if kind == "numbers"]
    assert numbers == ([] if held else ["300"])


def test_a_vague_number_is_held_by_a_quantity_written_with_its_word(small: SmallWorld) -> None:
    small.write(
        "Hundreds met.\n", "- {quote: Hundreds met, affirms: {event/guild-charge: {members: hundreds}}}\n"
    )
    (found,) = audit(small.loads(), small.registry(), {"ferry": "ferry.txt"})
    assert (found.found["numbers"], found.loose) == (1, [])


def test_the_dimensions_of_an_observation_hold_what_stands_in_them(small: SmallWorld) -> None:
    keys = "observes: [{attacks: 300, by: tor-lind, place: kelp-point, period: 2019-02-14}]"
    assert loose(small, keys) == []


def test_so_do_those_of_the_whole_that_a_share_is_of(small: SmallWorld) -> None:
    whole = "{attacks: 300, by: tor-lind, place: kelp-point, period: 2019-02-14}"
    assert ("names", "Kelp Point") not in loose(
        small, f"observes: [{{attacks: 300, by: tor-lind, place: unstated, period: 2019-02-14, of: {whole}}}]"
    )


def test_a_claim_over_another_sentence_holds_nothing_here(small: SmallWorld) -> None:
    rest = "- {quote: The town paid. ... why, topic: origins, gist: So., about: [tor-lind, kelp-point]}\n"
    names = [x.text for x in coverage(small, SOMETHING, rest=rest).loose if x.kind == "names"]
    assert names == ["Tor Lind", "Kelp Point"]


# --- reasons -------------------------------------------------------------------------------------


def test_what_is_loose_is_listed_with_its_place_and_the_reason_that_is_written(small: SmallWorld) -> None:
    found = coverage(small, f"{SOMETHING}, leaves: {{Tor Lind: he only passed by}}")
    told = {x.text: (str(x.where), x.reason) for x in found.loose}
    assert told["Tor Lind"] == ("ferry.txt:3:1", "he only passed by")
    assert told["Kelp Point"] == ("ferry.txt:3:1", "")


def test_in_an_excused_sentence_nothing_is_looked_for(small: SmallWorld) -> None:
    small.write(TEXT, f"- {{{SENTENCE}, cover: repeats}}\n{REST}")
    (found,) = audit(small.loads(), small.registry(), {"ferry": "ferry.txt"})
    assert (found.excused, found.loose) == (2, [])


# --- shares and floors ---------------------------------------------------------------------------


def test_a_share_is_what_is_held_of_what_is_found(small: SmallWorld) -> None:
    found = coverage(small, f"{SOMETHING}, about: [tor-lind]")
    assert found.found == {"numbers": 1, "dates": 1, "names": 2}
    assert (found.share("names"), found.share("numbers")) == (50.0, 0.0)


def test_of_nothing_everything_is_held(small: SmallWorld) -> None:
    small.write("It is so.\n", "- {quote: It is so, topic: origins, gist: It is.}\n")
    (found,) = audit(small.loads(), small.registry(), {"ferry": "ferry.txt"})
    assert [found.share(what) for what in ("numbers", "dates", "names")] == [100.0] * 3


def test_a_floor_that_is_not_reached_is_a_shortfall(small: SmallWorld) -> None:
    found = coverage(small, SOMETHING, "floor: {sentences: 60, structured: 10, names: 95}\n")
    assert found.shortfalls() == [
        "structured: 0.0 % is below the floor of 10 %",
        "names: 0.0 % is below the floor of 95 %",
    ]


def test_a_floor_that_is_reached_exactly_is_none(small: SmallWorld) -> None:
    assert coverage(small, f"{SOMETHING}, about: [tor-lind]", "floor: {names: 50}\n").shortfalls() == []


def test_a_bare_sentence_is_a_shortfall_without_any_floor(small: SmallWorld) -> None:
    assert coverage(small, SOMETHING, rest="").shortfalls() == [
        "2 sentences have neither a claim nor a reason"
    ]


def test_a_copy_of_the_document_is_audited_by_itself(small: SmallWorld) -> None:
    small.add_copy("reprint", "The town paid. It was late.\n")
    small.write(TEXT, f"- {{{SENTENCE}, {SOMETHING}}}\n{REST}", "also_in: [reprint]\n")
    shown = {"ferry": "ferry.txt", "reprint": "reprint.txt"}
    main, copy = audit(small.loads(), small.registry(), shown)
    assert (main.document, main.bare) == ("ferry", [])
    assert (copy.document, copy.claims, [text for _, text in copy.bare]) == ("reprint", 1, ["It was late."])


# --- the command ---------------------------------------------------------------------------------


def test_the_command_ends_well_when_every_floor_is_reached(small: SmallWorld, kg: Kg) -> None:
    run = kg("audit", workspace=small.root)
    assert (run.code, run.err) == (0, "")
    assert "ferry: 7 sentences, 6 under claims" in run.out


def test_the_command_lists_what_is_loose_with_file_and_line(small: SmallWorld, kg: Kg) -> None:
    small.replace("injured: 12", "injured: 13")
    run = kg("audit", workspace=small.root)
    assert "seeds/documents/ferry.txt:5:1: '12' NO REASON GIVEN" in run.out


def test_the_command_ends_with_1_below_a_floor_and_says_which(small: SmallWorld, kg: Kg) -> None:
    small.replace("structured: 60", "structured: 90")
    run = kg("audit", workspace=small.root)
    assert run.code == 1
    assert run.err == "kg: ferry: structured: 66.7 % is below the floor of 90 %\n"
    assert "ferry: 7 sentences" in run.out


def test_a_document_without_a_claims_file_is_not_annotated_and_no_failure(small: SmallWorld, kg: Kg) -> None:
    small.claims.unlink()
    run = kg("audit", workspace=small.root)
    assert (run.code, run.out) == (0, "ferry: not annotated\n")


def test_the_same_is_given_as_json(small: SmallWorld, kg: Kg) -> None:
    small.replace("injured: 12", "injured: 13")
    run = kg("audit", "--format", "json", workspace=small.root)
    (document,) = json.loads(run.out)["documents"]
    assert (document["document"], document["sentences"], document["underClaims"]) == ("ferry", 7, 6)
    assert document["loose"] == [
        {
            "kind": "numbers",
            "text": "12",
            "file": "seeds/documents/ferry.txt",
            "line": 5,
            "reason": "",
        }
    ]
    assert (run.code, len(document["shortfalls"])) == (1, 1)


def test_faulty_seeds_are_told_and_not_audited(small: SmallWorld, kg: Kg) -> None:
    small.replace("claimant: pilots-guild", "claimant: pilot-guild")
    run = kg("audit", workspace=small.root)
    assert (run.code, run.out) == (1, "")
    assert small.place("pilot-guild") in run.err
