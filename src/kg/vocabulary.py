"""What the ontology says, as the readers of registry and claims need it: classes, properties, concepts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Iri
from kg.terms import ACES, PREFIXES, RDF_TYPE, kind_and_name

if TYPE_CHECKING:
    import pyoxigraph

_RDFS, _OWL, _RDF = PREFIXES["rdfs"], PREFIXES["owl"], PREFIXES["rdf"]
_UPWARDS = (_RDFS + "subClassOf", _RDFS + "subPropertyOf", PREFIXES["skos"] + "broader")
NOT_SHIPPED = "strict.ttl"
_KEPT = 4

Contents = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology. Empty ``domains`` or ``ranges`` allow anything."""

    iri: Iri
    name: str
    key: str
    label: str
    domains: tuple[Iri, ...]
    ranges: tuple[Iri, ...]
    statable: bool
    symmetric: bool
    judgement: bool
    dimension: bool
    single_valued: bool
    one_way: bool
    incompatible: frozenset[Iri]


@dataclass
class Vocabulary:
    """The ontology by what it says; made by :func:`load_vocabulary`."""

    properties: dict[Iri, Property] = field(default_factory=dict)
    parents: dict[Iri, set[Iri]] = field(default_factory=dict)
    labels: dict[Iri, str] = field(default_factory=dict)
    types: dict[Iri, set[Iri]] = field(default_factory=dict)
    required: dict[Iri, tuple[Iri, ...]] = field(default_factory=dict)

    def is_a(self, name: Iri, ancestor: Iri) -> bool:
        """Whether a class, property or concept is the other, or below it."""
        return ancestor in self.ancestors(name)

    def ancestors(self, name: Iri) -> set[Iri]:
        """A class, property or concept with everything above it."""
        if name not in self._closure:
            found, waiting = {name}, [name]
            while waiting:
                new = self.parents.get(waiting.pop(), set()) - found
                found |= new
                waiting += new
            self._closure[name] = found
        return self._closure[name]

    def is_symmetric(self, name: Iri) -> bool:
        """Whether a property holds both ways."""
        return name in self.properties and self.properties[name].symmetric

    @cached_property
    def _closure(self) -> dict[Iri, set[Iri]]:
        return {}

    @cached_property
    def event_types(self) -> dict[str, Iri]:
        """Event types by local name."""
        event = ACES + "Event"
        return {c.removeprefix(ACES): c for c in self.parents if c != event and self.is_a(c, event)}

    @cached_property
    def by_key(self) -> dict[str, tuple[Property, ...]]:
        """Properties that may be stated, by the word that claims files use."""
        return _grouped(p for p in self.properties.values() if p.statable)

    @cached_property
    def dimensions(self) -> dict[str, tuple[Property, ...]]:
        """Dimension properties of observations, by the word that claims files use."""
        return _grouped(p for p in self.properties.values() if p.dimension)

    def concepts(self, kind: str) -> dict[str, Iri]:
        """The concepts of one scheme (``topic``, ``measure``, ...) by local name."""
        found = {}
        for node in self.types:
            node_kind, name = kind_and_name(node)
            if node_kind == kind and name:
                found[name] = node
        return found


def _grouped(properties: Iterable[Property]) -> dict[str, tuple[Property, ...]]:
    found: dict[str, tuple[Property, ...]] = {}
    for prop in sorted(properties, key=lambda p: p.iri):
        found[prop.key] = (*found.get(prop.key, ()), prop)
    return found


def ontology_files(folders: Iterable[Path]) -> list[Path]:
    """The Turtle files of some folders that belong to the graph, sorted by name."""
    return sorted(
        (file for folder in folders for file in folder.glob("*.ttl") if file.name != NOT_SHIPPED),
        key=lambda file: (file.name, str(file)),
    )


def contents_of(files: Iterable[Path]) -> Contents:
    """Files by name with their bytes: what is made of them can be kept as long as these are the same."""
    return tuple((file.name, file.read_bytes()) for file in files)


def load_vocabulary(files: Iterable[Path]) -> Vocabulary:
    """Read ontology files.  Raises UnreadableError when one does not parse."""
    return _vocabulary(contents_of(files))


@lru_cache(maxsize=_KEPT)
def _vocabulary(contents: Contents) -> Vocabulary:
    from kg.serialise import parse

    return read_vocabulary(quad for name, data in contents for quad in parse(data, "ttl", where=name))


def read_vocabulary(quads: Iterable[pyoxigraph.Quad]) -> Vocabulary:
    """The vocabulary that these triples of an ontology describe."""
    from kg.serialise import value_of

    index = _Index()
    for quad in quads:
        index.add(value_of(quad.subject), value_of(quad.predicate), value_of(quad.object))
    vocabulary = Vocabulary()
    for node in index.objects:
        for label in index.objects[node].get(_RDFS + "label", ()):
            vocabulary.labels[node] = label
        vocabulary.types[node] = set(index.objects[node].get(RDF_TYPE, ()))
        above = [parent for link in _UPWARDS for parent in index.objects[node].get(link, ())]
        if above or _OWL + "Class" in vocabulary.types[node]:
            vocabulary.parents[node] = set(above)
        if requires := index.objects[node].get(ACES + "requires"):
            vocabulary.required[node] = tuple(sorted(requires))
        if node.startswith(ACES) and vocabulary.types[node] & {
            _OWL + "ObjectProperty",
            _OWL + "DatatypeProperty",
        }:
            vocabulary.properties[node] = _property(node, index, vocabulary)
    return vocabulary


class _Index:
    """Objects by subject and predicate, as plain strings."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, list[str]]] = {}

    def add(self, subject: str, predicate: str, value: str) -> None:
        self.objects.setdefault(subject, {}).setdefault(predicate, []).append(value)

    def members(self, node: str) -> tuple[Iri, ...]:
        """A named class, or the members of a union of classes."""
        union = self.objects.get(node, {}).get(_OWL + "unionOf")
        if not union:
            return (node,)
        found, rest = [], union[0]
        while rest != _RDF + "nil":
            cell = self.objects[rest]
            found.append(cell[_RDF + "first"][0])
            rest = cell[_RDF + "rest"][0]
        return tuple(found)


def _property(node: Iri, index: _Index, vocabulary: Vocabulary) -> Property:
    values = index.objects[node]
    name = node.removeprefix(ACES)

    def classes(which: str) -> tuple[Iri, ...]:
        return tuple(c for end in values.get(_RDFS + which, ()) for c in index.members(end))

    def flag(which: str) -> bool:
        return values.get(ACES + which, ["false"])[0] == "true"

    return Property(
        iri=node,
        name=name,
        key=values.get(ACES + "key", [name])[0],
        label=vocabulary.labels.get(node, name),
        domains=classes("domain"),
        ranges=classes("range"),
        statable=flag("statable"),
        symmetric=_OWL + "SymmetricProperty" in vocabulary.types[node],
        judgement=flag("judgement"),
        dimension=flag("dimension"),
        single_valued=flag("singleValued"),
        one_way=flag("oneWay"),
        incompatible=frozenset(values.get(ACES + "incompatibleWith", ())),
    )
