"""Which blocks are notes, by the labels that they begin with and the markers that await them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from kg.documents.blocks import Block, Label, has_address, is_address, words_of
from kg.documents.markers import Mark, raised_marks
from kg.documents.text import trimmed

_NOTES = re.compile(r"(?:[0-9]+\.? ?)?(?:\w+ )?(?:end|foot)?notes|citations")
_WORKS = re.compile(r"(?:[0-9]+\.? ?)?(?:references|works cited|bibliography|sources)")
_LONGEST_NOTES_HEADING = 60
_ENDS = '.)]>?!"”'


def find_notes(text: str, blocks: Sequence[Block], marks: Iterable[Mark]) -> list[Block]:
    """The blocks with their notes told apart; ``marks`` are all places that look like note markers.

    Notes that share a line are cut apart; what continues a note is added to it: under a heading *Notes*
    every block without a label, elsewhere a web address that stands alone behind a note without one.
    """
    return _Finder(text, blocks, marks).find()


class _Finder:
    def __init__(self, text: str, blocks: Sequence[Block], marks: Iterable[Mark]) -> None:
        self.text, self.blocks = text, blocks
        self.awaited = _Awaited(marks)
        self.raised = any(self._is_raised_note(block) for block in blocks)
        self.found: list[Block] = []
        self.last: Block | None = None

    def find(self) -> list[Block]:
        under_notes = False
        before: Block | None = None
        for block, following in zip_longest(self.blocks, self.blocks[1:]):
            if self._opens_notes(block, following):
                block.kind, block.level = "heading", block.level or 2
                under_notes = True
            elif block.kind == "heading":
                under_notes = False
            self._place(block, under_notes, before)
            before = block
        return self.found

    def _place(self, block: Block, under_notes: bool, before: Block | None) -> None:
        if not block.is_prose():
            self.found.append(block)
        elif block.label and self._is_note(block, block.label, under_notes, before):
            self._take(block, block.label)
        elif self.last is not None and (under_notes or self._is_rest(block, self.last)):
            self.last.pieces += block.pieces
        else:
            self.found.append(block)

    def _opens_notes(self, block: Block, following: Block | None) -> bool:
        """Whether a heading, or a short line in its place, has notes under it."""
        if following is None or following.label is None or block.kind not in ("heading", "text"):
            return False
        if block.end - block.start > _LONGEST_NOTES_HEADING:
            return False
        words = words_of(self.text, block).casefold()
        awaited = self.awaited.awaits(following.label.text, following.start)
        return bool(_NOTES.fullmatch(words) or (awaited and _WORKS.fullmatch(words)))

    def _is_rest(self, block: Block, last: Block) -> bool:
        return is_address(self.text, block) and not has_address(self.text, last)

    def _is_raised_note(self, block: Block) -> bool:
        """Whether a block begins with a raised label and then as a note begins, not as a sentence goes on."""
        label = block.label
        if block.kind != "text" or label is None or label.form != "raised":
            return False
        following = self.text[label.end : min(label.end + 4, block.end)]
        return bool(following.strip()) and (not following[0].islower() or following.casefold() == "ibid")

    def _is_note(self, block: Block, label: Label, under_notes: bool, before: Block | None) -> bool:
        awaited = self.awaited.awaits(label.text, block.start)
        if label.form == "raised":
            return self._is_raised_note(block)
        if under_notes:
            return label.form != "plain" or awaited
        if self.raised or not awaited:
            return False
        if label.form == "bracketed":
            return True
        behind = before is not None and before.kind in ("note", "furniture")
        return self.awaited.follows(label.text) and (label.form == "plain" or behind)

    def _take(self, block: Block, label: Label) -> None:
        """Make a block a note, and further notes of what stands behind raised labels in its line."""
        self.awaited.take(label.text, block.start)
        block.kind = "note"
        end = block.end
        block.pieces = [trimmed(self.text, label.end, end)]
        self.found.append(block)
        self.last = block
        for mark in raised_marks(self.text[label.end : end]):
            start, behind = label.end + mark.start, label.end + mark.end
            if self._begins_note(self.last.start, start, behind, end) and self.awaited.awaits(
                mark.label, start
            ):
                self.awaited.take(mark.label, start)
                self.last.pieces = [trimmed(self.text, self.last.start, start)]
                glued = Block("note", [trimmed(self.text, behind, end)])
                glued.label = Label("raised", mark.label, behind)
                self.found.append(glued)
                self.last = glued

    def _begins_note(self, low: int, start: int, behind: int, end: int) -> bool:
        """Whether a raised label inside a note stands behind an end and before a beginning."""
        before = self.text[max(low, start - 3) : start].rstrip()[-1:]
        after = self.text[behind : min(behind + 3, end)].lstrip()
        return bool(before) and before in _ENDS and bool(after) and not after[0].islower()


class _Awaited:
    """Which note labels are still waited for: marked in the text, and not defined since."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._places: dict[str, list[int]] = {}
        for mark in sorted(marks):
            self._places.setdefault(mark.label, []).append(mark.start)
        self._defined: dict[str, int] = {}
        self._last: int | None = None

    def awaits(self, label: str, before: int) -> bool:
        """Whether the label was marked before an offset, and not defined in between."""
        places = self._places.get(label, [])
        return bisect_right(places, self._defined.get(label, -1)) < bisect_left(places, before)

    def follows(self, label: str) -> bool:
        """Whether a label is near the last one defined."""
        return self._last is None or -1 <= int(label) - self._last <= 2

    def take(self, label: str, at: int) -> None:
        """Note that a label is defined here."""
        self._defined[label] = at
        if label.isdigit():
            self._last = int(label)
