"""Why some queries are slower than elsewhere at a million triples; told under the table that shows it."""

from __future__ import annotations

REASONS: dict[str, str] = {}
