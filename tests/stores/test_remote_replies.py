"""A remote store in every mood: what is sent to it, what is taken from it, what is told when it fails."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD

from kg.errors import KgError, LimitError, RemoteError, UsageError
from kg.serialise import parse
from kg.stores import http as door
from kg.stores import protocol
from kg.stores.answer import Rows
from kg.stores.local import LocalStore
from kg.stores.remote import RemoteStore
from loopback import Reply, Server, serving

GRAPHS = "https://w3id.org/aces/kg/graph/"
YES = Reply(json.dumps({"head": {}, "boolean": True}).encode())
NO = Reply(json.dumps({"head": {}, "boolean": False}).encode())
HTML = Reply(b"<html>Welcome to our store!</html>", kind="text/html; charset=utf-8")
SELECT = "SELECT ?x { ?x ?y ?z }"


def rows(*bindings: dict[str, dict[str, str]], variables: tuple[str, ...] = ("x",)) -> Reply:
    body = {"head": {"vars": list(variables)}, "results": {"bindings": list(bindings)}}
    return Reply(json.dumps(body).encode())


def counts(**held: int) -> Reply:
    number = str(XSD.integer)
    return rows(
        *(
            {
                "graph": {"type": "uri", "value": GRAPHS + name},
                "held": {"type": "literal", "datatype": number, "value": str(count)},
            }
            for name, count in held.items()
        ),
        variables=("graph", "held"),
    )


ONE_ROW = rows({"x": {"type": "uri", "value": "urn:a"}})


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long we waited between tries, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


def failing(server: Server, query: str = SELECT, **options: float) -> KgError:
    with pytest.raises(KgError) as caught:
        RemoteStore(f"{server.url}/query", **options).query(query)  # type: ignore[arg-type]
    assert "\n" not in caught.value.line()
    assert caught.value.line().isprintable()
    assert caught.value.fix
    return caught.value


# --- what is sent --------------------------------------------------------------------------------


def test_we_say_who_we_are_and_want_json() -> None:
    with serving(YES, ONE_ROW) as server:
        RemoteStore(server.url).query(SELECT)
    asked = server.asked[-1]
    assert asked.path == "/query"
    assert asked.headers["User-Agent"].startswith("aces-kg/")
    assert asked.headers["Accept"] == "application/sparql-results+json"
    assert asked.parameters == {"query": [SELECT]}


def test_a_long_query_goes_by_post() -> None:
    long = SELECT + " #" + "x" * 2000
    with serving(YES, ONE_ROW) as server:
        store = RemoteStore(server.url)
        store.query(SELECT)
        store.query(long)
    assert [asked.method for asked in server.asked] == ["GET", "GET", "POST"]
    assert server.asked[-1].parameters["query"] == [long]


def test_a_word_in_a_text_does_not_turn_a_query_into_an_update() -> None:
    query = 'SELECT ?x { ?x ?y "a # b\nINSERT DATA {}" }'
    with serving(YES, ONE_ROW) as server:
        RemoteStore(server.url).query(query)
    assert server.asked[-1].parameters == {"query": [query]}


def test_a_store_with_a_union_is_sent_no_dataset() -> None:
    with serving(YES, ONE_ROW) as server:
        RemoteStore(server.url).query(SELECT)
    assert server.asked[0].parameters["query"] == [
        "ASK { <https://w3id.org/aces/kg> a <http://rdfs.org/ns/void#Dataset> }"
    ]
    assert len(server.asked) == 2


def test_a_store_without_a_union_is_sent_the_list_of_graphs_the_shapes_not_by_default() -> None:
    with serving(NO, counts(facts=3, shapes=2, registry=1), ONE_ROW) as server:
        store = RemoteStore(server.url)
        store.query(SELECT)
        store.query(SELECT)
    everything = [f"{GRAPHS}{name}" for name in ("facts", "registry", "shapes")]
    for asked in server.asked[2:]:
        assert sorted(asked.parameters["named-graph-uri"]) == everything
        assert sorted(asked.parameters["default-graph-uri"]) == everything[:2]
    assert len(server.asked) == 4


def test_a_query_that_names_its_dataset_is_sent_no_other() -> None:
    query = f"SELECT ?x FROM <{GRAPHS}facts> {{ ?x ?y ?z }}"
    with serving(ONE_ROW) as server:
        RemoteStore(server.url).query(query)
    assert [asked.parameters for asked in server.asked] == [{"query": [query]}]


def test_name_and_password_go_into_a_header_and_parameters_stay() -> None:
    with serving(YES, ONE_ROW) as server:
        address = server.url.replace("//", "//ann:s%40cret@") + "/sparql?key=1"
        RemoteStore(address).query(SELECT)
    asked = server.asked[-1]
    assert asked.headers["Authorization"] == "Basic YW5uOnNAY3JldA=="
    assert asked.parameters == {"query": [SELECT], "key": ["1"]}


# --- what is taken -------------------------------------------------------------------------------


def test_rows_become_rdflib_terms_in_the_order_of_the_variables() -> None:
    binding = {
        "u": {"type": "uri", "value": "urn:a"},
        "b": {"type": "bnode", "value": "b0"},
        "s": {"type": "literal", "value": "x"},
        "t": {"type": "typed-literal", "value": "x", "datatype": str(XSD.string)},
        "l": {"type": "literal", "value": "x", "xml:lang": "en"},
        "n": {"type": "literal", "value": "01", "datatype": str(XSD.integer)},
    }
    with serving(YES, rows(binding, variables=("s", "t", "l", "n", "u", "b", "none"))) as server:
        answer = RemoteStore(server.url).query(SELECT)
    assert isinstance(answer, Rows)
    assert answer.columns == ("s", "t", "l", "n", "u", "b", "none")
    number = Literal("01", datatype=XSD.integer, normalize=False)
    plain = Literal("x")
    assert answer.rows == [
        (plain, plain, Literal("x", lang="en"), number, URIRef("urn:a"), BNode("b0"), None)
    ]
    assert str(answer.rows[0][3]) == "01"


def test_ask_gives_a_truth_value() -> None:
    with serving(YES, NO) as server:
        assert RemoteStore(server.url).query("ASK {}") is False


@pytest.mark.parametrize("kind", ["application/n-triples", "text/turtle; charset=utf-8"])
def test_construct_gives_a_graph(kind: str) -> None:
    with serving(YES, Reply(b'<urn:a> <urn:b> "c" .\n', kind=kind)) as server:
        graph = RemoteStore(server.url).query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(graph, Graph)
    assert list(graph) == [(URIRef("urn:a"), URIRef("urn:b"), Literal("c"))]
    assert "application/n-triples" in server.asked[-1].headers["Accept"]


# --- busy and unreachable ------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_store_is_asked_again_after_the_time_it_wants(status: int, naps: list[float]) -> None:
    busy = Reply(b"later", status, "text/plain", {"Retry-After": "7"})
    with serving(YES, busy, busy, ONE_ROW) as server:
        answer = RemoteStore(server.url).query(SELECT)
    assert isinstance(answer, Rows) and len(answer.rows) == 1
    assert [nap for nap in naps if nap] == [7.0, 7.0]


def test_a_busy_store_that_names_no_time_is_given_growing_pauses(naps: list[float]) -> None:
    with serving(YES, *[Reply(status=503)] * 3, ONE_ROW) as server:
        RemoteStore(server.url).query(SELECT)
    assert [nap for nap in naps if nap] == [0.2, 0.4, 0.8]


def test_a_date_is_understood_as_a_time_to_wait(naps: list[float]) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    with serving(YES, Reply(status=503, headers={"Retry-After": later}), ONE_ROW) as server:
        RemoteStore(server.url).query(SELECT)
    assert [17 < nap <= 20 for nap in naps if nap] == [True]


def test_a_store_that_stays_busy_is_asked_five_times(naps: list[float]) -> None:
    with serving(Reply(status=429)) as server:
        error = failing(server)
    assert isinstance(error, RemoteError)
    assert "asked 5 times" in error.what
    assert len(server.asked) == 5


def test_nobody_waits_for_an_hour(naps: list[float]) -> None:
    with serving(Reply(status=503, headers={"Retry-After": "3600"})) as server:
        error = failing(server)
    assert "wants 3600 seconds" in error.what
    assert not [nap for nap in naps if nap]


def test_a_broken_connection_is_tried_again(naps: list[float]) -> None:
    with serving(YES, Reply(hang_up=True), ONE_ROW) as server:
        assert isinstance(RemoteStore(server.url).query(SELECT), Rows)
    assert [nap for nap in naps if nap] == [0.2]


def test_a_store_that_is_not_there_is_told(naps: list[float]) -> None:
    with serving() as server:
        pass
    error = failing(server)
    assert isinstance(error, RemoteError)
    assert "cannot be reached (Connection refused)" in error.what


# --- wrong, cut and slow answers -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "query"),
    [
        (HTML, SELECT),
        (HTML, "ASK {}"),
        (HTML, "CONSTRUCT WHERE { ?s ?p ?o }"),
        (Reply(b"x\r\nurn:a\r\n", kind="text/csv"), SELECT),
        (Reply(b"<sparql/>", kind="application/sparql-results+xml"), SELECT),
        (ONE_ROW, "DESCRIBE <urn:a>"),
    ],
)
def test_an_answer_that_is_no_result_is_refused_though_the_status_is_200(reply: Reply, query: str) -> None:
    with serving(YES, reply) as server:
        error = failing(server, query)
    assert isinstance(error, RemoteError)
    assert error.exit_code == 5
    assert "the store answered" in error.what


@pytest.mark.parametrize(
    "body",
    [
        ONE_ROW.body[:-3],
        b"",
        b"[]",
        b"{}",
        b'{"head": {"vars": ["x"]}}',
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri"}}]}}',
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [1]}}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_cut_or_strange_json_is_noticed(body: bytes) -> None:
    with serving(YES, Reply(body)) as server:
        error = failing(server)
    assert isinstance(error, RemoteError)
    assert "cut off or no SPARQL result" in error.what


def test_a_cut_graph_is_noticed() -> None:
    with serving(YES, Reply(b"<urn:a> <urn:b> <ur", kind="text/turtle")) as server:
        assert "cut off" in failing(server, "CONSTRUCT WHERE { ?s ?p ?o }").what


def test_fewer_bytes_than_announced_are_noticed(naps: list[float]) -> None:
    whole = Reply(b'<urn:a> <urn:b> "c" .\n', kind="application/n-triples", announced=5000)
    with serving(YES, whole) as server:
        error = failing(server, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert "cut off" in error.what


def test_a_slow_store_is_a_limit() -> None:
    with serving(Reply(wait=1.5)) as server:
        start = time.monotonic()
        error = failing(server, timeout=0.3)
    assert isinstance(error, LimitError)
    assert error.exit_code == 6
    assert "0.3 seconds" in error.what
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("status", [408, 504])
def test_a_store_that_gives_up_is_a_limit(status: int) -> None:
    with serving(YES, Reply(status=status)) as server:
        assert isinstance(failing(server), LimitError)


def test_an_answer_without_end_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MAX_ANSWER", 10_000)
    with serving(YES, Reply(b" " * 20_000)) as server:
        assert isinstance(failing(server), LimitError)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 414, 500, 502])
def test_a_refusal_is_told_with_the_stores_own_first_line(status: int) -> None:
    with serving(YES, Reply(b"no \x1b[31mway\nsecond line", status, "text/plain")) as server:
        error = failing(server)
    assert isinstance(error, RemoteError)
    assert f"{status} no \\x1b[31mway" in error.what
    assert "second" not in error.line()


# --- addresses -----------------------------------------------------------------------------------


def test_a_redirect_within_the_host_is_followed() -> None:
    with serving(YES, Reply(status=307, headers={"Location": "/other"}), ONE_ROW) as server:
        RemoteStore(server.url).query(SELECT)
    assert server.asked[-1].path.startswith("/other")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_host_is_not_followed(status: int) -> None:
    with serving(ONE_ROW) as canary:
        moved = Reply(status=status, headers={"Location": f"{canary.url}/query"})
        with serving(YES, moved) as server:
            error = failing(server)
        with serving(moved) as server, pytest.raises(RemoteError, match="redirects"):
            RemoteStore(f"{server.url}/query").load(HELD)
    assert isinstance(error, RemoteError)
    assert "redirects" in error.what
    assert canary.asked == []


@pytest.mark.parametrize(
    "address",
    ["", "localhost:7878", "ftp://h/", "file:///etc/hostname", "http://", "http://h:port/", "http://[::1/"],
)
def test_an_address_that_is_none_is_a_wrong_call(address: str) -> None:
    with pytest.raises(UsageError, match="address"):
        RemoteStore(address)


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ("http://h:7878", "http://h:7878/query"),
        ("http://h:7878/", "http://h:7878/query"),
        ("http://h/ds/query", "http://h/ds/query"),
        ("http://h/sparql", "http://h/sparql"),
        ("https://[::1]:1/sparql?x=1", "https://[::1]:1/sparql"),
    ],
)
def test_the_query_address_follows_from_what_is_given(given: str, query: str) -> None:
    assert str(RemoteStore(given).address) == query


def test_no_message_shows_a_password_or_a_key(naps: list[float]) -> None:
    with serving() as gone:
        pass
    host = gone.url.removeprefix("http://")
    for address in (f"http://zoe:s3cret@{host}/query?token=t0ken", f"http://zoe:s3cret@{host}"):
        for ask in (lambda store: store.query(SELECT), lambda store: store.load(HELD)):
            with pytest.raises(RemoteError) as caught:
                ask(RemoteStore(address))
            assert not any(secret in repr(caught.value) for secret in ("s3cret", "t0ken", "zoe"))


def test_retry_after_that_says_nothing_is_ignored() -> None:
    assert [door.retry_after(value) for value in (None, "", "soon", "-1")] == [None] * 4


# --- loading -------------------------------------------------------------------------------------

HELD = LocalStore.from_quads(
    parse(
        f"<{GRAPHS}facts> {{ <urn:a> <urn:p> 'é', 2 }} <{GRAPHS}shapes> {{ <urn:s> <urn:p> 3 }}".encode(),
        "trig",
        where="f",
    )
)


def test_every_graph_is_put_under_its_name_and_counted() -> None:
    done = Reply(status=204)
    with serving(done, done, counts(facts=2, shapes=1)) as server:
        report = RemoteStore(server.url).load(HELD)
    puts = server.asked[:2]
    assert [(put.method, put.path) for put in puts] == [("PUT", "/store")] * 2
    assert [put.parameters["graph"] for put in puts] == [[f"{GRAPHS}facts"], [f"{GRAPHS}shapes"]]
    assert {put.headers["Content-Type"] for put in puts} == {"application/n-triples"}
    assert all(put.headers["User-Agent"].startswith("aces-kg/") for put in puts)
    sent = [parse(put.body, "nt", where="f") for put in puts]
    assert [len(quads) for quads in sent] == [2, 1]
    assert report.equal
    assert [(g.graph.removeprefix(GRAPHS), g.sent, g.held) for g in report.graphs] == [
        ("facts", 2, 2),
        ("shapes", 1, 1),
    ]
    assert "facts: 2 sent, 2 held" in report.text()


def test_a_store_that_holds_less_or_more_is_told_graph_by_graph() -> None:
    done = Reply(status=201)
    with serving(done, done, counts(facts=1, old=4)) as server:
        report = RemoteStore(server.url).load(HELD)
    assert not report.equal
    assert [(g.graph.removeprefix(GRAPHS), g.sent, g.held) for g in report.differing] == [
        ("facts", 2, 1),
        ("old", 0, 4),
        ("shapes", 1, 0),
    ]
    assert report.text().count("DIFFERENT") == 3


def test_a_busy_store_is_sent_the_graph_again(naps: list[float]) -> None:
    done, busy = Reply(status=204), Reply(status=503, headers={"Retry-After": "1"})
    with serving(busy, done, done, counts(facts=2, shapes=1)) as server:
        assert RemoteStore(server.url).load(HELD).equal
    assert [asked.method for asked in server.asked] == ["PUT", "PUT", "PUT", "GET"]


@pytest.mark.parametrize("status", [400, 401, 404, 500, 503])
def test_a_store_that_does_not_take_a_graph_is_told(status: int, naps: list[float]) -> None:
    with serving(Reply(b"no", status)) as server, pytest.raises(RemoteError, match=str(status)):
        RemoteStore(server.url).load(HELD)


def test_a_store_that_is_slow_to_take_a_graph_is_a_limit() -> None:
    with serving(Reply(wait=1.0)) as server, pytest.raises(LimitError):
        RemoteStore(server.url, timeout=0.2).load(HELD)


def test_without_the_graph_stores_address_nothing_is_sent() -> None:
    with serving() as server, pytest.raises(UsageError, match="where this store takes graphs"):
        RemoteStore(f"{server.url}/sparql").load(HELD)
    assert server.asked == []


def test_the_graph_stores_address_can_be_given() -> None:
    done = Reply(status=204)
    with serving(done, done, counts(facts=2, shapes=1)) as server:
        RemoteStore(f"{server.url}/sparql", graph_store=f"{server.url}/data?default=x").load(HELD)
    assert [asked.path for asked in server.asked] == ["/data", "/data", "/sparql"]
    assert server.asked[0].parameters == {"default": ["x"], "graph": [f"{GRAPHS}facts"]}
