"""Every test here writes in a small workspace of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallworld import SmallWorld, small_world


@pytest.fixture
def small(tmp_path: Path) -> SmallWorld:
    """A copy of the ferry corpus that the test may change."""
    return small_world(tmp_path)
