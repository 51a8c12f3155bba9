"""What a load into a remote store found."""

from __future__ import annotations

from dataclasses import dataclass

from kg.terms import KG

GRAPHS = f"{KG}graph/"
"""What the names of our graphs begin with."""


@dataclass(frozen=True, slots=True)
class GraphCount:
    """How many triples of one named graph were sent, and how many the store holds."""

    graph: str
    sent: int
    held: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was sent and what the store holds, graph by graph; graphs of ours it had besides count too."""

    address: str
    graphs: tuple[GraphCount, ...]

    @property
    def differing(self) -> tuple[GraphCount, ...]:
        """The graphs of which the store holds more or less than was sent."""
        return tuple(g for g in self.graphs if g.sent != g.held)

    @property
    def equal(self) -> bool:
        """Whether the store holds as many triples in every graph as were sent."""
        return not self.differing

    def text(self) -> str:
        """One line for each graph, then the sum."""
        lines = [
            f"{g.graph.removeprefix(GRAPHS)}: {g.sent} sent, {g.held} held"
            + ("" if g.sent == g.held else "  DIFFERENT")
            for g in self.graphs
        ]
        sent, held = sum(g.sent for g in self.graphs), sum(g.held for g in self.graphs)
        return "\n".join([*lines, f"all: {sent} sent, {held} held in {self.address}"]) + "\n"
