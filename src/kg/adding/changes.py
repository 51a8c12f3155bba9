"""What an act changes: new things, plain triples that come or go, Propositions that stand otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model import Iri
from kg.registry import CONCEPT_SCHEMES
from kg.seeds import Seeds
from kg.serialise import value_of
from kg.stores.local import LocalStore
from kg.terms import ACES, PREFIXES, RDF_TYPE, compact, iri, kind_and_name
from kg.triples import Graphs

KINDS = ("claim", "actor", "event", "place", "work", "document", *CONCEPT_SCHEMES)
_LABEL = PREFIXES["rdfs"] + "label"
_STANDING = ACES + "standing"
_PLAIN = ("facts", "disputed")

Plain = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Thing:
    """An individual that is new or gone, with its label."""

    iri: Iri
    label: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference that an act makes.

    ``new`` and ``gone`` are individuals by kind; ``facts`` and ``no_facts`` plain triples in words, each
    after the graph it stands in; ``standing`` tells of a Proposition how it stood and how it stands.
    """

    new: Mapping[str, tuple[Thing, ...]]
    gone: Mapping[str, tuple[Thing, ...]]
    facts: tuple[str, ...]
    no_facts: tuple[str, ...]
    standing: tuple[str, ...]

    def lines(self) -> list[str]:
        """The changes as lines to read."""
        lines = [
            f"{sign} {kind:<9} {compact(thing.iri)}  {thing.label}"
            for sign, things in (("+", self.new), ("-", self.gone))
            for kind, found in things.items()
            for thing in found
        ]
        lines += [f"+ {line}" for line in self.facts]
        lines += [f"- {line}" for line in self.no_facts]
        return [*lines, *(f"~ {line}" for line in self.standing)]


def changes(store: LocalStore, graphs: Graphs, seeds: Seeds) -> Changes:
    """What is other in graphs that were assembled anew than in the store."""
    labels = {str(s): str(o) for found in graphs.values() for s, p, o in found if str(p) == _LABEL}
    before = dict(store.names((_LABEL,)))
    words = {**seeds.vocabulary.labels, **labels, **before}
    old, new = set(_plain_of_store(store)), set(_plain_of_graphs(graphs))
    after = set(_typed(graphs))
    there = set(_things(store.subjects_of(RDF_TYPE))) - set(seeds.vocabulary.types)
    return Changes(
        _by_kind(after - there, words),
        _by_kind(there - after, words),
        tuple(sorted(_line(triple, words) for triple in new - old)),
        tuple(sorted(_line(triple, words) for triple in old - new)),
        tuple(sorted(_otherwise(store, graphs, words))),
    )


def _things(nodes: Iterable[Iri]) -> Iterator[Iri]:
    return (node for node in nodes if kind_and_name(node)[0] in KINDS)


def _typed(graphs: Graphs) -> Iterator[Iri]:
    """What stands in the graphs and not only among what was retracted."""
    for name, triples in graphs.items():
        if name != "retracted":
            yield from _things(str(s) for s, p, _ in triples if str(p) == RDF_TYPE)


def _by_kind(nodes: Iterable[Iri], words: Mapping[Iri, str]) -> dict[str, tuple[Thing, ...]]:
    found: dict[str, list[Thing]] = {}
    for node in sorted(nodes):
        if node in words:
            found.setdefault(kind_and_name(node)[0], []).append(Thing(node, words[node]))
    return {kind: tuple(found[kind]) for kind in KINDS if kind in found}


def _plain_of_store(store: LocalStore) -> Iterator[Plain]:
    for name in _PLAIN:
        for quad in store.quads(iri("graph", name)):
            yield name, value_of(quad.subject), value_of(quad.predicate), value_of(quad.object)


def _plain_of_graphs(graphs: Graphs) -> Iterator[Plain]:
    for name in _PLAIN:
        yield from ((name, str(s), str(p), str(o)) for s, p, o in graphs.get(name, ()))


def _line(triple: Plain, words: Mapping[Iri, str]) -> str:
    name, *terms = triple
    told = ["is of type" if term == RDF_TYPE else words.get(term, compact(term)) for term in terms]
    return f"{'fact' if name == 'facts' else name}: {' - '.join(told)}"


def _otherwise(store: LocalStore, graphs: Graphs, words: Mapping[Iri, str]) -> Iterator[str]:
    """Propositions that were there before and stand otherwise now."""
    before = dict(store.links(_STANDING))
    for s, p, o in graphs.get("analysis", ()):
        if str(p) == _STANDING and before.get(str(s), str(o)) != str(o):
            was, now = kind_and_name(before[str(s)])[1], kind_and_name(str(o))[1]
            yield f"{words.get(str(s), compact(str(s)))}: {was} -> {now}"
