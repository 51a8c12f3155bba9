"""One graph here against the same graph in a store, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from kg.stores.forms import kind_of, settled
from kg.stores.graphstore import GraphStore
from kg.stores.lines import SortedLines, lines_of, only_left, triples_of_lines


class Source(Protocol):
    """Named graphs that are to be loaded, such as a store or the files of a built graph."""

    def graph_names(self) -> list[str]:
        """The IRIs of the graphs, sorted."""
        ...

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """The quads of one graph."""
        ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """A graph here and there: what is missing there and too much there, and what has another form only."""

    ours: SortedLines
    theirs: SortedLines
    missing: SortedLines
    extra: SortedLines
    rewritten: dict[str, int]

    @property
    def equal(self) -> bool:
        """Whether both hold the same, the forms aside that this kind of store is known to change."""
        return not len(self.missing) and not len(self.extra)


@contextmanager
def comparing(store: GraphStore, source: Source, graph: str, *, held: bool) -> Iterator[Comparison]:
    """Compare a graph with what the store holds, which is asked only if it is known to hold something."""
    with ExitStack() as stack:

        def sort(lines: Iterable[bytes]) -> SortedLines:
            return stack.enter_context(SortedLines(lines))

        ours = sort(lines_of(quad.triple for quad in source.quads(graph)))
        theirs = sort(_held_lines(store, graph) if held else ())
        rewrites = store.preset.rewrites
        missing, extra = sort(only_left(ours, theirs)), sort(only_left(theirs, ours))
        if not rewrites or not len(missing) or not len(extra):
            yield Comparison(ours, theirs, missing, extra, {})
            return
        mine, other = (sort(lines_of(settled(triples_of_lines(side), rewrites))) for side in (missing, extra))
        lost, added = sort(only_left(mine, other)), sort(only_left(other, mine))
        forms = _kinds(missing)
        forms.subtract(_kinds(lost))
        yield Comparison(ours, theirs, lost, added, {kind: n for kind, n in forms.items() if kind and n > 0})


def _held_lines(store: GraphStore, graph: str) -> Iterator[bytes]:
    with store.triples(graph) as triples:
        yield from lines_of(triples)


def _kinds(lines: SortedLines) -> Counter[str]:
    return Counter(kind_of(triple) for triple in triples_of_lines(lines))
