"""What is shown can neither drive a terminal nor hide what is written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.display import printable

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = "\u00ad\u034f\u115f\u1160\u180b\u180e\u200b\u200c\u200d\u2060\u2061\u3164\ufeff\uffa0\U000e0041"


@given(st.text())
def test_nothing_that_controls_a_terminal_survives(text: str) -> None:
    shown = printable(text)
    assert "\x1b" not in shown
    assert not set(shown) & set(BIDI + ZERO_WIDTH)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text())
def test_what_is_shown_is_one_line_that_can_be_encoded(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1


@given(st.text())
def test_showing_twice_changes_nothing(text: str) -> None:
    assert printable(printable(text)) == printable(text)


@pytest.mark.parametrize("char", BIDI + ZERO_WIDTH + "\x00\x07\x08\x1b\x7f\x9b\n\r\t\u2028\u2029\ud800")
def test_each_dangerous_character_is_written_as_an_escape(char: str) -> None:
    shown = printable(f"a{char}b")
    assert shown.isascii()
    assert shown.startswith("a\\")


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "Ḥaqqānī",
        "دولت اسلامی",
        "пример",
        "日本",
        "a\u00a0b",
        "e\u0301",
        "back\\slash",
        "“quoted” – 5 €",
        "",
    ],
)
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert printable(text) == text
