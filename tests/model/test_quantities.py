from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import WrongError
from kg.quantities import describe, parse_quantity
from kg.terms import quantity_iri

CASES = [
    ("77", "77", "77", "one", "exactly"),
    ("at least 14", "14", None, "one", "at-least"),
    ("more than 150", "151", None, "one", "more-than"),
    ("less than 5", "0", "4", "one", "less-than"),
    ("up to 5", "0", "5", "one", "up-to"),
    ("about 2000", "1800", "2200", "one", "about"),
    ("about 2000 or more", "1800", None, "one", "about"),
    ("about 75000-100000", "67500", "110000", "one", "about"),
    ("nearly 1600", "1440", "1600", "one", "about"),
    ("10-20", "10", "20", "one", "between"),
    ("70.2%", "70.2", "70.2", "percent", "exactly"),
    ("more than 3.5 times", "3.5", None, "times", "more-than"),
    ("hundreds", "200", None, "one", "at-least"),
    ("$2.3 trillion", "2300000000000", "2300000000000", "usd", "exactly"),
]


@pytest.mark.parametrize(("text", "lower", "upper", "unit", "comparator"), CASES)
def test_the_words_of_a_number_become_closed_bounds(
    text: str, lower: str, upper: str | None, unit: str, comparator: str
) -> None:
    quantity = parse_quantity(text)
    assert quantity.lower == Decimal(lower)
    assert quantity.upper == (Decimal(upper) if upper else None)
    assert (quantity.unit, quantity.comparator) == (unit, comparator)


def test_a_change_keeps_both_ends() -> None:
    quantity = parse_quantity("from 400 to 69")
    assert (quantity.initial, quantity.final, quantity.comparator) == (400, 69, "change")


@pytest.mark.parametrize("text", ["1,490", "lots", "20-10", "", "10 apples", "--3", "9" * 40])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(WrongError):
        parse_quantity(text)


@given(st.integers(0, 10**12))
def test_an_exact_number_and_its_two_bounds_are_one_node(number: int) -> None:
    assert quantity_iri(parse_quantity(str(number))) == quantity_iri(parse_quantity(f"{number}-{number}"))


def test_a_quantity_is_described_in_the_words_that_were_written() -> None:
    assert describe([parse_quantity("dozens")]) == "dozens"
