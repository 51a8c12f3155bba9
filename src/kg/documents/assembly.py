"""A Document from its text: cut into blocks, told apart, read and tied together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.documents.blocks import Block, cut
from kg.documents.glued import glued_marks, letter_marks
from kg.documents.layout import area, lay_out
from kg.documents.markers import Mark, bracketed_marks, in_running_order, raised_marks, within
from kg.documents.model import (
    Caption,
    Document,
    Entry,
    Marker,
    Note,
    Paragraph,
    ReadingText,
    Section,
    Sentence,
)
from kg.documents.reading import Words, concatenated, read
from kg.documents.sentences import sentence_ranges
from kg.documents.text import Range, line_of, line_starts, lines_of, trimmed
from kg.model import Span

_IBID = re.compile(r"\W*ibid(?:em)?\b\W{0,3}(?:(?:pp?\b|at\b|[0-9]).{0,30})?", re.I)


def read_document(name: str, text: str) -> Document:
    """Take a text apart; ``name`` is the document's id. Nothing is read from disk, nothing is raised."""
    starts = line_starts(text)
    blocks = lay_out(text, cut(text, lines_of(text, starts)), _possible_marks(text))
    return _Assembly(name, text, starts, blocks).document()


def _possible_marks(text: str) -> list[Mark]:
    """Everything that may be a marker, before it is known what is body."""
    raised = raised_marks(text)
    glued = [] if raised else glued_marks(text, [(0, len(text))])
    return [*raised, *bracketed_marks(text), *glued]


