"""What is wrong with a graph that is to take the place of the built one, and differs from it in a little."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UnreadableError
from kg.model import Finding
from kg.records import RETRACTED
from kg.shacl import Change
from kg.stores.local import LocalStore
from kg.terms import iri
from kg.validation.grounding import check_grounding
from kg.validation.whole import BuiltGraph, check

_MEANING = ("ontology", "shapes")

Quads = set[ox.Quad]


def check_instead(
    graph: BuiltGraph, files: Mapping[str, bytes], brought: Mapping[str, Path] | None = None
) -> list[Finding]:
    """As :func:`kg.validation.check`, of files that are to take the place of those of the built graph.

    Where ontology and shapes stay what they are, the shapes are asked only about what the difference can
    affect.  That is as good as all: the built graph conforms, or it would not have been written.
    """
    store = _built(graph)
    if store is None or not all(_stays(graph, store, f"{name}.trig", files) for name in _MEANING):
        return check(files, graph.workspace, brought)
    added, removed = _difference(graph, store, files)
    come, gone = ({quad.triple for quad in quads} for quads in (added, removed))
    change = Change(frozenset(come - gone), frozenset(gone - come))
    with store.changed(added, removed):
        findings = graph.validator.findings_of(store.data, change)
        return [*findings, *check_grounding(store, graph.workspace, brought=brought)]


def _built(graph: BuiltGraph) -> LocalStore | None:
    """The built graph; None where there is none that can be read."""
    try:
        return graph.local
    except UnreadableError:
        return None


def _stays(graph: BuiltGraph, store: LocalStore, name: str, files: Mapping[str, bytes]) -> bool:
    """Whether a file is what the store was read from."""
    path = graph.workspace.triples / name
    return store.was_read_from(path) and path.read_bytes() == files.get(name)


def _difference(graph: BuiltGraph, store: LocalStore, files: Mapping[str, bytes]) -> tuple[Quads, Quads]:
    """What the files say more than the store, and what they do not say; neither knows what was retracted."""
    names = {name.removesuffix(".trig") for name in files} - {RETRACTED, *_MEANING}
    kept = {iri("graph", name) for name in (*names, *_MEANING)}
    removed = {q for name in store.graph_names() if name not in kept for q in store.quads(name)}
    added: Quads = set()
    for name in names:
        if not _stays(graph, store, f"{name}.trig", files):
            before = set(store.quads(iri("graph", name)))
            after = set(ox.parse(files[f"{name}.trig"], format=ox.RdfFormat.TRIG))
            removed |= before - after
            added |= after - before
    return added, removed
