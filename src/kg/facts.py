"""The plain triples, as lines to read: those of the graph, or those that a file would add."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.display import printable
from kg.terms import RDF_TYPE, compact, iri

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_IS_A = "is of type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def fact_lines(graph: KnowledgeGraph, new: Path | None) -> Iterator[str]:
    """``standing: subject predicate object`` for each plain triple, sorted.

    With ``new``, only the triples that this file, claims YAML or RDF, would add to the graph.  Raises
    WrongError when the file is faulty.
    """
    known = set(_plain_triples(graph))
    if new is None:
        labels = dict(graph.local.names((_LABEL,)))
        yield from sorted(_line(triple, labels) for triple in known)
        return
    added, labels = _triples_of(graph, new)
    yield from sorted(_line(triple, labels) for triple in added - known)


Plain = tuple[str, str, str, str]


def _plain_triples(graph: KnowledgeGraph) -> Iterator[Plain]:
    from kg.serialise import value_of

    names = {iri("graph", name): name for name in ("facts", "disputed")}
    for quad in graph.local.quads():
        name = names.get(value_of(quad.graph_name))
        if name:
            yield name, value_of(quad.subject), value_of(quad.predicate), value_of(quad.object)


def _triples_of(graph: KnowledgeGraph, file: Path) -> tuple[set[Plain], dict[str, str]]:
    from kg.adding import read_source
    from kg.assembly import assemble
    from kg.errors import WrongError
    from kg.seeds import read_seeds, seeds_of_file

    given = read_source(file, None, "-")
    is_addition = not given.is_yaml or given.registry is not None
    # RDF may name what is there already, and a registry of its own is only read as an addition.
    seeds = read_seeds(graph.workspace, given) if is_addition else seeds_of_file(graph.workspace, file)
    if seeds.faults():
        raise WrongError("the file is faulty", where=str(file), findings=seeds.faults())
    graphs = assemble(seeds, "")
    labels = {str(s): str(o) for found in graphs.values() for s, p, o in found if str(p) == _LABEL}
    labels |= seeds.vocabulary.labels
    return {
        (name, str(s), str(p), str(o)) for name in ("facts", "disputed") for s, p, o in graphs[name]
    }, labels


def _line(triple: Plain, labels: dict[str, str]) -> str:
    name, *terms = triple
    words = [_IS_A if term == RDF_TYPE else labels.get(term, compact(term)) for term in terms]
    return printable(f"{name}: {' - '.join(words)}")
