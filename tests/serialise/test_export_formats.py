"""The whole graph in every format: complete, sorted, readable again."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef

from kg.errors import UsageError
from kg.serialise import FORMATS, export, export_bytes, format_of, from_rdflib, graph_text, parse
from strategies import graphs

WITH_GRAPHS = ("trig", "nq", "jsonld")
WITHOUT_GRAPHS = ("ttl", "nt", "rdfxml")
QUADS = parse(
    b"""<urn:g:1> { <urn:x:b> <urn:x:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>, "x"@en . }
        <urn:g:2> { <urn:x:a> a <urn:x:C> ; <urn:x:p> "two\\nlines" . <urn:x:b> <urn:x:p> "x"@en . }""",
    "trig",
    where="f",
)


def triples_of(quads: list[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in quads}


@pytest.mark.parametrize("form", WITH_GRAPHS)
def test_formats_with_graph_names_keep_every_quad(form: str) -> None:
    assert set(parse(export_bytes(QUADS, form), form, where="f")) == set(QUADS)


@pytest.mark.parametrize("form", WITHOUT_GRAPHS)
def test_formats_without_graph_names_hold_each_triple_once(form: str) -> None:
    back = parse(export_bytes(QUADS, form), form, where="f")
    assert {quad.graph_name for quad in back} == {ox.DefaultGraph()}
    assert len(back) == 4
    assert triples_of(back) == triples_of(QUADS)


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_of_the_quads_does_not_show(form: str) -> None:
    assert export_bytes(reversed(QUADS), form) == export_bytes(QUADS, form)


@given(st.data())
def test_any_graph_survives_every_format_that_can_say_it(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from([name for name in FORMATS if name != "rdfxml"]))
    triples = data.draw(graphs)
    quads = [ox.Quad(*map(from_rdflib, triple)) for triple in triples]  # type: ignore[arg-type]
    assert triples_of(parse(export_bytes(quads, form), form, where="f")) == triples_of(quads)


def test_a_store_is_exported_like_its_quads() -> None:
    class Holder:
        def quads(self) -> list[ox.Quad]:
            return QUADS

    sink = io.BytesIO()
    export(Holder(), "nq", sink)
    assert sink.getvalue() == export_bytes(QUADS, "nq")


@pytest.mark.parametrize(
    "triple", ["<urn:a> <urn:b:1> 1 .", "<urn:a> <http://e/> 1 .", r"<urn:a> <urn:b:c> '\u001B[2J' ."]
)
def test_what_xml_cannot_say_is_refused_and_not_written_broken(triple: str) -> None:
    with pytest.raises(UsageError, match="RDF/XML cannot say") as caught:
        export_bytes(parse(triple.encode(), "ttl", where="f"), "rdfxml")
    assert caught.value.line().isprintable()


def test_an_rdflib_graph_is_written_as_text() -> None:
    graph = Graph()
    graph.add((URIRef("urn:a"), URIRef("urn:b"), Literal("é", lang="en")))
    assert graph_text(graph, "nt") == '<urn:a> <urn:b> "é"@en .\n'


def test_an_unknown_format_is_a_wrong_call() -> None:
    with pytest.raises(UsageError, match="use one of ttl, trig, nt, nq, jsonld, rdfxml"):
        export_bytes(QUADS, "n3")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.ttl", "ttl"),
        ("a.b.TRIG", "trig"),
        ("a.nt", "nt"),
        ("a.nq", "nq"),
        ("a.jsonld", "jsonld"),
        ("a.owl", "rdfxml"),
    ],
)
def test_the_suffix_tells_the_format(name: str, form: str) -> None:
    assert format_of(Path(name)) == form


@pytest.mark.parametrize("name", ["a", "a.txt", "ttl", "a.ttl.gz"])
def test_a_suffix_that_is_none_of_rdf_is_a_wrong_call(name: str) -> None:
    with pytest.raises(UsageError, match=r"use one of \.ttl"):
        format_of(Path(name))
