"""Note markers, recognised by the way they are written and by their running order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.documents.text import Range

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789")
_LIST = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20}"
_RAISED = re.compile(
    rf"<sup>\s?(?P<tag>{_LIST}|[a-z])\s?</sup>|\^\{{\s?(?P<caret>{_LIST}|[a-z])\s?\}}"
    rf"|(?P<high>[{SUPERSCRIPTS}]{{1,3}}(?:[,;–-]?[{SUPERSCRIPTS}]{{1,3}}){{0,20}})"
    r"|\[\^(?P<foot>\d{1,3})\](?!:)"
)
_BRACKETED = re.compile(rf"\[(?P<square>{_LIST}|[a-z])\](?:\(\#[^\s()]{{0,100}}\))?(?![(:])")
_NUMBER = re.compile(r"\d{1,3}|[a-z]")
_UNIT = re.compile(r"(?:\b[mkcd]?m|\bft|\bmi|\byd|\bha|\d)\Z")
_GLUED = re.compile(
    r"(?<=[^\W\d_.,;:?!)\]”’\"'»])(?:[1-9]\d{0,2})(?![\d%a-z])|(?<=[.,;:?!)\]”’\"'»])[1-9]\d{0,2}(?![\d%a-z])"
)
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:)\S{1,2000}")
_CLOSERS = ".,;:?!)]”’\"'»"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WIDEST_GAP = 3
_GAP_COST = 1.5
_ENOUGH = 2.5


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A marker before it is tied to a note."""

    start: int
    end: int
    label: str
    glued: bool = False


def raised_marks(text: str) -> list[Mark]:
    """Markers in ``<sup>``, ``^{}``, Unicode superscripts or ``[^]``; exponents are left out."""
    marks: list[Mark] = []
    highest = 0
    for found in _RAISED.finditer(text):
        group = _tiles(found)
        if found.lastgroup == "high" and _is_exponent(text, found.start(), group, highest):
            continue
        marks += group
        highest = max([highest, *(int(mark.label) for mark in group if mark.label.isdigit())])
    return marks


def bracketed_marks(text: str) -> list[Mark]:
    """Everything that could be a marker in square brackets."""
    return [mark for found in _BRACKETED.finditer(text) for mark in _tiles(found)]


def _is_exponent(text: str, start: int, group: Sequence[Mark], highest: int) -> bool:
    """Square metres and powers of ten: behind a unit or digit, and not next in the running order."""
    if not _UNIT.search(text[max(0, start - 3) : start]):
        return False
    return text[max(0, start - 2) : start] == "10" or int(group[0].label or 0) != highest + 1


def _tiles(found: re.Match[str]) -> list[Mark]:
    """One marker for each number of a group; their ranges tile the group."""
    kind = found.lastgroup or ""
    offset, written = found.start(kind), found.group(kind).translate(_PLAIN)
    numbers = list(_NUMBER.finditer(written))
    marks: list[Mark] = []
    position = found.start()
    for number in numbers:
        end = found.end() if number is numbers[-1] else offset + number.end()
        if marks and written[: number.start()].rstrip()[-1:] in ("-", "–"):
            first, last = int(marks[-1].label), int(number.group())
            between = range(first + 1, last) if last - first <= 20 else ()
            marks += [Mark(position, position, str(label)) for label in between]
        marks.append(Mark(position, end, number.group()))
        position = end
    return marks


def glued_marks(text: str, areas: Sequence[Range], *, lone: bool = True) -> list[Mark]:
    """Bare digits glued to words or punctuation: the longest chain of consecutive numbers among them.

    A chain that is too short to be sure of counts only where a sentence ends (``?1 How``), and only with
    ``lone``.
    """
    candidates = [(mark, weight) for area in areas for mark, weight in _glued_candidates(text, area)]
    chain, score = _longest_chain(candidates)
    if score >= _ENOUGH:
        return chain
    return [mark for mark in chain if lone and int(mark.label) <= 2 and _ends_sentence(text, mark)]


def _glued_candidates(text: str, area: Range) -> Iterator[tuple[Mark, float]]:
    addresses = iter([*(found.span() for found in _ADDRESS.finditer(text, *area)), (len(text), len(text))])
    address = next(addresses)
    for found in _GLUED.finditer(text, *area):
        start, end = found.span()
        while address[1] <= start:
            address = next(addresses, (len(text) + 1, len(text) + 2))
        if not address[0] <= start and (weight := _weight(text, start, end)):
            yield Mark(start, end, found.group(), glued=True), weight


def _weight(text: str, start: int, end: int) -> float:
    """How much digits look like a marker, 0 when they cannot be one."""
    before, after = text[start - 1], text[end : end + 2]
    closes = before in _CLOSERS
    if after[:1].isalpha() and not (closes and after[0].isupper()):
        return 0
    if after[:1] in ("-", "–", ".", ",", "/", ":") and after[1:].isdigit():
        following = re.compile(r"\d{1,4}").match(text, end + 1)
        if after[0] not in ",-–" or following is None or int(following.group()) != int(text[start:end]) + 1:
            return 0
    behind_digit = before in ".,:" and start > 1 and text[start - 2].isdigit()
    if behind_digit:
        return 0 if before == ":" else 0.6
    return 1.0 if closes else 0.5


def _ends_sentence(text: str, mark: Mark) -> bool:
    before, after = text[max(0, mark.start - 2) : mark.start], text[mark.end : mark.end + 2]
    return before[-1] in '.?!”"' and not before[0].isdigit() and (not after.strip() or after[1:].isupper())


