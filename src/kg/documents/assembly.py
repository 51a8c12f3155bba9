"""A Document from its text: cut into blocks, told apart, read and tied together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from kg.documents.blocks import Block, cut
from kg.documents.layout import Layout, area
from kg.documents.markers import (
    Mark,
    bracketed_marks,
    glued_marks,
    in_running_order,
    letter_marks,
    raised_marks,
    within,
)
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

_IBID = re.compile(r"\W*ibid(?:em)?\b\W{0,3}(?:(?:pp?\b|at\b|\d).{0,30})?", re.I)


def read_document(name: str, text: str) -> Document:
    """Take a text apart; ``name`` is the document's id. Nothing is read from disk, nothing is raised."""
    starts = line_starts(text)
    possible = _possible_marks(text)
    layout = Layout(text, cut(text, lines_of(text, starts)), possible)
    return _Assembly(name, text, starts, layout).document()


def _possible_marks(text: str) -> list[Mark]:
    """Everything that may be a marker, before it is known what is body."""
    raised = raised_marks(text)
    marks = raised + bracketed_marks(text)
    if not raised:
        marks += glued_marks(text, [(0, len(text))])
    return sorted(marks)


class _Assembly:
    """Builds the parts of one Document."""

    def __init__(self, name: str, text: str, starts: tuple[int, ...], layout: Layout) -> None:
        self.name, self.text, self.starts, self.layout = name, text, starts, layout
        self.words = Words(text)
        self.note_blocks = layout.of("note")
        self.marks = self._marks()
        self.ranges = [(mark.start, mark.end) for mark in self.marks]

    def document(self) -> Document:
        sections = tuple(self._section(block) for block in self.layout.of("heading"))
        paragraphs = tuple(self._paragraph(block, sections) for block in self.layout.body())
        readings = [self._reading(block) for block in self.layout.body()]
        whole, ranges = concatenated(readings)
        notes = self._notes()
        return Document(
            name=self.name,
            text=self.text,
            sections=sections,
            paragraphs=paragraphs,
            sentences=tuple(self._sentences(paragraphs, readings)),
            markers=tuple(self._resolved(notes)),
            notes=notes,
            bibliography=tuple(
                Entry(self._spans(block), self._reading(block).text) for block in self.layout.of("entry")
            ),
            captions=tuple(self._caption(block) for block in self.layout.of("caption")),
            furniture=tuple(span for block in self.layout.of("furniture") for span in self._spans(block)),
            reading=whole,
            paragraph_ranges=ranges,
        )

    def _span(self, start: int, end: int) -> Span:
        return Span(self.name, start, end)

    def _spans(self, block: Block) -> tuple[Span, ...]:
        return tuple(self._span(*piece) for piece in block.pieces)

    def _reading(self, block: Block) -> ReadingText:
        first = bisect_right(self.ranges, (block.start, -1))
        last = bisect_right(self.ranges, (block.end, -1))
        return read(self.text, block.pieces, self.ranges[first:last], self.words)

    # --- markers and notes -------------------------------------------------------------------------

    def _marks(self) -> list[Mark]:
        """The markers of body, headings and captions; each convention where the text shows it."""
        kinds = ("text", "item", "heading", "caption")
        areas = area(block for block in self.layout.blocks if block.kind in kinds)
        labels = {block.label.text for block in self.note_blocks if block.label}
        found = within(raised_marks(self.text), areas)
        bracketed = within(bracketed_marks(self.text), areas)
        defined = [mark for mark in bracketed if mark.label in labels]
        if defined or (not found and in_running_order(bracketed)):
            found += defined or bracketed
        if not any(mark.label.isdigit() for mark in found):
            body = area(self.layout.body())
            found += glued_marks(self.text, body)
        if not any(mark.label.isalpha() for mark in found):
            found += self._letters(found)
        return sorted(set(found))

    def _letters(self, found: Sequence[Mark]) -> list[Mark]:
        notes = {
            block.label.text: self.text[block.start : block.end]
            for block in self.note_blocks
            if block.label and block.label.text.isalpha()
        }
        if not notes and not any(mark.glued for mark in found):
            return []
        return letter_marks(self.text, area(self.layout.body()), notes)

    def _notes(self) -> tuple[Note, ...]:
        notes: list[Note] = []
        counts: dict[str, int] = {}
        for block in self.note_blocks:
            label = block.label.text if block.label else ""
            counts[label] = counts.get(label, 0) + 1
            key = label if counts[label] == 1 else f"{label}.{counts[label]}"
            words = read(self.text, block.pieces, (), self.words).text
            ibid = _IBID.fullmatch(words) is not None
            resolved = _before(notes, label) if ibid else len(notes)
            notes.append(Note(label, key, self._spans(block), words, ibid, resolved))
        return tuple(notes)

    def _resolved(self, notes: Sequence[Note]) -> Iterable[Marker]:
        """Each marker with the next note behind it that has its label."""
        places: dict[str, list[tuple[int, int]]] = {}
        for index, note in enumerate(notes):
            places.setdefault(note.label, []).append((note.spans[0].start, index))
        for mark in self.marks:
            behind = [index for start, index in places.get(mark.label, ()) if start > mark.start]
            yield Marker(mark.label, mark.start, mark.end, behind[0] if behind else None)

    # --- headings, captions, paragraphs, sentences -------------------------------------------------

    def _section(self, block: Block) -> Section:
        return Section(
            self._reading(block).text,
            self._span(block.start, block.end),
            block.level,
            line_of(self.starts, block.start),
        )

    def _caption(self, block: Block) -> Caption:
        return Caption(
            block.number, self._span(block.start, block.end), self._reading(block).text, block.captioned
        )

    def _paragraph(self, block: Block, sections: Sequence[Section]) -> Paragraph:
        above = bisect_right([section.span.start for section in sections], block.start) - 1
        kind = "item" if block.kind == "item" else "text"
        return Paragraph(self._spans(block), above if above >= 0 else None, kind)

    def _sentences(
        self, paragraphs: Sequence[Paragraph], readings: Sequence[ReadingText]
    ) -> Iterable[Sentence]:
        for index, (paragraph, reading) in enumerate(zip(paragraphs, readings, strict=True)):
            ranges = sentence_ranges(reading.text)
            bounds = self._bounds(paragraph, reading, ranges)
            for (start, end), (low, high) in zip(ranges, bounds, strict=True):
                spans = tuple(self._within(paragraph, low, high))
                if spans:
                    line = line_of(self.starts, spans[0].start)
                    yield Sentence(spans, index, reading.text[start:end], line)

    def _bounds(self, paragraph: Paragraph, reading: ReadingText, ranges: Sequence[Range]) -> list[Range]:
        """Where each sentence begins and ends on disk; together they tile the paragraph."""
        cuts = [paragraph.spans[0].start]
        for (_, end), (start, _) in zip(ranges, ranges[1:], strict=False):
            cuts.append(self._boundary(reading.ends[end - 1], reading.offsets[start]))
        cuts.append(paragraph.spans[-1].end)
        return list(zip(cuts, cuts[1:], strict=False))

    def _boundary(self, end: int, start: int) -> int:
        """Where the next sentence begins: behind the markers and the last white space between the two."""
        position = start
        last = bisect_right(self.ranges, (start, -1)) - 1
        low = max(end, self.ranges[last][1] if last >= 0 and self.ranges[last][1] <= start else end)
        while position > low and not self.text[position - 1].isspace():
            position -= 1
        return position

    def _within(self, paragraph: Paragraph, low: int, high: int) -> Iterable[Span]:
        for span in paragraph.spans:
            start, end = trimmed(self.text, max(span.start, low), min(span.end, high))
            if start < end:
                yield self._span(start, end)


def _before(notes: Sequence[Note], label: str) -> int | None:
    """The note that *ibid* in a note with this label means: the one before it, if that is printed."""
    if not notes:
        return None
    if label.isdigit() and notes[-1].label.isdigit() and int(label) - int(notes[-1].label) != 1:
        return None
    return notes[-1].resolved
