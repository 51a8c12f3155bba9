"""Finding a thing by what people call it."""

from __future__ import annotations

import pytest

from kg.errors import UnknownNameError
from kg.names import NameIndex, fold, suggestion
from kg.terms import iri

ISLE, TOWN, QUAY = iri("place", "isle"), iri("actor", "isle"), iri("place", "quay")


@pytest.fixture
def index() -> NameIndex:
    index = NameIndex()
    index.add(ISLE, ("The Isle", "Hill’s Isle"))
    index.add(TOWN, ("Town of the Isle", "The Council"))
    index.add(QUAY, ("The Quay", "the long  quay", "The Council"))
    return index


@pytest.mark.parametrize(
    "name",
    [
        "isle",
        "place/isle",
        "place:isle",
        "The Isle",
        "THE ISLE",
        "the  isle ",
        "Hill's Isle",
        "Hill`s isle",
        "place/The Isle",
        ISLE,
    ],
)
def test_local_name_prefix_label_alias_and_iri_all_find_it(name: str, index: NameIndex) -> None:
    assert index.find(name, ["place"]) == ISLE


def test_an_earlier_kind_wins(index: NameIndex) -> None:
    assert index.find("isle", ["actor", "place"]) == TOWN
    assert index.find("isle", ["place", "actor"]) == ISLE


def test_a_local_name_wins_over_the_label_of_another(index: NameIndex) -> None:
    other = iri("place", "other")
    index.add(other, ("quay",))
    assert index.find("quay", ["place"]) == QUAY


def test_a_name_of_another_kind_is_not_found_unless_its_kind_is_written(index: NameIndex) -> None:
    with pytest.raises(UnknownNameError):
        index.find("quay", ["actor"])
    assert index.find("place/quay", ["actor"]) == QUAY


def test_a_name_that_several_of_a_kind_carry_is_refused_with_all_of_them(index: NameIndex) -> None:
    index.add(iri("place", "hall"), ("The Council",))
    with pytest.raises(UnknownNameError) as fault:
        index.find("the council", ["place"])
    assert (fault.value.what, fault.value.fix) == (
        "'the council' is ambiguous",
        "write one of: place/hall, place/quay",
    )


def test_an_unknown_name_is_refused_with_the_nearest(index: NameIndex) -> None:
    with pytest.raises(UnknownNameError) as fault:
        index.find("The Quai", ["place"])
    assert (fault.value.what, fault.value.fix) == (
        "there is no place called 'The Quai'",
        "did you mean 'The Quay'?",
    )


def test_nothing_is_suggested_where_nothing_is_like_it(index: NameIndex) -> None:
    with pytest.raises(UnknownNameError) as fault:
        index.find("zzz", ["place"])
    assert fault.value.fix == ""


def test_case_white_space_and_apostrophes_do_not_count_in_names() -> None:
    assert fold(" The  Pilots’\nGuild ") == fold("the pilots' guild")


def test_the_nearest_word_is_suggested() -> None:
    assert suggestion("linkdTo", ["leaderOf", "linkedTo"]) == "did you mean 'linkedTo'?"
    assert suggestion("xyz", ["leaderOf", "linkedTo"]) == ""
