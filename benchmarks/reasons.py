"""Why some queries are slower than elsewhere at a million triples; told under the table that shows it."""

from __future__ import annotations

_SINGLE = (
    "our engine joins what follows a union or a sub-select for the whole graph; "
    "Virtuoso looks it up row by row"
)
_COUNT = "it counts over the whole graph: Virtuoso does so by column and on both cores, our engine row by row"

REASONS: dict[str, str] = {
    "actor-friends-and-foes": _SINGLE,
    "actor-structure": _SINGLE,
    "actor-unheard": _COUNT,
    "claim-disagreements": _SINGLE,
    "claim-voices": _COUNT,
    "event-tactics": _COUNT,
    "event-versions": _SINGLE,
    "work-summary": _COUNT,
    "work-unsourced": _COUNT,
    "work-weight": _COUNT,
}
