"""Terms keep their words between rdflib and the parser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Literal, URIRef, Variable
from rdflib.namespace import XSD

from kg.errors import RefusedError, UsageError
from kg.serialise import from_rdflib, parse, to_rdflib
from strategies import rdf_literals, rdf_terms


@given(rdf_terms)
def test_a_term_comes_back_as_it_went(term: URIRef | Literal) -> None:
    back = to_rdflib(from_rdflib(term))
    assert back == term
    assert type(back) is type(term)


@given(rdf_literals)
def test_a_literal_keeps_its_words_even_where_they_are_not_canonical(term: Literal) -> None:
    assert str(to_rdflib(from_rdflib(term))) == str(term)


def test_a_blank_node_keeps_its_label() -> None:
    assert to_rdflib(from_rdflib(BNode("b1"))) == BNode("b1")


def test_a_plain_string_has_no_datatype_on_our_side() -> None:
    assert to_rdflib(from_rdflib(Literal("x", datatype=XSD.string))) == Literal("x")


def test_a_number_out_of_canonical_form_is_not_mended() -> None:
    assert str(to_rdflib(from_rdflib(Literal("01", datatype=XSD.integer, normalize=False)))) == "01"


def test_a_date_that_is_none_is_kept_without_a_word_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    term = to_rdflib(
        parse(b'<urn:a> <urn:b> "1900-02-31"^^<%s> .' % XSD.date.encode(), "ttl", where="f")[0].object
    )
    assert str(term) == "1900-02-31"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "term",
    [
        URIRef("http://e/> } ; DROP ALL"),
        URIRef("http://e/\x00"),
        URIRef("no scheme"),
        URIRef("relative"),
        URIRef("http://e/\ud800"),
        Literal("\ud800"),
        Literal("x", datatype=URIRef("not an iri")),
        Variable("x"),
    ],
)
def test_what_is_no_valid_term_is_refused_in_one_line(term: object) -> None:
    with pytest.raises(UsageError) as caught:
        from_rdflib(term)  # type: ignore[arg-type]
    assert caught.value.line().isprintable()


def test_a_triple_term_is_refused_by_name() -> None:
    quads = parse(b"<urn:a> <urn:b> <<( <urn:s> <urn:p> 1 )>> .", "ttl", where="f")
    with pytest.raises(RefusedError, match=r"RDF 1\.2"):
        to_rdflib(quads[0].object)


@given(st.text())
def test_any_text_without_surrogates_and_nul_survives_a_file(text: str) -> None:
    from kg.serialise import export_bytes

    try:
        text.encode()
    except UnicodeEncodeError:
        return
    if "\0" in text:
        return
    data = export_bytes(
        parse(b"<urn:a> <urn:b> %b ." % str(from_rdflib(Literal(text))).encode(), "ttl", where="f"), "ttl"
    )
    assert parse(data, "ttl", where="f")[0].object.value == text
