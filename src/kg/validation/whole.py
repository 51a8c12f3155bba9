"""What is wrong with the whole graph: SHACL, facts, grounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from kg.assembly import add_facts
from kg.model import Finding
from kg.records import RETRACTED
from kg.seeds import read_seeds
from kg.serialise import value_of
from kg.shacl import Validator
from kg.stores.local import LocalStore
from kg.terms import iri
from kg.triples import Graphs
from kg.validation.grounding import check_grounding
from kg.validation.report import Report, placed, sorted_report
from kg.validation.shapes import validator_of
from kg.workspace import Workspace


class BuiltGraph(Protocol):
    """What is validated against: a workspace, and the graph that was built there."""

    @property
    def workspace(self) -> Workspace:
        """Where seeds and shapes are."""
        ...

    @property
    def local(self) -> LocalStore:
        """The graph."""
        ...

    @property
    def validator(self) -> Validator:
        """The shapes of the workspace, compiled."""
        ...


def validate_graph(graph: BuiltGraph) -> Report:
    """SHACL, grounding and facts of the built graph; places are those of the claims files."""
    store = graph.local
    findings = graph.validator.findings(store.data)
    findings += check_facts(store)
    findings += check_grounding(store, graph.workspace)
    places = read_seeds(graph.workspace).places() if graph.workspace.writable else {}
    return sorted_report(placed(findings, places))


def check(
    files: Mapping[str, bytes], workspace: Workspace, brought: Mapping[str, Path] | None = None
) -> list[Finding]:
    """SHACL and grounding of a graph by its files, with the ontology; what was retracted is left out.

    ``brought`` are texts of documents that do not lie in the workspace yet, by file name.
    """
    left_out = (f"{RETRACTED}.trig", "shapes.trig")
    store = LocalStore.from_trig(text for name, text in files.items() if name not in left_out)
    return [*check_shapes(store, workspace), *check_grounding(store, workspace, brought=brought)]


def check_shapes(store: LocalStore, workspace: Workspace) -> list[Finding]:
    """SHACL findings of everything in a store (which holds the ontology) against the shapes folders."""
    return validator_of(workspace).findings(store.data)


def check_facts(store: LocalStore) -> Iterator[Finding]:
    """Facts and disputed facts are exactly what ``facts.rq`` gives."""
    expected = Graphs()
    wanted = {iri("graph", name) for name in ("analysis", "propositions", "ontology")}
    kept = [quad for quad in store.quads() if value_of(quad.graph_name) in wanted]
    add_facts(expected, kept)
    for name in ("facts", "disputed"):
        graph = iri("graph", name)
        there = {
            (value_of(q.subject), value_of(q.predicate), value_of(q.object))
            for q in store.quads()
            if value_of(q.graph_name) == graph
        }
        should = {(str(s), str(p), str(o)) for s, p, o in expected[name]}
        for subject, predicate, value in sorted(there ^ should):
            surplus = (subject, predicate, value) in there
            yield Finding(
                "fact-has-a-claim" if surplus else "fact-is-written",
                "violation",
                f"{predicate} {value} {'stands in' if surplus else 'is missing from'} {name}",
                "facts are made by kg build; never edit them",
                focus=subject,
            )
