"""A graph in each kind of live store: loaded, proved, kept up, and told apart from what it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import pytest

from kg.stores import loading, proving, syncing
from kg.stores.files import GraphFiles
from kg.stores.report import GRAPHS, STAGING
from servers import Server

pytestmark = pytest.mark.server
XSD = "http://www.w3.org/2001/XMLSchema#"


class Facts:
    """The graph of facts with these literals, their words unchanged."""

    def __init__(self, literals: Iterable[ox.Literal]) -> None:
        self.literals = list(literals)

    def graph_names(self) -> list[str]:
        return [f"{GRAPHS}facts"]

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        for number, literal in enumerate(self.literals if graph == f"{GRAPHS}facts" else ()):
            subject = ox.NamedNode(f"urn:s{number}")
            yield ox.Quad(subject, ox.NamedNode("urn:p"), literal, ox.NamedNode(graph))


def held_text(server: Server, graph: str) -> set[str]:
    with server.remote().writer() as writer, writer.triples(graph) as triples:
        return {str(triple) for triple in triples}


def put(server: Server, graph: str, text: str = '<urn:a> <urn:b> "c" .\n') -> None:
    with server.remote().writer() as writer:
        writer.add(graph, text.encode())


def test_a_loaded_store_holds_exactly_the_graph(empty: Server, files: GraphFiles) -> None:
    report = loading.load(empty.remote(), files)
    assert report.equal, report.text()
    here = {name: sum(1 for _ in files.quads(name)) for name in files.graph_names()}
    assert {g.graph: g.held for g in report.graphs} == {g.graph: g.counted for g in report.graphs} == here


def test_loading_again_sends_nothing(
    empty: Server, files: GraphFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading.load(empty.remote(), files)
    sent: list[str] = []
    monkeypatch.setattr("kg.stores.graphstore.GraphStore._add", lambda *words: sent.append(words[1]))
    assert loading.load(empty.remote(), files).equal
    assert sent == []


def test_a_graph_that_lacks_triples_gets_those_alone(empty: Server, files: GraphFiles) -> None:
    loading.load(empty.remote(), files)
    empty.change(f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ VALUES ?g {{ <{GRAPHS}registry> }} "
                 "GRAPH ?g { ?s ?p ?o FILTER(isIRI(?o)) } }")  # fmt: skip
    seen: list[int] = []
    report = loading.load(empty.remote(), files, lambda graph, size: seen.append(size))
    assert report.equal, report.text()


def test_a_graph_that_holds_other_things_is_replaced_and_nothing_is_left_beside_it(
    empty: Server, files: GraphFiles
) -> None:
    put(empty, f"{GRAPHS}facts")
    put(empty, f"{STAGING}facts", '<urn:left> <urn:over> "by a cut load" .\n')
    report = loading.load(empty.remote(), files)
    assert report.equal, report.text()
    assert empty.remote().held(STAGING) == {}


def test_a_graph_of_many_triples_is_moved_whole_over_others(empty: Server) -> None:
    """Fuseki's own MOVE loses some of them."""
    loading.load(empty.remote(), Facts(ox.Literal(f"old {n}") for n in range(50)))
    report = loading.load(empty.remote(), Facts(ox.Literal(f"new {n}") for n in range(3000)))
    assert report.equal, report.text()


def test_a_graph_of_ours_that_is_not_here_is_a_difference_until_a_sync(
    empty: Server, files: GraphFiles
) -> None:
    put(empty, f"{GRAPHS}work.old")
    report = loading.load(empty.remote(), files)
    assert [(g.name, g.here, g.held, g.extra) for g in report.differing] == [("work.old", 0, 1, 1)]
    assert syncing.sync(empty.remote(), files).equal


def test_graphs_of_others_are_left_alone(empty: Server, files: GraphFiles) -> None:
    put(empty, "urn:theirs")
    assert loading.load(empty.remote(), files).equal
    assert syncing.sync(empty.remote(), files).equal
    assert len(held_text(empty, "urn:theirs")) == 1


@pytest.fixture
def spoilt(empty: Server, files: GraphFiles) -> Iterator[Server]:
    """A loaded store in which one triple is too many, one is missing and one graph is gone."""
    loading.load(empty.remote(), files)
    put(empty, f"{GRAPHS}facts")
    first = next(iter(files.quads(f"{GRAPHS}registry")))
    triple = f"{first.subject} {first.predicate} {first.object}"
    empty.change(f"DELETE DATA {{ GRAPH <{GRAPHS}registry> {{ {triple} }} }}")
    with empty.remote().writer() as writer:
        writer.drop(f"{GRAPHS}inferred")
    yield empty