class _Assembly:
    """Builds the parts of one Document."""

    def __init__(self, name: str, text: str, starts: tuple[int, ...], blocks: Sequence[Block]) -> None:
        self.name, self.text, self.starts, self.blocks = name, text, starts, blocks
        self.words = Words(text)
        self.body = [block for block in blocks if block.is_prose()]
        self.marks = self._marks()
        self.mark_ranges = [(mark.start, mark.end) for mark in self.marks]

    def document(self) -> Document:
        sections = tuple(self._section(block) for block in self._of("heading"))
        paragraphs = tuple(self._paragraphs(sections))
        readings = [self._reading(block) for block in self.body]
        reading, ranges = concatenated(readings)
        notes = self._notes()
        return Document(
            name=self.name,
            text=self.text,
            sections=sections,
            paragraphs=paragraphs,
            sentences=tuple(self._sentences(paragraphs, readings)),
            markers=tuple(self._markers(notes)),
            notes=notes,
            bibliography=tuple(Entry(self._spans(b), self._reading(b).text) for b in self._of("entry")),
            captions=tuple(self._caption(block) for block in self._of("caption")),
            furniture=tuple(span for block in self._of("furniture") for span in self._spans(block)),
            reading=reading,
            paragraph_ranges=ranges,
        )

    def _of(self, kind: str) -> list[Block]:
        return [block for block in self.blocks if block.kind == kind]

    def _spans(self, block: Block) -> tuple[Span, ...]:
        return tuple(Span(self.name, start, end) for start, end in block.pieces)

    def _reading(self, block: Block) -> ReadingText:
        first = bisect_right(self.mark_ranges, (block.start, -1))
        last = bisect_right(self.mark_ranges, (block.end, -1))
        return read(self.text, block.pieces, self.mark_ranges[first:last], self.words)

    # --- markers and notes -------------------------------------------------------------------------

    def _marks(self) -> list[Mark]:
        """The markers of body, headings and captions; each convention where the text shows it."""
        areas = area(b for b in self.blocks if b.is_prose() or b.kind in ("heading", "caption"))
        labels = {block.label.text for block in self._of("note") if block.label}
        found = within(raised_marks(self.text), areas)
        bracketed = within(bracketed_marks(self.text), areas)
        if defined := [mark for mark in bracketed if mark.label in labels]:
            found += defined
        elif not found and in_running_order(bracketed):
            found += bracketed
        if not any(mark.label.isdigit() for mark in found):
            found += glued_marks(self.text, area(self.body))
        if not any(mark.label.isalpha() for mark in found):
            found += self._letters(found)
        return sorted(set(found))

    def _letters(self, found: Sequence[Mark]) -> list[Mark]:
        notes = {
            block.label.text: self.text[block.start : block.end]
            for block in self._of("note")
            if block.label and block.label.text.isalpha()
        }
        if not notes and not any(mark.glued for mark in found):
            return []
        return letter_marks(self.text, area(self.body), notes)

    def _notes(self) -> tuple[Note, ...]:
        notes: list[Note] = []
        counts: dict[str, int] = {}
        for block in self._of("note"):
            label = block.label.text if block.label else ""
            counts[label] = counts.get(label, 0) + 1
            key = label if counts[label] == 1 else f"{label}.{counts[label]}"
            words = read(self.text, block.pieces, (), self.words).text
            ibid = _IBID.fullmatch(words) is not None
            resolved = _before(notes, label) if ibid else len(notes)
            notes.append(Note(label, key, self._spans(block), words, ibid, resolved))
        return tuple(notes)

    def _markers(self, notes: Sequence[Note]) -> Iterator[Marker]:
        """Each marker with the next note behind it that has its label."""
        places: dict[str, list[tuple[int, int]]] = {}
        for index, note in enumerate(notes):
            places.setdefault(note.label, []).append((note.spans[0].start, index))
        for mark in self.marks:
            labelled = places.get(mark.label, [])
            at = bisect_right(labelled, (mark.start, len(notes)))
            behind = labelled[at][1] if at < len(labelled) else None
            yield Marker(mark.label, mark.start, mark.end, behind)

    # --- headings, captions, paragraphs, sentences -------------------------------------------------

    def _section(self, block: Block) -> Section:
        line = line_of(self.starts, block.start)
        return Section(self._reading(block).text, self._spans(block)[0], block.level, line)

    def _caption(self, block: Block) -> Caption:
        return Caption(block.number, self._spans(block)[0], self._reading(block).text, block.captioned)

    def _paragraphs(self, sections: Sequence[Section]) -> Iterator[Paragraph]:
        starts = [section.span.start for section in sections]
        for block in self.body:
            above = bisect_right(starts, block.start) - 1
            yield Paragraph(
                self._spans(block),
                above if above >= 0 else None,
                "item" if block.kind == "item" else "text",
            )

    def _sentences(
        self, paragraphs: Sequence[Paragraph], readings: Sequence[ReadingText]
    ) -> Iterator[Sentence]:
        for index, (paragraph, reading) in enumerate(zip(paragraphs, readings, strict=True)):
            ranges = sentence_ranges(reading.text)
            bounds = self._bounds(paragraph, reading, ranges)
            for (start, end), (low, high) in zip(ranges, bounds, strict=True):
                spans = tuple(self._between(paragraph, low, high))
                line = line_of(self.starts, spans[0].start)
                yield Sentence(spans, index, reading.text[start:end], line)

    def _bounds(self, paragraph: Paragraph, reading: ReadingText, ranges: Sequence[Range]) -> list[Range]:
        """Where each sentence begins and ends on disk; together they tile the paragraph."""
        if not ranges:
            return []
        cuts = [
            self._boundary(reading.ends[end - 1], reading.offsets[start])
            for (_, end), (start, _) in pairwise(ranges)
        ]
        return list(pairwise([paragraph.spans[0].start, *cuts, paragraph.spans[-1].end]))

    def _boundary(self, end: int, start: int) -> int:
        """Where the next sentence begins: behind the markers and the last white space between the two."""
        last = bisect_right(self.mark_ranges, (start, -1)) - 1
        low = max(end, min(self.mark_ranges[last][1], start)) if last >= 0 else end
        while start > low and not self.text[start - 1].isspace():
            start -= 1
        return start

    def _between(self, paragraph: Paragraph, low: int, high: int) -> Iterator[Span]:
        for span in paragraph.spans:
            start, end = trimmed(self.text, max(span.start, low), min(span.end, high))
            if start < end:
                yield Span(self.name, start, end)


def _before(notes: Sequence[Note], label: str) -> int | None:
    """The note that *ibid* in a note with this label means: the one before it, if that is printed."""
    if not notes:
        return None
    if label.isdigit() and notes[-1].label.isdigit() and int(label) - int(notes[-1].label) != 1:
        return None
    return notes[-1].resolved
