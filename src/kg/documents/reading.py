"""The reading text: the words alone, each character tied to its place on disk."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from kg.documents.model import ReadingText
from kg.documents.text import FOLDED, Range

Edit = tuple[int, int, str]

LINK_END = r"\]\([^\s()]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,2000})?\)"
_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_SPECIAL = re.compile(
    rf"""
      (?P<cut>(?<=\w)[-\u00ad\u2010][^\S\r\n]*[\r\n]\s*(?=[^\W\d_]))
    | (?P<space>\s{{2,}})
    | (?P<escape>\\+){_PUNCTUATION}
    | (?P<tag></?(?:sup|sub|i|b|em|strong|u|br|span|a|p)(?:\s[^<>]{{0,300}})?/?>)
    | <(?P<address>(?:https?://|mailto:|www\.)[^\s<>]{{1,2000}})>
    | (?P<link>{LINK_END})
    | (?P<open>\[) | (?P<close>\])
    | (?P<emphasis>\*{{1,3}}|_{{1,3}})
    | (?P<entity>&(?:[A-Za-z]{{2,8}}|\#[0-9]{{1,6}});)
    | (?P<dots>\u2026)
    | (?P<nothing>[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+)
    | (?P<accent>[^\W\d_][\u0300-\u036f]+)
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\Z")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]++-\s*\n\s*[^\W\d_]*")
_KEEPS_HYPHEN = re.compile(r"all|anti|cross|ex|half|high|long|low|mid|non|post|pre|pro|self|semi|short|well")
_BETWEEN_MARKERS = re.compile(r"\s?[,;]?\s?")


class Words:
    """The words of a text, looked up only when a word is cut at a line's or page's end."""

    def __init__(self, text: str) -> None:
        """Keep the text; its words are collected at the first question."""
        self._text = text
        self._words: set[str] | None = None

    def keep_hyphen(self, before: str, after: str) -> bool:
        """Whether the hyphen between two halves belongs to the word, judged by the rest of the text."""
        if self._words is None:
            found = {word.casefold() for word in _WORD.findall(_CUT_WORD.sub(" ", self._text))}
            self._words = found | {half for word in found for half in word.split("-")}
        before, after = before.casefold(), after.casefold()
        if f"{before}-{after}" in self._words or before + after in self._words:
            return f"{before}-{after}" in self._words
        return _KEEPS_HYPHEN.fullmatch(before) is not None or {before, after} <= self._words


def read(
    text: str, pieces: Iterable[Range], markers: Sequence[Range] = (), words: Words | None = None
) -> ReadingText:
    """The reading text of some pieces of a text, joined by a space; ``markers`` are sorted ranges."""
    words = words or Words(text)
    out = _Output(text)
    for start, end in pieces:
        out.join(start, words)
        position = start
        for edit_start, edit_end, replacement in _edits(text, start, end, markers, words):
            out.copy(position, edit_start)
            out.put(replacement, edit_start, edit_end)
            position = edit_end
        out.copy(position, end)
    return out.finish()


def concatenated(parts: Sequence[ReadingText]) -> tuple[ReadingText, tuple[Range, ...]]:
    """Reading texts joined by line feeds, and where each part stands in the whole."""
    offsets, ends, ranges, length = array("I"), array("I"), [], 0
    for index, part in enumerate(parts):
        if index:
            place = ends[-1] if ends else 0
            offsets.append(place)
            ends.append(place)
            length += 1
        offsets.extend(part.offsets)
        ends.extend(part.ends)
        ranges.append((length, length + len(part.text)))
        length += len(part.text)
    return ReadingText("\n".join(part.text for part in parts), offsets, ends), tuple(ranges)


def folded(words: str) -> str:
    """Any words in the form of the reading text, without line feeds."""
    words = unicodedata.normalize("NFC", words)
    return read(words, [(0, len(words))]).text.strip()


def squeezed(words: str) -> str:
    """Any words with quotes, dashes and white space folded, but with their markup."""
    words = unicodedata.normalize("NFC", words).translate(FOLDED).replace("…", "...")
    return re.sub(" {2,}", " ", words).strip()


class _Output:
    """The reading text as far as it is written."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._chunks: list[str] = []
        self._offsets, self._ends = array("I"), array("I")
        self._last = " "

    def copy(self, start: int, end: int) -> None:
        """Take over characters that need no change but folding."""
        if start < end and self._last == " " and self._text[start].isspace():
            start += 1
        if start < end:
            self._chunks.append(self._text[start:end].translate(FOLDED))
            self._offsets.extend(range(start, end))
            self._ends.extend(range(start + 1, end + 1))
            self._last = self._chunks[-1][-1]

    def put(self, replacement: str, start: int, end: int) -> None:
        """Write other characters for a range of the text."""
        if replacement == " " and self._last == " ":
            return
        for character in replacement:
            self._chunks.append(character)
            self._offsets.append(start)
            self._ends.append(end)
            self._last = character

    def join(self, start: int, words: Words) -> None:
        """Begin another piece: a space, or the second half of a word that was cut."""
        self._strip()
        if not self._offsets:
            return
        before, after = _word_before("".join(self._chunks[-3:])), _word_after(self._text, start)
        if self._last == "-" and before and after[:1].islower():
            if not words.keep_hyphen(before, after):
                self._drop()
            return
        place = self._ends[-1]
        self.put(" ", place, place)

    def finish(self) -> ReadingText:
        """The whole, without white space at its end."""
        self._strip()
        return ReadingText("".join(self._chunks), self._offsets, self._ends)

    def _strip(self) -> None:
        while self._chunks and self._last == " ":
            self._drop()
        if not self._chunks:
            self._last = " "

    def _drop(self) -> None:
        shorter = self._chunks.pop()[:-1]
        self._offsets.pop()
        self._ends.pop()
        if shorter:
            self._chunks.append(shorter)
        self._last = self._chunks[-1][-1] if self._chunks else " "


def _word_before(text: str) -> str:
    found = re.search(r"([^\W\d_]{1,40})-\Z", text[-60:])
    return found.group(1) if found else ""


def _word_after(text: str, start: int) -> str:
    found = re.compile(r"[^\W\d_]{1,40}").match(text, start)
    return found.group() if found else ""


def _edits(text: str, start: int, end: int, markers: Sequence[Range], words: Words) -> Iterator[Edit]:
    """What to write differently between two offsets, in order and not overlapping."""
    edits = [*_markup(text, start, end, words), *_marker_edits(text, start, end, markers)]
    position = start
    for edit in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if edit[0] >= position:
            yield edit
            position = edit[1]


def _marker_edits(text: str, start: int, end: int, markers: Sequence[Range]) -> Iterator[Edit]:
    """Markers are left out, and what parts several in one place; between sentences a space stays."""
    groups: list[list[int]] = []
    for marker_start, marker_end in markers:
        if marker_start < start or marker_end > end:
            continue
        if groups and _BETWEEN_MARKERS.fullmatch(text, groups[-1][1], marker_start):
            groups[-1][1] = marker_end
        else:
            groups.append([marker_start, marker_end])
    for group_start, group_end in groups:
        before = text[max(start, group_start - 6) : group_start]
        after = text[group_end : min(end, group_end + 1)]
        parts = _SENTENCE_END.search(before) and (after.isupper() or (after and after in "“‘\"'[("))
        if before[-1:] == " " and after and after in ".,;:?!)":
            group_start -= 1
        yield group_start, group_end, " " if parts else ""


def _markup(text: str, start: int, end: int, words: Words) -> Iterator[Edit]:
    brackets: list[int] = []
    emphasis: dict[str, Range] = {}
    for found in _SPECIAL.finditer(text, start, end):
        kind, here = found.lastgroup, found.span()
        if kind == "open":
            brackets.append(here[0])
        elif kind == "close":
            del brackets[-1:]
        elif kind == "link":
            if brackets:
                opening = brackets.pop()
                yield opening, opening + 1, ""
                yield *here, ""
        elif kind == "emphasis":
            yield from _emphasis(text, found.group(), here, (start, end), emphasis)
        elif kind == "address":
            yield here[0], here[0] + 1, ""
            yield here[1] - 1, here[1], ""
        elif kind == "escape":
            yield *found.span("escape"), ""
        elif kind is not None:
            yield *here, _replacement(kind, found.group(), text, here, words)


def _replacement(kind: str, written: str, text: str, here: Range, words: Words) -> str:
    if kind == "cut":
        before, after = re.search(r"[^\W\d_]{1,40}\Z", text[max(0, here[0] - 40) : here[0]]), here[1]
        if written[0] == "\u00ad" or before is None:
            return "" if written[0] == "\u00ad" else "-"
        second = _word_after(text, after)
        return "-" if not second[:1].islower() or words.keep_hyphen(before.group(), second) else ""
    if kind == "entity":
        return unescape(written).translate(FOLDED)
    if kind == "accent":
        return unicodedata.normalize("NFC", written)
    return {"space": " ", "dots": "...", "tag": " " if written.startswith("<br") else ""}.get(kind, "")


def _emphasis(text: str, run: str, here: Range, bounds: Range, opened: dict[str, Range]) -> Iterator[Edit]:
    """Asterisks and underscores that come in pairs round words are markup, all others are text."""
    before = text[here[0] - 1] if here[0] > bounds[0] else " "
    after = text[here[1]] if here[1] < bounds[1] else " "
    if run in opened and not before.isspace() and (run[0] == "*" or not after.isalnum()):
        yield *opened.pop(run), ""
        yield *here, ""
    elif not before.isalnum() and not after.isspace():
        opened[run] = here
