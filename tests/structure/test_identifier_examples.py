"""The worked examples of docs/identifiers.md are what SHA-256 gives, without a line of our code."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "identifiers.md"
BLOCK = re.compile(r"```lines\n(\w+)/([0-9a-f]{32})\n(.*?)\n```", re.DOTALL)
EXAMPLES = BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def test_the_page_has_four_examples() -> None:
    assert [kind for kind, _, _ in EXAMPLES] == ["proposition", "observation", "time", "quantity"]


@pytest.mark.parametrize(("kind", "name", "lines"), EXAMPLES)
def test_an_example_is_the_hash_of_its_lines(kind: str, name: str, lines: str) -> None:
    assert hashlib.sha256(lines.encode()).hexdigest()[:32] == name
