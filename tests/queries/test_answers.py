"""What the queries answer: the same on two engines, something wherever there is something, as recorded."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal
from rdflib.term import Node, URIRef

import kg
from engines import Engines
from kg.build import build
from kg.queries import Query, catalogue
from kg.results import Result
from kg.serialise import to_rdflib
from kg.sparql import bind
from kg.terms import iri
from kg.workspace import Workspace

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
QUERIES = list(catalogue().values())
IN_THE_CORPUS = {
    "actor": "pilots-guild",
    "event": "marten-grounding",
    "measure": "injured",
    "standing": "unasserted",
    "work": "ferry-2019",
}
NOT_IN_THE_CORPUS = {"claim-causes"}
# Queries about quarrels, plots and bibliographies are asked of a corpus of their own.
IN_THE_GUILDS: dict[str, dict[str, str]] = {
    "actor-offices": {},
    "actor-rivalry-reasons": {},
    "actor-rivals": {"actor": "pilots-guild"},
    "actor-sponsors": {"actor": "pilots-guild"},
    "actor-story": {"actor": "tor-lind"},
    "claim-anachronisms": {},
    "claim-disagreements": {},
    "claim-single-source": {},
    "claim-sources": {"kind": "interview"},
    "event-abroad": {"place": "norlund"},
    "event-allegiances": {},
    "event-criticism": {"actor": "pilots-guild"},
    "event-plots": {},
    "event-statements": {},
    "observation-places": {},
    "proposition-chains": {"actor": "pilots-guild"},
    "proposition-credibility": {"actor": "pilots-guild"},
    "proposition-fans": {},
    "work-bibliography": {},
    "work-weight": {},
}
# Queries that compare two Works, or ask who followed whom, are asked of two documents that do not agree.
IN_THE_LAMPS: dict[str, dict[str, str]] = {
    "actor-changes": {"actor": "lamplighters", "before": "2018", "after": "2020"},
    "actor-friends-and-foes": {},
    "actor-profile": {"actor": "lamplighters"},
    "actor-self-image": {"actor": "lamplighters"},
    "actor-structure": {"actor": "lamplighters"},
    "actor-succession": {},
    "actor-unheard": {},
    "claim-inferred": {},
    "claim-lapsed": {},
    "claim-topics": {"topic": "leadership"},
    "claim-voices": {},
    "event-arrests": {},
    "event-attacks": {},
    "event-consequences": {},
    "event-doubted": {},
    "event-tactics": {"actor": "night-watch"},
    "event-versions": {},
    "observation-changes": {},
    "observation-movements": {},
    "place-actors": {"place": "norlund"},
    "place-claims": {"place": "eastshire"},
    "place-spread": {},
    "proposition-shared": {},
    "work-authors": {},
    "work-record": {},
    "work-unsourced": {},
}
# Queries that pictures are drawn from are asked of a quarrel with ties, dates and numbers of every kind.
IN_THE_MILLS: dict[str, dict[str, str]] = {
    "actor-ties": {},
    "event-critics": {},
    "event-dates": {},
    "event-timeline": {},
    "observation-rivals": {},
}
# Over the shipped graph rdflib's own engine needs more than twelve seconds for these, or minutes; over small
# corpora none.
SLOW_ON_RDFLIB = {
    "actor-changes",
    "actor-friends-and-foes",
    "actor-offices",
    "actor-profile",
    "actor-rivalry-reasons",
    "actor-rivals",
    "actor-self-image",
    "actor-sponsors",
    "actor-story",
    "actor-structure",
    "actor-succession",
    "actor-ties",
    "claim-causes",
    "event-abroad",
    "event-allegiances",
    "event-arrests",
    "event-attacks",
    "event-claims",
    "event-consequences",
    "event-criticism",
    "event-doubted",
    "event-versions",
    "place-actors",
    "place-claims",
    "proposition-chains",
}

Rows = Counter[tuple[str, ...]]


opened = cache(kg.open)


def named(query: Query) -> str:
    return query.name


def values_of(query: Query) -> dict[str, str]:
    for corpus in (IN_THE_GUILDS, IN_THE_LAMPS, IN_THE_MILLS):
        if query.name in corpus:
            return corpus[query.name]
    return {parameter.name: IN_THE_CORPUS[parameter.kind] for parameter in query.parameters}


def built_copy(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(name)
    shutil.copytree(Path(__file__).with_name(name) / "seeds", folder / "seeds")
    build(Workspace(folder))
    return folder


@pytest.fixture(scope="session")
def guilds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second small corpus, on two guilds that quarrel, built."""
    return built_copy("guilds", tmp_path_factory)


