"""Rows, truth values and graphs in every format that the command line writes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef, Variable
from rdflib.plugins.sparql.results.jsonresults import JSONResult
from rdflib.plugins.sparql.results.tsvresults import TSVResultParser

import kg as api
from kg.queries import by_theme
from kg.results import Result
from running import Run

Kg = Callable[..., Run]
QUERY = ("query", "observation-values")
NAMES = (
    "SELECT ?s ?name WHERE { VALUES ?s { <urn:a> <urn:b> <urn:c> } "
    'OPTIONAL { VALUES (?s ?name) { (<urn:a> "a, \\"b\\"\\n| c\\td"@en) (<urn:b> 1.5) } } } ORDER BY ?s'
)


@pytest.fixture
def expected(corpus: Path) -> Result:
    answer = api.open(corpus).query("observation-values")
    assert isinstance(answer, Result)
    return answer


def test_the_catalogue_lists_every_query_under_its_theme_with_its_question_and_its_parameters(kg: Kg) -> None:
    run = kg("query", "--list")
    assert (run.code, run.err) == (0, "")
    blocks = [block.splitlines() for block in run.out.split("\n\n")]
    assert [block[0] for block in blocks] == [theme.capitalize() for theme in by_theme()]
    for block, queries in zip(blocks, by_theme().values(), strict=True):
        named = [line.split()[0] for line in block if re.match(r"  \S", line)]
        assert named == [query.name for query in queries]
        assert [line.strip() for line in block if line.endswith("?")] == [query.summary for query in queries]
    lines = run.out.splitlines()
    place = lines.index("  observation-values [--measure MEASURE]")
    assert lines[place + 2].startswith("      --measure: what was measured")
    assert "  actor-claims --actor ACTOR" in lines


def test_a_query_without_a_name_lists_the_queries(kg: Kg) -> None:
    assert kg("query") == kg("query", "--list")


def test_csv_gives_the_plain_values_with_lines_that_end_as_the_standard_says(
    kg: Kg, expected: Result
) -> None:
    run = kg(*QUERY, "--format", "csv")
    rows = list(csv.reader(io.StringIO(run.out, newline="")))
    assert rows[0] == list(expected.columns)
    assert rows[1:] == [["" if term is None else str(term) for term in row] for row in expected]
    assert run.out.count("\r\n") == len(expected) + 1
    assert (run.code, run.err) == (0, "")


def test_tsv_gives_terms_that_parse_back(kg: Kg, expected: Result) -> None:
    run = kg(*QUERY, "--format", "tsv")
    parsed = TSVResultParser().parse(io.BytesIO(run.out.encode()))
    assert [str(name) for name in parsed.vars or ()] == list(expected.columns)
    assert [tuple(row) for row in parsed] == [tuple(row) for row in expected]


def test_json_is_the_standard_form_and_parses_back(kg: Kg, expected: Result) -> None:
    run = kg(*QUERY, "--format", "json")
    found = json.loads(run.out)
    assert found["head"] == {"vars": list(expected.columns)}
    assert [tuple(row) for row in JSONResult(found)] == [tuple(row) for row in expected]


def test_markdown_has_a_row_for_every_row_and_as_many_cells(kg: Kg, expected: Result) -> None:
    lines = kg(*QUERY, "--format", "md").out.splitlines()
    assert len(lines) == len(expected) + 2
    assert lines[0] == f"| {' | '.join(expected.columns)} |"
    assert {line.replace("\\|", "").count("|") for line in lines} == {len(expected.columns) + 1}


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_awkward_text_and_missing_values_survive_a_format(form: str, kg: Kg) -> None:
    out = kg("sparql", NAMES, "--format", form).out
    text = 'a, "b"\n| c\td'
    if form == "csv":
        rows = list(csv.reader(io.StringIO(out, newline="")))
        assert rows == [["s", "name"], ["urn:a", text], ["urn:b", "1.5"], ["urn:c", ""]]
        return
    read = (
        JSONResult(json.loads(out)) if form == "json" else TSVResultParser().parse(io.BytesIO(out.encode()))
    )
    values = [row.get(Variable("name")) for row in read.bindings]
    assert values[0] == Literal(text, lang="en")
    assert str(values[1]) == "1.5"
    assert values[2] is None


def test_a_table_cell_is_one_line_whatever_it_holds(kg: Kg) -> None:
    run = kg("sparql", NAMES)
    assert len(run.out.splitlines()) == 5
    assert 'a, "b"\\n| c\\td' in run.out


def test_the_number_of_rows_is_talk_and_no_result(kg: Kg) -> None:
    assert kg("query", "claim-denials").err == "1 row\n"
    assert kg(*QUERY).err == "2 rows\n"


def test_no_rows_is_a_full_answer(kg: Kg) -> None:
    run = kg("query", "actor-claims", "--actor", "coastguard", "--format", "csv")
    assert (run.code, run.err) == (0, "")
    assert len(run.out.splitlines()) == 1


def test_a_value_may_follow_an_equals_sign(kg: Kg) -> None:
    assert kg("query", "actor-claims", "--actor=Lind") == kg("query", "actor-claims", "--actor", "Lind")


@pytest.mark.parametrize(
    ("question", "answer"), [("ASK { ?s ?p ?o }", "true\n"), ("ASK { <urn:no> ?p ?o }", "false\n")]
)
def test_a_question_is_answered_with_true_or_false(question: str, answer: str, kg: Kg) -> None:
    run = kg("sparql", question)
    assert (run.code, run.out, run.err) == (0, answer, "")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by rdflib's own JSON-LD parser
@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", None])
def test_a_constructed_graph_parses_back(form: str | None, kg: Kg) -> None:
    pattern = "{ ?a <http://www.w3.org/2004/02/skos/core#altLabel> ?n }"
    words = ("sparql", f"CONSTRUCT {pattern} WHERE {pattern}")
    run = kg(*words, "--format", form) if form else kg(*words)
    names = {"jsonld": "json-ld", "nt": "nt"}
    graph = Graph().parse(data=run.out, format=names.get(form or "ttl", "turtle"))
    lind = (
        URIRef("https://w3id.org/aces/kg/actor/tor-lind"),
        URIRef("http://www.w3.org/2004/02/skos/core#altLabel"),
        Literal("Lind"),
    )
    assert lind in graph
    assert len(graph) == 4
    assert (run.code, run.err) == (0, "")


def test_a_described_thing_is_a_graph_too(kg: Kg) -> None:
    run = kg("sparql", "DESCRIBE <https://w3id.org/aces/kg/actor/tor-lind>", "--format", "nt")
    assert '"Tor Lind"@en' in run.out


def test_a_query_is_read_from_a_file(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "question.rq"
    file.write_text("# what is there\nASK { ?s ?p ?o }", encoding="utf-8")
    assert kg("sparql", "-f", str(file)).out == "true\n"
    assert kg("sparql", "--file", str(file)).out == "true\n"


def test_facts_lists_the_plain_triples_with_their_labels(kg: Kg) -> None:
    run = kg("facts")
    assert (run.code, run.err) == (0, "")
    assert "facts: the grounding of the Marten - took place at - Kelp Point" in run.out.splitlines()
    assert not any("linked with" in line for line in run.out.splitlines())


def test_facts_of_a_new_file_are_those_that_it_would_add(kg: Kg, corpus: Path, tmp_path: Path) -> None:
    text = (corpus / "seeds" / "claims" / "ferry.yaml").read_text(encoding="utf-8")
    new = tmp_path / "new.yaml"
    new.write_text(text.replace("injured: 12", "injured: 12, deaths: 12"), encoding="utf-8")
    run = kg("facts", "--new", str(new))
    assert (run.code, run.err) == (0, "")
    assert run.out == "facts: deaths in the grounding of the Marten - is - 12\n"
