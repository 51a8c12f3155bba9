"""The small workspace of this folder; the ontology is read once for all its tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import kg.assembly
import kg.seeds.reading
from kg.workspace import core_folder
from smallworld import SmallWorld, core_vocabulary, small_world


@cache
def ontology() -> list[object]:
    """The shipped ontology as quads."""
    return list(kg.assembly.ontology_quads([core_folder() / "ontology"]))


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallWorld:
    """A copy of the ferry corpus that the test may change; its one Work is of 3 March 2019."""
    quads = ontology()
    monkeypatch.setattr(kg.seeds.reading, "load_vocabulary", lambda files: core_vocabulary())
    monkeypatch.setattr(kg.assembly, "ontology_quads", lambda folders: quads)
    return small_world(tmp_path)
