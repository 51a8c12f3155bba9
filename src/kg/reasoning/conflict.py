"""Which triples make a graph inconsistent: the fewest that clash, found by asking HermiT again and again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kg.errors import LimitError
from kg.reasoning.hermit import MAX_SECONDS, prove

if TYPE_CHECKING:
    import pyoxigraph


def clashing(
    axioms: Sequence[pyoxigraph.Quad], data: Sequence[pyoxigraph.Quad], *, seconds: float = MAX_SECONDS
) -> list[pyoxigraph.Quad]:
    """Triples of the data that are inconsistent with the axioms, none of which could be left out.

    It is the divide and conquer of Junker's QuickXplain: some fifty proofs among ten thousand triples.
    Gives nothing when the axioms clash by themselves or the time runs out.
    """
    end = time.monotonic() + seconds

    def has_model(quads: Sequence[pyoxigraph.Quad]) -> bool:
        left = end - time.monotonic()
        if left <= 0:
            raise LimitError("no time is left")
        return prove([*axioms, *quads], seconds=left).consistent

    try:
        return _narrowed([], list(data), has_model, grown=False) if has_model([]) else []
    except LimitError:
        return []


def _narrowed(
    kept: list[pyoxigraph.Quad],
    rest: list[pyoxigraph.Quad],
    has_model: Callable[[Sequence[pyoxigraph.Quad]], bool],
    *,
    grown: bool,
) -> list[pyoxigraph.Quad]:
    """The part of ``rest`` that clashes with ``kept``; ``grown`` says that ``kept`` was not yet asked."""
    if grown and not has_model(kept):
        return []
    if len(rest) == 1:
        return rest
    first, second = rest[: len(rest) // 2], rest[len(rest) // 2 :]
    of_second = _narrowed(kept + first, second, has_model, grown=bool(first))
    of_first = _narrowed(kept + of_second, first, has_model, grown=bool(of_second))
    return of_first + of_second
