"""The graph in a live Oxigraph server, with and without a union: asked like the embedded store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.errors import RemoteError, UnreadableError
from kg.stores.answer import SHAPES_GRAPH, Rows
from kg.stores.loading import load
from kg.stores.local import LocalStore
from kg.stores.remote import RemoteStore
from live import oxigraph

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def graph(corpus: Path) -> LocalStore:
    return LocalStore.from_trig_files(sorted((corpus / "triples").glob("*.trig")))


@pytest.fixture(scope="module")
def unshaped(graph: LocalStore) -> LocalStore:
    """The graph without its shapes: a union of all graphs of a store is to hold no more than queries see."""
    return LocalStore.from_quads(q for q in graph.quads() if q.graph_name.value != SHAPES_GRAPH)


@pytest.fixture(scope="module", params=[(), ("--union-default-graph",)], ids=["no union", "union"])
def live(
    request: pytest.FixtureRequest, unshaped: LocalStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server that holds the graph, once without and once with a union default graph; not changed."""
    with oxigraph(tmp_path_factory.mktemp("store"), *request.param) as address:
        assert load(RemoteStore(address), unshaped).equal
        yield address


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } #" + "x" * 5000,
        "ASK { <https://w3id.org/aces/kg> ?p ?o }",
    ],
)
def test_counts_and_truth_are_the_same_as_in_the_embedded_store(
    live: str, unshaped: LocalStore, query: str
) -> None:
    assert RemoteStore(live).query(query) == unshaped.query(query)


def test_a_graph_comes_back_the_same(live: str, unshaped: LocalStore) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(isIRI(?o)) }"
    here, there = unshaped.query(query), RemoteStore(live).query(query)
    assert isinstance(here, Graph) and isinstance(there, Graph)
    assert len(there) > 100
    assert isomorphic(here, there)


def test_the_shapes_are_out_of_sight_where_the_store_has_no_union(graph: LocalStore, tmp_path: Path) -> None:
    with oxigraph(tmp_path / "plain") as address:
        store = RemoteStore(address)
        load(store, graph)
        query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert store.query(query) == graph.query(query)


@pytest.mark.parametrize("options", [(), ("--union-default-graph",)], ids=["no union", "union"])
def test_an_empty_store_answers_no_rows(options: tuple[str, ...], tmp_path: Path) -> None:
    with oxigraph(tmp_path / "empty", *options) as address:
        assert RemoteStore(address).query("SELECT ?s { ?s ?p ?o }") == Rows(("s",), [])


def test_a_query_that_does_not_parse_is_told_in_one_line(live: str) -> None:
    with pytest.raises((RemoteError, UnreadableError)) as caught:
        RemoteStore(live).query("SELECT ?s { ?s nope:x ?o }")
    assert caught.value.line().isprintable()


HEAVY = {
    "groups": "ASK " + "{" * 100 + "}" * 100,
    "brackets": "ASK {FILTER(" + "(" * 97 + "1" + ")" * 97 + ")}",
    "negations": "ASK {FILTER(" + "!" * 97 + "1)}",
    "unions": "ASK {" + "{}UNION" * 498 + "{}}",
    "alternatives": "ASK {?s " + "<urn:p>|" * 500 + "<urn:p> ?o}",
    "conjunctions": "ASK {FILTER(" + "?x&&" * 500 + "1)}",
    "optional parts": "ASK {" + "OPTIONAL{?s ?p ?o}" * 499 + "}",
    "assignments": "SELECT " + " ".join(f"(1 AS ?x{n})" for n in range(500)) + "{}",
    "nodes to describe": "DESCRIBE " + "<urn:x> " * 503 + "{}",
}


@pytest.mark.parametrize("query", HEAVY.values(), ids=HEAVY)
def test_the_heaviest_query_that_the_guard_lets_through_does_not_bring_a_server_down(
    live: str, query: str
) -> None:
    from kg.sparql import check_read_only

    check_read_only(query, ())
    store = RemoteStore(live, timeout=20)
    store.query(query)
    assert store.query("ASK {}") is True
