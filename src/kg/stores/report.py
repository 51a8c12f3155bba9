"""What a store holds beside what it should: one line for each graph, and what differs."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.display import printable
from kg.terms import KG

GRAPHS = f"{KG}graph/"
"""What the names of our graphs begin with."""
STAGING = f"{KG}staging/"
"""What the names begin with under which a graph waits to be put in another's place."""


@dataclass(frozen=True, slots=True)
class GraphProof:
    """One graph here and in the store: how many triples, the hash of ours, and what differs.

    ``counted`` is what the store's own query counts, ``held`` how many triples it gave back.
    ``rewritten`` tells of how many triples the store keeps the value in another form, by kind;
    ``examples`` shows some that are missing (``-``) or too many (``+``).
    """

    graph: str
    here: int
    held: int
    counted: int
    sha256: str = ""
    missing: int = 0
    extra: int = 0
    rewritten: dict[str, int] = field(default_factory=dict)
    examples: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether the store holds exactly this graph."""
        return not self.missing and not self.extra and self.held == self.counted

    @property
    def name(self) -> str:
        """The graph's name without what all our graphs begin with."""
        return printable(self.graph.removeprefix(GRAPHS))

    def text(self) -> str:
        """One line, or some when the store holds something else."""
        line = f"{self.name}: {self.here} here, {self.held} held"
        if self.equal:
            forms = ", ".join(f"{count} {kind}" for kind, count in sorted(self.rewritten.items()))
            but = f" but for the form of {forms}" if forms else ""
            return f"{line}, equal{but}, sha256 {self.sha256[:16]}"
        told = f"{line}  DIFFERENT: {self.missing} missing, {self.extra} too many"
        if self.held != self.counted:
            told += f", its query counts {self.counted}"
        return "\n".join([told, *(f"  {printable(line)}" for line in self.examples)])


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a store holds, graph by graph; graphs of ours that it has besides count too."""

    address: str
    graphs: tuple[GraphProof, ...]

    @property
    def differing(self) -> tuple[GraphProof, ...]:
        """The graphs of which the store holds something else."""
        return tuple(graph for graph in self.graphs if not graph.equal)

    @property
    def equal(self) -> bool:
        """Whether the store holds exactly what it should."""
        return not self.differing

    def text(self) -> str:
        """The lines of each graph, then the sum."""
        here, held = sum(g.here for g in self.graphs), sum(g.held for g in self.graphs)
        lines = [graph.text() for graph in self.graphs]
        return "\n".join([*lines, f"all: {here} here, {held} held in {self.address}"]) + "\n"


@dataclass(frozen=True, slots=True)
class GraphChange:
    """How many triples of one graph are to be added to a store and taken out of it."""

    graph: str
    add: int
    remove: int

    def text(self) -> str:
        """One line."""
        return f"{printable(self.graph.removeprefix(GRAPHS))}: {self.add} to add, {self.remove} to remove"
