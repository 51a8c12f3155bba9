"""Valid files spoiled at random: read or refused, never anything else, and what is read keeps its sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, LimitError, RefusedError, UnreadableError
from kg.serialise import FORMATS, export_bytes, graph_hash, parse
from strategies import share

SEED = b"""@prefix e: <urn:e:> .
e:g {
  e:a a e:C ; e:p "x\\n\\u00e9"@en , 1.50 , true , "2015"^^e:t ; e:q [ e:p ( 1 e:b ) ] , _:n .
  _:n e:p e:a .
}
"""
QUADS = parse(SEED, "trig", where="seed")
FILES = {form: export_bytes(QUADS, form) for form in FORMATS}
PIECES = (
    b"",
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",
    b"[",
    b"]",
    b"(",
    b"{",
    b"}",
    b"<",
    b">",
    b"<<",
    b">>",
    b'"',
    b"'",
)
WORDS = (
    b"\\",
    b"\\u0",
    b"@",
    b"^^",
    b"_:",
    b"#",
    b".",
    b";",
    b",",
    b"<!",
    b"<!--",
    b"&lt;",
    b"]]>",
    b'"@context":',
    b"\n",
)


@pytest.mark.parametrize("form", FORMATS)
@share(1.5)
@given(data=st.data())
def test_a_spoiled_file_is_read_or_refused_and_what_is_read_keeps_its_sense(
    form: str, data: st.DataObject
) -> None:
    text = FILES[form]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 4)))
        piece = data.draw(
            st.one_of(st.sampled_from(PIECES + WORDS), st.binary(max_size=3), st.just(text[:end]))
        )
        text = text[:start] + piece + text[end:]
    try:
        quads = parse(text, form, where="f")
    except KgError as error:
        assert isinstance(error, UnreadableError | RefusedError | LimitError)
        assert error.line().isprintable()
        assert error.where.startswith("f")
        return
    again = parse(export_bytes(quads, "nq"), "nq", where="f")
    assert graph_hash(again) == graph_hash(quads)


ODD_LABELS = {
    "jsonld": '{{"@id": "_:{0}", "urn:p": {{"@id": "_:{0}"}}, "urn:q": {{"@id": "_:other"}}}}',
    "rdfxml": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e#">'
    '<rdf:Description rdf:nodeID="{0}"><e:p rdf:nodeID="{0}"/><e:q rdf:nodeID="other"/></rdf:Description>'
    "</rdf:RDF>",
}


@pytest.mark.parametrize(
    ("form", "label"), [("jsonld", "a:b"), ("jsonld", "é"), ("rdfxml", "a."), ("rdfxml", "a-")]
)
def test_a_blank_node_may_have_a_label_that_other_syntaxes_cannot_write(form: str, label: str) -> None:
    quads = parse(ODD_LABELS[form].format(label).encode(), form, where="f")
    for other in ("nt", "ttl", "jsonld"):
        assert graph_hash(parse(export_bytes(quads, other), other, where="f")) == graph_hash(quads)
    assert len({quad.subject for quad in quads}) == 1
    assert {quad.object for quad in quads} > {quad.subject for quad in quads}
