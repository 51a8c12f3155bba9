"""The five texts that ship with the seeds, read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from kg.documents import Document, load_text, read_document

TEXTS = Path(__file__).parents[2] / "seeds" / "documents"


@cache
def _read(number: str) -> Document:
    (path,) = TEXTS.glob(f"{number}_*.txt")
    return read_document(number, load_text(path))


@pytest.fixture(scope="session")
def seed() -> Callable[[str], Document]:
    """The document whose file name begins with a number."""
    if not TEXTS.is_dir():
        pytest.skip("the texts are not in this copy")
    return _read
