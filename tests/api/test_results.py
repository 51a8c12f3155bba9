"""Rows in every format, whatever they hold."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef, Variable
from rdflib.namespace import XSD
from rdflib.plugins.sparql.results.jsonresults import JSONResult
from rdflib.term import Node

from kg.errors import UsageError
from kg.results import ROW_FORMATS, Result
from strategies import share

# What XML and JSON can carry; a lone surrogate is in no valid graph.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
TERMS: st.SearchStrategy[Node | None] = st.one_of(
    st.none(),
    st.builds(Literal, TEXTS),
    st.builds(lambda text: Literal(text, lang="en"), TEXTS),
    st.builds(lambda number: Literal(str(number), datatype=XSD.integer, normalize=False), st.integers()),
    st.sampled_from([URIRef("urn:a"), URIRef("https://w3id.org/aces/kg/actor/ada")]),
)
RESULTS = st.lists(st.tuples(TERMS, TERMS), max_size=5).map(lambda rows: Result(("a", "b"), rows))


def texts(result: Result) -> list[list[str]]:
    return [["" if term is None else str(term) for term in row] for row in result]


@given(RESULTS)
def test_csv_gives_back_every_text(result: Result) -> None:
    rows = list(csv.reader(io.StringIO(result.render("csv"), newline="")))
    assert rows == [["a", "b"], *texts(result)]


@given(RESULTS)
def test_json_gives_back_every_term(result: Result) -> None:
    back = JSONResult(json.loads(result.render("json")))
    assert [(row.get(Variable("a")), row.get(Variable("b"))) for row in back.bindings] == [
        tuple(row) for row in result
    ]


@given(RESULTS)
def test_tsv_has_one_line_for_a_row_and_one_tab_between_cells(result: Result) -> None:
    lines = result.render("tsv").removesuffix("\n").split("\n")
    assert len(lines) == len(result) + 1
    assert {line.count("\t") for line in lines} == {1}


@share(0.4)
@given(RESULTS)
def test_a_table_has_one_line_for_a_row_when_nothing_is_to_be_fitted(result: Result) -> None:
    lines = result.render("table").removesuffix("\n").split("\n")
    assert len(lines) == len(result) + 2
    assert {unicodedata.category(char) for line in lines for char in line}.isdisjoint(UNSEEN)


@share(0.4)
@given(RESULTS, st.integers(min_value=10, max_value=60))
def test_a_fitted_table_is_never_wider_than_its_terminal(result: Result, width: int) -> None:
    from rich.cells import cell_len

    assert max(map(cell_len, result.render("table", width).splitlines())) <= width


@given(RESULTS)
def test_markdown_has_the_same_cells_in_every_row(result: Result) -> None:
    lines = result.render("md").removesuffix("\n").split("\n")
    assert len(lines) == len(result) + 2
    assert {len(line.replace("\\\\", "").replace("\\|", "").split("|")) for line in lines} == {4}


def test_text_in_square_brackets_is_no_markup() -> None:
    assert "[bold]x[/bold]" in Result(("a",), [(Literal("[bold]x[/bold]"),)]).render("table")


def test_an_iri_of_ours_is_shown_by_its_prefix_and_others_in_full() -> None:
    rows = [(URIRef("https://w3id.org/aces/kg/actor/ada"),), (URIRef("urn:a"),)]
    assert Result(("a",), rows).render("table").splitlines()[2:] == ["actor:ada", "<urn:a>"]


def test_a_result_without_rows_has_its_head_in_every_format() -> None:
    empty = Result(("a", "b"), [])
    for form in ROW_FORMATS:
        assert "a" in empty.render(form)


def test_a_format_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="table, csv, tsv, json, md"):
        Result(("a",), []).render("xml")
