"""The guard before every query: it may only read, only this dataset, and nothing that breaks an engine.

The scan works on tokens, so words inside strings, IRIs, prefixed names, variables and comments mean
nothing.  It reads a query as the SPARQL grammar does and, where engines are known to read more
loosely, as those do: what either would carry out is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn, cast

from kg.errors import LimitError, RefusedError, UnreadableError, UsageError

if TYPE_CHECKING:
    from rdflib.term import Node

QueryForm = Literal["select", "ask", "construct", "describe"]

MAX_BYTES = 1_000_000
MAX_NESTING = 100
MAX_OF_ONE_KIND = 500
MAX_PARTS = 1500
_LONG_ROW = 3

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"})
# Each of these makes an engine's plan one step deeper or longer.
_PART_WORDS = frozenset(
    {"UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "GRAPH", "EXISTS", "VALUES", "LATERAL", "SELECT", "AS"}
)
_NO_PARTS = frozenset("()}]")
_PREFIX_SIGNS = frozenset("!^+-")

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_IN_VARIABLE = _BASE + "0-9_\u00b7\u0300-\u036f\u203f\u2040"
_CHARS = _IN_VARIABLE + r"\-"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_WORD = rf"[{_BASE}_](?:\.*+[{_CHARS}]++)*+"
_TOKEN = re.compile(
    rf'''(?P<space>\s++|\#[^\n\r]*+)
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
# An engine that takes "1<2)..." as a comparison reads on inside what the grammar calls an IRI.
_COMPARISON = re.compile(
    r"<(?![A-Za-z][A-Za-z0-9+.-]*://)[^>#]*\)[^>#]*(?:service|from)[^>#]*\#", re.IGNORECASE
)
_PLACE = re.compile(r"error at (\d+):(\d+)")
_EXPECTED = re.compile(r"\b[A-Z][A-Z_]{2,}\b")


class Token(NamedTuple):
    """One token of a query: what kind it is, its text and where it starts."""

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Whether this is one of these keywords, in any case."""
        return self.kind == "word" and self.text.upper() in words


_END = Token("end", "", -1)


# --- the check -----------------------------------------------------------------------------------


def check_read_only(query: str, known_graphs: Collection[str]) -> QueryForm:
    """The form of a query that only reads: select, ask, construct or describe.

    Raises RefusedError for updates, for SERVICE in any form and for FROM a graph that is not in
    ``known_graphs``; LimitError for a query too long, too deep or of too many parts; UnreadableError for
    NUL, lone surrogates and what is no query at all.  Whether the rest parses is the engine's to say.

    >>> check_read_only("ASK { ?s ?p 'SERVICE' }", ())
    'ask'
    """
    _check_text(query)
    scan = _Scan(query, known_graphs)
    scan.check()
    form = scan.form()
    decoded = _CODE_POINT.sub(_decode, query)
    if decoded != query:  # an engine may decode these before it reads, as SPARQL 1.1 says
        _Scan(decoded, known_graphs).check()
    return form


def form_of(query: str) -> QueryForm:
    """The form of a query by its first word. Raises UnreadableError for what is no query."""
    return _Scan(query, ()).form()


def keywords(query: str) -> frozenset[str]:
    """The bare words of a query in capitals: what it uses, whatever its names and texts hold."""
    return frozenset(token.text.upper() for token in tokens(query) if token.kind == "word")


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


def _check_text(query: str) -> None:
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        place = _place(query, error.start)
        raise UnreadableError("a lone surrogate", where=place, fix="write plain UTF-8 text") from None
    if size > MAX_BYTES:
        raise LimitError(f"the query has {size:,} bytes, the limit is {MAX_BYTES:,}", fix="write it shorter")
    if "\0" in query:
        place = _place(query, query.index("\0"))
        raise UnreadableError("a NUL character", where=place, fix="write plain UTF-8 text")


