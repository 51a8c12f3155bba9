"""ACES: a knowledge graph of actors, claims, events and sources.

>>> import kg
>>> g = kg.open()  # doctest: +SKIP
>>> g.query("actor-claims", actor="NAME")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import KnowledgeGraph

__all__ = ["open"]


def open(workspace: str | Path | None = None, *, endpoint: str | None = None) -> KnowledgeGraph:
    """Open a graph: of the named workspace, else of the nearest folder upwards with ``seeds/``, else the
    packaged one.

    With ``endpoint``, queries are asked of that SPARQL endpoint.  Raises errors of :mod:`kg.errors` only.
    """
    from kg.graph import open_graph

    return open_graph(workspace, endpoint=endpoint)
