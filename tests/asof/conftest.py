"""The small workspace of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallworld import SmallWorld, small_world


@pytest.fixture
def small(tmp_path: Path) -> SmallWorld:
    """A copy of the ferry corpus that the test may change; its one Work is of 3 March 2019."""
    return small_world(tmp_path)
