"""Note markers that are written as such: ``<sup>1</sup>``, ``^{1}``, ``¹``, ``[^1]`` and ``[1]``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.text import Range

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_LIST = r"[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){0,20}"
_RAISED = re.compile(
    rf"<sup>\s?(?P<tag>{_LIST}|[a-z])\s?</sup>|\^\{{\s?(?P<caret>{_LIST}|[a-z])\s?\}}"
    rf"|(?P<high>[{SUPERSCRIPTS}]{{1,3}}(?:[,;–-]?[{SUPERSCRIPTS}]{{1,3}}){{0,20}})"
    r"|\[\^(?P<foot>[0-9]{1,3})\](?!:)"
)
_BRACKETED = re.compile(rf"\[(?P<square>{_LIST}|[a-z])\](?:\(\#[^\s()]{{0,100}}\))?(?![(:])")
_NUMBER = re.compile(r"[0-9]{1,3}|[a-z]")
_UNIT = re.compile(r"(?:\b[mkcd]?m|\bft|\bmi|\byd|\bha|[0-9])\Z")
_WIDEST_LIST = 20


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A marker before it is tied to a note; ``glued`` when nothing but its place shows what it is."""

    start: int
    end: int
    label: str
    glued: bool = False


def raised_marks(text: str) -> list[Mark]:
    """All raised markers of a text; exponents are left out."""
    marks: list[Mark] = []
    highest = 0
    for found in _RAISED.finditer(text):
        group = _tiles(found)
        if found.lastgroup == "high" and _is_exponent(text, found.start(), group[0], highest):
            continue
        marks += group
        highest = max([highest, *(int(mark.label) for mark in group if mark.label.isdigit())])
    return marks


def bracketed_marks(text: str) -> list[Mark]:
    """Everything that could be a marker in square brackets."""
    return [mark for found in _BRACKETED.finditer(text) for mark in _tiles(found)]


def in_running_order(marks: Sequence[Mark]) -> bool:
    """Whether the labels begin at 1, reach 2 at least, and never leap by more than one upwards."""
    highest = 0
    for mark in marks:
        if not mark.label.isdigit() or int(mark.label) > highest + 1:
            return False
        highest = max(highest, int(mark.label))
    return highest >= 2


def within(marks: Sequence[Mark], areas: Sequence[Range]) -> list[Mark]:
    """The marks that lie inside some areas; both are sorted."""
    starts = [mark.start for mark in marks]
    kept: list[Mark] = []
    for start, end in areas:
        chosen = range(bisect_left(starts, start), bisect_left(starts, end))
        kept += [marks[index] for index in chosen if marks[index].end <= end]
    return kept


def _is_exponent(text: str, start: int, first: Mark, highest: int) -> bool:
    """Square metres and powers of ten: behind a unit or digit, and not next in the running order."""
    if not _UNIT.search(text[max(0, start - 3) : start]):
        return False
    return text[max(0, start - 2) : start] == "10" or int(first.label) != highest + 1


def _tiles(found: re.Match[str]) -> list[Mark]:
    """One marker for each number of a group; together they cover it. A range names what lies between."""
    kind = found.lastgroup or ""
    offset, written = found.start(kind), found.group(kind).translate(PLAIN_DIGITS)
    numbers = list(_NUMBER.finditer(written))
    marks: list[Mark] = []
    position = found.start()
    for number in numbers:
        end = found.end() if number is numbers[-1] else offset + number.end()
        if marks and written[: number.start()].rstrip()[-1] in "-–":
            first, last = int(marks[-1].label), int(number.group())
            between = range(first + 1, last) if last - first <= _WIDEST_LIST else ()
            marks += [Mark(position, position, str(label)) for label in between]
        marks.append(Mark(position, end, number.group()))
        position = end
    return marks