def _decode(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF else escape[0]


def _place(query: str, offset: int) -> str:
    line_start = query.rfind("\n", 0, offset) + 1
    line = query.count("\n", 0, offset) + 1
    return f"query:{line}:{offset - line_start + 1}"


class _Scan:
    """One reading of a query text."""

    def __init__(self, query: str, known_graphs: Collection[str]) -> None:
        self.query, self.known = query, known_graphs
        self.tokens = list(tokens(query))
        self.prefixes: dict[str, str] = {}

    def at(self, index: int) -> Token:
        return self.tokens[index] if 0 <= index < len(self.tokens) else _END

    def form(self) -> QueryForm:
        """The form by the first word after the prefixes."""
        first = self.at(self._prologue())
        if first.kind != "word" or first.text.upper() not in _FORMS:
            raise UnreadableError(
                "this is no SPARQL query",
                where=_place(self.query, max(first.start, 0)),
                fix=f"begin with {', '.join(_FORMS)} after the prefixes",
            )
        return cast(QueryForm, first.text.lower())

    def check(self) -> None:
        """Refuse what is refused, in one pass."""
        self._prologue()
        limits, braces = _Limits(self.query), 0
        for index, token in enumerate(self.tokens):
            limits.take(token)
            if token.kind == "sign":
                braces += {"{": 1, "}": -1}.get(token.text, 0)
            self._check_service(index, braces)
            if braces == 0 and limits.depth == 0:
                self._check_statement(index)

    def _prologue(self) -> int:
        """Note the prefixes; the index of the first token after BASE, PREFIX and VERSION."""
        index = 0
        while self.at(index).is_word("BASE", "PREFIX", "VERSION"):
            if self.at(index).is_word("PREFIX"):
                self.prefixes[self.at(index + 1).text] = _unescaped(self.at(index + 2).text[1:-1])
                index += 1
            index += 2
        return index

    def _check_service(self, index: int, braces: int) -> None:
        """Refuse SERVICE, also glued to what is before or behind it, as some engines read it."""
        token = self.at(index)
        if token.kind == "word":
            found = "service" in token.text.lower()
        elif token.kind == "name":
            found = (
                "service" in token.text.partition(":")[0].lower()
                and braces > 0
                and self.at(index + 1).text == "{"
                and not self.at(index - 1).is_word("GRAPH")
            )
        else:
            found = token.kind == "iri" and _COMPARISON.match(token.text) is not None
        if found:
            self._refuse(token, "SERVICE would ask another endpoint", "ask that endpoint itself")

    def _check_statement(self, index: int) -> None:
        token = self.at(index)
        if token.kind == "word":
            word = token.text.upper()
            if word in _UPDATES:
                self._refuse(token, f"{word} would change the graph", "queries only read")
            if word == "FROM":
                self._check_dataset(index)
            elif "FROM" in word:
                self._refuse(token, f"{word} may name a graph", "write FROM <graph>")
        elif token.kind == "name" and not self.at(index - 1).is_word("PREFIX"):
            prefix = token.text.partition(":")[0]
            if prefix.lower().startswith("from") and f"{prefix}:" not in self.prefixes:
                self._refuse(token, f"{token.text} may name a graph", "write FROM <graph>")

    def _check_dataset(self, index: int) -> None:
        token = self.at(index + 1)
        if token.is_word("NAMED"):
            token = self.at(index + 2)
        graph = self._iri(token)
        if graph not in self.known:
            shown = graph or token.text
            self._refuse(self.at(index), f"FROM {shown!r} is no graph of the dataset", "leave FROM out")

    def _iri(self, token: Token) -> str | None:
        if token.kind == "iri":
            return _unescaped(token.text[1:-1])
        prefix, _, local = token.text.partition(":")
        namespace = self.prefixes.get(f"{prefix}:")
        if token.kind != "name" or namespace is None:
            return None
        return namespace + re.sub(r"\\(.)", r"\1", local)

    def _refuse(self, token: Token, what: str, fix: str) -> NoReturn:
        from kg.display import printable

        raise RefusedError(printable(what), where=_place(self.query, token.start), fix=fix)


def _unescaped(iri: str) -> str:
    return _CODE_POINT.sub(_decode, iri)


class _Limits:
    """Counts depth and parts as tokens go by."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.depth = 0
        self.outside: list[int] = []
        self.data_depth: int | None = None
        self.after_values = False
        self.row = 0
        self.counts: Counter[str] = Counter()

    def take(self, token: Token) -> None:
        """Raises LimitError when this token is one too many."""
        text = token.text.upper() if token.kind == "word" else token.text
        if self.data_depth is None:
            self._count(text, token)
        if token.is_word("VALUES"):
            self.after_values = True
        if token.kind != "sign":
            self.depth = self.outside[-1] if self.outside else 0
        elif text in "{([":
            self._open(text)
        elif text in "})]":
            self._close()
        elif text in _PREFIX_SIGNS:
            self.depth += 1
        if self.depth > MAX_NESTING:
            raise LimitError(
                f"the query nests deeper than {MAX_NESTING}",
                where=_place(self.query, token.start),
                fix="write it flatter",
            )

    def _count(self, text: str, token: Token) -> None:
        """Count what makes a plan deeper, and lists of terms with nothing in between."""
        in_row = token.kind not in ("word", "sign")
        self.row = self.row + 1 if in_row else 0
        if self.row > _LONG_ROW:
            self._count_part("terms in a row", token)
        elif text in _PART_WORDS or (token.kind == "sign" and text not in _NO_PARTS):
            self._count_part(repr(text), token)

    def _count_part(self, kind: str, token: Token) -> None:
        self.counts[kind] += 1
        if self.counts[kind] > MAX_OF_ONE_KIND or self.counts.total() > MAX_PARTS:
            what = (
                f"{MAX_OF_ONE_KIND} {kind}" if self.counts[kind] > MAX_OF_ONE_KIND else f"{MAX_PARTS} parts"
            )
            raise LimitError(
                f"the query has more than {what}",
                where=_place(self.query, token.start),
                fix="list values with VALUES, or ask in parts",
            )

    def _open(self, bracket: str) -> None:
        self.depth += 1
        self.outside.append(self.depth)
        if bracket == "{" and self.after_values:  # rows of data are no parts, however many
            self.after_values, self.data_depth = False, len(self.outside)

    def _close(self) -> None:
        if self.data_depth is not None and len(self.outside) <= self.data_depth:
            self.data_depth = None
        if self.outside:
            self.outside.pop()
        self.depth = self.outside[-1] if self.outside else 0


# --- values and faults ---------------------------------------------------------------------------


def bind(query: str, values: Mapping[str, Node | Sequence[Node | None] | None]) -> str:
    r"""The query with the line ``VALUES ?name { ... }`` of each name holding these terms instead.

    A value is an rdflib term, a sequence of them, or None for ``UNDEF``.  Terms are serialised, never
    pasted.  Raises UsageError when the query has no such line, and for blank nodes and invalid terms.

    >>> from rdflib import Literal
    >>> bind("SELECT * {\n VALUES ?x { 1 }\n}", {"x": Literal("a")})
    'SELECT * {\n VALUES ?x { "a" }\n}'
    """
    for name, value in values.items():
        line = re.compile(rf"^([ \t]*)VALUES[ \t]+[?$]{re.escape(name)}[ \t]*\{{.*\}}[ \t]*\r?$", re.M | re.I)
        places = {token.start for token in tokens(query) if token.is_word("VALUES")}
        found = next((m for m in line.finditer(query) if m.end(1) in places), None)
        if found is None:
            raise UsageError(
                f"the query has no line of its own for ?{name}", fix=f"write: VALUES ?{name} {{ ... }}"
            )
        data = " ".join(_data(term) for term in _listed(value))
        query = f"{query[: found.end(1)]}VALUES ?{name} {{ {data} }}{query[found.end() :]}"
    return query


def _listed(value: Node | Sequence[Node | None] | None) -> Sequence[Node | None]:
    from rdflib.term import Node

    return [value] if value is None or isinstance(value, Node) else value


def _data(term: Node | None) -> str:
    from rdflib import BNode

    from kg.serialise import from_rdflib

    if isinstance(term, BNode):
        raise UsageError("a blank node cannot be asked for", fix="give an IRI or a text")
    return "UNDEF" if term is None else str(from_rdflib(term))


def syntax_fault(error: SyntaxError) -> UnreadableError:
    """The query parser's complaint as one of ours, in one line with line and column."""
    message = str(error.msg)
    place = _PLACE.search(message)
    where = f"query:{place[1]}:{place[2]}" if place else "query"
    if "Prefix not found" in message:
        return UnreadableError("a prefix is not declared", where=where, fix="write PREFIX name: <namespace>")
    if "IRI parsing failed" in message:
        return UnreadableError("an IRI is not valid", where=where, fix="write it in full, without spaces")
    expected = ", ".join(dict.fromkeys(_EXPECTED.findall(message)))[:100]
    return UnreadableError(
        "the query does not parse here", where=where, fix=f"expected {expected}" if expected else "mend it"
    )
