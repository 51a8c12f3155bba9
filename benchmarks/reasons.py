"""Why some queries are slower than elsewhere at a million triples; told under the table that shows it."""

from __future__ import annotations

_COUNT = (
    "it counts over the whole graph: our engine looks up each further value of each claim or event by itself "
    "(some 1.7 microseconds each), Virtuoso in batches"
)

REASONS: dict[str, str] = {
    "actor-unheard": _COUNT,
    "claim-voices": _COUNT,
    "event-tactics": _COUNT,
    "work-summary": _COUNT,
    "work-unsourced": _COUNT,
}
