"""Named graphs, and what the dataset says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

GRAPH = "https://w3id.org/aces/kg/graph/"
DATASET = "https://w3id.org/aces/kg"
VOID = "http://rdfs.org/ns/void#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ACES = "https://w3id.org/aces/ontology#"
FIXED = {"analysis", "dataset", "facts", "inferred", "ontology", "propositions", "registry", "shapes"}

Graphs = Mapping[str, set[ox.Triple]]
Described = Mapping[str, Mapping[str, list[str]]]


def test_every_triple_stands_in_exactly_one_named_graph(quads: list[ox.Quad]) -> None:
    graphs_of = Counter(quad.triple for quad in set(quads))
    assert [triple for triple, times in graphs_of.items() if times > 1] == []
    assert not any(isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads)


def test_no_file_holds_a_triple_twice(quads: list[ox.Quad]) -> None:
    assert len(quads) == len(set(quads))


def test_there_is_no_blank_node(quads: list[ox.Quad]) -> None:
    blank = [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]
    assert blank == []


def test_a_file_holds_the_graph_that_it_is_named_after(built: Path) -> None:
    for file in (built / "triples").glob("*.trig"):
        names = {quad.graph_name.value for quad in ox.parse(path=file, format=ox.RdfFormat.TRIG)}
        assert names <= {GRAPH + file.stem}


def test_the_named_graphs_are_those_that_are_promised(graphs: Graphs) -> None:
    assert set(graphs) >= FIXED
    assert all(name.startswith("work.") for name in set(graphs) - FIXED - {"disputed"})
    assert any(name.startswith("work.") for name in graphs)


def test_the_dataset_counts_the_triples_of_every_graph(graphs: Graphs, described: Described) -> None:
    subsets = described[DATASET][VOID + "subset"]
    counted = {g.removeprefix(GRAPH): int(described[g][VOID + "triples"][0]) for g in subsets}
    assert counted == {name: len(graphs.get(name, ())) for name in counted}
    assert set(counted) == (set(graphs) | {"disputed"}) - {"ontology", "shapes"}
    assert described[DATASET][VOID + "triples"] == [str(sum(counted.values()))]


def test_the_dataset_counts_the_things_of_every_class(graphs: Graphs, described: Described) -> None:
    members: dict[str, set[str]] = {}
    for name, triples in graphs.items():
        if name not in ("ontology", "shapes"):
            for triple in triples:
                if triple.predicate.value == TYPE:
                    members.setdefault(triple.object.value, set()).add(triple.subject.value)
    counted = {
        described[part][VOID + "class"][0]: int(described[part][VOID + "entities"][0])
        for part in described[DATASET][VOID + "classPartition"]
    }
    assert counted == {cls: len(members.get(cls, ())) for cls in counted}
    assert {ACES + name for name in ("Actor", "Claim", "Event", "Work")} <= set(counted)
