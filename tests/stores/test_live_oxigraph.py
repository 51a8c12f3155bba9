"""The graph in a live Oxigraph server: loaded, compared, and asked like the embedded store."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.errors import RemoteError, UnreadableError
from kg.queries.catalogue import catalogue
from kg.stores.answer import Rows
from kg.stores.loading import load
from kg.stores.local import LocalStore
from kg.stores.remote import RemoteStore
from live import oxigraph

pytestmark = pytest.mark.server
GRAPHS = "https://w3id.org/aces/kg/graph/"


@pytest.fixture(scope="module")
def graph(corpus: Path) -> LocalStore:
    return LocalStore.from_trig_files(sorted((corpus / "triples").glob("*.trig")))


def without_shapes(graph: LocalStore) -> LocalStore:
    return LocalStore.from_quads(q for q in graph.quads() if q.graph_name.value != f"{GRAPHS}shapes")


def test_the_store_holds_exactly_the_graph_after_a_load(live: str, graph: LocalStore) -> None:
    report = load(RemoteStore(live), graph)
    assert report.equal
    assert {g.graph: g.held for g in report.graphs} == graph.counts()


def test_loading_twice_changes_nothing(live: str, graph: LocalStore) -> None:
    load(RemoteStore(live), graph)
    assert load(RemoteStore(live), graph).equal


def test_what_the_store_had_in_our_graphs_is_replaced(live: str, graph: LocalStore) -> None:
    name = graph.graph_names()[0]
    extra = "<urn:extra> <urn:extra> <urn:extra> ."
    requests.post(
        f"{live}/store",
        params={"graph": name},
        data=extra,
        headers={"Content-Type": "text/turtle"},
        timeout=10,
    ).raise_for_status()
    assert load(RemoteStore(live), graph).equal


def test_a_triple_added_by_others_is_noticed_and_its_graph_named(live: str, graph: LocalStore) -> None:
    extra = {"graph": f"{GRAPHS}work.stale"}
    requests.put(
        f"{live}/store",
        params=extra,
        data="<urn:a> <urn:a> 1 .",
        headers={"Content-Type": "text/turtle"},
        timeout=10,
    ).raise_for_status()
    report = load(RemoteStore(live), graph)
    assert [(g.graph, g.here, g.held) for g in report.differing] == [(f"{GRAPHS}work.stale", 0, 1)]


@pytest.mark.parametrize("name", catalogue())
def test_a_canned_query_gives_the_same_answer_as_the_embedded_store(
    live: str, graph: LocalStore, name: str
) -> None:
    graph = without_shapes(graph)
    store = RemoteStore(live)
    load(store, graph)
    here, there = graph.query(catalogue()[name].text), store.query(catalogue()[name].text)
    assert isinstance(here, Rows) and isinstance(there, Rows)
    assert there == here


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
    live: str, graph: LocalStore, query: str
) -> None:
    graph = without_shapes(graph)
    store = RemoteStore(live)
    load(store, graph)
    assert store.query(query) == graph.query(query)


def test_a_graph_comes_back_the_same(live: str, graph: LocalStore) -> None:
    graph = without_shapes(graph)
    store = RemoteStore(live)
    load(store, graph)
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(isIRI(?o)) }"
    here, there = graph.query(query), store.query(query)
    assert isinstance(here, Graph) and isinstance(there, Graph)
    assert len(there) > 100
    assert isomorphic(here, there)


def test_the_shapes_are_out_of_sight_where_the_store_has_no_union(graph: LocalStore, tmp_path: Path) -> None:
    with oxigraph(tmp_path / "plain") as address:
        store = RemoteStore(address)
        load(store, graph)
        query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert store.query(query) == graph.query(query)


def test_an_empty_store_answers_no_rows(live: str) -> None:
    assert RemoteStore(live).query("SELECT ?s { ?s ?p ?o }") == Rows(("s",), [])


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
