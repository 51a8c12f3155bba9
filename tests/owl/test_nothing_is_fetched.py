"""Neither ``owl:imports`` nor owlready2's annotation of a Python module reaches anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from owl_graphs import core, turtle

from kg.reasoning import not_followed, prove
from running import Run, environment, run_child

MODULE = "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module"


@dataclass(frozen=True)
class Trap:
    """Triples that ask for a web page and a Python module, and what shows whether somebody obeyed."""

    triples: str
    requests: list[str]
    imported: Path

    def is_silent(self) -> bool:
        return self.requests == [] and not self.imported.exists()


@pytest.fixture
def trap(canary_server, canary_module) -> Trap:  # type: ignore[no-untyped-def]
    name, trace = canary_module
    asked = f'<http://www.w3.org/2002/07/owl#imports> <{canary_server.address}> ; <{MODULE}> "{name}"'
    triples = f"""
        <https://example.org/trap> a <http://www.w3.org/2002/07/owl#Ontology> ; {asked} .
        <https://w3id.org/aces/ontology> {asked} .
        <file:///tmp/graph.nt> {asked} .
    """
    return Trap(triples, canary_server.requests, trace)


def spoil(workspace: Path, trap: Trap) -> None:
    """Set the trap in the ontology and in the data of a workspace."""
    own = workspace / "ontology"
    own.mkdir()
    (own / "trap.ttl").write_text(trap.triples, encoding="utf-8")
    facts = workspace / "triples" / "facts.trig"
    quads = f"<https://w3id.org/aces/kg/graph/facts> {{ {trap.triples} }}\n"
    facts.write_text(facts.read_text(encoding="utf-8") + quads, encoding="utf-8")


def check(workspace: Path) -> Run:
    return run_child("--workspace", str(workspace), "validate", "--owl", env=environment())


def test_what_asks_for_a_fetch_never_reaches_the_reasoner(fake_java, trap: Trap) -> None:  # type: ignore[no-untyped-def]
    assert prove([*core(), *turtle(trap.triples)]).consistent
    seen = fake_java.seen.read_text(encoding="utf-8")
    assert "owl#imports" not in seen
    assert "python_module" not in seen
    assert "https://example.org/trap" in seen
    assert trap.is_silent()


@pytest.mark.usefixtures("fake_java")
def test_a_spoilt_workspace_fetches_and_imports_nothing(scratch: Path, trap: Trap) -> None:
    spoil(scratch, trap)
    run = check(scratch)
    assert run.code == 1
    assert "is named for import and was not read (nothing-is-fetched)" in run.out
    assert "#python_module> is used and not declared" in run.out
    assert trap.is_silent()


def test_what_was_not_followed_is_told(trap: Trap) -> None:
    told = list(not_followed(turtle(trap.triples)))
    assert [(f.rule, f.severity) for f in told] == [("nothing-is-fetched", "warning")] * 2
    assert {f.focus.rpartition("/")[2] for f in told} == {"canary.owl", "aces_canary"}


@pytest.mark.java
def test_the_reasoner_itself_fetches_and_imports_nothing(trap: Trap) -> None:
    assert prove([*core(), *turtle(trap.triples)]).consistent
    assert trap.is_silent()


@pytest.mark.java
def test_a_spoilt_workspace_fetches_and_imports_nothing_with_java(scratch: Path, trap: Trap) -> None:
    spoil(scratch, trap)
    run = check(scratch)
    assert run.code == 1
    assert "the ontology with all data: consistent" in run.err
    assert trap.is_silent()
