"""ACES: a knowledge graph of actors, claims, events and sources.

>>> import kg
>>> g = kg.open()  # doctest: +SKIP
>>> g.query("actor-claims", actor="NAME")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kg.graph import KnowledgeGraph

__all__ = ["open"]


def open(
    workspace: str | Path | None = None,
    *,
    endpoint: str | None = None,
    as_of: date | None = None,
    with_retracted: bool = False,
) -> KnowledgeGraph:
    """Open a graph: of the named workspace, else of the nearest folder upwards with ``seeds/``, else the
    packaged one.

    With ``endpoint``, queries are asked of that SPARQL endpoint; with ``as_of``, of the graph as it would
    be of the Works that may have been out on that day; ``with_retracted`` with what was retracted too, its
    words marked.  Raises errors of :mod:`kg.errors` only.
    """
    from kg.graph import open_graph

    return open_graph(workspace, endpoint=endpoint, as_of=as_of, with_retracted=with_retracted)
