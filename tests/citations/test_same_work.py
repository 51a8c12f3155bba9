"""Which printed references are one Work and which only look alike: read by hand first, then resolved."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.analysis.references import WorkFinder
from kg.claims import ClaimsFile
from kg.model import Iri
from kg.seeds import Seeds, read_seeds
from kg.workspace import find_workspace

ROOT = Path(__file__).parents[2]
DOCUMENT = "cass-resurgence-2024"
PAIRS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("pairs.yaml").read_text(encoding="utf-8")
)


@cache
def seeds() -> Seeds:
    return read_seeds(find_workspace(ROOT))


@cache
def claims_file() -> ClaimsFile:
    return next(file for file in seeds().files if DOCUMENT in file.texts)


@cache
def finder() -> WorkFinder:
    return WorkFinder(seeds().registry)


def works(place: dict[str, str]) -> set[Iri]:
    """The Works at a place: those of a note's Citation, or those that an entry's own words name."""
    if "note" in place:
        return {w for c in claims_file().citations if c.number == str(place["note"]) for w in c.cited_works}
    entries = claims_file().texts[DOCUMENT].bibliography
    begin = " ".join(place["bibliography"].split())
    found = [entry.text for entry in entries if entry.text.startswith(begin)]
    assert len(found) == 1, f"{len(found)} entries begin with {begin!r}"
    return set(finder().find(found[0]))


def shown(pair: dict[str, Any]) -> str:
    return " and ".join(" ".join(map(str, pair[side].values()))[:30] for side in ("a", "b"))


def test_there_are_at_least_twenty_pairs_and_five_look_alikes() -> None:
    assert len(PAIRS["same"]) >= 20
    assert len(PAIRS["different"]) >= 5


@pytest.mark.parametrize("pair", PAIRS["same"], ids=shown)
def test_two_references_to_one_work_lead_to_the_same_node(pair: dict[str, Any]) -> None:
    assert works(pair["a"]) & works(pair["b"])


@pytest.mark.parametrize("pair", PAIRS["different"], ids=shown)
def test_two_references_that_only_look_alike_lead_to_different_nodes(pair: dict[str, Any]) -> None:
    assert works(pair["a"])
    assert works(pair["b"])
    assert not works(pair["a"]) & works(pair["b"])
