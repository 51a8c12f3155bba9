"""A built graph, read without the code that wrote it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

GRAPH = "https://w3id.org/aces/kg/graph/"


@pytest.fixture(scope="session")
def quads(built: Path) -> list[ox.Quad]:
    """Every quad of every file in ``triples/``."""
    return quads_of(built)


@pytest.fixture(scope="session")
def graphs(built: Path) -> dict[str, set[ox.Triple]]:
    """The triples by the local name of their graph."""
    return graphs_of(built)


@pytest.fixture(scope="session")
def described(built: Path) -> dict[str, dict[str, list[str]]]:
    """Every node of the data: its properties, each with its values, as plain text."""
    return described_of(built)


# The fixtures change with the workspace from file to file; what was read of one stays.


@cache
def quads_of(built: Path) -> list[ox.Quad]:
    files = sorted((built / "triples").glob("*.trig"))
    assert len(files) > 9
    return [quad for file in files for quad in ox.parse(path=file, format=ox.RdfFormat.TRIG)]


@cache
def graphs_of(built: Path) -> dict[str, set[ox.Triple]]:
    found: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in quads_of(built):
        found[quad.graph_name.value.removeprefix(GRAPH)].add(quad.triple)
    return found


@cache
def described_of(built: Path) -> dict[str, dict[str, list[str]]]:
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, triples in graphs_of(built).items():
        if name not in ("ontology", "shapes"):
            for triple in triples:
                nodes[triple.subject.value][triple.predicate.value].append(triple.object.value)
    return nodes
