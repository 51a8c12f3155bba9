"""A remote store in every mood: what is sent to it, what is taken from it, what is told when it fails."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD

from kg.errors import KgError, LimitError, RemoteError, UsageError
from kg.serialise import parse
from kg.stores import http as door
from kg.stores import protocol
from kg.stores.answer import Rows
from kg.stores.loading import load
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


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_read_are_told_by_their_file(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(file))
    with pytest.raises(UsageError, match="REQUESTS_CA_BUNDLE names cannot be read") as caught:
        RemoteStore("https://127.0.0.1:9/query").query(SELECT)
    assert caught.value.where == str(file)


def test_rows_that_virtuoso_marks_as_cut_off_for_lack_of_time_are_refused() -> None:
    cut = Reply(ONE_ROW.body, headers={"X-SQL-State": "S1TAT", "X-SQL-Message": "Anytime query timed out"})
    with serving(YES, cut) as server:
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
            load(RemoteStore(f"{server.url}/query"), HELD)
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
        for ask in (lambda store: store.query(SELECT), lambda store: load(store, HELD)):
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
NONE = rows(variables=("graph", "held"))
DONE = Reply(status=204)


def text_of(graph: str) -> Reply:
    body = ox.serialize([q.triple for q in HELD.quads(GRAPHS + graph)], format=ox.RdfFormat.N_TRIPLES)
    assert body is not None
    return Reply(body, kind="application/n-triples")


WELL = (NONE, NONE, DONE, DONE, counts(facts=2, shapes=1), text_of("facts"), text_of("shapes"))


def test_every_graph_is_added_under_its_name_counted_and_read_back() -> None:
    with serving(*WELL) as server:
        report = load(RemoteStore(f"{server.url}/query"), HELD)
    sent = server.asked[2:4]
    assert [(asked.method, asked.path) for asked in sent] == [("POST", "/store")] * 2
    assert [asked.parameters["graph"] for asked in sent] == [[f"{GRAPHS}facts"], [f"{GRAPHS}shapes"]]
    assert {asked.headers["Content-Type"] for asked in sent} == {"application/n-triples"}
    assert all(asked.headers["User-Agent"].startswith("aces-kg/") for asked in server.asked)
    assert [len(parse(asked.body, "nt", where="f")) for asked in sent] == [2, 1]
    assert [asked.method for asked in server.asked[4:]] == ["GET"] * 3
    assert report.equal
    assert [(g.name, g.here, g.held, g.counted) for g in report.graphs] == [
        ("facts", 2, 2, 2),
        ("shapes", 1, 1, 1),
    ]
    assert "facts: 2 here, 2 held, equal, sha256 " in report.text()


def test_a_store_that_takes_quads_is_sent_many_graphs_in_one_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(*WELL[:3], *WELL[4:]) as server:
        assert load(RemoteStore(server.url), HELD).equal
    assert (server.asked[2].headers["Content-Type"], server.asked[2].parameters) == (
        "application/n-quads",
        {},
    )
    assert len(parse(server.asked[2].body, "nq", where="f")) == 3
    monkeypatch.setattr("kg.stores.loading.CHUNK", 2)
    with serving(*WELL) as server:
        assert load(RemoteStore(server.url), HELD).equal
    assert [len(parse(asked.body, "nq", where="f")) for asked in server.asked[2:4]] == [2, 1]


def test_a_store_that_counts_other_than_it_gives_back_is_a_difference() -> None:
    with serving(*WELL[:4], counts(facts=3, shapes=1), *WELL[5:]) as server:
        report = load(RemoteStore(f"{server.url}/query"), HELD)
    assert [(g.name, g.held, g.counted) for g in report.differing] == [("facts", 2, 3)]
    assert "its query counts 3" in report.text()


def test_a_store_that_gives_back_something_else_is_told_triple_by_triple() -> None:
    other = Reply(b'<urn:a> <urn:p> "x\x1b[31m" .\n', kind="application/n-triples")
    with serving(*WELL[:4], counts(facts=1, shapes=1), other, text_of("shapes")) as server:
        report = load(RemoteStore(f"{server.url}/query"), HELD)
    (facts,) = report.differing
    assert (facts.missing, facts.extra) == (2, 1)
    assert [line[0] for line in facts.examples] == ["-", "-", "+"]
    assert "\x1b" not in report.text()


def test_a_busy_store_is_sent_the_graph_again(naps: list[float]) -> None:
    busy = Reply(status=503, headers={"Retry-After": "1"})
    with serving(*WELL[:2], busy, *WELL[2:]) as server:
        assert load(RemoteStore(f"{server.url}/query"), HELD).equal
    assert [asked.method for asked in server.asked[2:5]] == ["POST"] * 3
    assert [nap for nap in naps if nap] == [1.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 500, 503, 507])
def test_a_store_that_does_not_take_a_graph_is_told_with_what_is_loaded(
    status: int, naps: list[float]
) -> None:
    script = (NONE, NONE, DONE, Reply(b"no", status, "text/plain"))
    with serving(*script) as server, pytest.raises(RemoteError, match=str(status)) as caught:
        load(RemoteStore(f"{server.url}/query"), HELD)
    assert "1 of 2 graphs are loaded, shapes is not, 0 not yet begun" in caught.value.line()
    assert caught.value.fix.endswith("the same command again goes on from there")


def test_a_store_that_is_slow_to_take_a_graph_is_a_limit() -> None:
    with serving(NONE, NONE, Reply(wait=1.0)) as server, pytest.raises(LimitError, match="0 of 2 graphs"):
        load(RemoteStore(f"{server.url}/query", timeout=0.3), HELD)


def test_a_request_that_is_too_long_is_sent_in_halves() -> None:
    too_long = Reply(b"no", 413, "text/plain")
    with serving(*WELL[:2], too_long, DONE, *WELL[2:]) as server:
        assert load(RemoteStore(f"{server.url}/query"), HELD).equal
    whole, first, second = (asked.body for asked in server.asked[2:5])
    assert first + second == whole
    assert first.count(b"\n") == second.count(b"\n") == 1


def test_a_graph_that_cannot_be_moved_is_put_in_one_request() -> None:
    old = Reply(b"<urn:old> <urn:p> <urn:o> .\n", kind="application/n-triples")
    with serving(counts(facts=1), NONE, old, DONE, DONE, *WELL[4:]) as server:
        store = RemoteStore(f"{server.url}/sparql", graph_store=f"{server.url}/data")
        assert load(store, HELD).equal
    put = next(asked for asked in server.asked if asked.method == "PUT")
    assert put.parameters == {"graph": [f"{GRAPHS}facts"]}


def test_nothing_is_moved_over_what_is_there_before_it_is_whole() -> None:
    old = Reply(b"<urn:old> <urn:p> <urn:o> .\n", kind="application/n-triples")
    script = (counts(facts=1), NONE, old, DONE, NONE)
    with serving(*script) as server, pytest.raises(RemoteError, match="0 of 2 triples") as caught:
        load(RemoteStore(f"{server.url}/query"), HELD)
    assert "facts is as it was" in caught.value.what
    assert not any("MOVE" in str(asked.parameters) for asked in server.asked)


def test_without_the_graph_stores_address_nothing_is_sent() -> None:
    with serving(NONE) as server, pytest.raises(UsageError, match="where this store takes graphs"):
        load(RemoteStore(f"{server.url}/sparql"), HELD)
    assert {asked.method for asked in server.asked} <= {"GET"}


def test_the_graph_stores_address_can_be_given() -> None:
    with serving(*WELL) as server:
        load(RemoteStore(f"{server.url}/sparql", graph_store=f"{server.url}/data?default=x"), HELD)
    assert [asked.path for asked in server.asked[2:5]] == ["/data", "/data", "/sparql"]
    assert server.asked[2].parameters == {"default": ["x"], "graph": [f"{GRAPHS}facts"]}
