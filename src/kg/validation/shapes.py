"""The shapes of a workspace, read as one graph."""

from __future__ import annotations

from rdflib import Graph

from kg.serialise import parse, triples_of
from kg.vocabulary import ontology_files
from kg.workspace import Workspace


def read_shapes(workspace: Workspace) -> Graph:
    """All shapes as one graph. Raises UnreadableError when a file does not parse."""
    shapes = Graph()
    for file in ontology_files(workspace.shapes_folders):
        for triple in triples_of(parse(file.read_bytes(), "ttl", where=file.name)):
            shapes.add(triple)
    return shapes
