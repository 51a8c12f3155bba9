"""The graph from Python, as its users call it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef

import kg
from kg.errors import KgError, RefusedError, UnknownNameError, UnreadableError, UsageError
from kg.graph import KnowledgeGraph
from kg.results import Result
from kg.validation import Report
from strategies import share

NAMES = "SELECT ?actor ?name WHERE { ?actor a <https://w3id.org/aces/ontology#Person> ; " + (
    "<http://www.w3.org/2000/01/rdf-schema#label> ?name } ORDER BY ?name"
)


@pytest.fixture(scope="module")
def graph(corpus: Path) -> KnowledgeGraph:
    return kg.open(corpus)


def rows_of(answer: object) -> Result:
    assert isinstance(answer, Result)
    return answer


# --- opening -------------------------------------------------------------------------------------


def test_the_package_offers_one_name() -> None:
    assert kg.__all__ == ["open"]


def test_a_graph_opens_at_a_path_or_its_text(corpus: Path) -> None:
    assert kg.open(corpus).sparql(NAMES).to_json() == kg.open(str(corpus)).sparql(NAMES).to_json()  # type: ignore[union-attr]


def test_without_a_path_the_nearest_folder_upwards_is_opened(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus / "seeds" / "registry")
    assert kg.open().workspace.root == corpus.resolve()


def test_a_folder_without_seeds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        kg.open(tmp_path)


def test_an_endpoint_that_is_no_web_address_is_refused_when_it_is_asked(corpus: Path) -> None:
    with pytest.raises(UsageError):
        kg.open(corpus, endpoint="file:///etc/passwd").sparql("ASK {}")


# --- asking --------------------------------------------------------------------------------------


def test_rows_are_rdflib_terms_by_name_and_by_place(graph: KnowledgeGraph) -> None:
    first, second = rows_of(graph.sparql(NAMES))
    assert first.actor == first[0] == URIRef("https://w3id.org/aces/kg/actor/ada-holm")
    assert second.name == Literal("Tor Lind", lang="en")
    assert first._fields == ("actor", "name")


def test_columns_are_the_variables_in_their_order(graph: KnowledgeGraph) -> None:
    assert rows_of(graph.sparql(NAMES)).columns == ("actor", "name")
    assert rows_of(graph.sparql("SELECT ?z ?a { BIND(1 AS ?z) }")).columns == ("z", "a")


def test_a_variable_without_a_value_is_none(graph: KnowledgeGraph) -> None:
    (row,) = rows_of(graph.sparql("SELECT ?z ?a { BIND(1 AS ?z) }"))
    assert (row.z, row.a) == (Literal(1), None)


def test_rows_become_dictionaries_of_python_values(graph: KnowledgeGraph) -> None:
    values = '1 1.5 true "x"@en <urn:x>'
    rows = rows_of(graph.sparql(f"SELECT ?v {{ VALUES ?v {{ {values} UNDEF }} }}")).dicts()
    assert [row["v"] for row in rows] == [1, Decimal("1.5"), True, "x", "urn:x", None]


def test_rows_become_standard_json(graph: KnowledgeGraph) -> None:
    found = json.loads(rows_of(graph.sparql(NAMES)).to_json())
    assert found["head"]["vars"] == ["actor", "name"]
    assert found["results"]["bindings"][1] == {
        "actor": {"type": "uri", "value": "https://w3id.org/aces/kg/actor/tor-lind"},
        "name": {"type": "literal", "value": "Tor Lind", "xml:lang": "en"},
    }


def test_a_result_knows_its_length_and_says_what_it_is(graph: KnowledgeGraph) -> None:
    answer = rows_of(graph.sparql(NAMES))
    assert len(answer) == 2
    assert repr(answer) == "<Result 2 rows: actor, name>"


def test_a_keyword_of_python_may_be_a_variable(graph: KnowledgeGraph) -> None:
    (row,) = rows_of(graph.sparql("SELECT ?class ?x { BIND(1 AS ?class) BIND(2 AS ?x) }"))
    assert (row[0], row.x) == (Literal(1), Literal(2))
    assert rows_of(graph.sparql("SELECT ?class { BIND(1 AS ?class) }")).dicts() == [{"class": 1}]


def test_a_question_has_a_truth_value_for_an_answer(graph: KnowledgeGraph) -> None:
    assert graph.sparql("ASK { ?s ?p ?o }") is True
    assert graph.sparql("ASK { <urn:no> ?p ?o }") is False


def test_a_construction_has_a_graph_for_an_answer(graph: KnowledgeGraph) -> None:
    names = NAMES.replace("?actor ?name", "(?actor AS ?a) (?name AS ?n)")
    made = graph.sparql(f"CONSTRUCT {{ ?a <urn:is> ?n }} WHERE {{ {names} }}")
    assert isinstance(made, Graph)
    assert len(made) == 2


@pytest.mark.parametrize(
    "name",
    [
        "pilots-guild",
        "Pilots' Guild",
        "PILOTS’  GUILD",
        "The guild",
        "actor/pilots-guild",
        "actor:pilots-guild",
        "https://w3id.org/aces/kg/actor/pilots-guild",
    ],
)
def test_an_actor_is_called_by_local_name_label_alias_or_iri(name: str, graph: KnowledgeGraph) -> None:
    rows = rows_of(graph.query("actor-claims", actor=name))
    assert len(rows) == 4
    assert rows.rows == rows_of(graph.query("actor-claims", actor="pilots-guild")).rows


# --- faults --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values", "error"),
    [
        ("nosuch", {}, UnknownNameError),
        ("actor-claims", {"actor": "nobody"}, UnknownNameError),
        ("actor-claims", {"actor": "<urn:x> } ; DROP ALL #"}, UnknownNameError),
        ("actor-claims", {}, UsageError),
        ("actor-claims", {"actor": "town", "place": "x"}, UsageError),
    ],
)
def test_a_wrong_call_is_an_error_of_our_own(
    name: str, values: dict[str, str], error: type[KgError], graph: KnowledgeGraph
) -> None:
    with pytest.raises(error):
        graph.query(name, **values)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", UnreadableError),
        ("SELECT", UnreadableError),
        ("SELECT ?x WHERE { FILTER(<urn:nix>(1)) }", UnreadableError),
        ("ASK { ?s ?p '\ud800' }", UnreadableError),
        ("ASK { ?s ?p '\0' }", UnreadableError),
        ("DELETE WHERE { ?s ?p ?o }", RefusedError),
        ("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", RefusedError),
        ("SELECT ?x { { SELECT (SUM(?y) AS ?x) { BIND('a' AS ?y) } } } LIMIT x", UnreadableError),
    ],
)
def test_a_wrong_query_is_an_error_of_our_own(text: str, error: type[KgError], graph: KnowledgeGraph) -> None:
    try:
        graph.sparql(text)
    except error:
        return
    pytest.fail("nothing was raised")


@given(st.text())
def test_no_text_as_a_query_raises_anything_else(graph: KnowledgeGraph, text: str) -> None:
    try:
        graph.sparql(text)
    except KgError as fault:
        assert "\n" not in fault.line()


@given(st.text())
def test_no_text_as_a_value_raises_anything_else(graph: KnowledgeGraph, text: str) -> None:
    try:
        answer = graph.query("actor-claims", actor=text)
    except UnknownNameError:
        return
    assert isinstance(answer, Result)


@share(0.4)
@given(st.sampled_from(["x.ttl", "x.nt", "x.jsonld", "x.rdf", "x.trig", "x.yaml"]), st.binary(max_size=60))
def test_no_bytes_as_a_file_raise_anything_else(
    graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / name
    file.write_bytes(b"@" + content)  # few of these are readable, and only those are judged at length
    try:
        report = graph.validate(file)
    except KgError as fault:
        assert fault.exit_code in (1, 2, 6)
    else:
        assert isinstance(report, Report)


@pytest.mark.parametrize("source", ["nosuch.ttl", "nosuch.yaml", ".", "nosuch.xyz"])
def test_what_cannot_be_read_is_an_error_of_our_own(source: str, graph: KnowledgeGraph) -> None:
    with pytest.raises((UnreadableError, UsageError)):
        graph.validate(source)


# --- validating ----------------------------------------------------------------------------------


def test_a_report_says_whether_it_conforms_and_what_was_found(graph: KnowledgeGraph, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("document: ferry\nclaims:\n- quote: not in the text\n  gist: nothing\n", encoding="utf-8")
    report = graph.validate(str(file))
    assert isinstance(report, Report)
    assert report.conforms is False
    (finding,) = (f for f in report.findings if f.rule == "quote-found-once")
    assert (finding.severity, str(finding.where)) == ("violation", f"{file}:3:10")
    assert finding.fix


def test_a_claims_file_that_names_no_document_does_not_conform(graph: KnowledgeGraph, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("claims: []\n", encoding="utf-8")
    (finding,) = graph.validate(file).findings
    assert (finding.severity, finding.where and finding.where.file) == ("violation", str(file))


def test_the_whole_built_graph_conforms(graph: KnowledgeGraph) -> None:
    report = graph.validate()
    assert report.conforms
    assert report.findings == ()
