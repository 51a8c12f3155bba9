"""Only reading, only this dataset: what is let through, what is refused, and before anything happens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal

from kg.errors import KgError, RefusedError, UnreadableError
from kg.serialise import from_rdflib
from kg.sparql import check_read_only, form_of, keywords
from strategies import iris, texts

FACTS = "https://w3id.org/aces/kg/graph/facts"
KNOWN = (FACTS, "https://w3id.org/aces/kg/graph/registry")
PREFIXES = (
    "PREFIX : <http://127.0.0.1:1/> PREFIX ex: <http://127.0.0.1:1/> PREFIX service: <http://127.0.0.1:1/> "
)


def refused(query: str) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        check_read_only(query, KNOWN)
    assert caught.value.where.startswith("query:")
    assert caught.value.line().isprintable()
    return caught.value


# --- what is let through -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "select"),
        ("select*{}", "select"),
        ("SELECT(1 AS ?x){}", "select"),
        ("# a comment\nBASE <http://e/>\nPREFIX a: <b>\nASK {}", "ask"),
        ('VERSION "1.2" ASK {}', "ask"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "construct"),
        ("DESCRIBE <urn:x>", "describe"),
        ("PREFIX select: <urn:x:> ASK { ?s select:y 1 }", "ask"),
        ("\r\n\t DESCRIBE\n?x\n{}", "describe"),
    ],
)
def test_the_form_is_told(query: str, form: str) -> None:
    assert check_read_only(query, KNOWN) == form_of(query) == form


@pytest.mark.parametrize("word", ["SERVICE", "INSERT", "LOAD", "DROP", "FROM", "WITH", "CLEAR", "ADD"])
@pytest.mark.parametrize(
    "query",
    [
        'SELECT * {{ ?s ?p "{w} <urn:x> {{}}" }}',
        "SELECT * {{ ?s ?p '{w} <urn:x>' }}",
        'SELECT * {{ ?s ?p """a "{w}" {{ \n {w} <urn:x> """ }}',
        "SELECT * {{ ?s ?p '''{w} it's''' }}",
        "SELECT * {{ ?s <http://{w}/{w}#{w}> ?o }}",
        "SELECT * {{ ?s ex:{w} ?o ; {w}:x ?p }}",
        "SELECT ?{w} ${w} {{ ?{w} ?p ${w} }}",
        "SELECT * {{ ?s ?p ?o }} # {w} <urn:x> {{}}",
        "SELECT * {{ _:{w} ?p 'x'@{w} }}",
        "SELECT * {{ ?s ex:a.{w} ?o . ex:b-{w} ?p ex:%41{w} }}",
        r"SELECT * {{ ?s ?p '\'{w} <urn:x> {{}}' }}",
    ],
)
def test_words_in_texts_iris_names_variables_and_comments_mean_nothing(query: str, word: str) -> None:
    for written in (word, word.lower(), word.title()):
        assert check_read_only(query.format(w=written), KNOWN) == "select"


@given(st.one_of(texts.map(Literal), iris))
def test_no_term_whatsoever_is_taken_for_a_command(term: Literal) -> None:
    assert check_read_only(f"SELECT * {{ ?s ?p {from_rdflib(term)} }}", KNOWN) == "select"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * FROM <{FACTS}> {{}}",
        f"SELECT * FROM NAMED <{FACTS}> FROM <{KNOWN[1]}> {{}}",
        "PREFIX g: <https://w3id.org/aces/kg/graph/> SELECT * FROM g:facts {}",
        r"SELECT * FROM <https://w3id.org/aces/kg/graph/f\u0061cts> {}",
        "SELECT * { GRAPH <urn:any> { ?s ?p ?o } }",
        PREFIXES + "SELECT * { GRAPH service:g { ?s service:p ?o } }",
        PREFIXES + "DESCRIBE service:x { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o FILTER(?a<?b&&?c>?d) }",
        "SELECT * { ?s <http://e/x_(y)/service#from> ?o }",
        "SELECT (STR(?from) AS ?with) { ?s ?p ?o }",
    ],
)
def test_reading_this_dataset_is_allowed(query: str) -> None:
    check_read_only(query, KNOWN)


# --- SERVICE -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SeRvIcE <http://127.0.0.1:1/> {} } } }",
        "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:1/> {} } }",
        "ASK { FILTER NOT EXISTS { OPTIONAL { SERVICE <http://127.0.0.1:1/> {} } } }",
        "ASK { ?s ?p ?o MINUS { SERVICE <http://127.0.0.1:1/> {} } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "DESCRIBE ?s { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "ASK { #\nSERVICE#\n<http://127.0.0.1:1/>#\n{} }",
        PREFIXES + "ASK { SERVICE ex:p {} }",
        PREFIXES + r"ASK { SERV\u0049CE ex:p {} }",
        PREFIXES + r"ASK { \U00000053ERVICE ex:p {} }",
        r"ASK { ?s ?p ' \u0027 . SERVICE <http://127.0.0.1:1/> {} # ' }",
        "ASK { LATERAL { SERVICE <http://127.0.0.1:1/> {} } }",
    ],
)
def test_service_is_refused_in_every_form(query: str) -> None:
    assert "SERVICE" in refused(query).what


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICEex:p { ?s ?p ?o } }",
        "ASK { SERVICE:p{ ?s ?p ?o } }",
        "ASK { service:p { ?s ?p ?o } }",
        "ASK { SERVICESILENTex:p { ?s ?p ?o } }",
        "ASK { ?s ?p trueSERVICEex:p { ?s ?p ?o } }",
        "ASK { ?s ?p true.SERVICE<http://127.0.0.1:1/>{} }",
        "ASK { ?s ?p 1SERVICE<http://127.0.0.1:1/>{} }",
        "ASK { ?s ?p ?o.SERVICE<http://127.0.0.1:1/>{} }",
        "ASK { FILTER(1<2)SERVICE:p#>\n{ ?s ?p ?o } }",
        "ASK { FILTER(1<2)SERVICE<http://127.0.0.1:1/>{} }",
        "ASK { FILTER(1<(2))?s:p?o.SERVICE:p#>\n{ ?s ?p ?o } }",
    ],
)
def test_service_is_refused_where_only_a_loose_parser_would_see_it(query: str) -> None:
    refused(PREFIXES + query)


# --- updates and foreign graphs ------------------------------------------------------------------


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "DELETE DATA { <urn:a> <urn:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/hostname>",
        "LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <urn:g>",
        "CLEAR ALL",
        "DROP SILENT DEFAULT",
        "CREATE GRAPH <urn:g>",
        "COPY DEFAULT TO <urn:g>",
        "MOVE <urn:g> TO DEFAULT",
        "ADD <urn:g> TO DEFAULT",
        "PREFIX a: <urn:a> # c\n insert { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT * {} ; DROP ALL",
        "ASK {}\nINSERT DATA {}",
    ],
)
def test_updates_are_refused(update: str) -> None:
    refused(update)


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <http://127.0.0.1:1/>",
        "FROM NAMED <http://127.0.0.1:1/>",
        "from named <file:///etc/hostname>",
        f"FROM <{FACTS}> FROM <http://127.0.0.1:1/>",
        "FROM ex:g",
        "FROM undeclared:g",
        "FROM <relative>",
        "FROMNAMED<http://127.0.0.1:1/>",
        "FROMex:g",
        "FROM",
        r"FR\u004FM <http://127.0.0.1:1/>",
    ],
)
def test_graphs_outside_the_dataset_are_refused(clause: str) -> None:
    refused(f"{PREFIXES}SELECT * {clause} WHERE {{ ?s ?p ?o }}")


def test_a_prefix_declared_twice_counts_as_declared_last() -> None:
    refused("PREFIX g: <https://w3id.org/aces/kg/graph/> PREFIX g: <http://127.0.0.1:1/> ASK FROM g:facts {}")


# --- what is no query ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", " ", "# SELECT", "hello", "{ ?s ?p ?o }", "'SELECT' {}", "PREFIX", "PREFIX a:"]
)
def test_what_is_no_query_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError, match="no SPARQL query"):
        check_read_only(text, KNOWN)


@pytest.mark.parametrize("text", ["ASK { ?s ?p '\0' }", "ASK {}\0", "ASK { ?s <http://e/\x00> 1 }"])
def test_a_nul_character_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError, match="NUL"):
        check_read_only(text, KNOWN)


def test_a_lone_surrogate_is_unreadable_and_its_place_told() -> None:
    with pytest.raises(UnreadableError, match="surrogate") as caught:
        check_read_only("ASK {\n ?s ?p '\ud800' }", KNOWN)
    assert caught.value.where == "query:2:9"


@given(st.text())
def test_any_text_gets_a_form_or_a_fault_of_ours(text: str) -> None:
    try:
        assert check_read_only(text, KNOWN) in ("select", "ask", "construct", "describe")
    except KgError as error:
        assert error.line().isprintable()


def test_keywords_are_the_bare_words_only() -> None:
    query = "SELECT ?from { GRAPH ?g { ?s from:x 'ASK' } } # UNION"
    assert keywords(query) == {"SELECT", "GRAPH"}
