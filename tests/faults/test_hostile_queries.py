"""``kg sparql`` and ``kg query`` on queries made to crash, to write or to reach outside."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Canaries, run_limited
from kg.queries.catalogue import catalogue
from running import Run

pytestmark = [pytest.mark.usefixtures("unchanged"), pytest.mark.slow]
RunKg = Callable[..., Run]
AskAll = Callable[[list[str]], list[Run]]

ASKER = """
import json, sys
from pathlib import Path
from kg.errors import KgError
from kg.graph import open_graph
graph = open_graph(sys.argv[1])
for query in json.loads(sys.stdin.buffer.read()):
    try:
        graph.sparql(query)
        print(json.dumps([0, ""]), flush=True)
    except KgError as error:
        print(json.dumps([error.exit_code, error.line()]), flush=True)
assert graph.sparql("ASK {}") is True
"""


@pytest.fixture
def ask_all(corpus: Path, tmp_path: Path) -> AskAll:
    """Ask many queries in one process under the limits; afterwards the store must still answer."""

    def run(queries: list[str]) -> list[Run]:
        command = (sys.executable, "-c", ASKER, str(corpus))
        done = run_limited(*command, cwd=tmp_path, stdin=json.dumps(queries).encode())
        assert (done.code, done.err) == (0, ""), done
        outcomes = [json.loads(line) for line in done.out.splitlines()]
        assert len(outcomes) == len(queries)
        return [Run(code, "", f"kg: {line}" if code else "") for code, line in outcomes]

    return run


# --- reaching outside ----------------------------------------------------------------------------

SERVICES = (
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{url}> AS ?where) SERVICE ?where {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?where {{ <{url}> }} SERVICE SILENT ?where {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ FILTER NOT EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "PREFIX : <{url}> ASK {{ FILTER(1<2)SERVICE:p#>\n{{ ?s ?p ?o }} }}",
    "PREFIX ex: <{url}> ASK {{ SERVICEex:p {{ ?s ?p ?o }} }}",
    "PREFIX ex: <{url}> ASK {{ ?s ?p trueSERVICEex:p {{ ?s ?p ?o }} }}",
    "PREFIX ex: <{url}> ASK {{ SERV\\u0049CE ex:p {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
)
OTHER_GRAPHS = (
    "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <{file}> {{ ?s ?p ?o }}",
    "ASK FROM <{url}> {{ ?s ?p ?o }}",
    "LOAD <{url}>",
    "LOAD <{file}>",
    "LOAD SILENT <{url}> INTO GRAPH <urn:g>",
    "INSERT DATA {{ <urn:a> <urn:b> 1 }}",
    "DROP ALL",
    "CLEAR DEFAULT",
    "DELETE WHERE {{ ?s ?p ?o }}",
)


def test_no_query_reaches_outside_or_writes(ask_all: AskAll, canaries: Canaries) -> None:
    places = {"url": canaries.url, "file": canaries.secret.as_uri()}
    runs = ask_all([query.format(**places) for query in (*SERVICES, *OTHER_GRAPHS)])
    assert [run for run in runs if not run.is_one_line_fault(2)] == []
    assert canaries.are_alive()
    assert not any(canaries.told(run) for run in runs)


def test_the_canary_would_have_sung(canaries: Canaries) -> None:
    import pyoxigraph

    with pytest.raises((OSError, RuntimeError, SyntaxError)):
        list(pyoxigraph.Store().query(f"SELECT * {{ SERVICE <{canaries.url}> {{ ?s ?p ?o }} }}"))
    assert not canaries.are_alive()


@pytest.mark.parametrize("query", [SERVICES[0], SERVICES[7], OTHER_GRAPHS[0], "LOAD <{url}>"])
def test_the_command_line_refuses_what_would_reach_outside(
    run_kg: RunKg, canaries: Canaries, query: str
) -> None:
    run = run_kg("sparql", query.format(url=canaries.url))
    assert run.is_one_line_fault(2), run
    assert canaries.are_alive()


def test_a_query_for_a_remote_store_is_checked_before_it_is_sent(run_kg: RunKg, canaries: Canaries) -> None:
    for query in (SERVICES[0].format(url="http://127.0.0.1:1/"), "DROP ALL", "ASK FROM <urn:g> {}"):
        run = run_kg("sparql", query, "--endpoint", canaries.url)
        assert run.is_one_line_fault(2), run
    assert canaries.are_alive()


# --- depth and size ------------------------------------------------------------------------------

DEPTHS = (101, 1_000, 2_500, 5_000, 15_000, 100_000)
DEEP: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "ASK " + "{" * n + "}" * n,
    "brackets": lambda n: "ASK {FILTER(" + "(" * n + "1" + ")" * n + ")}",
    "negations": lambda n: "ASK {FILTER(" + "!" * n + "1)}",
    "signs": lambda n: "ASK {FILTER(" + "-" * n + "1)}",
    "paths": lambda n: "ASK {?s " + "(" * n + "<urn:p>" + ")*" * n + " ?o}",
    "inverses": lambda n: "ASK {?s " + "^" * n + "<urn:p> ?o}",
    "nodes": lambda n: "ASK {?s ?p " + "[<urn:p> " * n + "1" + "]" * n + "}",
    "collections": lambda n: "ASK {?s ?p " + "(" * n + ")" * n + "}",
    "functions": lambda n: "ASK {FILTER(" + "STR(" * n + "1" + ")" * n + ")}",
    "open": lambda n: "ASK " + "{" * n,
}
LONG: dict[str, Callable[[int], str]] = {
    "unions": lambda n: "ASK {" + "{}UNION" * n + "{}}",
    "sequences": lambda n: "ASK {?s " + "<urn:p>/" * n + "<urn:p> ?o}",
    "alternatives": lambda n: "ASK {?s " + "<urn:p>|" * n + "<urn:p> ?o}",
    "sums": lambda n: "ASK {FILTER(" + "1+" * n + "1)}",
    "truths": lambda n: "ASK {FILTER(" + "true-" * n + "1)}",
    "optional parts": lambda n: "ASK {" + "OPTIONAL{}" * n + "}",
    "assignments": lambda n: "SELECT " + "".join(f"(1 AS ?x{k})" for k in range(n)) + "{}",
    "nodes to describe": lambda n: "DESCRIBE " + "<urn:x> " * (n + 3) + "{}",
}


def test_no_depth_brings_the_store_down(ask_all: AskAll) -> None:
    queries = [make(depth) for make in DEEP.values() for depth in DEPTHS]
    runs = ask_all([query for query in queries if len(query) < 1_000_000])
    assert len(runs) >= 55
    assert [run for run in runs if not run.is_one_line_fault(6)] == []


def test_no_length_brings_the_store_down(ask_all: AskAll) -> None:
    queries = [make(length) for make in LONG.values() for length in (501, 5_000, 50_000)]
    runs = ask_all([query for query in queries if len(query) < 1_000_000])
    assert len(runs) >= 22
    assert [run for run in runs if not run.is_one_line_fault(6)] == []


def test_what_is_just_within_the_limits_is_answered(ask_all: AskAll) -> None:
    deep = [DEEP[name](97) for name in ("groups", "brackets", "negations", "functions")]
    long = [LONG[name](490) for name in LONG if name != "sequences"]
    assert [run for run in ask_all(deep + long) if run.code] == []


def test_the_command_line_ends_with_the_code_of_a_limit(run_kg: RunKg, tmp_path: Path) -> None:
    deep = tmp_path / "deep.rq"
    deep.write_text(DEEP["groups"](100_000), encoding="utf-8")
    assert run_kg("sparql", "-f", deep).is_one_line_fault(6)
    deep.write_text("ASK {} #" + "x" * 1_000_000, encoding="utf-8")
    assert run_kg("sparql", "-f", deep).is_one_line_fault(6)
    assert run_kg("sparql", "ASK {}").out == "true\n"


# --- what is no text -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"ASK { ?s ?p '\xff' }", b"\xff\xfeA\x00S\x00K\x00", b"ASK { ?s ?p '\x00' }"]
)
def test_a_query_file_that_is_no_text_is_unreadable(run_kg: RunKg, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "q.rq").write_bytes(content)
    assert run_kg("sparql", "-f", tmp_path / "q.rq").is_one_line_fault(2)
    assert run_kg("sparql", "-f", "-", stdin=content).is_one_line_fault(2)


def test_a_query_word_that_is_no_utf_8_is_unreadable(run_kg: RunKg) -> None:
    assert run_kg("sparql", b"ASK { ?s ?p '\xff' }").is_one_line_fault(2)


def test_surrogates_are_unreadable(ask_all: AskAll) -> None:
    runs = ask_all(["ASK { ?s ?p '\ud800' }", "ASK { ?s <urn:\udfff> ?o }", "\ud800"])
    assert [run for run in runs if not run.is_one_line_fault(2)] == []


# --- breaking out of a parameter -----------------------------------------------------------------

BREAK_OUTS = (
    "x> } ; DROP ALL",
    'x" } INSERT DATA { <urn:a> <urn:b> 1 } #',
    "actor/x> } SERVICE <{url}> { ?s ?p ?o",
    "https://w3id.org/aces/kg/actor/x> } SERVICE <{url}> { ?s ?p ?o } #",
    "https://w3id.org/aces/kg/actor/x\\u003E } #",
    "\\u0022 } #",
    "UNDEF",
    "?actor",
    "}",
    "",
    "\x1b[31m",
    "\u202eevil",
)


def test_no_parameter_breaks_out(corpus: Path, canaries: Canaries) -> None:
    from kg.errors import UnknownNameError
    from kg.graph import open_graph

    graph = open_graph(corpus)
    asked = 0
    for query in catalogue().values():
        for parameter in query.parameters:
            for text in BREAK_OUTS:
                if parameter.kind in ("text", "number"):
                    continue
                with pytest.raises(UnknownNameError) as caught:
                    graph.query(query.name, **{parameter.name: text.replace("{url}", canaries.url)})
                assert "DROP" not in caught.value.fix
                asked += 1
    assert asked >= len(BREAK_OUTS) * 5
    assert canaries.are_alive()


@pytest.mark.parametrize("text", BREAK_OUTS[:4])
def test_the_command_line_takes_a_break_out_for_an_unknown_name(
    run_kg: RunKg, canaries: Canaries, text: str
) -> None:
    run = run_kg("query", "actor-claims", "--actor", text.replace("{url}", canaries.url))
    assert run.is_one_line_fault(1), run
    assert canaries.are_alive()
