"""Every test here writes in a small workspace of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallworld import SmallWorld, small_world

PLACES = (
    "strand: {label: Strand, kind: District}",
    "north-quay: {label: North Quay, kind: Settlement, within: strand}",
    "south-quay: {label: South Quay, kind: Settlement, within: strand}",
    "mole: {label: the mole, kind: Site, within: strand}",
    "far-quay: {label: Far Quay, kind: Settlement}",
    "lone-quay: {label: Lone Quay, kind: Settlement}",
    "pier: {label: the pier, kind: Site, within: north-quay}",
)


@pytest.fixture
def small(tmp_path: Path) -> SmallWorld:
    """A copy of the ferry corpus that the test may change."""
    return small_world(tmp_path)


@pytest.fixture
def sound(small: SmallWorld) -> SmallWorld:
    """The ferry corpus with a district of two towns."""
    small.register("places", *PLACES)
    return small
