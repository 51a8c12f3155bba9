"""What a text must be before a parser sees it, and what is said when it is not."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest

from kg.errors import KgError, LimitError, RefusedError, UnreadableError, UsageError
from kg.serialise import guards, parse

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e#">'


def fault(data: bytes, form: str = "ttl") -> KgError:
    with pytest.raises(KgError) as caught:
        parse(data, form, where="f")
    assert "\n" not in caught.value.line()
    assert caught.value.fix
    return caught.value


# --- encoding ------------------------------------------------------------------------------------


def test_a_byte_order_mark_of_utf_8_is_skipped() -> None:
    assert len(parse(b"\xef\xbb\xbf<urn:a> <urn:b> 1 .", "ttl", where="f")) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("form", ["ttl", "nt", "rdfxml", "jsonld"])
def test_utf_16_and_utf_32_are_not_read(form: str, encoding: str) -> None:
    error = fault("<urn:a> <urn:b> <urn:c> .".encode(encoding), form)
    assert isinstance(error, UnreadableError)
    assert error.where == "f:1:1" or "NUL" in error.what


@pytest.mark.parametrize("name", ["UTF-7", "utf-16", "ISO-8859-1", "US-ASCII", "cp037"])
def test_an_xml_declaration_of_another_encoding_is_not_believed(name: str) -> None:
    error = fault(f'<?xml version="1.0" encoding="{name}"?>\n{RDF}</rdf:RDF>'.encode(), "rdfxml")
    assert isinstance(error, UnreadableError)
    assert error.where == "f:1:31"
    assert name in error.what


@pytest.mark.parametrize("name", ["UTF-8", "utf-8"])
def test_an_xml_declaration_of_utf_8_is_fine(name: str) -> None:
    node = "<rdf:Description><e:p>x</e:p></rdf:Description>"
    text = f"<?xml version='1.0' encoding='{name}'?>{RDF}{node}</rdf:RDF>"
    assert len(parse(text.encode(), "rdfxml", where="f")) == 1


def test_bytes_that_are_not_utf_8_are_found_by_line_and_column() -> None:
    assert fault("<urn:a> <urn:b> 'é'.\n<urn:".encode() + b"\xff> .").where == "f:2:6"


def test_columns_count_characters_not_bytes() -> None:
    assert fault("<urn:é> <urn:b> '€' \0".encode()).where == "f:1:21"


@pytest.mark.parametrize(
    "text", ["<urn:a> <urn:b> '\0' .", r"<urn:a> <urn:b> '\u0000' .", "<urn:\0> <urn:b> 1 ."]
)
def test_a_nul_character_is_refused_raw_or_escaped(text: str) -> None:
    assert "NUL" in fault(text.encode()).what


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert parse(rb"<urn:a> <urn:b> '\\u0000' .", "ttl", where="f")[0].object.value == r"\u0000"


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("ttl", b"<urn:a> <urn:b> '\xed\xa0\x80' ."),
        ("ttl", rb"<urn:a> <urn:b> '\ud800' ."),
        ("jsonld", rb'{"urn:b": "\ud800"}'),
        ("nt", rb'<urn:a> <urn:b> "\uDFFF" .'),
    ],
)
def test_lone_surrogates_are_refused_raw_or_escaped(form: str, data: bytes) -> None:
    assert isinstance(fault(data, form), UnreadableError)


# --- size and nesting ----------------------------------------------------------------------------


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Literals of thirty bytes at most, and texts of two hundred and forty."""
    monkeypatch.setenv("KG_MAX_LITERAL", "30")


LONG = {
    "single quotes": ("ttl", b"<urn:a> <urn:b> 'LONG' .", "f:1:17"),
    "double quotes": ("nt", b'<urn:a> <urn:b> "LONG" .', "f:1:17"),
    "three quotes": ("ttl", b"<urn:a> <urn:b>\n '''LO\n''NG''' .", "f:2:2"),
    "three double quotes": ("trig", b'<urn:a> <urn:b> """LO""\nNG""" .', "f:1:17"),
    "quotes that are never closed": ("ttl", b"<urn:a> <urn:b> '''LONG", "f:1:17"),
    "a name": ("nq", b"<urn:a> <urn:b> <urn:c> .\n<urn:LONG> <urn:b> <urn:c> .", "f:2:1"),
    "a comment": ("ttl", b"<urn:a> <urn:b> 1 .\n # it's LONG", "f:2:2"),
    "after a comment": ("ttl", b"# it's\n<urn:a#b> <urn:b> 'LONG' .", "f:2:19"),
    "a string of JSON": ("jsonld", b'{"urn:a":\n "LO\\"NG"}', "f:2:2"),
    "words of XML": ("rdfxml", RDF.encode() + b"\n<e:p>LONG</e:p>", "f:2:1"),
    "an attribute": ("rdfxml", RDF.encode() + b"\n<e:p e:q='LONG'/>", "f:2:1"),
    "words of XML set apart": ("rdfxml", RDF.encode() + b"\n<e:p><![CDATA[LO<NG]]></e:p>", "f:2:6"),
}


