"""What is checked before a parser sees a byte: encoding, size, nesting, and what would reach outside."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn
from xml.parsers import expat

from kg.display import printable
from kg.errors import LimitError, RefusedError, UnreadableError
from kg.serialise.lengths import check_lengths, position

MAX_NESTING = 256

_BOM = b"\xef\xbb\xbf"
# Legal in an RDF text, but it ends texts early in the stores and programs that read ours.
_NUL = re.compile(rb"\x00|(?<!\\)(?:\\\\)*+\\(?:u0000|U00000000)")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']""")
# Strings, IRIs, comments and escapes are stepped over whole, so that only real brackets are counted.
_TURTLE = re.compile(
    rb'''\#[^\n\r]*+
    | """(?:[^"\\]++|\\.|"(?!""))*+"""
    | \'\'\'(?:[^'\\]++|\\.|'(?!''))*+\'\'\'
    | "(?:[^"\\\n\r]++|\\.)*+"
    | '(?:[^'\\\n\r]++|\\.)*+'
    | <[^<>"{}|^`\x00-\x20]*+>
    | \\.
    | (?P<opens>[\[({]|<<) | (?P<closes>[\])}]|>>)''',
    re.VERBOSE | re.DOTALL,
)
_JSON = re.compile(rb""""(?:[^"\\]++|\\.)*+"|(?P<opens>[\[{])|(?P<closes>[\]}])""", re.DOTALL)


def guarded(data: bytes, form: str, where: str) -> bytes:
    """The bytes without a byte order mark, once they are safe to hand to the parser of ``form``.

    Raises LimitError for length and nesting, UnreadableError for anything but UTF-8 text, and RefusedError
    for document types and entities in RDF/XML and for remote contexts in JSON-LD.
    """
    check_lengths(data, form, where)
    data = data.removeprefix(_BOM)
    _check_text(data, where)
    if form == "rdfxml":
        _check_xml(data, where)
    elif form == "jsonld":
        _check_nesting(_JSON, data, where)
        _check_contexts(data, where)
    else:
        _check_nesting(_TURTLE, data, where)
    return data


def _check_text(data: bytes, where: str) -> None:
    if nul := _NUL.search(data):
        place = position(data, nul.start())
        raise UnreadableError("a NUL character", where=f"{where}:{place}", fix="write plain UTF-8 text")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "this is not UTF-8", where=f"{where}:{position(data, error.start)}", fix="save it as UTF-8"
        ) from None


def _check_nesting(tokens: re.Pattern[bytes], data: bytes, where: str) -> None:
    if sum(map(data.count, (b"[", b"(", b"{", b"<<"))) <= MAX_NESTING:
        return
    depth = 0
    for token in tokens.finditer(data):
        if token.lastgroup == "opens":
            depth += 1
            if depth > MAX_NESTING:
                _too_deep(where, position(data, token.start()))
        elif token.lastgroup == "closes":
            depth = max(0, depth - 1)


def _too_deep(where: str, place: str) -> NoReturn:
    raise LimitError(
        f"brackets or elements nest deeper than {MAX_NESTING}",
        where=f"{where}:{place}",
        fix="give the inner nodes names",
    )


def _check_contexts(data: bytes, where: str) -> None:
    """Refuse contexts that would have to be fetched, naming the first."""
    try:
        remote = json.loads(data, object_pairs_hook=_remote_contexts, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"this is not JSON: {error.msg}",
            where=f"{where}:{error.lineno}:{error.colno}",
            fix="mend the JSON",
        ) from None
    for url in _found_in(remote):
        at = data.find(json.dumps(url, ensure_ascii=False).encode("utf-8", "replace"))
        place = f":{position(data, at)}" if at >= 0 else ""
        raise RefusedError(
            f"the context {printable(url)!r} would have to be fetched",
            where=where + place,
            fix="write the context into the file",
        )


class _Remote(tuple[str, ...]):
    """The addresses that one JSON object would make a parser fetch; the object itself is not kept."""


def _remote_contexts(pairs: list[tuple[str, Any]]) -> _Remote:
    found: list[str] = []
    for key, value in pairs:
        if key == "@context":
            found += [url for url in (value if isinstance(value, list) else [value]) if isinstance(url, str)]
        elif key == "@import" and isinstance(value, str):
            found.append(value)
        if key != "@value":  # what stands there is data, whatever it looks like
            found += _found_in(value)
    return _Remote(found)


def _found_in(value: object) -> list[str]:
    if isinstance(value, _Remote):
        return list(value)
    return [url for part in value for url in _found_in(part)] if isinstance(value, list) else []


def _check_xml(data: bytes, where: str) -> None:
    """Refuse document types wherever they stand, other encodings, deep nesting and what is not XML."""
    if doctype := _DOCTYPE.search(data):
        raise RefusedError(
            "document types and entities are not read",
            where=f"{where}:{position(data, doctype.start())}",
            fix="write the names out and remove the <!DOCTYPE ...>",
        )
    encoding = _XML_ENCODING.match(data)
    if encoding and encoding[1].lower() != b"utf-8":
        raise UnreadableError(
            f"the encoding {printable(encoding[1].decode('utf-8'))!r} is not read",
            where=f"{where}:{position(data, encoding.start(1))}",
            fix="save it as UTF-8",
        )
    try:
        _depth_checked(where).Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableError(
            f"this is not XML: {expat.ErrorString(error.code)}",
            where=f"{where}:{error.lineno}:{error.offset + 1}",
            fix="mend the XML",
        ) from None


def _depth_checked(where: str) -> expat.XMLParserType:
    parser = expat.ParserCreate("UTF-8")
    depth = 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_NESTING:
            _too_deep(where, f"{parser.CurrentLineNumber}:{parser.CurrentColumnNumber + 1}")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    return parser