def _longest_chain(candidates: Iterable[tuple[Mark, float]]) -> tuple[list[Mark], float]:
    """The best chain of consecutive numbers in text order; missing numbers cost more than one is worth."""
    best: dict[int, tuple[float, _Link]] = {}
    top: tuple[float, _Link | None] = (0.0, None)
    for mark, weight in candidates:
        number = int(mark.label)
        score, link = weight - _GAP_COST * min(number - 1, 4), None
        for gap in range(_WIDEST_GAP + 1):
            if (earlier := best.get(number - 1 - gap)) and earlier[0] + weight - _GAP_COST * gap > score:
                score, link = earlier[0] + weight - _GAP_COST * gap, earlier[1]
        if number not in best or score >= best[number][0]:
            best[number] = (score, _Link(mark, link))
            if score > top[0]:
                top = best[number]
    chain: list[Mark] = []
    step = top[1]
    while step is not None:
        chain.append(step.mark)
        step = step.before
    return chain[::-1], top[0]


@dataclass(frozen=True, slots=True)
class _Link:
    mark: Mark
    before: _Link | None


def letter_marks(text: str, areas: Sequence[Range], notes: dict[str, str]) -> list[Mark]:
    """Letters glued to words or punctuation, in alphabetical order; ``notes`` are the texts of letter notes.

    Without notes, three letters behind punctuation, beginning with *a*, are needed to believe in them.
    Where a letter is glued to a word, the word without it must stand elsewhere, best in the note.
    """
    sure = _letters_behind_punctuation(text, areas)
    chain = _alphabetical(sure)
    if not notes and (len(chain) < 3 or chain[0].label != "a"):
        return []
    last = max(notes, default=chain[-1].label if chain else "a")
    wanted = _LETTERS[: _LETTERS.index(last) + 1]
    if notes:
        chain = _alphabetical([mark for mark in sure if mark.label in notes])
    known = {mark.label: mark for mark in chain}
    missing = [letter for letter in wanted if letter not in known]
    if missing:
        known |= _letters_in_words(text, areas, missing, known, notes)
    return sorted(known.values())


_LETTER = re.compile(r"(?<=[.,;:?!)”’\"'])[a-z](?=\s|\Z)")


def _letters_behind_punctuation(text: str, areas: Sequence[Range]) -> list[Mark]:
    """Single letters right behind punctuation, abbreviations such as *p.m* left out."""
    return [
        Mark(found.start(), found.end(), found.group(), glued=True)
        for area in areas
        for found in _LETTER.finditer(text, *area)
        if text[found.start() - 1] not in "’'" and not _is_initial(text, found.start())
    ]


def _is_initial(text: str, start: int) -> bool:
    """Whether the punctuation before a letter closes a single letter, as in *i.e*."""
    return start > 1 and text[start - 2].isalpha() and (start == 2 or not text[start - 3].isalnum())


def _alphabetical(marks: Sequence[Mark]) -> list[Mark]:
    """The longest run of marks in strictly rising alphabetical order."""
    best: dict[str, tuple[int, list[Mark]]] = {}
    for mark in marks:
        before = max(
            (entry for letter, entry in best.items() if letter < mark.label),
            default=(0, []),
            key=lambda entry: entry[0],
        )
        if before[0] + 1 > best.get(mark.label, (0, []))[0]:
            best[mark.label] = (before[0] + 1, [*before[1], mark])
    return max(best.values(), default=(0, []), key=lambda entry: entry[0])[1]


def _letters_in_words(
    text: str, areas: Sequence[Range], missing: Sequence[str], known: dict[str, Mark], notes: dict[str, str]
) -> dict[str, Mark]:
    """The letters that are glued to a word; only where one place alone fits."""
    words = [
        found
        for area in areas
        for found in re.finditer(r"[^\W\d_]{3,40}", text[area[0] : area[1]])
        for found in [_Placed(found.group(), area[0] + found.start())]
    ]
    counts: dict[str, int] = {}
    for word in words:
        counts[word.word] = counts.get(word.word, 0) + 1
    folded = {word.casefold() for word in counts}
    found: dict[str, Mark] = {}
    for letter in missing:
        low = max((m.end for k, m in known.items() if k < letter), default=0)
        high = min((m.start for k, m in known.items() if k > letter), default=len(text))
        fits = [
            word
            for word in words
            if word.word[-1] == letter and counts[word.word] == 1 and low <= word.start < high
        ]
        note = set(re.findall(r"[^\W\d_]+", notes.get(letter, "").casefold()))
        named = [word for word in fits if word.word[:-1].casefold() in note]
        elsewhere = [word for word in fits if word.word[:-1].casefold() in folded]
        chosen = named if named else elsewhere
        if len(chosen) == 1:
            end = chosen[0].start + len(chosen[0].word)
            found[letter] = Mark(end - 1, end, letter, glued=True)
    return found


@dataclass(frozen=True, slots=True)
class _Placed:
    word: str
    start: int


def in_running_order(marks: Sequence[Mark]) -> bool:
    """Whether the labels of some markers begin at 1 and never leap by more than one upwards."""
    highest = 0
    for mark in marks:
        if not mark.label.isdigit() or int(mark.label) > highest + 1:
            return False
        highest = max(highest, int(mark.label))
    return highest >= 2


def within(marks: Sequence[Mark], areas: Sequence[Range]) -> list[Mark]:
    """The marks that lie inside some sorted areas."""
    starts = [mark.start for mark in marks]
    kept: list[Mark] = []
    for start, end in areas:
        chosen = range(bisect_left(starts, start), bisect_left(starts, end))
        kept += [marks[index] for index in chosen if marks[index].end <= end]
    return kept
