"""Workspaces that a test may add to."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from addedworld import World


@pytest.fixture
def world(scratch: Path, tmp_path: Path) -> World:
    outside = tmp_path / "outside"
    outside.mkdir()
    return World(scratch, outside)


@pytest.fixture
def worlds(corpus: Path, tmp_path: Path) -> Callable[[str], World]:
    """More workspaces like the first."""

    def make(name: str) -> World:
        folder = tmp_path / name
        (folder / "outside").mkdir(parents=True)
        return World(Path(shutil.copytree(corpus, folder / "workspace")), folder / "outside")

    return make
