"""What is wrong with a command is told in one line on stderr, with the exit code of its kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from running import Run

Kg = Callable[..., Run]
ASK_AND_FILE = ("sparql", "ASK {}", "-f", "x.rq")
ANOTHER = "<http://127.0.0.1:9/x>"
FAULTS: list[tuple[tuple[str, ...], int, str]] = [
    # names
    (("query", "actor-clams"), 1, "did you mean 'actor-claims'?"),
    (("query", "xyzzy"), 1, "kg query --list"),
    (("query", "actor-claims", "--actor", "tor-lnd"), 1, "did you mean 'tor-lind'?"),
    (("query", "actor-claims", "--actor", "pilot guild"), 1, "did you mean 'pilots-guild'?"),
    (("query", "actor-claims", "--actor", ""), 1, "no actor called ''"),
    (("query", "event-claims", "--event", "Tor Lind"), 1, "no event called 'Tor Lind'"),
    # parameters
    (("query", "actor-claims"), 2, "needs actor; give --actor"),
    (("query", "actor-claims", "--actr", "lind"), 2, "did you mean 'actor'?"),
    (("query", "claim-denials", "--actor", "lind"), 2, "it takes no parameters"),
    (("query", "actor-claims", "--actor"), 2, "--actor has no value"),
    (("query", "actor-claims", "lind"), 2, "'lind' is no parameter"),
    (("query", "claim-denials", "--format", "xml"), 2, "'xml' is not one of"),
    # SPARQL
    (("sparql",), 2, "give one query"),
    (ASK_AND_FILE, 2, "give one query"),
    (("sparql", ""), 2, "query:1:1: this is no SPARQL query"),
    (("sparql", "SELECT * WHERE {"), 2, "query:1:17: the query does not parse"),
    (("sparql", "SELECT *\nWHERE { ?s ?p }"), 2, "query:2:16: the query does not parse"),
    (("sparql", "ASK { ?s nix:p ?o }"), 2, "the prefix 'nix:' is not declared"),
    (("sparql", "INSERT DATA { <urn:a> <urn:b> 1 }"), 2, "INSERT would change the graph"),
    (("sparql", "DELETE WHERE { ?s ?p ?o }"), 2, "DELETE would change the graph"),
    (("sparql", "CLEAR ALL"), 2, "CLEAR would change the graph"),
    (("sparql", "DROP ALL"), 2, "DROP would change the graph"),
    (("sparql", f"LOAD {ANOTHER}"), 2, "LOAD would change the graph"),
    (("sparql", "LOAD <file:///etc/passwd>"), 2, "LOAD would change the graph"),
    (("sparql", f"ASK {{ SERVICE {ANOTHER} {{ ?s ?p ?o }} }}"), 2, "SERVICE would ask another endpoint"),
    (("sparql", f"ASK {{ SERVICE SILENT {ANOTHER} {{ }} }}"), 2, "SERVICE would ask another endpoint"),
    (("sparql", f"SELECT * FROM {ANOTHER} WHERE {{ }}"), 2, "is no graph of the dataset"),
    (("sparql", f"SELECT * FROM NAMED {ANOTHER} WHERE {{ }}"), 2, "is no graph of the dataset"),
    (("sparql", "SELECT * { ?s ?p ?o }", "--format", "ttl"), 2, "rows cannot be written as 'ttl'"),
    (("sparql", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"), 2, "a graph cannot be written as 'csv'"),
    (("sparql", "ASK {}", "--format", "xml"), 2, "'xml' is not one of"),
    (("sparql", "ASK {" * 200), 6, "nests deeper than"),
    # files
    (("sparql", "-f", "nosuch.rq"), 2, "nosuch.rq: cannot be read: No such file or directory"),
    (("validate", "nosuch.ttl"), 2, "nosuch.ttl: there is no such file"),
    (("validate", "nosuch.yaml"), 2, "nosuch.yaml: there is no such file"),
    (("facts", "--new", "nosuch.yaml"), 2, "nosuch.yaml: there is no such file"),
    (("draft", "fery"), 1, "did you mean 'ferry'?"),
    # commands
    (("biuld",), 2, "No such command 'biuld'"),
    (("build", "--chek"), 2, "kg build --help"),
    (("export", "--format", "hdt"), 2, "'hdt' is not one of"),
    (("load",), 2, "'--to'"),
    (("load", "--to", "ftp://localhost"), 2, "must begin with http:// or https://"),
]


@pytest.mark.parametrize(
    ("words", "code", "told"), FAULTS, ids=[" ".join(words)[:60] for words, _, _ in FAULTS]
)
def test_a_fault_is_one_line(words: tuple[str, ...], code: int, told: str, kg: Kg) -> None:
    run = kg(*words)
    assert run.is_one_line_fault(code), run
    assert told in run.err


def test_a_folder_without_seeds_is_no_workspace(kg: Kg, tmp_path: Path) -> None:
    run = kg("query", "claim-denials", workspace=tmp_path)
    assert run.is_one_line_fault(2)
    assert "there is no seeds/ in this folder" in run.err


@pytest.mark.parametrize("words", [("query", "claim-denials"), ("export",), ("validate",), ("facts",)])
def test_a_workspace_that_was_never_built_says_what_to_run(
    words: tuple[str, ...], kg: Kg, tmp_path: Path
) -> None:
    (tmp_path / "seeds").mkdir()
    run = kg(*words, workspace=tmp_path)
    assert run.is_one_line_fault(2)
    assert run.err.endswith("run: kg build\n")


def test_a_built_file_that_is_spoilt_is_told_with_its_place(kg: Kg, scratch: Path) -> None:
    file = scratch / "triples" / "facts.trig"
    file.write_bytes(file.read_bytes() + b"<urn:a> <urn:b>\n")
    run = kg("query", "claim-denials", workspace=scratch)
    assert run.is_one_line_fault(2)
    assert "facts.trig:" in run.err


def test_a_name_that_several_carry_is_refused_with_those_it_may_mean(kg: Kg, scratch: Path) -> None:
    add_alias(scratch, "town", "Lind")
    run = kg("query", "actor-claims", "--actor", "lind", workspace=scratch)
    assert run.is_one_line_fault(1)
    assert "'lind' is ambiguous; write one of: actor/tor-lind, actor/town" in run.err


def test_an_export_that_cannot_be_written_leaves_nothing_behind(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here", encoding="utf-8")
    run = kg("export", "-o", str(tmp_path / "file" / "graph.nq"))
    assert run.is_one_line_fault(4)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "here"


def test_a_query_file_that_is_no_text_is_unreadable(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_bytes(b"ASK { <urn:\xff> ?p ?o }")
    run = kg("sparql", "-f", str(tmp_path / "x.rq"))
    assert run.is_one_line_fault(2)
    assert "UTF-8" in run.err


def test_the_graphs_of_the_dataset_may_be_asked_for_by_name(kg: Kg) -> None:
    facts = "<https://w3id.org/aces/kg/graph/facts>"
    assert kg("sparql", f"ASK FROM {facts} {{ ?s ?p ?o }}").out == "true\n"
    assert kg("sparql", f"ASK {{ GRAPH {facts} {{ ?s ?p ?o }} }}").out == "true\n"


def test_a_traceback_is_shown_with_debug_and_the_exit_code_stays(kg: Kg) -> None:
    run = kg("--debug", "query", "nosuch")
    assert (run.code, run.out) == (1, "")
    assert "Traceback (most recent call last)" in run.err
    assert run.err.splitlines()[-1].startswith("kg: there is no query called 'nosuch'")


def test_without_a_command_the_help_is_named(kg: Kg) -> None:
    run = kg()
    assert run.is_one_line_fault(2)
    assert run.err == "kg: Missing command; see: kg --help\n"


def add_alias(workspace: Path, actor: str, alias: str) -> None:
    """Give an actor of a built graph one more name."""
    with (workspace / "triples" / "registry.trig").open("a", encoding="utf-8") as file:
        file.write(
            f"<https://w3id.org/aces/kg/graph/registry> {{ <https://w3id.org/aces/kg/actor/{actor}> "
            f'<http://www.w3.org/2004/02/skos/core#altLabel> "{alias}" }}\n'
        )
