"""Numbers, dates and names as they stand in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.expressions import NameFinder, dates, numbers
from kg.terms import kind_and_name
from smallworld import SmallWorld
from strategies import share

DATES = [
    ("on 14 February 2019 it sank", "14 February 2019", "2019-02-14"),
    ("on February 14, 2019 it sank", "February 14, 2019", "2019-02-14"),
    ("on Feb. 14 2019 it sank", "Feb. 14 2019", "2019-02-14"),
    ("in February 2019", "February 2019", "2019-02"),
    ("in May of 2019", "May of 2019", "2019-05"),
    ("in Sept. 2019", "Sept. 2019", "2019-09"),
    ("in the first quarter of 2021", "first quarter of 2021", "2021-33"),
    ("in the last quarter of 2020", "last quarter of 2020", "2020-36"),
    ("in early 2016", "early 2016", "2016-37"),
    ("Mid-2016 was calm", "Mid-2016", "2016-38"),
    ("in late 2016", "late 2016", "2016-39"),
    ("from 2014-2017", "2014-2017", "2014/2017"),
    ("in 2014/15", "2014/15", "2014/2015"),
    ("in 2014-12", "2014-12", "2014-12"),
    ("on 2015-08-06", "2015-08-06", "2015-08-06"),
    ("in 2019.", "2019", "2019"),
]
NOT_IN_A_CALENDAR = [
    ("on 31 November 2019", "31 November 2019", "2019-11"),
    ("on February 30, 2019", "February 30, 2019", "2019-02"),
    ("on 2015-13-45", "2015-13-45", "2015"),
    ("from 2017-2014", "2017-2014", "2017"),
]


@pytest.mark.parametrize(("sentence", "words", "edtf"), DATES + NOT_IN_A_CALENDAR)
def test_a_date_expression_is_found_whole_with_what_it_means(sentence: str, words: str, edtf: str) -> None:
    (found,) = dates(sentence)
    assert sentence[found.start :].startswith(words)
    assert found.time is not None
    assert (found.text, found.time.edtf) == (words, edtf)


def test_a_month_without_a_year_is_known_by_its_month() -> None:
    (found,) = dates("in August they left")
    assert (found.text, found.time, found.month) == ("August", None, 8)


@pytest.mark.parametrize(
    "sentence", ["They may leave.", "May they leave?", "They march.", "No. 3019 and 1700."]
)
def test_what_is_no_date_is_not_found(sentence: str) -> None:
    assert dates(sentence) == []


def test_several_dates_are_found_in_order() -> None:
    assert [d.text for d in dates("in 2014, May 2015 and on 3 June 2016")] == [
        "2014",
        "May 2015",
        "3 June 2016",
    ]


NUMBERS = [
    ("12 passengers", "12", 12),
    ("some 1,490 people", "1,490", 1490),
    ("about 70.2% of it", "70.2%", None),
    ("$2.3 trillion", "$2.3 trillion", 2300000000000),
    ("three ships", "three", 3),
    ("ninety ships", "ninety", 90),
    ("a hundred ships", "a hundred", 100),
    ("two hundred ships", "two hundred", 200),
    ("twenty-five ships", "twenty-five", 25),
    ("ninety-one ships", "ninety-one", 91),
    ("dozens of ships", "dozens", None),
    ("2,122.5 tons", "2,122.5", None),
]


@pytest.mark.parametrize(("sentence", "words", "value"), NUMBERS)
def test_a_number_is_found_with_its_value(sentence: str, words: str, value: int | None) -> None:
    (found,) = numbers(sentence)
    assert found.text == words
    assert value is None or found.value == value


@pytest.mark.parametrize(
    "sentence", ["one ship", "the 3rd ship", "ISO9001", "see figure 3", "see table 2", "no amount at all"]
)
def test_what_is_no_amount_is_not_found(sentence: str) -> None:
    assert list(numbers(sentence)) == []


def test_a_number_inside_a_date_or_name_is_none() -> None:
    sentence = "12 ships on 14 February 2019"
    taken = [(d.start, d.start + len(d.text)) for d in dates(sentence)]
    assert [n.text for n in numbers(sentence, taken)] == ["12"]


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    taken = [(d.start, d.start + len(d.text)) for d in dates(text)]
    for number in numbers(text, taken):
        assert text[number.start :].startswith(number.text)


@share(0.25)
@given(st.integers(1, 99), st.integers(1, 99), st.integers(0, 99))
def test_figures_that_look_like_dates_can_be_searched(day: int, month: int, more: int) -> None:
    for text in (
        f"2015-{month}-{day}",
        f"2015-{more}",
        f"{day} February 2015",
        f"1999/{more:02d}",
        f"20{more}-{day}",
    ):
        dates(text)


def test_digits_behind_a_letter_and_a_hyphen_are_a_label_and_those_of_a_range_are_numbers() -> None:
    assert list(numbers("the T-20 World Cup")) == []
    assert [n.text for n in numbers("from 12-18 months")] == ["12", "18"]


# --- names ---------------------------------------------------------------------------------------


def names(small: SmallWorld, sentence: str) -> list[tuple[str, list[str]]]:
    found = NameFinder(small.registry()).find(sentence)
    return [(n.text, ["/".join(kind_and_name(node)) for node in n.nodes]) for n in found]


def test_labels_and_aliases_are_found_in_order(small: SmallWorld) -> None:
    assert names(small, "Lind met Ada Holm at Kelp Point.") == [
        ("Lind", ["actor/tor-lind"]),
        ("Ada Holm", ["actor/ada-holm"]),
        ("Kelp Point", ["place/kelp-point"]),
    ]


def test_of_two_names_at_one_place_the_longer_is_found(small: SmallWorld) -> None:
    assert names(small, "Tor Lind came.") == [("Tor Lind", ["actor/tor-lind"])]


def test_a_name_inside_a_word_is_none(small: SmallWorld) -> None:
    assert names(small, "Linda and Lindley came.") == []


def test_a_name_is_found_with_any_apostrophe(small: SmallWorld) -> None:
    assert names(small, "The Pilots’ Guild came.") == [("Pilots' Guild", ["actor/pilots-guild"])]


def test_a_name_that_several_carry_is_found_with_all_of_them(small: SmallWorld) -> None:
    small.register("actors", "lind-ferries: {label: Lind Ferries, kind: Organisation, aliases: [Lind]}")
    assert names(small, "Lind paid.") == [("Lind", ["actor/lind-ferries", "actor/tor-lind"])]


def test_aliases_that_are_no_names_are_not_looked_for(small: SmallWorld) -> None:
    assert names(small, "They say that the guild paid.") == []


def test_a_registry_without_names_finds_none(small: SmallWorld) -> None:
    for name in ("actors", "places", "works"):
        (small.root / "seeds" / "registry" / f"{name}.yaml").write_text("", encoding="utf-8")
    assert names(small, "Lind paid someone somewhere.") == []
