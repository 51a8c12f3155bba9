"""Names that are near a name are found by their pieces: the same as when every name is compared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from kg.names import fold
from kg.stores.known import NEAR, Names

WORDS = st.text("abcde -", min_size=1, max_size=40)


def slipped(name: str, slips: list[tuple[int, str]]) -> str:
    for at, letter in slips:
        place = at % (len(name) + 1)
        name = name[:place] + letter + name[place + (letter == "") :]
    return name


NAMES = st.lists(WORDS, min_size=1, max_size=8)
SLIPS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["", "a", "z"])), max_size=4)


@given(NAMES, SLIPS)
def test_every_name_that_is_near_is_found_and_no_other(
    names: list[str], slips: list[tuple[int, str]]
) -> None:
    known = Names()
    for number, name in enumerate(names):
        known.add(f"urn:{number}", name)
    asked = slipped(names[0], slips)
    near = {
        f"urn:{number}" for number, name in enumerate(names) if fuzz.ratio(fold(asked), fold(name)) >= NEAR
    }
    assert {node for node, _ in known.near(asked)} == near


def test_all_that_are_called_by_one_name_are_found() -> None:
    known = Names()
    for node in ("urn:a", "urn:b"):
        known.add(node, "Ministry of Works")
    assert {node for node, _ in known.near("ministry of  works")} == {"urn:a", "urn:b"}
