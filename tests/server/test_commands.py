"""The command line against a live Oxigraph server: load it, and ask it instead of the embedded store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import requests

from kg.queries import catalogue
from live import oxigraph
from running import Run, run_child

pytestmark = pytest.mark.server
Kg = Callable[..., Run]
GRAPHS = "https://w3id.org/aces/kg/graph/"
VALUES = {
    "actor": "pilots-guild",
    "event": "marten-grounding",
    "place": "kelp-point",
    "work-kind": "report",
    "measure": "injured",
    "standing": "unasserted",
    "work": "ferry-2019",
    "topic": "financing",
    "text": "2019",
}
QUESTIONS = {
    "rows": "SELECT ?name ?o { ?name a <https://w3id.org/aces/ontology#Claim> ; ?p ?o } ORDER BY ?name ?o",
    "graphs": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "truth": "ASK { ?claim <https://w3id.org/aces/ontology#denies> ?proposition }",
    "construction": "CONSTRUCT WHERE { ?claim <https://w3id.org/aces/ontology#claimant> ?who }",
}


@pytest.fixture(scope="module", params=[(), ("--union-default-graph",)], ids=["no union", "union"])
def loaded(
    request: pytest.FixtureRequest, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A live store that holds the corpus, once without and once with a union default graph; not changed."""
    with oxigraph(tmp_path_factory.mktemp("store"), *request.param) as address:
        assert run_child("--workspace", str(corpus), "load", "--to", address).code == 0
        yield address


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("store")) as address:
        yield address


@pytest.fixture
def empty(server: str) -> str:
    """A live store that holds nothing."""
    update(server, "DROP ALL")
    return server


def update(address: str, text: str) -> None:
    requests.post(f"{address}/update", data={"update": text}, timeout=20).raise_for_status()


def test_load_prints_the_counts_of_every_graph(empty: str, kg: Kg, corpus: Path) -> None:
    run = kg("load", "--to", empty)
    assert (run.code, run.err) == (0, "")
    counts = {
        file.stem: sum(1 for _ in ox.parse(path=file, format=ox.RdfFormat.TRIG))
        for file in (corpus / "triples").glob("*.trig")
    }
    wanted = [f"{name}: {n} here, {n} held, equal, sha256 " for name, n in sorted(counts.items()) if n]
    *lines, last = run.out.splitlines()
    assert [line[:-16] for line in lines] == wanted
    total = sum(counts.values())
    assert last == f"all: {total} here, {total} held in {empty}/query"


def test_loading_again_replaces_what_is_there(empty: str, kg: Kg) -> None:
    kg("load", "--to", empty)
    update(empty, f"INSERT DATA {{ GRAPH <{GRAPHS}facts> {{ <urn:a> <urn:b> <urn:c> }} }}")
    run = kg("load", "--to", empty)
    assert (run.code, run.err) == (0, "")
    assert kg("sparql", "ASK { <urn:a> ?p ?o }", "--endpoint", empty).out == "false\n"


def test_a_graph_of_ours_that_was_not_sent_is_a_difference(empty: str, kg: Kg) -> None:
    update(empty, f"INSERT DATA {{ GRAPH <{GRAPHS}work.old> {{ <urn:a> <urn:b> <urn:c> }} }}")
    run = kg("load", "--to", empty)
    assert run.code == 1
    assert "work.old: 0 here, 1 held  DIFFERENT: 0 missing, 1 too many" in run.out.splitlines()
    assert "  + <urn:a> <urn:b> <urn:c> ." in run.out.splitlines()
    assert run.err.startswith(f"kg: {empty}/query: the store does not hold this graph")
    assert len(run.err.splitlines()) == 1


def test_graphs_of_others_are_left_alone(empty: str, kg: Kg) -> None:
    update(empty, "INSERT DATA { GRAPH <urn:theirs> { <urn:a> <urn:b> <urn:c> } }")
    assert kg("load", "--to", empty).code == 0
    held = requests.get(f"{empty}/store", params={"graph": "urn:theirs"}, timeout=20).text
    assert "<urn:c>" in held


@pytest.mark.parametrize("loaded", [()], ids=["no union"], indirect=True)
@pytest.mark.parametrize("name", catalogue())
def test_a_canned_query_with_values_gives_the_rows_of_the_embedded_store(
    name: str, loaded: str, kg: Kg
) -> None:
    words = ["query", name, "--format", "csv"]
    for parameter in catalogue()[name].parameters:
        words += [f"--{parameter.name}", VALUES[parameter.kind]]
    here, there = kg(*words), kg(*words, "--endpoint", loaded)
    assert there == here
    assert here.code == 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_query_of_ones_own_gives_the_answer_of_the_embedded_store(
    question: str, loaded: str, kg: Kg
) -> None:
    form = {"truth": "table", "construction": "nt"}.get(question, "tsv")
    words = ["sparql", QUESTIONS[question], "--format", form]
    here, there = kg(*words), kg(*words, "--endpoint", loaded)
    assert there == here
    assert here.code == 0
    assert here.out


@pytest.mark.parametrize(
    "options",
    [
        pytest.param((), id="no union"),
        pytest.param(
            ("--union-default-graph",),
            id="union",
            marks=pytest.mark.xfail(strict=True, reason="such a store counts the shapes to its union"),
        ),
    ],
)
def test_the_shapes_are_out_of_sight(options: tuple[str, ...], kg: Kg, tmp_path: Path) -> None:
    count = ("sparql", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv")
    with oxigraph(tmp_path / "store", *options) as address:
        assert kg("load", "--to", address).code == 0
        assert kg(*count, "--endpoint", address) == kg(*count)


@pytest.mark.parametrize("text", ["DROP ALL", "INSERT DATA { <urn:a> <urn:b> 1 }", "CLEAR DEFAULT"])
def test_an_update_is_refused_before_the_store_is_asked(text: str, loaded: str, kg: Kg) -> None:
    assert kg("sparql", text, "--endpoint", loaded).is_one_line_fault(2)
    assert kg("sparql", QUESTIONS["truth"], "--endpoint", loaded).out == "true\n"


def test_a_store_that_is_not_there_is_one_line(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.stores.http.FIRST_WAIT", 0.01)
    run = kg("sparql", "ASK {}", "--endpoint", "http://127.0.0.1:9/query")
    assert run.is_one_line_fault(5)
    assert "cannot be reached" in run.err
