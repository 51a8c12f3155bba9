"""Where sentences end, judged on the reading text of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.documents.text import Range

_END = re.compile(r"(?<![.!?])[.!?]++[\"')\]]*+(?=\s)|[。！？।۔؟]+[\"'）」』)\]]*")
_LAST_WORD = re.compile(r"[^\s\"'(\[]{1,30}\Z")
_OPENING = re.compile(r"\s*[\"'(\[]*")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_NUMBERING = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*|[A-Za-z]")
_DOTTED = re.compile(r"[^\W\d_]|[^\W\d_]{1,3}(?:\.[^\W\d_]{1,3})+")
_ARTICLE = re.compile(r"[a-z]{1,3}-[A-Z]")
_BEFORE_NAMES = re.compile(
    r"dr|mr|mrs|ms|mx|prof|gen|col|lt|ltc|maj|capt|cpt|sgt|gov|sen|rep|rev|hon|st|amb|adm|cmdr|brig|pres|"
    r"messrs|e\.g|i\.e|cf|vs|viz|approx|ca|eds?|trans|dept|univ|assn|mt|ft|vols?|pp?|ch|figs?|op"
)
_BEFORE_NUMBERS = re.compile(
    r"nos?|vols?|pp?|ch|sec|art|figs?|op|para|app|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_MAYBE_LAST = re.compile(
    r"jr|sr|inc|ltd|co|corp|al|etc|esq|bros|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec", re.I
)
_STARTERS = re.compile(
    r"the|an?|in|on|at|its?|he|his|she|her|they|their|we|our|i|you|this|that|these|those|there|then|but|and|"
    r"or|however|as|if|when|while|since|after|before|although|though|for|from|with|by|to|of|what|who|how|why|"
    r"where|which|some|many|most|several|such|no|not|both|each|all|any|one|two|according|moreover|"
    r"furthermore|thus|therefore|also|yet|so|despite|during|following|until|under|among|between",
    re.I,
)
_LONGEST_ASIDE = 400


def sentence_ranges(reading: str) -> list[Range]:
    """Start and end of each sentence of a paragraph's reading text, white space between them left out.

    >>> text = "He met Dr. A. Khan in the U.S. in 2016. Then?"
    >>> [text[start:end] for start, end in sentence_ranges(text)]
    ['He met Dr. A. Khan in the U.S. in 2016.', 'Then?']
    """
    ranges: list[Range] = []
    asides, aside, start = _asides(reading), 0, 0
    for end in _ends(reading):
        while aside < len(asides) and asides[aside][1] <= end:
            aside += 1
        if aside == len(asides) or not start < asides[aside][0] < end:
            ranges.append(_stripped(reading, start, end))
            start = end
    ranges.append(_stripped(reading, start, len(reading)))
    return [found for found in ranges if found[0] < found[1]]


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
        opening = _OPENING.match(reading, found.end())
        after = opening.end() if opening else found.end()
        if found.group()[0] not in ".!?" or _begins(reading, found.start(), found.group(), after):
            yield found.end()


def _begins(reading: str, stop: int, punctuation: str, after: int) -> bool:
    """Whether a sentence begins at ``after``, behind ``punctuation`` at ``stop``."""
    following = reading[after : after + 40]
    if not following or (following[0].islower() and not _ARTICLE.match(following)):
        return False
    if punctuation[0] != "." or punctuation.startswith(".."):
        return True
    found = _LAST_WORD.search(reading, max(0, stop - 31), stop)
    if found is None:
        return True
    if found.start() == 0 and _NUMBERING.fullmatch(found.group()):
        return False
    return not _abbreviates(found.group().strip("-"), following, closed=len(punctuation) > 1)


def _abbreviates(word: str, following: str, *, closed: bool) -> bool:
    """Whether the full stop behind a word is part of it and the sentence goes on."""
    lowered = word.casefold()
    if _BEFORE_NUMBERS.fullmatch(lowered) and following[0].isdigit():
        return True
    if _BEFORE_NAMES.fullmatch(lowered):
        return not closed or "." in lowered
    if closed:
        return False
    next_word = _FIRST_WORD.match(following)
    starts = next_word is not None and _STARTERS.fullmatch(next_word.group()) is not None
    return not starts and bool(_MAYBE_LAST.fullmatch(lowered) or _DOTTED.fullmatch(word))
