"""Over a graph of shipped claims the fast engine finds what a plain pySHACL run finds.

Plain pySHACL needs the better part of an hour for all claims, so those of the shorter Works are taken, with
the whole registry.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import Graph, Literal, URIRef

from kg.assembly import assemble, ontology_quads, quads
from kg.seeds import read_seeds
from kg.serialise import triples_of
from kg.shacl import plain_shacl_findings, shacl_findings
from kg.stores.local import LocalStore
from kg.terms import aces
from kg.validation import read_shapes
from kg.workspace import Workspace, core_folder

pytestmark = pytest.mark.slow


def graph_of_the_shorter_works() -> tuple[Graph, Graph]:
    """Data with ontology, and shapes."""
    workspace = Workspace(core_folder())
    seeds = read_seeds(workspace)
    shorter = replace(seeds, files=sorted(seeds.files, key=lambda file: len(file.claims))[:2])
    ontology = ontology_quads(workspace.ontology_folders)
    store = LocalStore.from_quads([*quads(assemble(shorter, "test")), *ontology])
    data = Graph()
    for triple in triples_of(store.quads()):
        data.add(triple)
    return data, read_shapes(workspace)


def test_the_shipped_graph_with_some_damage_gives_the_same_findings_as_plain_pyshacl() -> None:
    data, shapes = graph_of_the_shorter_works()
    assert len(data) > 10_000
    claims = sorted(data.subjects(URIRef(aces("voice")), None))
    propositions = sorted(data.subjects(URIRef(aces("predicate")), None))
    data.remove((claims[0], URIRef(aces("voice")), None))
    data.remove((claims[1], URIRef(aces("evidence")), None))
    data.add((claims[2], URIRef(aces("gist")), Literal("a second gist")))
    data.set((propositions[0], URIRef(aces("predicate")), URIRef(aces("perpetrator"))))
    found = shacl_findings(data, shapes)
    assert {finding.rule for finding in found} >= {"claim-has-voice", "claim-has-evidence"}
    assert found == plain_shacl_findings(data, shapes)
