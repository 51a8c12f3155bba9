"""A built graph, read without the code that wrote it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

GRAPH = "https://w3id.org/aces/kg/graph/"


@pytest.fixture(scope="session")
def quads(built: Path) -> list[ox.Quad]:
    """Every quad of every file in ``triples/``."""
    files = sorted((built / "triples").glob("*.trig"))
    assert len(files) > 9
    return [quad for file in files for quad in ox.parse(path=file, format=ox.RdfFormat.TRIG)]


@pytest.fixture(scope="session")
def graphs(quads: list[ox.Quad]) -> dict[str, set[ox.Triple]]:
    """The triples by the local name of their graph."""
    found: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in quads:
        found[quad.graph_name.value.removeprefix(GRAPH)].add(quad.triple)
    return found


@pytest.fixture(scope="session")
def described(graphs: dict[str, set[ox.Triple]]) -> dict[str, dict[str, list[str]]]:
    """Every node of the data: its properties, each with its values, as plain text."""
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, triples in graphs.items():
        if name not in ("ontology", "shapes"):
            for triple in triples:
                nodes[triple.subject.value][triple.predicate.value].append(triple.object.value)
    return nodes
