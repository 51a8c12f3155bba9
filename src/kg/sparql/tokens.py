"""The tokens of a SPARQL text, so that words inside strings, IRIs, names and comments mean nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_IN_VARIABLE = _BASE + "0-9_\u00b7\u0300-\u036f\u203f\u2040"
_CHARS = _IN_VARIABLE + r"\-"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_WORD = rf"[{_BASE}_](?:\.*+[{_CHARS}]++)*+"
_TOKEN = re.compile(
    rf'''(?P<space>[\x20\t\r\n]++|\#[^\n\r]*+)
    | (?P<string>"""(?:[^"\\]++|\\.|"(?!""))*+"""|\'\'\'(?:[^'\\]++|\\.|'(?!''))*+\'\'\'
        |"(?:[^"\\\n\r]++|\\.)*+"|'(?:[^'\\\n\r]++|\\.)*+')
    | (?P<iri><[^<>"{{}}|^`\x00-\x20]*+>)
    | (?P<variable>[?$][{_IN_VARIABLE}]++)
    | (?P<tag>@[A-Za-z][A-Za-z0-9-]*+)
    | (?P<number>[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+)
    | (?P<name>(?:{_WORD})?:(?:(?:[{_BASE}0-9_:]|{_ESCAPE})(?:\.*+(?:[{_CHARS}:]++|{_ESCAPE}))*+)?)
    | (?P<word>{_WORD})
    | (?P<sign>&&|\|\||\^\^|[<>!]=|.)''',
    re.VERBOSE | re.DOTALL,
)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Token(NamedTuple):
    """One token of a query: what kind it is, its text and where it starts."""

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Whether this is one of these keywords, in any case."""
        return self.kind == "word" and self.text.upper() in words


END = Token("end", "", -1)


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query without white space and comments; a quote that nothing closes is a sign."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup == "word":
            yield from _words(match[0], match.start())
        elif match.lastgroup != "space":
            yield Token(str(match.lastgroup), match[0], match.start())


def _words(text: str, start: int) -> Iterator[Token]:
    """A prefix may hold dots and hyphens; where no colon follows they are signs between keywords."""
    for piece in re.finditer(r"([.-])|[^.-]+", text):
        yield Token("sign" if piece[1] else "word", piece[0], start + piece.start())


def keywords(query: str) -> frozenset[str]:
    """The bare words of a query in capitals: what it uses, whatever its names and texts hold."""
    return frozenset(token.text.upper() for token in tokens(query) if token.kind == "word")


def decoded(text: str) -> str:
    r"""The text with its code point escapes (``\u0041``) as the characters they stand for."""
    return _CODE_POINT.sub(_decode, text)


def _decode(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF else escape[0]


def place(query: str, offset: int) -> str:
    """``query:line:column`` of an offset, counted from 1."""
    line_start = query.rfind("\n", 0, offset) + 1
    line = query.count("\n", 0, offset) + 1
    return f"query:{line}:{offset - line_start + 1}"
