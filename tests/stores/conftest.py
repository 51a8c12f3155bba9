"""A live store for the tests of stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from live import oxigraph


@pytest.fixture(params=[(), ("--union-default-graph",)], ids=["no union", "union"])
def live(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A live store, once without and once with a union default graph."""
    with oxigraph(tmp_path / "store", *request.param) as address:
        yield address
