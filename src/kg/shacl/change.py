"""What a change of a graph can affect: focus nodes, found by walking the paths of shapes backwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.shacl.index import Index, Nodes
from kg.shacl.paths import Entry
from kg.shacl.queries import SparqlConstraint
from kg.shacl.reads import Loose, Sign
from kg.shacl.shapes import Aimed, Shape, queries_of


@dataclass(frozen=True)
class Change:
    """Triples that were added to a graph and triples that were taken from it."""

    added: frozenset[ox.Triple]
    removed: frozenset[ox.Triple] = frozenset()

    @property
    def triples(self) -> frozenset[ox.Triple]:
        """All of them."""
        return self.added | self.removed

    @property
    def has_blank_nodes(self) -> bool:
        """Whether any of them has an end without a name."""
        return any(isinstance(end, ox.BlankNode) for t in self.triples for end in (t.subject, t.object))


@dataclass
class Affected:
    """What must be checked again: focus nodes by shape, and queries with the loose pattern that was hit."""

    focus: list[tuple[Aimed, Nodes]] = field(default_factory=list)
    seeded: list[tuple[Aimed, Shape, SparqlConstraint, Loose]] = field(default_factory=list)


class Readers:
    """Which shapes read what, so that a change asks none of the others."""

    def __init__(self, shapes: Iterable[Aimed]) -> None:
        """The paths of all shapes and of their targets, by property."""
        self._shapes = tuple(shapes)
        self._loose = {aimed: loose for aimed in self._shapes if (loose := tuple(_loose_of(aimed)))}
        self._readers: dict[ox.NamedNode | None, dict[Entry, list[Aimed]]] = defaultdict(dict)
        for aimed in self._shapes:
            entries = dict.fromkeys(entry for path in aimed.reads for entry in path.entries())
            for entry in entries:
                self._readers[entry.predicate].setdefault(entry, []).append(aimed)

    def affected(self, index: Index, change: Change) -> Affected:
        """What a change can affect; the index knows the added and the removed triples alike."""
        found: dict[Aimed, Nodes] = defaultdict(dict)
        for triple in change.triples:
            for predicate in (triple.predicate, None):
                for entry, readers in self._readers.get(predicate, {}).items():
                    if origins := entry.origins(index, triple):
                        for aimed in readers:
                            found[aimed] |= origins
        result = Affected()
        predicates = {triple.predicate for triple in change.triples}
        for aimed in self._shapes:
            loose = [one for one in self._loose.get(aimed, ()) if _is_hit(one[-1], change, predicates)]
            if any(not _can_be_seeded(one, change) for *_, one in loose):
                result.focus.append((aimed, aimed.focus(index)))
                continue
            result.seeded += loose
            if found[aimed]:
                result.focus.append((aimed, found[aimed]))
        return result


def _loose_of(aimed: Aimed) -> Iterator[tuple[Aimed, Shape, SparqlConstraint, Loose]]:
    """The loose patterns of a shape's queries."""
    for shape, query in queries_of(aimed.shape):
        yield from ((aimed, shape, query, loose) for loose in query.reads.loose)


def _is_hit(loose: Loose, change: Change, predicates: set[ox.NamedNode]) -> bool:
    """Whether a change can make a new fault through a loose pattern."""
    if loose.predicate is not None and loose.predicate not in predicates:
        return False
    telling = change.removed if loose.sign == Sign.PREVENTS else change.triples
    return any(loose.row(triple) is not None for triple in telling)


def _can_be_seeded(loose: Loose, change: Change) -> bool:
    """Whether all that is new must have one of the added triples in this pattern."""
    return loose.sign == Sign.MAKES and loose.is_plain and not change.has_blank_nodes
