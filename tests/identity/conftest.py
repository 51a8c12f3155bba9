"""Every test here writes in a small workspace of its own, with an accident that is told under two names."""

from __future__ import annotations

from pathlib import Path

import pytest

from doubles import add_doubles
from smallworld import SmallWorld, small_world


@pytest.fixture
def small(tmp_path: Path) -> SmallWorld:
    """The ferry corpus with the doubles in it, which the test may change."""
    world = small_world(tmp_path)
    add_doubles(world)
    return world
