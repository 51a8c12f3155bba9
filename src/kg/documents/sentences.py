"""Where sentences end, judged on the reading text of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.documents.text import Range

_END = re.compile(r"[.!?]+[\"')\]]*(?=\s)|[。！？।۔؟]+[\"'）」』)\]]*")
_LAST_WORD = re.compile(r"[^\s\"'(\[]{1,30}\Z")
_OPENING = re.compile(r"[\"'(\[]*")
_NUMBERING = re.compile(r"\d{1,3}(?:\.\d{1,3})*|[A-Za-z]")
_DOTTED = re.compile(r"[^\W\d_]|[^\W\d_]{1,3}(?:\.[^\W\d_]{1,3})+")
_ARTICLE = re.compile(r"[a-z]{1,3}-[A-Z]")
_BEFORE_NAMES = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "mx",
        "prof",
        "gen",
        "col",
        "lt",
        "ltc",
        "maj",
        "capt",
        "cpt",
        "sgt",
        "gov",
        "sen",
        "rep",
        "rev",
        "hon",
        "st",
        "amb",
        "adm",
        "cmdr",
        "brig",
        "pres",
        "fr",
        "messrs",
        "e.g",
        "i.e",
        "cf",
        "vs",
        "viz",
        "approx",
        "ca",
        "ed",
        "eds",
        "trans",
        "dept",
        "univ",
        "assn",
        "bros",
        "mt",
        "ft",
        "no",
        "nos",
        "vol",
        "vols",
        "p",
        "pp",
        "ch",
        "sec",
        "art",
        "fig",
        "figs",
        "op",
        "para",
        "app",
    ]
)
_NUMBERED = frozenset(
    [
        "no",
        "nos",
        "vol",
        "vols",
        "p",
        "pp",
        "ch",
        "sec",
        "art",
        "fig",
        "figs",
        "op",
        "para",
        "app",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_MAYBE_LAST = frozenset(
    [
        "jr",
        "sr",
        "inc",
        "ltd",
        "co",
        "corp",
        "al",
        "etc",
        "esq",
        "bros",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_STARTERS = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "it",
        "its",
        "he",
        "she",
        "they",
        "we",
        "i",
        "you",
        "this",
        "that",
        "these",
        "those",
        "there",
        "then",
        "but",
        "and",
        "or",
        "however",
        "as",
        "if",
        "when",
        "while",
        "since",
        "after",
        "before",
        "although",
        "though",
        "for",
        "from",
        "with",
        "by",
        "to",
        "of",
        "his",
        "her",
        "their",
        "our",
        "what",
        "who",
        "how",
        "why",
        "where",
        "which",
        "some",
        "many",
        "most",
        "several",
        "such",
        "no",
        "not",
        "both",
        "each",
        "all",
        "any",
        "one",
        "two",
        "according",
        "moreover",
        "furthermore",
        "thus",
        "therefore",
        "also",
        "yet",
        "so",
        "despite",
        "during",
        "following",
        "until",
        "under",
        "among",
        "between",
    ]
)
_LONGEST_ASIDE = 400


def sentence_ranges(reading: str) -> list[Range]:
    """Start and end of each sentence of a paragraph's reading text, white space between them left out.

    >>> [ "He met Dr. A. Khan in the U.S. in 2016. Then?"[a:b] for a, b in
    ...   sentence_ranges("He met Dr. A. Khan in the U.S. in 2016. Then?") ]
    ['He met Dr. A. Khan in the U.S. in 2016.', 'Then?']
    """
    ranges: list[Range] = []
    start, asides, aside = 0, _asides(reading), 0
    for end in _ends(reading):
        while aside < len(asides) and asides[aside][1] <= end:
            aside += 1
        inside = aside < len(asides) and max(asides[aside][0], start) < end - 1 and asides[aside][0] > start
        if not inside and reading[start:end].strip():
            ranges.append(_stripped(reading, start, end))
            start = end
    if reading[start:].strip():
        ranges.append(_stripped(reading, start, len(reading)))
    return ranges


def _stripped(reading: str, start: int, end: int) -> Range:
    while start < end and reading[start].isspace():
        start += 1
    while start < end and reading[end - 1].isspace():
        end -= 1
    return start, end


def _asides(reading: str) -> list[Range]:
    """Outermost round brackets that close again soon: no sentence ends inside them."""
    found: list[Range] = []
    opened: list[int] = []
    for bracket in re.finditer(r"[()]", reading):
        if bracket.group() == "(":
            opened.append(bracket.start())
        elif opened:
            start = opened.pop()
            if bracket.end() - start <= _LONGEST_ASIDE:
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, bracket.end()))
    return found


def _ends(reading: str) -> Iterator[int]:
    for found in _END.finditer(reading):
        end = found.end()
        rest = _OPENING.match(reading, end + 1)
        after = rest.end() if rest else end + 1
        if found.group()[0] not in ".!?" or _begins(reading, found.start(), found.group(), after):
            yield end


def _begins(reading: str, stop: int, punctuation: str, after: int) -> bool:
    """Whether a sentence begins at ``after``, behind ``punctuation`` at ``stop``."""
    following = reading[after : after + 40]
    article = _ARTICLE.match(following)
    if not following or (following[0].islower() and not article):
        return False
    if punctuation[0] != "." or punctuation.startswith(".."):
        return True
    found = _LAST_WORD.search(reading, max(0, stop - 31), stop)
    if found is None or (found.start() == 0 and _NUMBERING.fullmatch(found.group())):
        return found is None
    return not _abbreviates(found.group(), following, closed=len(punctuation) > 1)


def _abbreviates(word: str, following: str, *, closed: bool) -> bool:
    """Whether the full stop behind a word is part of it and the sentence goes on."""
    next_word = re.match(r"[^\W\d_]+", following)
    starts = next_word is not None and next_word.group().lower() in _STARTERS
    lowered = word.casefold().strip("-")
    if closed and lowered not in _BEFORE_NAMES:
        return False
    if following[0].isdigit() and lowered in _NUMBERED:
        return True
    if lowered in ("no", "nos", "art", "mar", "sec", "app", "para"):
        return False
    if lowered in _BEFORE_NAMES:
        return True
    return not starts and (lowered in _MAYBE_LAST or _DOTTED.fullmatch(word) is not None)