@pytest.mark.parametrize("name", LONG)
def test_a_literal_over_the_limit_is_told_with_its_place(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    form, text, place = LONG[name]
    monkeypatch.setenv("KG_MAX_LITERAL", "200")
    long = text.replace(b"LO", b"x" * 150).replace(b"NG", b"y" * 150)
    found = fault(long, form)
    assert isinstance(found, LimitError)
    assert found.where == place
    assert "more than 200 bytes" in found.what
    monkeypatch.setenv("KG_MAX_LITERAL", "400")
    with suppress(UnreadableError):
        parse(long, form, where="f")


@pytest.mark.usefixtures("short")
def test_a_text_over_eight_times_the_limit_is_not_parsed() -> None:
    line = b"<urn:a> <urn:b> <urn:c> .     "
    found = fault(line * 8 + b"\n#", "nt")
    assert isinstance(found, LimitError)
    assert (found.where, found.what) == ("f:1:241", "the text has more than 240 bytes")
    assert len(parse(line * 8, "ttl", where="f")) == 8


@pytest.mark.parametrize("told", ["0", "-1", "many", "1e6", "٣", "8000001"])
def test_a_limit_that_is_no_number_or_too_high_is_refused(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_MAX_LITERAL", told)
    with pytest.raises(UsageError, match="KG_MAX_LITERAL"):
        parse(b"", "ttl", where="f")


def turtle(depth: int) -> bytes:
    return b"<urn:a> <urn:b> " + b"[<urn:c> " * depth + b"1" + b"]" * depth + b" ."


def collection(depth: int) -> bytes:
    return b"<urn:a> <urn:b> " + b"(" * depth + b")" * depth + b" ."


def json_ld(depth: int) -> bytes:
    return b'{"urn:b":' * depth + b'"x"' + b"}" * depth


def json_list(depth: int) -> bytes:
    return b'{"urn:b":' + b"[" * (depth - 1) + b'"x"' + b"]" * (depth - 1) + b"}"


def elements(depth: int) -> bytes:
    pairs = (depth - 1) // 2
    inner = "<e:A><e:p>" * pairs + "</e:p></e:A>" * pairs if depth % 2 else "<e:A><e:p>" * pairs
    tail = "" if depth % 2 else "<e:B/>" + "</e:p></e:A>" * pairs
    return f"{RDF}{inner}{tail}</rdf:RDF>".encode()


def triple_terms(depth: int) -> bytes:
    return (
        b"<urn:a> <urn:b> "
        + b"<<( <urn:a> <urn:b> " * (depth // 2)
        + b"<urn:c> "
        + b")>> " * (depth // 2)
        + b"."
    )


@pytest.mark.parametrize(
    ("form", "make"),
    [
        ("ttl", turtle),
        ("trig", turtle),
        ("ttl", collection),
        ("jsonld", json_ld),
        ("jsonld", json_list),
        ("rdfxml", elements),
        ("nt", triple_terms),
    ],
)
def test_nesting_stops_at_the_limit_and_not_before(form: str, make: object) -> None:
    assert callable(make)
    parse(make(guards.MAX_NESTING), form, where="f")
    error = fault(make(guards.MAX_NESTING + 2), form)
    assert isinstance(error, LimitError)
    assert error.where.startswith("f:1:")


@pytest.mark.parametrize(
    "text",
    [
        "<urn:a> <urn:b> '" + "[" * 1000 + "' .",
        "<urn:a> <urn:b> '''" + "[\n'(\"" * 1000 + "''' .",
        "# " + "(" * 1000 + "\n<urn:a> <urn:b> 1 .",
        "<urn:a" + "(" * 1000 + "> <urn:b> 1 .",
        "@prefix e: <urn:e:> .\ne:a" + r"\(" * 1000 + " e:b 1 .",
        "<urn:a> <urn:b> " + "[],()," * 1000 + "1 .",
        "<urn:a> <urn:b> '" + r"\'[" * 1000 + "' .",
    ],
)
def test_brackets_in_texts_iris_and_comments_do_not_nest(text: str) -> None:
    assert parse(text.encode(), "ttl", where="f")


def test_brackets_in_json_strings_do_not_nest() -> None:
    assert parse(json.dumps({"urn:b": '"[{' * 1000}).encode(), "jsonld", where="f")


# --- what would reach outside --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE rdf:RDF [<!ENTITY a 'x'>]>" + RDF + "</rdf:RDF>",
        "<?xml version='1.0'?>\n<!doctype x SYSTEM 'http://127.0.0.1:1/x'>" + RDF + "</rdf:RDF>",
        RDF + "<!ENTITY x 'y'></rdf:RDF>",
        "<!--><!DOCTYPE a [<!ENTITY b 'c'>]>" + RDF + "</rdf:RDF><!-- -->",
    ],
)
def test_document_types_and_entities_are_refused_wherever_they_stand(text: str) -> None:
    error = fault(text.encode(), "rdfxml")
    assert isinstance(error, RefusedError)
    assert error.where.count(":") == 2


@pytest.mark.parametrize(
    "document",
    [
        {"@context": "http://127.0.0.1:1/c"},
        {"@context": ["http://127.0.0.1:1/c", {"a": "urn:a"}]},
        {"@context": [{"a": "urn:a"}, "http://127.0.0.1:1/c"]},
        {"@context": {"@import": "http://127.0.0.1:1/c"}},
        {"@context": {"t": {"@id": "urn:t", "@context": "http://127.0.0.1:1/c"}}},
        {"@graph": [{"urn:p": {"@context": "http://127.0.0.1:1/c", "urn:q": 1}}]},
    ],
)
def test_a_context_that_would_be_fetched_is_refused_by_its_address(document: object) -> None:
    error = fault(json.dumps(document).encode(), "jsonld")
    assert isinstance(error, RefusedError)
    assert "http://127.0.0.1:1/c" in error.what


def test_a_context_key_written_with_escapes_is_found_too() -> None:
    error = fault(rb'{"\u0040context": "http://127.0.0.1:1/c"}', "jsonld")
    assert isinstance(error, RefusedError)


def test_of_two_equal_keys_neither_hides_the_other() -> None:
    error = fault(b'{"@context": "http://127.0.0.1:1/c", "@context": {"a": "urn:a"}}', "jsonld")
    assert isinstance(error, RefusedError)


def test_the_place_of_a_remote_context_is_told() -> None:
    assert fault(b'{\n  "@context": "http://127.0.0.1:1/c"}', "jsonld").where == "f:2:15"


def test_contexts_in_the_file_are_fine() -> None:
    document = {
        "@context": {"name": "urn:name", "t": {"@id": "urn:t", "@context": {"u": "urn:u"}}},
        "name": "x",
    }
    assert len(parse(json.dumps(document).encode(), "jsonld", where="f")) == 1


def test_a_json_value_that_looks_like_a_context_is_data() -> None:
    document = {"urn:p": {"@type": "@json", "@value": {"@context": "http://127.0.0.1:1/c"}}}
    assert len(parse(json.dumps(document).encode(), "jsonld", where="f")) == 1


# --- places of faults ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "data", "where"),
    [
        ("ttl", b"<urn:a> <urn:b> 1 .\n<urn:a> 'no' 1 .", "f:2:9"),
        ("trig", b"<urn:g> {\n <urn:a> 5 1 }", "f:2:10"),
        ("nt", b"<urn:a> <urn:b> <urn:c>", "f:1:24"),
        ("nq", b"<urn:a> <urn:b> <urn:c> 'g' .", "f:1:25"),
        ("jsonld", b'{\n "urn:a": }', "f:2:11"),
        ("jsonld", b'{"urn:a": "x",\n "urn:b": {"@value": {}}}', "f:2:25"),
        ("rdfxml", RDF.encode() + b"\n <rdf:Description>\n</rdf:RDF>", "f:3:3"),
        ("rdfxml", RDF.encode() + b"\n <rdf:Description rdf:ID='3x'/></rdf:RDF>", "f:2:2"),
    ],
)
def test_a_fault_is_told_with_file_line_and_column(form: str, data: bytes, where: str) -> None:
    assert fault(data, form).where == where


def test_an_unknown_format_is_a_wrong_call() -> None:
    assert isinstance(fault(b"", "n3"), UsageError)


def test_a_message_never_repeats_control_characters_of_the_text() -> None:
    error = fault("<urn:a> <urn:b> \x1b[31m\u202e .".encode())
    assert error.line().isprintable()
