"""Every test here writes in a small workspace of its own; the ontology is read once for all of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import kg.assembly
import kg.seeds.reading
from smallworld import SmallWorld, core_vocabulary, small_world

PLACES = (
    "strand: {label: Strand, kind: District}",
    "north-quay: {label: North Quay, kind: Settlement, within: strand}",
    "south-quay: {label: South Quay, kind: Settlement, within: strand}",
    "mole: {label: the mole, kind: Site, within: strand}",
    "far-quay: {label: Far Quay, kind: Settlement}",
    "lone-quay: {label: Lone Quay, kind: Settlement}",
    "pier: {label: the pier, kind: Site, within: north-quay}",
)


@cache
def ontology() -> list[object]:
    """The shipped ontology as quads."""
    return list(kg.assembly.ontology_quads([Path(__file__).parents[2] / "ontology"]))


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallWorld:
    """A copy of the ferry corpus that the test may change."""
    monkeypatch.setattr(kg.seeds.reading, "load_vocabulary", lambda files: core_vocabulary())
    quads = ontology()
    monkeypatch.setattr(kg.assembly, "ontology_quads", lambda folders: quads)
    return small_world(tmp_path)


@pytest.fixture
def sound(small: SmallWorld) -> SmallWorld:
    """The ferry corpus with a district of two towns."""
    small.register("places", *PLACES)
    return small
