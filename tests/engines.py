"""Built graphs on two engines: the one that we ship, and rdflib's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from kg.serialise import to_rdflib


class Engines:
    """The union of all graphs of a workspace but the shapes, on either engine."""

    @staticmethod
    @cache
    def ours(workspace: Path) -> ox.Store:
        store = ox.Store()
        for file in (workspace / "triples").glob("*.trig"):
            if file.stem != "shapes":
                store.load(path=file, format=ox.RdfFormat.TRIG)
        return store

    @staticmethod
    @cache
    def rdflib(workspace: Path) -> Graph:
        graph = Graph()
        for quad in Engines.ours(workspace):
            graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
        return graph
