"""A graph that differs from the built one is judged by the difference, and as the whole would be."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import open_graph
from kg.model import Finding
from kg.serialise import canonical_trig, triple_of
from kg.shacl import Validator
from kg.validation import check, check_instead

ROOT = Path(__file__).parents[2]
GRAPHS = "https://w3id.org/aces/kg/graph/"
EDITED = ("facts", "propositions", "registry", "analysis", "inferred", "dataset")
Files = dict[str, bytes]


def files_of(workspace: Path) -> Files:
    return {file.name: file.read_bytes() for file in (workspace / "triples").glob("*.trig")}


def quads_in(data: bytes) -> list[ox.Quad]:
    return sorted(ox.parse(data, format=ox.RdfFormat.TRIG), key=str)


def written(quads: Iterable[ox.Quad], name: str) -> bytes:
    return canonical_trig(map(triple_of, quads), GRAPHS + name)


def told(findings: Iterable[Finding]) -> set[Finding]:
    return set(findings)


def edited(files: Files, seed: int) -> Files:
    """The files after a few triples were lost, moved to another graph, or given another end."""
    chance, files = random.Random(seed), dict(files)
    for _ in range(chance.randint(1, 4)):
        name = chance.choice([n for n in files if n.startswith("work.") or n.partition(".")[0] in EDITED])
        graph = name.removesuffix(".trig")
        quads = quads_in(files[name])
        if not quads:
            continue
        one, other = chance.choice(quads), chance.choice(quads)
        edit = chance.choice(["lose", "exchange", "add", "move"])
        if edit != "add":
            quads.remove(one)
        if edit in ("exchange", "add"):
            quads.append(ox.Quad(one.subject, one.predicate, other.object, one.graph_name))
        if edit == "move":
            aim = chance.choice([n for n in files if n.partition(".")[0] in EDITED])
            files[aim] = written([*quads_in(files[aim]), one], aim.removesuffix(".trig"))
            quads = [q for q in quads_in(files[name]) if q.triple != one.triple or aim == name]
        files[name] = written(quads, graph)
    return files


def check_both(workspace: Path, seed: int) -> bool:
    """Whether an edit breaks something; the difference must tell what the whole tells."""
    graph = open_graph(workspace)
    before = files_of(workspace)
    files = edited(before, seed)
    whole, difference = (
        told(found) for found in (check(files, graph.workspace), check_instead(graph, files))
    )
    there = set(graph.local.quads())
    assert difference <= whole
    assert whole - difference <= told(check(before, graph.workspace))
    assert {f for f in whole if f.severity == "violation"} == {
        f for f in difference if f.severity == "violation"
    }
    assert set(graph.local.quads()) == there
    return any(f.severity == "violation" for f in whole)


def test_random_edits_are_told_as_the_whole_graph_tells_them(corpus: Path) -> None:
    broken = sum(check_both(corpus, seed) for seed in range(8))
    assert 2 < broken < 8


@pytest.mark.slow
def test_two_hundred_random_edits_are_told_as_the_whole_graph_tells_them(corpus: Path) -> None:
    broken = sum(check_both(corpus, seed) for seed in range(8, 208))
    assert 50 < broken < 200


@pytest.mark.slow
def test_random_edits_of_the_shipped_graph_are_told_as_the_whole_graph_tells_them() -> None:
    assert sum(check_both(ROOT, seed) for seed in range(8)) > 2


def test_what_does_not_differ_asks_no_shape_about_the_whole(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = open_graph(corpus)
    monkeypatch.setattr(Validator, "findings", lambda self, store: pytest.fail("all of it was checked"))
    assert [f for f in check_instead(graph, files_of(corpus)) if f.severity == "violation"] == []


@pytest.mark.parametrize("name", ["ontology.trig", "shapes.trig"])
def test_where_ontology_or_shapes_are_others_all_of_it_is_checked(
    name: str, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_of(corpus)
    files[name] += b"# another\n"
    monkeypatch.setattr("kg.validation.differing.check", lambda *given: [Finding("whole", "info", "checked")])
    assert [f.rule for f in check_instead(open_graph(corpus), files)] == ["whole"]


def test_a_graph_that_was_written_again_since_it_was_read_is_no_measure(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = open_graph(scratch)
    assert graph.local
    ontology = scratch / "triples" / "ontology.trig"
    content = ontology.read_bytes()
    ontology.unlink()
    ontology.write_bytes(content)
    monkeypatch.setattr("kg.validation.differing.check", lambda *given: [Finding("whole", "info", "checked")])
    assert [f.rule for f in check_instead(graph, files_of(scratch))] == ["whole"]


def test_without_a_built_graph_all_of_it_is_checked(scratch: Path) -> None:
    files = files_of(scratch)
    for file in (scratch / "triples").iterdir():
        file.unlink()
    graph = open_graph(scratch)
    assert told(check_instead(graph, files)) == told(check(files, graph.workspace))
