"""Values go into a query as typed terms: whatever they hold, the query's shape stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD

from algebra import shape
from kg.errors import UsageError
from kg.sparql import bind, check_read_only
from kg.stores.answer import Rows
from kg.stores.local import LocalStore
from strategies import HOSTILE, iris, share, texts

QUERY = """#+ summary: a question
PREFIX actor: <https://w3id.org/aces/kg/actor/>
SELECT ?x ?y WHERE {
  VALUES ?x { actor:example }
  VALUES ?y { "}" }
  OPTIONAL { ?s ?p ?x FILTER(?y != "VALUES ?x { 1 }") }
}
ORDER BY ?x
"""
STORE = LocalStore.from_quads([])
# The store makes numbers canonical, so only what it keeps to the letter is compared.
kept = st.one_of(texts.map(Literal), st.builds(Literal, texts, lang=st.sampled_from(["en", "ps-af"])), iris)


@given(kept)
def test_a_value_comes_back_as_it_went_in(term: URIRef | Literal) -> None:
    answer = STORE.query(bind(QUERY, {"x": term}))
    assert isinstance(answer, Rows)
    assert [row[0] for row in answer.rows] == [term]


@share(0.4)
@given(kept)
def test_the_shape_of_the_query_stays_the_same(term: URIRef | Literal) -> None:
    assert shape(bind(QUERY, {"x": term})) == shape(QUERY)


@given(kept, kept)
def test_a_bound_query_passes_the_guard(one: URIRef | Literal, other: URIRef | Literal) -> None:
    assert check_read_only(bind(QUERY, {"x": one, "y": other}), ()) == "select"


@pytest.mark.parametrize("text", ["\\u003E } #", "\\\\u0022", "\\U0001F600", "\\\\\\u005C"])
def test_an_escape_in_a_text_is_no_escape_on_either_engine(text: str) -> None:
    query = bind(QUERY, {"x": Literal(text)})
    (row,) = Graph().query(query)
    assert row[0] == Literal(text)  # type: ignore[index]
    answer = STORE.query(query)
    assert isinstance(answer, Rows)
    assert answer.rows[0][0] == Literal(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_known_break_outs_stay_texts(text: str) -> None:
    answer = STORE.query(bind(QUERY, {"x": Literal(text), "y": Literal(f'" }} {text} #')}))
    assert isinstance(answer, Rows)
    assert answer.rows == [(Literal(text), Literal(f'" }} {text} #'))]


@pytest.mark.parametrize(
    "iri",
    [
        "x> } ; DROP ALL",
        "http://e/> } UNION { ?s ?p ?o } #",
        "http://e/\n}",
        'http://e/"',
        "http://e/{}",
        "http://e/ x",
        "http://e/\\u003E",
        "http://e/^`|",
        "",
        "actor:iskp>",
    ],
)
def test_an_iri_that_would_break_out_is_refused(iri: str) -> None:
    with pytest.raises(UsageError, match="no valid RDF term"):
        bind(QUERY, {"x": URIRef(iri)})


def test_none_leaves_the_variable_open() -> None:
    assert "  VALUES ?x { UNDEF }\n" in bind(QUERY, {"x": None})


def test_several_values_are_listed() -> None:
    bound = bind(QUERY, {"x": [Literal("a"), URIRef("urn:b"), None, Literal(5)]})
    assert f'  VALUES ?x {{ "a" <urn:b> UNDEF "5"^^<{XSD.integer}> }}\n' in bound


def test_only_the_named_line_changes() -> None:
    changed = bind(QUERY, {"y": Literal("z")})
    assert [(a, b) for a, b in zip(QUERY.splitlines(), changed.splitlines(), strict=True) if a != b] == [
        ('  VALUES ?y { "}" }', '  VALUES ?y { "z" }')
    ]


def test_a_line_like_it_inside_a_text_is_left_alone() -> None:
    query = 'SELECT * {\n FILTER("""\nVALUES ?x { 1 }\n""" = ?y)\nVALUES ?x { 2 }\n}'
    assert bind(query, {"x": Literal("z")}) == query.replace("{ 2 }", '{ "z" }')


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?x }",
        "SELECT * { VALUES ?x { 1 } ?s ?p ?x }",
        "SELECT * {\nVALUES ?xx { 1 }\n}",
        "SELECT * {\nVALUES ?x {\n1 }\n}",
        "SELECT * {\n# VALUES ?x { 1 }\n}",
        "SELECT * {\nVALUES (?x ?y) { (1 2) }\n}",
    ],
)
def test_a_query_without_a_line_for_the_value_is_a_wrong_call(query: str) -> None:
    with pytest.raises(UsageError, match="no line of its own"):
        bind(query, {"x": Literal("a")})


def test_a_blank_node_cannot_be_asked_for() -> None:
    with pytest.raises(UsageError, match="blank node"):
        bind(QUERY, {"x": BNode()})
