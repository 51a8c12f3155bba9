"""The graphs that the tests of shapes stand on, and the cases as they lie in ``cases/``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDFS, SKOS

from kg.vocabulary import ontology_files

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def read(files: Iterable[Path]) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


@pytest.fixture(scope="session")
def shapes() -> Graph:
    return read(sorted((ROOT / "shapes").glob("*.ttl")))


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """The ontology without its documentation, which no shape reads: hundreds of runs go through it."""
    graph = read(ontology_files([ROOT / "ontology"]))
    for predicate in (SKOS.definition, SKOS.example, SKOS.scopeNote, RDFS.isDefinedBy):
        graph.remove((None, predicate, None))
    return graph


@pytest.fixture(scope="session")
def base(ontology: Graph) -> Graph:
    """Ontology and context: what every case stands on."""
    return ontology + read([HERE / "context.ttl"])


@pytest.fixture(scope="session")
def graph_of(base: Graph) -> Callable[[Path], Graph]:
    """The graph of a case: with ontology and context, unless its first line says without."""

    def graph(case: Path) -> Graph:
        alone = "without the ontology and the context" in case.read_text(encoding="utf-8").splitlines()[0]
        return read([case]) if alone else base + read([case])

    return graph
