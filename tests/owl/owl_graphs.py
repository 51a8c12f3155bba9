"""The small graphs of this folder, and the ontology that they are proved with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.assembly import ontology_quads
from kg.serialise import parse, value_of
from kg.terms import ACES, KG, PREFIXES, RDF_TYPE

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WRONG = sorted((HERE / "wrong").glob("*.ttl"))
HONEST = sorted((HERE / "honest").glob("*.ttl"))
_OWL, _RDFS = PREFIXES["owl"], PREFIXES["rdfs"]
# The triples without which an axiom is gone, by the first word of the names of the graphs that break it.
AXIOMS = {
    "functional": {(RDF_TYPE, _OWL + "FunctionalProperty")},
    "disjoint": {
        (RDF_TYPE, _OWL + "AllDisjointClasses"),
        *((_OWL + name, None) for name in ("members", "disjointWith", "propertyDisjointWith")),
    },
    "different": {(RDF_TYPE, _OWL + "AllDifferent"), (_OWL + "distinctMembers", None)},
    "domain": {(_RDFS + "domain", None)},
    "range": {(_RDFS + "range", None)},
    "subclass": {(_RDFS + "subClassOf", None)},
}


def core() -> list[ox.Quad]:
    """The ontology without its strict part."""
    return ontology_quads([ROOT / "ontology"])


def strict() -> list[ox.Quad]:
    """The strict part alone."""
    return parse((ROOT / "ontology" / "strict.ttl").read_bytes(), "ttl", where="strict.ttl")


def read(path: Path) -> list[ox.Quad]:
    """One of the small graphs."""
    return parse(path.read_bytes(), "ttl", where=path.name)


def turtle(text: str) -> list[ox.Quad]:
    """A graph written out in a test, with the prefixes of the project."""
    prefixes = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    return parse((prefixes + text).encode(), "ttl", where="test")


def without(quads: Iterable[ox.Quad], kind: str) -> list[ox.Quad]:
    """An ontology without all its axioms of one kind."""
    return [q for q in quads if not _ways(q) & AXIOMS[kind]]


def _ways(quad: ox.Quad) -> set[tuple[str, str | None]]:
    return {(value_of(quad.predicate), value_of(quad.object)), (value_of(quad.predicate), None)}


def told_apart(paths: Iterable[Path], ontology: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Several small graphs in one, where an individual of one is none of another."""
    shared = {value_of(q.subject) for q in ontology}

    def renamed(term: Any, suffix: str) -> Any:
        own = value_of(term).startswith(KG) and value_of(term) not in shared
        return ox.NamedNode(f"{term.value}-{suffix}") if own else term

    for path in paths:
        for quad in read(path):
            ends = renamed(quad.subject, path.stem), renamed(quad.object, path.stem)
            yield ox.Quad(ends[0], quad.predicate, ends[1])


def of_kind(kind: str) -> list[Path]:
    """The wrong graphs that break axioms of one kind."""
    return [path for path in WRONG if path.stem.startswith(f"{kind}-")]


def functional(quads: Iterable[ox.Quad]) -> set[str]:
    """The local names of functional properties."""
    return {
        value_of(q.subject).removeprefix(ACES)
        for q in quads
        if (value_of(q.predicate), value_of(q.object)) == (RDF_TYPE, _OWL + "FunctionalProperty")
    }
