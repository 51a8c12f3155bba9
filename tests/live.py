"""A live Oxigraph server on loopback, by its address alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import servers


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """The address of an Oxigraph server on loopback, while the block runs."""
    with servers.oxigraph(folder, *options) as server:
        yield server.dataset
