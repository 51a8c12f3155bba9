"""Built graphs on two engines: the one that we ship, and rdflib's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.serialise import to_rdflib

Engines = tuple[ox.Store, Graph]


@pytest.fixture(scope="session")
def engines_of() -> Callable[[Path], Engines]:
    """The union of all graphs of a workspace but the shapes, on both engines."""
    made: dict[Path, Engines] = {}

    def engines(workspace: Path) -> Engines:
        if workspace not in made:
            store, graph = ox.Store(), Graph()
            for file in (workspace / "triples").glob("*.trig"):
                if file.stem != "shapes":
                    store.load(path=file, format=ox.RdfFormat.TRIG)
            for quad in store:
                graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
            made[workspace] = store, graph
        return made[workspace]

    return engines