def test_a_sync_tells_first_what_it_would_do(spoilt: Server, files: GraphFiles) -> None:
    gone = sum(1 for _ in files.quads(f"{GRAPHS}inferred"))
    found = [(c.graph.removeprefix(GRAPHS), c.add, c.remove) for c in syncing.changes(spoilt.remote(), files)]
    assert found == [("facts", 0, 1), ("inferred", gone, 0), ("registry", 1, 0)]
    assert not proving.prove(spoilt.remote(), files).equal


def test_a_sync_sends_only_what_differs(spoilt: Server, files: GraphFiles) -> None:
    sent: list[tuple[str, int]] = []
    report = syncing.sync(spoilt.remote(), files, lambda graph, size: sent.append((graph, size)))
    assert report.equal, report.text()
    gone = sum(1 for _ in files.quads(f"{GRAPHS}inferred"))
    assert sorted(sent) == [(f"{GRAPHS}inferred", gone), (f"{GRAPHS}registry", 1)]


@pytest.mark.parametrize("most", [1, 10_000], ids=["many small updates", "one update"])
def test_a_sync_both_adds_and_removes_within_a_graph(
    most: int, empty: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "CHANGE", most)
    old = Facts(ox.Literal(f'é "{n}" \\ \n') for n in range(4))
    new = Facts(ox.Literal(f'é "{n}" \\ \n') for n in (0, 1, 7, 8, 9))
    assert loading.load(empty.remote(), old).equal
    report = syncing.sync(empty.remote(), new)
    assert report.equal, report.text()


def test_what_differs_is_named_with_three_triples(spoilt: Server, files: GraphFiles) -> None:
    report = proving.prove(spoilt.remote(), files)
    assert [g.name for g in report.differing] == ["facts", "inferred", "registry"]
    facts, inferred, registry = report.differing
    assert facts.examples == ('+ <urn:a> <urn:b> "c" .',)
    assert len(inferred.examples) == 3
    assert all(line.startswith("- <") for line in inferred.examples)
    assert (registry.missing, registry.extra) == (1, 0)
    assert report.text().count("DIFFERENT") == 3


# --- what stores do to literals ------------------------------------------------------------------

SAME_VALUE = [
    ("1.50", "decimal"), ("900", "decimal"), ("900.0", "decimal"), ("-0.0", "decimal"), ("01", "integer"),
    ("+5", "integer"), ("1", "boolean"), ("true", "boolean"), ("1.0E0", "double"), ("1", "double"),
    ("2015-08-06", "date"), ("2015-08-06T12:00:00.000Z", "dateTime"), ("http://a/b?c=d%20e", "anyURI"),
]  # fmt: skip
WORDS = [
    'line\nbreak\ttab "q" \\ back',
    "é ü 漢字 😀",
    "\u202e x",
    "",
    " a ",
    "a\rb",
    "\x0b\x0c\x7f",
    "\u2028",
]


def test_every_value_and_every_character_comes_back(empty: Server) -> None:
    literals = [ox.Literal(text, datatype=ox.NamedNode(XSD + kind)) for text, kind in SAME_VALUE]
    literals += [ox.Literal(text) for text in (*WORDS, "x" * 5000)]
    literals += [ox.Literal("x", language=tag) for tag in ("en", "en-GB", "zh-Hans")]
    report = loading.load(empty.remote(), Facts(literals))
    assert report.equal, report.text()
    forms = set(report.graphs[0].rewritten)
    expected = set() if empty.store == "rdf4j" else {"numbers", "times", "truth values"}
    assert forms == expected
    again = loading.load(empty.remote(), Facts(literals))
    assert again.equal, again.text()


DAMAGED = {
    "oxigraph": [],
    "fuseki": [],
    "rdf4j": [],
    "virtuoso": ["-0044-03-15", "123456789012345678901234567890", "PT36H"],
}


def test_a_value_that_a_store_damages_is_a_difference(empty: Server) -> None:
    hard = [("-0044-03-15", "date"), ("123456789012345678901234567890", "integer"), ("PT36H", "duration")]
    literals = [ox.Literal(text, datatype=ox.NamedNode(XSD + kind)) for text, kind in hard]
    report = loading.load(empty.remote(), Facts(literals))
    damaged = DAMAGED[empty.store]
    assert report.graphs[0].missing == len(damaged)
    assert report.equal is not bool(damaged)
