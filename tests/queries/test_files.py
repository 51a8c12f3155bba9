"""How a query file is written, so that it says what it is for and runs anywhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from rdflib.plugins.sparql import prepareQuery

from kg.queries import Query, by_theme, catalogue
from kg.sparql import keywords
from kg.terms import CONCEPT_KINDS, ENTITY_KINDS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "src" / "kg" / "queries"
QUERIES = list(catalogue().values())
FILES = sorted(FOLDER.rglob("*.rq"))
VALUES_LINE = re.compile(r"^\s*VALUES \?(\w+) \{ (\S.*) \}$", re.MULTILINE)
THEMES = {
    "actors",
    "causes and outlook",
    "claims",
    "disagreement and trust",
    "events",
    "numbers",
    "places",
    "sources and citations",
}
SUBJECTS = {"actor", "claim", "event", "observation", "place", "proposition", "work"}


def named(query: Query) -> str:
    return query.name


def test_there_are_more_than_forty_queries_and_one_rule() -> None:
    assert len(QUERIES) > 40
    assert {file.stem for file in FILES} - {query.name for query in QUERIES} == {"facts"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_query_opens_with_a_header_of_its_question_description_and_tags(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#+ ")]
    assert lines[: len(comments)] == comments
    header = yaml.safe_load("\n".join(line.removeprefix("#+ ") for line in comments))
    assert header["summary"].endswith("?")
    assert header["description"].endswith(".")
    assert header["tags"]
    assert set(header) <= {"summary", "description", "tags", "parameters"}


@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_the_first_tag_of_a_query_is_one_of_the_themes(query: Query) -> None:
    assert query.theme in THEMES


def test_every_theme_has_several_queries() -> None:
    assert list(by_theme()) == sorted(THEMES)
    assert min(map(len, by_theme().values())) > 1


@pytest.mark.slow
def test_every_answer_is_documented_as_the_files_give_it() -> None:
    """Where the change is wanted: make docs."""
    run = subprocess.run([sys.executable, "docs/make_queries.py", "--check"], cwd=ROOT, check=False)
    assert run.returncode == 0


@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_a_query_is_named_after_its_subject_and_its_question(query: Query) -> None:
    assert query.name.partition("-")[0] in SUBJECTS
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", query.name)


@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_a_query_parses_as_it_stands_in_its_file(query: Query) -> None:
    ox.Store().query(query.text)


@pytest.mark.slow  # with values of a corpus each is parsed by both in any case
@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_a_query_parses_as_it_stands_on_the_other_engine_too(query: Query) -> None:
    prepareQuery(query.text)


@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_a_query_names_no_graph_and_orders_its_rows(query: Query) -> None:
    assert not keywords(query.text) & {"GRAPH", "FROM"}
    assert {"SELECT", "ORDER", "BY"} <= keywords(query.text)


@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_every_parameter_is_a_line_of_values_first_in_the_outer_group(query: Query) -> None:
    lines = query.text.splitlines()
    first = next(i for i, line in enumerate(lines) if line.endswith("WHERE {")) + 1
    rows = [VALUES_LINE.match(line) for line in lines[first : first + len(query.parameters)]]
    assert [row and row[1] for row in rows] == [parameter.name for parameter in query.parameters]
    assert len(VALUES_LINE.findall(query.text)) == len(query.parameters)


@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_every_parameter_has_a_kind_a_meaning_and_an_example_of_that_kind(query: Query) -> None:
    examples = dict(VALUES_LINE.findall(query.text))
    for parameter in query.parameters:
        assert parameter.kind in (*ENTITY_KINDS, *CONCEPT_KINDS, "text", "number")
        assert parameter.meaning
        example = '"' if parameter.kind == "text" else f"{parameter.kind}:"
        assert examples[parameter.name].startswith((example, *(() if parameter.required else ("UNDEF",))))


@pytest.mark.parametrize("query", QUERIES, ids=named)
def test_every_prefix_of_a_query_is_used_and_stands_for_its_usual_namespace(query: Query) -> None:
    from kg.terms import PREFIXES

    declared = dict(re.findall(r"^PREFIX ([\w-]+): <(.+)>$", query.text, re.MULTILINE))
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith(("#", "PREFIX")))
    assert declared == {prefix: PREFIXES[prefix] for prefix in declared}
    assert {prefix for prefix in declared if f"{prefix}:" not in body} == set()
