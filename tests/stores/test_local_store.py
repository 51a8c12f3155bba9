"""The embedded store: what a query sees, what it answers with, what goes wrong how."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from kg.errors import StoreError, UnreadableError
from kg.serialise import parse
from kg.stores.answer import Rows
from kg.stores.local import LocalStore

GRAPHS = "https://w3id.org/aces/kg/graph/"
TRIG = f"""
@prefix graph: <{GRAPHS}> .
graph:facts {{ <urn:a> <urn:p> <urn:b> . }}
graph:registry {{ <urn:a> <urn:label> "A"@en, "Alpha" . <urn:b> <urn:label> "B" . }}
graph:shapes {{ <urn:shape> <urn:p> <urn:a> . }}
""".encode()


@pytest.fixture(params=["files", "quads"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> LocalStore:
    if request.param == "quads":
        return LocalStore.from_quads(parse(TRIG, "trig", where="f"))
    (tmp_path / "graph.trig").write_bytes(TRIG)
    return LocalStore.from_trig_files([tmp_path / "graph.trig"])


def subjects(store: LocalStore, query: str) -> set[str]:
    answer = store.query(query)
    assert isinstance(answer, Rows)
    return {str(row[0]) for row in answer.rows}


# --- what a query sees ---------------------------------------------------------------------------


def test_the_default_graph_is_the_union_of_all_graphs_but_the_shapes(store: LocalStore) -> None:
    assert subjects(store, "SELECT ?s { ?s ?p ?o }") == {"urn:a", "urn:b"}


def test_a_join_reaches_over_graphs(store: LocalStore) -> None:
    assert subjects(store, 'SELECT ?s { ?s <urn:p> ?o . ?o <urn:label> "B" }') == {"urn:a"}


def test_the_union_stays_the_default_graph_of_a_query_with_graph(store: LocalStore) -> None:
    query = "SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { GRAPH <urn:none> { ?s ?p ?o } } }"
    assert subjects(store, query) == {"urn:a", "urn:b"}


def test_graph_reaches_every_graph_by_name(store: LocalStore) -> None:
    assert subjects(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }") == set(store.graph_names())


def test_from_narrows_the_dataset(store: LocalStore) -> None:
    assert subjects(store, f"SELECT ?s FROM <{GRAPHS}shapes> {{ ?s ?p ?o }}") == {"urn:shape"}
    assert subjects(store, f"SELECT ?s FROM <{GRAPHS}facts> {{ ?s ?p ?o }}") == {"urn:a"}


def test_words_from_and_graph_in_a_text_change_nothing(store: LocalStore) -> None:
    query = 'SELECT ?s { ?s ?p ?o FILTER(?o != "FROM GRAPH") } # FROM GRAPH'
    assert subjects(store, query) == {"urn:a", "urn:b"}


def test_a_store_without_shapes_works_the_same() -> None:
    store = LocalStore.from_quads(parse(b"<urn:g> { <urn:a> <urn:p> 1 }", "trig", where="f"))
    assert subjects(store, "SELECT ?s { GRAPH ?g { ?s ?p ?o } }") == {"urn:a"}


# --- what it answers with ------------------------------------------------------------------------


def test_rows_have_the_variables_in_order_and_none_where_unbound(store: LocalStore) -> None:
    answer = store.query('SELECT ?z ?s ?l { ?s <urn:label> ?l FILTER(?l = "B") }')
    assert answer == Rows(("z", "s", "l"), [(None, URIRef("urn:b"), Literal("B"))])


def test_expressions_and_star_have_columns_too(store: LocalStore) -> None:
    answer = store.query("SELECT (1 + 1 AS ?two) {}")
    assert answer == Rows(("two",), [(Literal("2", datatype=XSD.integer),)])
    star = store.query("SELECT * { <urn:a> <urn:p> ?o }")
    assert star == Rows(("o",), [(URIRef("urn:b"),)])


def test_no_rows_still_have_columns(store: LocalStore) -> None:
    assert store.query("SELECT ?x ?y { ?x <urn:none> ?y }") == Rows(("x", "y"), [])


def test_ask_gives_a_truth_value(store: LocalStore) -> None:
    assert store.query("ASK { <urn:a> ?p ?o }") is True
    assert store.query("ASK { <urn:shape> ?p ?o }") is False


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s <urn:p> ?o }", "DESCRIBE ?s { ?s <urn:p> ?o }"])
def test_construct_and_describe_give_an_rdflib_graph(store: LocalStore, query: str) -> None:
    graph = store.query(query)
    assert isinstance(graph, Graph)
    assert (URIRef("urn:a"), URIRef("urn:p"), URIRef("urn:b")) in graph


def test_language_and_plain_texts_are_told_apart(store: LocalStore) -> None:
    answer = store.query("SELECT ?l { <urn:a> <urn:label> ?l } ORDER BY ?l")
    assert isinstance(answer, Rows)
    assert {row[0] for row in answer.rows} == {Literal("A", lang="en"), Literal("Alpha")}


# --- what it holds -------------------------------------------------------------------------------


def test_graphs_are_listed_and_counted(store: LocalStore) -> None:
    assert store.graph_names() == [f"{GRAPHS}{name}" for name in ("facts", "registry", "shapes")]
    assert store.counts() == dict(zip(store.graph_names(), (1, 3, 1), strict=True))
    assert len(store) == 5


def test_quads_come_whole_or_by_graph(store: LocalStore) -> None:
    assert set(store.quads()) == set(parse(TRIG, "trig", where="f"))
    assert {quad.subject.value for quad in store.quads(f"{GRAPHS}shapes")} == {"urn:shape"}


def test_names_are_the_texts_of_the_properties_asked_for(store: LocalStore) -> None:
    assert sorted(store.names(["urn:label"])) == [("urn:a", "A"), ("urn:a", "Alpha"), ("urn:b", "B")]


# --- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("SELECT ?s { ?s ?p }", "query:1:20"),
        ("SELECT ?s {\n  ?s ?p\n}", "query:3:2"),
        ("ASK { <http:// x> ?p ?o }", "query:1:"),
        ("ASK { ?s ?p ?o ", "query:1:"),
        ("SELECT ?x { } GROUP BY ?y", "query"),
    ],
)
def test_a_query_that_does_not_parse_is_told_with_line_and_column(
    store: LocalStore, query: str, where: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        store.query(query)
    assert caught.value.where.startswith(where)
    assert caught.value.line().isprintable()
    assert len(caught.value.line()) < 120


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX a: <urn:a>\nSELECT ?s { ?s nope:x ?o }",
        "PREFIX a: <urn:a>\nSELECT ?s { ?s nope:x ?o . ?s a:b ?p }",
        "PREFIX nope2: <urn:a>\nSELECT ?s { ?s nope:x ?o } # nope: PREFIX nope: <urn:x>",
    ],
)
def test_an_undeclared_prefix_is_named_with_its_place(store: LocalStore, query: str) -> None:
    with pytest.raises(UnreadableError, match=r"the prefix 'nope:' is not declared") as caught:
        store.query(query)
    assert caught.value.where == "query:2:16"


def test_an_unknown_function_is_told_in_one_line(store: LocalStore) -> None:
    with pytest.raises(UnreadableError, match="urn:unknown"):
        store.query("ASK { FILTER(<urn:unknown>(1)) }")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        LocalStore.from_trig_files([tmp_path / "none.trig"])


def test_a_file_that_does_not_parse_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.trig").write_bytes(TRIG + b"\n<urn:g> { <urn:a> nope }")
    with pytest.raises(UnreadableError) as caught:
        LocalStore.from_trig_files([tmp_path / "bad.trig"])
    assert caught.value.where == f"{tmp_path / 'bad.trig'}:7:19"


def test_a_folder_in_place_of_a_file_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        LocalStore.from_trig_files([tmp_path])
