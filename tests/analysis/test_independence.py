"""On how many independent works something rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kg.analysis.independence import Origin, independent, support
from kg.model import Citation
from loops import LENGTHS, claim, is_found, loop

ALONE: dict[str, Origin] = {}


def test_a_claim_that_cites_nothing_rests_on_its_own_work_and_is_unsourced() -> None:
    found = support([claim("a")], ALONE)
    assert (found.roots, found.unsourced) == (("a",), ("a",))


def test_a_claim_rests_on_the_work_that_it_cites() -> None:
    found = support([claim("a", "b")], ALONE)
    assert (found.roots, found.unsourced) == (("b",), ())


def test_a_work_whose_note_is_not_held_is_the_root_and_is_not_unsourced() -> None:
    noted = replace(claim("a"), cites=(Citation("citation:a", "a", "34"),))
    found = support([noted], ALONE)
    assert (found.roots, found.unsourced) == (("a",), ())


def test_three_claims_that_cite_one_work_rest_on_one_root() -> None:
    assert support([claim("a", "z"), claim("b", "z"), claim("c", "z")], ALONE).roots == ("z",)


def test_a_cited_work_that_is_read_too_is_followed_to_what_it_cites() -> None:
    assert support([claim("a", "b"), claim("b", "c")], ALONE).roots == ("c",)


def test_a_cited_work_that_is_read_too_and_cites_nothing_is_the_root() -> None:
    found = support([claim("a", "b"), claim("b")], ALONE)
    assert (found.roots, found.unsourced) == (("b",), ("b",))


def test_what_was_said_in_a_letter_rests_on_the_letter() -> None:
    assert support([claim("a", said_in="letter")], ALONE).roots == ("letter",)


def test_a_work_that_says_a_thing_twice_and_cites_once_has_one_root() -> None:
    assert support([claim("a"), claim("a", "b")], ALONE).roots == ("b",)


def test_a_work_that_presents_another_rests_on_that() -> None:
    origin = {"news": Origin(frozenset({"editor"}), "report")}
    assert support([claim("news"), claim("report")], origin).roots == ("report",)


@pytest.mark.parametrize("length", LENGTHS)
def test_a_circle_of_citations_is_found_and_counts_as_one_root(length: int) -> None:
    found = support(loop(length), ALONE)
    assert found.circular == tuple(f"w{number}" for number in range(length))
    assert found.roots == ("w0",)
    assert is_found(loop(length))


@pytest.mark.parametrize("length", LENGTHS)
def test_a_chain_that_does_not_close_is_no_circle(length: int) -> None:
    chain = [*loop(length)[:-1], claim(f"w{length - 1}", "outside")]
    assert support(chain, ALONE).circular == ()
    assert not is_found(chain)


def test_a_circle_that_also_cites_a_work_outside_rests_on_that_work() -> None:
    found = support([claim("a", "b"), claim("b", "a", "z")], ALONE)
    assert found.circular == ("a", "b")
    assert found.roots == ("z",)


@pytest.mark.parametrize(
    ("origin", "chosen"),
    [
        ({"a": Origin(frozenset({"x"})), "b": Origin(frozenset({"y"}))}, ("a", "b")),
        ({"a": Origin(frozenset({"x", "y"})), "b": Origin(frozenset({"y"}))}, ("a",)),
        ({"a": Origin(frozenset({"x"})), "b": Origin(frozenset({"y"}), "a")}, ("a",)),
    ],
)
def test_works_of_one_author_or_publisher_or_that_present_each_other_count_once(
    origin: dict[str, Origin], chosen: Sequence[str]
) -> None:
    assert independent(["b", "a"], origin) == tuple(chosen)
