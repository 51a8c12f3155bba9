"""The corpus that the benchmarks run on: a graph as a build makes it, of any size."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from corpus import Source, generate_quads, write_workspace
from kg.assembly import assemble
from kg.build import graph_version
from kg.seeds import read_seeds
from kg.stores.local import LocalStore
from kg.terms import ACES, iri
from kg.validation import check_grounding, check_shapes
from kg.workspace import Workspace

SEEDS = Path(__file__).parents[1] / "queries" / "lamps"
SIZE = 10_000


@pytest.fixture(scope="module")
def generated() -> list[ox.Quad]:
    return generate_quads(SIZE, workspace=SEEDS)


def test_one_copy_is_the_graph_that_a_build_makes() -> None:
    seeds = read_seeds(Workspace(SEEDS))
    assert Source(seeds, 1).assemble(1.0) == assemble(seeds, graph_version())


def test_the_size_is_about_what_was_asked_for(generated: list[ox.Quad]) -> None:
    assert abs(len(generated) - SIZE) < SIZE / 20


def test_the_same_quads_come_out_each_time_and_others_for_another_seed(generated: list[ox.Quad]) -> None:
    assert generate_quads(SIZE, workspace=SEEDS) == generated
    assert generate_quads(SIZE, workspace=SEEDS, seed=2) != generated


def test_each_triple_stands_in_one_graph(generated: list[ox.Quad]) -> None:
    assert len({quad.triple for quad in generated}) == len(generated)


def test_copies_have_works_of_their_own_that_speak_of_shared_actors(generated: list[ox.Quad]) -> None:
    store = LocalStore.from_quads(generated).data
    spoken_of = store.query(
        f"""SELECT ?work WHERE {{
          ?claim <{ACES}affirms>/<{ACES}subject> <{iri("actor", "lamplighters")}> ;
            <{ACES}statedIn> ?work }}""",
        use_default_graph_as_union=True,
    )
    works = {row["work"].value for row in spoken_of}  # type: ignore[union-attr]
    assert {iri("work", name) for name in ("answer-2021", "c2-answer-2021", "chronicle-2020")} <= works


def test_a_written_corpus_opens_as_a_workspace_and_conforms(tmp_path: Path) -> None:
    write_workspace(SIZE, tmp_path, workspace=SEEDS)
    workspace = Workspace(tmp_path)
    store = LocalStore.from_trig_files(workspace.graph_files())
    assert [*check_shapes(store, workspace), *check_grounding(store, workspace)] == []
