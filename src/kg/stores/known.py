"""What is asked of a whole graph again and again, learnt once: what its things are called, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations, pairwise

import pyoxigraph as ox

from kg.model import Iri
from kg.names import fold
from kg.terms import PREFIXES, RDF_TYPE, kind_and_name

NEAR = 92
"""From this likeness on, in percent, two names are near each other."""

_NAMING = (ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.NamedNode(PREFIXES["skos"] + "altLabel"))
_TYPE = ox.NamedNode(RDF_TYPE)
_DISJOINT, _MEMBERS = (ox.NamedNode(PREFIXES["owl"] + name) for name in ("disjointWith", "members"))
_FIRST, _REST = (ox.NamedNode(PREFIXES["rdf"] + name) for name in ("first", "rest"))
# Names so near differ by at most 8 % of their letters together, which is this share of either alone.
_MOST_SLIPS = 0.174
Pair = tuple[ox.NamedNode, ox.NamedNode]


class Names:
    """What the things of one kind are called; finds names that are near a name without reading all."""

    def __init__(self) -> None:
        """No names yet."""
        self._called: dict[str, dict[tuple[Iri, str], None]] = defaultdict(dict)
        self._pieces: dict[str, list[str]] = defaultdict(list)
        self._lengths: set[int] = set()

    def add(self, node: Iri, name: str) -> None:
        """Take in that a thing is called so."""
        folded = fold(name)
        if folded not in self._called:
            for piece in _pieces_of(folded):
                self._pieces[piece].append(folded)
                self._lengths.add(len(piece))
        self._called[folded][node, name] = None

    def near(self, name: str, least: float = NEAR) -> Iterator[tuple[Iri, str]]:
        """The things with a name so like this one, each with that name, the likest first."""
        from rapidfuzz import fuzz, process

        folded = fold(name)
        among = sorted({found for piece in self._parts(folded) for found in self._pieces.get(piece, ())})
        for match, _, _ in process.extract(folded, among, scorer=fuzz.ratio, score_cutoff=least, limit=None):
            yield from self._called[match]

    def _parts(self, name: str) -> Iterator[str]:
        """Everything in a name that may be a piece of another."""
        for length in self._lengths:
            for start in range(len(name) - length + 1):
                yield name[start : start + length]


def _pieces_of(name: str) -> Iterator[str]:
    """A name cut into so many pieces that in every name near it one of them stands unharmed."""
    count = int(_MOST_SLIPS * len(name)) + 1
    ends = [len(name) * n // count for n in range(count + 1)]
    yield from (name[a:b] for a, b in pairwise(ends))


class Known:
    """What a store holds of names and classes. It is made once for a store."""

    def __init__(self, store: ox.Store) -> None:
        """Nothing is read before it is asked for."""
        self._store = store

    def names(self, kind: str) -> Names:
        """Labels and aliases of the things of one kind."""
        return self._names[kind]

    @cached_property
    def _names(self) -> defaultdict[str, Names]:
        found: defaultdict[str, Names] = defaultdict(Names)
        for predicate in _NAMING:
            _take_names(found, self._store.quads_for_pattern(None, predicate, None, None))
        return found

    def individuals(self, kind: str) -> Iterable[str]:
        """Everything of one kind that has a type, as prefixed names."""
        return self._individuals[kind]

    @cached_property
    def _individuals(self) -> defaultdict[str, dict[str, None]]:
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        _take_individuals(found, self._store.quads_for_pattern(None, _TYPE, None, None))
        return found

    @cached_property
    def disjoint(self) -> list[Pair]:
        """The pairs of classes that have nothing in common, as they are declared."""
        found: set[frozenset[object]] = {frozenset((q.subject, q.object)) for q in self._of(_DISJOINT)}
        for quad in self._of(_MEMBERS):
            found |= {frozenset(pair) for pair in combinations(self._items(quad.object), 2)}
        named = [
            sorted(pair, key=str) for pair in found if all(isinstance(end, ox.NamedNode) for end in pair)
        ]
        return sorted(((a, b) for a, b in named), key=str)  # type: ignore[misc]

    def learn(self) -> None:
        """Read everything now, so that what is in the store for a while only is never taken in."""
        _ = self._names, self._individuals, self.disjoint

    def _of(self, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
        return self._store.quads_for_pattern(None, predicate, None, None)

    def _items(self, head: object) -> list[object]:
        """The members of a list."""
        items: list[object] = []
        while isinstance(head, ox.NamedNode | ox.BlankNode):
            items += [q.object for q in self._store.quads_for_pattern(head, _FIRST, None, None)]
            head = next((q.object for q in self._store.quads_for_pattern(head, _REST, None, None)), None)
        return items


def _take_names(found: dict[str, Names], quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            kind = kind_and_name(quad.subject.value)[0]
            if kind in _CALLED:
                found[kind].add(quad.subject.value, quad.object.value)


_CALLED = ("actor", "event", "place", "work")
"""The kinds of things that people know by name."""


def _take_individuals(found: dict[str, dict[str, None]], quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            kind, name = kind_and_name(quad.subject.value)
            if kind:
                found[kind][f"{kind}:{name}"] = None


__all__ = ["NEAR", "Known", "Names"]
