"""``kg validate --owl`` on a built graph: each step told, each verdict right, each fault an exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from owl_graphs import core, turtle

from kg.graph import open_graph
from kg.reasoning import prove, theories
from kg.reasoning.conflict import clashing
from kg.terms import KG, compact
from running import Run, environment, run_child

RIVALS = """
    event:marten-grounding aces:perpetrator actor:pilots-guild , actor:coastguard .
"""
GRAPHS = f"{KG}graph/"


def add(workspace: Path, graph: str, triples: str) -> None:
    """Smuggle triples into a graph that is built."""
    file = workspace / "triples" / f"{graph}.trig"
    prefixes = "".join(
        f"@prefix {name}: <{KG}{name}/> .\n" for name in ("actor", "event", "place", "claim", "proposition")
    )
    prefixes += "@prefix aces: <https://w3id.org/aces/ontology#> .\n"
    text = file.read_text(encoding="utf-8") + f"{prefixes}<{GRAPHS}{graph}> {{ {triples} }}\n"
    file.write_text(text, encoding="utf-8")


# --- without Java --------------------------------------------------------------------------------


def test_without_java_it_ends_with_3_and_one_line(corpus: Path, tmp_path: Path) -> None:
    run = run_child("--workspace", str(corpus), "validate", "--owl", env=environment(PATH=str(tmp_path)))
    assert run.is_one_line_fault(3)
    assert "no java here" in run.err


@pytest.mark.usefixtures("fake_java")
def test_every_step_is_one_line(kg: Callable[..., Run]) -> None:
    run = kg("validate", "--owl")
    assert run.code == 0
    assert [line.partition(":")[0] for line in run.err.splitlines()] == [
        "undeclared terms",
        "faults of the OWL 2 DL profile",
        "imports, which are never followed",
        "HermiT",
        "the ontology alone",
        "classes and properties that nothing can fit",
        "the ontology with all data",
        "uncontested facts under the strict axioms",
    ]
    assert run.out == "conforms: 0 violations, 0 warnings, 0 info\n"


def test_an_inconsistent_ontology_ends_with_1_and_is_told_once(  # type: ignore[no-untyped-def]
    kg: Callable[..., Run], fake_java
) -> None:
    fake_java.answers(stderr='Exception in thread "main" x.InconsistentOntologyException: no', code=1)
    run = kg("validate", "--owl", "--format", "json")
    findings = json.loads(run.out)["findings"]
    assert run.code == 1
    assert [f["rule"] for f in findings] == ["graph-is-consistent"]
    assert "the ontology alone: INCONSISTENT" in run.err


def test_a_class_that_nothing_can_be_in_ends_with_1(kg: Callable[..., Run], fake_java) -> None:  # type: ignore[no-untyped-def]
    aces = "https://w3id.org/aces/ontology#"
    fake_java.answers(f"EquivalentClasses( <http://www.w3.org/2002/07/owl#Nothing> <{aces}Faction> )")
    run = kg("validate", "--owl")
    assert run.code == 1
    assert "nothing can ever fit aces:Faction (term-is-satisfiable)" in run.out


@pytest.mark.usefixtures("fake_java")
def test_a_misspelt_term_in_the_data_ends_with_1(kg: Callable[..., Run], scratch: Path) -> None:
    add(scratch, "facts", "event:marten-grounding aces:perpetratr actor:coastguard .")
    run = kg("validate", "--owl", workspace=scratch)
    assert run.code == 1
    assert "the property aces:perpetratr is used and not declared, first by event:marten-grounding" in run.out
    assert "did you mean 'aces:perpetrator'?" in run.out


@pytest.mark.usefixtures("fake_java")
def test_a_graph_that_is_not_built_ends_with_2(kg: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "empty" / "seeds").mkdir(parents=True)
    run = kg("validate", "--owl", workspace=tmp_path / "empty")
    assert run.is_one_line_fault(2)
    assert "run: kg build" in run.err


def test_a_file_beside_owl_ends_with_2(kg: Callable[..., Run]) -> None:
    run = kg("validate", "--owl", "graph.ttl")
    assert run.is_one_line_fault(2)
    assert "takes no files" in run.err


# --- with Java -----------------------------------------------------------------------------------


@pytest.mark.java
def test_two_rival_facts_are_inconsistent_under_the_strict_axioms_alone(scratch: Path) -> None:
    add(scratch, "facts", RIVALS)
    _, everything, strictly = theories(open_graph(scratch))
    assert prove([*everything.axioms, *everything.data]).consistent
    assert not prove([*strictly.axioms, *strictly.data]).consistent


@pytest.mark.java
def test_the_triples_that_clash_are_named() -> None:
    data = turtle(f"""
        actor:a a aces:Person . actor:b a aces:Group . event:e a aces:Attack . place:p a aces:Site .
        actor:a aces:operatesIn place:p . actor:b aces:leaderOf actor:c . actor:c a aces:Place . {RIVALS}
    """)
    found = [(compact(str(q.subject.value)), compact(q.predicate.value)) for q in clashing(core(), data)]
    assert found == [("actor:b", "aces:leaderOf"), ("actor:c", "rdf:type")]


@pytest.mark.java
def test_the_built_graph_is_consistent_with_all_data_and_under_the_strict_axioms(corpus: Path) -> None:
    run = run_child("--workspace", str(corpus), "validate", "--owl")
    assert (run.code, run.out) == (0, "conforms: 0 violations, 0 warnings, 0 info\n")
    for theory in theories(open_graph(corpus)):
        assert f"{theory.name}: consistent ({len(theory.axioms) + len(theory.data):,} triples" in run.err
