"""The shapes of a workspace, read as one graph; and compiled, which is kept while no file changes."""

from __future__ import annotations

from functools import lru_cache

from rdflib import Graph

from kg.serialise import parse, triples_of
from kg.shacl import Validator
from kg.vocabulary import Contents, contents_of, ontology_files
from kg.workspace import Workspace


def read_shapes(workspace: Workspace) -> Graph:
    """All shapes as one graph. Raises UnreadableError when a file does not parse."""
    return _graph(contents_of(ontology_files(workspace.shapes_folders)))


def validator_of(workspace: Workspace) -> Validator:
    """All shapes, compiled. Raises UnreadableError when a file does not parse, RefusedError for a
    constraint that would reach outside the graph.
    """
    return _compiled(contents_of(ontology_files(workspace.shapes_folders)))


@lru_cache(maxsize=4)
def _compiled(contents: Contents) -> Validator:
    return Validator(_graph(contents))


def _graph(contents: Contents) -> Graph:
    shapes = Graph()
    for name, data in contents:
        for triple in triples_of(parse(data, "ttl", where=name)):
            shapes.add(triple)
    return shapes
