"""How long a literal, a name or a comment may be, and a whole file; where in a text the limit is passed."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import BinaryIO, NoReturn

from kg.errors import LimitError, UsageError

LIMIT = "KG_MAX_LITERAL"
"""The variable that lets one literal have fewer bytes than the most."""
_MOST = 8_000_000  # the library's parsers hold no more: 8 MiB of a JSON string, 16 MiB of any other word
_FILE = 8
"""A file may be so many times as long as the longest literal."""

# Each matches to the end of the text what is never closed, so that no byte is looked at twice.
_TURTLE = re.compile(
    rb'''(?P<long>\#[^\n\r]*+
      | """(?:[^"\\]++|\\.|"(?!""))*+(?:"""|\Z)
      | \'\'\'(?:[^'\\]++|\\.|'(?!''))*+(?:\'\'\'|\Z)
      | "(?:[^"\\\n\r]++|\\.)*+"?
      | '(?:[^'\\\n\r]++|\\.)*+'?
      | <[^<>"{}|^`\x00-\x20]*+)
    | [^"'<#\\]++ | \\.''',
    re.VERBOSE | re.DOTALL,
)
_JSON = re.compile(rb'(?P<long>"(?:[^"\\]++|\\.)*+)"?|[^"]++', re.DOTALL)
_XML = re.compile(
    rb"<!--(?:[^-]++|-(?!->))*+|(?P<long><!\[CDATA\[(?:[^\]]++|\](?!\]>))*+|<?[^<]++)", re.DOTALL
)
_NOTHING = re.compile(rb"(?!)")  # claims in YAML are bounded as a whole, see kg.yamltext
_TOKENS = {"rdfxml": _XML, "jsonld": _JSON, "yaml": _NOTHING}


def longest_literal() -> int:
    """How many bytes one literal may have.

    Raises UsageError when ``KG_MAX_LITERAL`` is no number, or more than the most.
    """
    told = os.environ.get(LIMIT, "").strip()
    if not told:
        return _MOST
    if not (told.isascii() and told.isdecimal() and 0 < int(told) <= _MOST):
        raise UsageError(f"{LIMIT} is {told!r}", fix=f"give a number of bytes, {_MOST:,} at most")
    return int(told)


def longest_file() -> int:
    """How many bytes a file of RDF or claims may have."""
    return _FILE * longest_literal()


def read_limited(source: Path | BinaryIO) -> bytes:
    """The bytes of a file, but no more than show that it is too long. Raises OSError."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            return file.read(longest_file() + 1)
    return source.read(longest_file() + 1)


def check_lengths(data: bytes, form: str, where: str) -> None:
    """Raises LimitError with its place for a literal, name or comment that is too long, or a text that is."""
    most = longest_literal()
    if len(data) <= most:
        return
    for token in _TOKENS.get(form, _TURTLE).finditer(data):
        start, end = token.span("long") if token.lastgroup else (0, 0)
        if end - start > most:
            _too_long(f"a literal, name or comment of more than {most:,} bytes", data, start, where)
    if len(data) > longest_file():
        _too_long(f"the text has more than {longest_file():,} bytes", data, longest_file(), where)


def _too_long(what: str, data: bytes, offset: int, where: str) -> NoReturn:
    raise LimitError(what, where=f"{where}:{position(data, offset)}", fix="split it")


def position(data: bytes, offset: int) -> str:
    """``line:column`` of a byte offset, both counted from 1, columns in characters."""
    line_start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[line_start:offset].decode("utf-8", "replace")) + 1
    line = data.count(b"\n", 0, offset) + 1
    return f"{line}:{column}"
