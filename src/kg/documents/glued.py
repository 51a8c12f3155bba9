"""Note markers that are bare digits or letters glued to the words, known by their running order alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.documents.markers import Mark
from kg.documents.text import Range

_CLOSERS = ".,;:?!)]”’\"'»"
_GLUED = re.compile(r"(?<=[^\W\d_]|[.,;:?!)\]”’\"'»])[1-9][0-9]{0,2}(?![\d%a-z])")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:)\S{1,2000}")
_NEXT_NUMBER = re.compile(r"[,–-]([0-9]{1,3})(?![0-9])")
_LETTER = re.compile(r"(?<=[.,;:?!)”\"])[a-z](?=\s|\Z)")
_INITIAL = re.compile(r"(?:\b[^\W\d_]|\b[0-9]{1,2})[.,;:?!)”\"]\Z")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"[^\W\d_]{3,40}")
_WIDEST_GAP = 3
_GAP_COST = 1.5
_LATEST_START_COST = 4
_ENOUGH = 2.5


def glued_marks(text: str, areas: Sequence[Range]) -> list[Mark]:
    """Bare digits behind words or punctuation: the longest chain of consecutive numbers among them.

    Of a chain that is too short to be sure of, only numbers at the end of a sentence count (``?1 How``).
    """
    chain, score = _longest_chain(found for area in areas for found in _candidates(text, area))
    if score >= _ENOUGH:
        return chain
    return [mark for mark in chain if int(mark.label) <= 2 and _ends_sentence(text, mark)]


def _candidates(text: str, area: Range) -> Iterator[tuple[Mark, float]]:
    """Digits that may be a marker, outside web addresses, with how much they look like one."""
    end_of_address, addresses = -1, _ADDRESS.finditer(text, *area)
    address = next(addresses, None)
    for found in _GLUED.finditer(text, *area):
        start, end = found.span()
        while address is not None and address.start() <= start:
            end_of_address, address = address.end(), next(addresses, None)
        if start >= end_of_address and (weight := _weight(text, start, end)):
            yield Mark(start, end, found.group(), glued=True), weight


def _weight(text: str, start: int, end: int) -> float:
    """How much digits look like a marker, 0 when they cannot be one."""
    before, after = text[start - 1], text[end : end + 2]
    closes = before in _CLOSERS
    if after[:1].isalpha() and not (closes and after[0].isupper()):
        return 0
    if after[:1] in tuple("-–.,/:") and after[1:].isdigit():
        following = _NEXT_NUMBER.match(text, end)
        if following is None or int(following.group(1)) != int(text[start:end]) + 1:
            return 0
    if before in ".,:" and text[max(0, start - 2)].isdigit():
        return 0 if before == ":" else 0.6
    return 1.0 if closes else 0.5


def _ends_sentence(text: str, mark: Mark) -> bool:
    before, after = text[max(0, mark.start - 2) : mark.start], text[mark.end : mark.end + 2]
    return before[-1] in '.?!”"' and not before[0].isdigit() and (not after.strip() or after[1:].isupper())


@dataclass(frozen=True, slots=True)
class _Link:
    score: float
    mark: Mark
    before: _Link | None


def _longest_chain(candidates: Iterable[tuple[Mark, float]]) -> tuple[list[Mark], float]:
    """The best chain of consecutive numbers in text order; missing numbers cost more than one is worth."""
    best: dict[int, _Link] = {}
    top: _Link | None = None
    for mark, weight in candidates:
        number = int(mark.label)
        link = _Link(weight - _GAP_COST * min(number - 1, _LATEST_START_COST), mark, None)
        for gap in range(_WIDEST_GAP + 1):
            earlier = best.get(number - 1 - gap)
            if earlier and (score := earlier.score + weight - _GAP_COST * gap) > link.score:
                link = _Link(score, mark, earlier)
        if number not in best or link.score >= best[number].score:
            best[number] = link
            top = link if top is None or link.score > top.score else top
    chain: list[Mark] = []
    step = top
    while step is not None:
        chain.append(step.mark)
        step = step.before
    return chain[::-1], top.score if top else 0.0


def letter_marks(text: str, areas: Sequence[Range], notes: Mapping[str, str]) -> list[Mark]:
    """Letters glued to words or punctuation, in alphabetical order; ``notes`` are the texts of letter notes.

    Without notes, three letters behind punctuation, beginning with *a*, are needed to believe in them. A
    letter that is glued to a word counts where one place alone fits: the word stands once, and without
    the letter it stands elsewhere too, best in the note.
    """
    chain = _alphabetical([mark for mark in _letters(text, areas) if not notes or mark.label in notes])
    if not notes and (len(chain) < 3 or chain[0].label != "a"):
        return []
    known = {mark.label: mark for mark in chain}
    wanted = sorted(notes) or _LETTERS[: _LETTERS.index(chain[-1].label)]
    missing = [letter for letter in wanted if letter not in known]
    if missing:
        known |= _letters_in_words(text, areas, missing, known, notes)
    return sorted(known.values())


def _letters(text: str, areas: Sequence[Range]) -> list[Mark]:
    """Single letters right behind punctuation; *i.e* and *5.a* are left out."""
    return [
        Mark(found.start(), found.end(), found.group(), glued=True)
        for area in areas
        for found in _LETTER.finditer(text, *area)
        if not _INITIAL.search(text[max(0, found.start() - 4) : found.start()])
    ]


def _alphabetical(marks: Sequence[Mark]) -> list[Mark]:
    """The longest run of marks whose letters rise."""
    best: dict[str, list[Mark]] = {}
    for mark in marks:
        before = max((run for letter, run in best.items() if letter < mark.label), default=[], key=len)
        if len(before) + 1 > len(best.get(mark.label, [])):
            best[mark.label] = [*before, mark]
    return max(best.values(), default=[], key=len)


def _letters_in_words(
    text: str,
    areas: Sequence[Range],
    missing: Sequence[str],
    known: Mapping[str, Mark],
    notes: Mapping[str, str],
) -> dict[str, Mark]:
    words = [found for area in areas for found in _WORD.finditer(text, *area)]
    counts: dict[str, int] = {}
    for word in words:
        counts[word.group()] = counts.get(word.group(), 0) + 1
    everywhere = {word.casefold() for word in counts}
    found: dict[str, Mark] = {}
    for letter in missing:
        low = max((mark.end for label, mark in known.items() if label < letter), default=0)
        high = min((mark.start for label, mark in known.items() if label > letter), default=len(text))
        fits = [
            word
            for word in words
            if word.group()[-1] == letter and counts[word.group()] == 1 and low <= word.start() < high
        ]
        in_note = {word.casefold() for word in _WORD.findall(notes.get(letter, ""))}
        chosen = _without_letter(fits, in_note) or _without_letter(fits, everywhere)
        if len(chosen) == 1:
            found[letter] = Mark(chosen[0].end() - 1, chosen[0].end(), letter, glued=True)
    return found


def _without_letter(words: Iterable[re.Match[str]], known: set[str]) -> list[re.Match[str]]:
    return [word for word in words if word.group()[:-1].casefold() in known]
