"""Every hop of a citation chain with its words, also where the chain runs in a circle."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib.term import URIRef

import kg
from engines import Engines
from kg.build import build
from kg.queries import load_query
from kg.results import Result
from kg.sparql import bind
from kg.terms import iri
from smallworld import SmallWorld, small_world

SUPPORT = "affirms: {town: {supports: pilots-guild}}"
TEXTS = {
    "ferry": "The mill says that the town pays the guild.",
    "mill": "The town pays the guild, the dyke tells.",
    "dyke": "Money goes from the town to the guild.",
}
WORKS = {"ferry": "ferry-2019", "mill": "work-mill", "dyke": "work-dyke"}
Hop = tuple[str, ...]


def entry(name: str, behind: str | None, how: str = SUPPORT) -> str:
    """One claim on all the words of a text, which it has from another Work."""
    source = f", claimant: coastguard, saidIn: work/{WORKS[behind]}" if behind else ""
    return f"- {{id: {name}, quote: '{TEXTS[name]}', {how}{source}}}\n"


def chained(small: SmallWorld, **behind: str | None) -> list[Hop]:
    """The hops that the query tells when each of the three works has it from the one that is named."""
    for name in ("mill", "dyke"):
        small.add_work(name, TEXTS[name], entry(name, behind[name]))
    small.write(TEXTS["ferry"], entry("ferry", behind["ferry"]))
    return asked(small)


def asked(small: SmallWorld) -> list[Hop]:
    """Of each hop the quote, the work behind it, that work's quote, and whether it is circular."""
    build(small.workspace)
    answer = kg.open(small.root).query("proposition-chains", actor="town")
    assert isinstance(answer, Result)
    rows = answer.dicts()
    shown = ("quote", "rests", "restsQuote", "circular")
    return sorted(tuple("" if row[key] is None else str(row[key]) for key in shown) for row in rows)


@pytest.fixture
def small(tmp_path: Path) -> SmallWorld:
    return small_world(tmp_path)


def test_each_hop_is_told_with_the_words_on_both_ends(small: SmallWorld) -> None:
    hops = chained(small, ferry="mill", mill="dyke", dyke=None)
    assert hops == [
        (TEXTS["ferry"], "The mill", TEXTS["mill"], "False"),
        (TEXTS["mill"], "The dyke", TEXTS["dyke"], "False"),
    ]


def test_a_circle_is_told_hop_by_hop_and_called_one(small: SmallWorld) -> None:
    hops = chained(small, ferry="mill", mill="dyke", dyke="ferry")
    assert [hop[0] for hop in hops] == sorted(TEXTS.values())
    assert [hop[3] for hop in hops] == ["True"] * 3
    assert {hop[2] for hop in hops} == set(TEXTS.values())


def test_a_work_that_says_something_else_is_shown_without_words(small: SmallWorld) -> None:
    other = "affirms: {town: {hostileTo: pilots-guild}}"
    small.add_work("mill", TEXTS["mill"], entry("mill", None, other))
    small.write(TEXTS["ferry"], entry("ferry", "mill"))
    assert asked(small) == [(TEXTS["ferry"], "The mill", "", "False")]


def test_a_claim_that_cites_nothing_has_no_hop(small: SmallWorld) -> None:
    assert chained(small, ferry=None, mill=None, dyke=None) == []


def test_both_engines_tell_the_same_hops(small: SmallWorld) -> None:
    assert len(chained(small, ferry="mill", mill="dyke", dyke="mill")) == 3
    text = bind(load_query("proposition-chains").text, {"actor": URIRef(iri("actor", "town"))})
    assert len(Engines.rdflib(small.root).query(text)) == 3
