"""What a store answers: rows for SELECT, a truth value for ASK, an rdflib Graph for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rdflib import Graph

from kg.serialise import Term


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a SELECT: ``columns`` are its variables in order, None stands for no value."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


Answer: TypeAlias = Rows | bool | Graph
SHAPES_GRAPH = "https://w3id.org/aces/kg/graph/shapes"
"""The one graph that the default graph of a query leaves out."""
