"""What a path reads: wherever a triple matters, the way back from it leads to the focus node."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.shacl.index import Index
from kg.shacl.paths import Alternative, Path, Repeated, Sequence, Step

NODES = [ox.NamedNode(f"urn:node:{n}") for n in range(5)]
PREDICATES = [ox.NamedNode(f"urn:predicate:{n}") for n in range(3)]

triples = st.builds(ox.Triple, st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from(NODES))
graphs = st.sets(triples, max_size=12)
steps: st.SearchStrategy[Path] = st.builds(Step, st.sampled_from(PREDICATES), st.booleans())
paths = st.recursive(
    steps,
    lambda inner: st.one_of(
        st.builds(Sequence, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Alternative, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Repeated, inner, st.sampled_from("*+?")),
    ),
    max_leaves=4,
)


def index_of(graph: set[ox.Triple]) -> Index:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in graph)
    return Index(store)


@given(graphs, paths, st.sampled_from(NODES))
def test_values_are_what_sparql_finds(graph: set[ox.Triple], path: Path, node: ox.NamedNode) -> None:
    known = ox.Triple(node, ox.NamedNode("urn:known"), node)  # the store knows no path from a stranger
    index = index_of(graph | {known})
    rows = index.store.query(f"SELECT DISTINCT ?v WHERE {{ {node} {path.sparql()} ?v }}")
    assert isinstance(rows, ox.QuerySolutions)
    assert set(path.values(index, node)) == {row["v"] for row in rows}


@given(graphs, paths, st.sampled_from(NODES))
def test_the_way_back_leads_back(graph: set[ox.Triple], path: Path, node: ox.NamedNode) -> None:
    index = index_of(graph)
    assert all(node in path.inverted().values(index, value) for value in path.values(index, node))


@given(graphs, paths, triples)
def test_no_value_changes_but_where_the_changed_triple_is_read(
    graph: set[ox.Triple], path: Path, changed: ox.Triple
) -> None:
    before, after = index_of(graph - {changed}), index_of(graph | {changed})
    reading = path.origins(after, changed)
    differing = {n for n in NODES if path.values(before, n).keys() != path.values(after, n).keys()}
    assert differing <= set(reading)


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (Step(PREDICATES[0]), "<urn:predicate:0>"),
        (Step(PREDICATES[0], back=True), "^<urn:predicate:0>"),
        (
            Repeated(Sequence((Step(PREDICATES[0]), Step(PREDICATES[1]))), "*"),
            "((<urn:predicate:0>/<urn:predicate:1>))*",
        ),
    ],
)
def test_a_path_is_written_in_sparql(path: Path, written: str) -> None:
    assert path.sparql() == written