@pytest.fixture(scope="session")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A third small corpus, of two documents that do not agree, built."""
    return built_copy("lamps", tmp_path_factory)


@pytest.fixture
def world(query: Query, request: pytest.FixtureRequest) -> Path:
    """The corpus that a query is asked of."""
    worlds = {"guilds": IN_THE_GUILDS, "lamps": IN_THE_LAMPS, "mills": IN_THE_MILLS}
    name = next((name for name, queries in worlds.items() if query.name in queries), "corpus")
    return Path(request.getfixturevalue(name))


def term(kind: str, value: str) -> Node:
    return Literal(value) if kind == "text" else URIRef(iri(kind, value))


def counted(rows: Iterable[Sequence[Node | None]]) -> Rows:
    return Counter(tuple("" if term is None else term.n3() for term in row) for row in rows)


def on_ours(store: ox.Store, text: str) -> tuple[list[str], Rows]:
    answer = store.query(text, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    rows = [
        [None if (term := row[column]) is None else to_rdflib(term) for column in columns] for row in answer
    ]
    return columns, counted(rows)


def on_rdflib(graph: Graph, text: str) -> tuple[list[str], Rows]:
    answer = graph.query(text)
    return [str(variable) for variable in answer.vars or ()], counted(answer)  # type: ignore[arg-type]


# --- two engines: every fourth query at once, all of them in CI -----------------------------------


@pytest.mark.parametrize(
    "query",
    [pytest.param(q, marks=[pytest.mark.slow] if n % 4 else []) for n, q in enumerate(QUERIES)],
    ids=named,
)
def test_a_query_with_values_of_a_small_corpus_answers_alike_on_both_engines(
    query: Query, world: Path
) -> None:
    values = values_of(query)
    terms = {name: term(query.parameter(name).kind, value) for name, value in values.items()}
    text = bind(query.text, terms)
    columns, rows = on_ours(Engines.ours(world), text)
    assert (columns, rows) == on_rdflib(Engines.rdflib(world), text)
    assert bool(rows) == (query.name not in NOT_IN_THE_CORPUS)


@pytest.mark.slow  # rdflib needs many seconds for some of them
@pytest.mark.parametrize("query", [q for q in QUERIES if q.name not in SLOW_ON_RDFLIB], ids=named)
def test_a_query_as_it_stands_in_its_file_answers_alike_on_both_engines(query: Query) -> None:
    assert on_ours(Engines.ours(ROOT), query.text) == on_rdflib(Engines.rdflib(ROOT), query.text)


@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_the_example_in_a_query_file_has_an_answer_in_the_shipped_graph(query: Query) -> None:
    assert on_ours(Engines.ours(ROOT), query.text)[1]


# --- recorded answers ----------------------------------------------------------------------------


@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_a_query_answers_about_a_small_corpus_as_recorded(query: Query, world: Path) -> None:
    """Where the change is wanted: KG_RENEW_GOLDEN=1 pytest tests/queries, then read the difference."""
    answer = opened(world).query(query.name, **values_of(query))
    assert isinstance(answer, Result)
    table, file = answer.render("table"), GOLDEN / f"{query.name}.txt"
    if os.environ.get("KG_RENEW_GOLDEN") == "1":
        file.write_text(table, encoding="utf-8")
    assert file.exists(), f"no answer is recorded; run: KG_RENEW_GOLDEN=1 pytest {Path(__file__).parent}"
    assert table == file.read_text(encoding="utf-8")


def test_every_recorded_answer_belongs_to_a_query() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == {query.name for query in QUERIES}


# --- what is asked for ---------------------------------------------------------------------------


def test_a_parameter_that_is_left_out_asks_for_everything(corpus: Path) -> None:
    graph = kg.open(corpus)
    everything, some = graph.query("observation-values"), graph.query("observation-values", measure="injured")
    assert isinstance(everything, Result)
    assert isinstance(some, Result)
    assert [row.value.toPython() for row in some] == ["12"]
    assert {row for row in everything} > {row for row in some}


def test_an_actor_who_is_named_nowhere_in_claims_has_no_rows(corpus: Path) -> None:
    answer = kg.open(corpus).query("actor-claims", actor="coastguard")
    assert isinstance(answer, Result)
    assert len(answer) == 0


def test_the_shapes_are_not_in_what_a_query_sees(built: Path) -> None:
    assert kg.open(built).sparql("ASK { ?s a <http://www.w3.org/ns/shacl#NodeShape> }") is False
    assert kg.open(built).sparql("ASK { GRAPH ?g { ?s a <http://www.w3.org/ns/shacl#NodeShape> } }") is True
