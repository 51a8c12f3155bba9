"""What a document is made of. Every offset counts code points of the text as it stands on disk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kg.documents.text import line_of, line_starts
from kg.model import Span


@dataclass(frozen=True, slots=True, eq=False)
class ReadingText:
    """Words as they are read: no markers, notes or markup; quotes, dashes and white space folded.

    Character ``i`` of ``text`` stands on disk from ``offsets[i]`` to ``ends[i]``.
    """

    text: str
    offsets: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: its words, where they stand, how deep it lies (1 is a title) and on which line."""

    heading: str
    span: Span
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or list item; several spans where a page end breaks it.

    ``section`` is the index of the heading above it, None above the first.
    """

    spans: tuple[Span, ...]
    section: int | None
    kind: Literal["text", "item"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its spans (markers included), its paragraph's index, its reading text and first line."""

    spans: tuple[Span, ...]
    paragraph: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A note marker, from ``start`` to ``end``; ``note`` is the index of its note, None if not printed."""

    label: str
    start: int
    end: int
    note: int | None


@dataclass(frozen=True, slots=True)
class Note:
    """A note without its label.

    ``key`` is the label, with ``.2``, ``.3`` for the second and third note printed with that label.
    ``resolved`` is the index of the note that is meant: its own, or the one that *ibid* leads to; None
    where that one is not printed.
    """

    label: str
    key: str
    spans: tuple[Span, ...]
    text: str
    ibid: bool
    resolved: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the bibliography."""

    spans: tuple[Span, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a figure, table or map: its number, place and reading text."""

    number: str
    span: Span
    text: str
    kind: str = "figure"


@dataclass(frozen=True, eq=False)
class Document:
    """One text that we hold, taken apart.

    The body is what the paragraphs hold: all text outside headings, captions, notes, bibliography and
    page furniture. ``reading`` is the reading text of the body, its paragraphs parted by line feeds;
    ``paragraph_ranges`` says where each of them stands in it.
    """

    name: str
    text: str = field(repr=False)
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    markers: tuple[Marker, ...]
    notes: tuple[Note, ...]
    bibliography: tuple[Entry, ...]
    captions: tuple[Caption, ...]
    furniture: tuple[Span, ...]
    reading: ReadingText = field(repr=False)
    paragraph_ranges: tuple[tuple[int, int], ...] = field(repr=False)

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return line_starts(self.text)

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.span.start for section in self.sections]

    @cached_property
    def _marker_starts(self) -> list[int]:
        return [marker.start for marker in self.markers]

    @cached_property
    def _sentence_starts(self) -> list[tuple[int, int]]:
        return sorted(
            (span.start, index) for index, sentence in enumerate(self.sentences) for span in sentence.spans
        )

    @cached_property
    def body_spans(self) -> tuple[Span, ...]:
        """Every unbroken piece of the body, in text order."""
        return tuple(sorted(span for paragraph in self.paragraphs for span in paragraph.spans))

    def line_of(self, offset: int) -> int:
        """The line that an offset lies in, counted from 1."""
        return line_of(self._line_starts, offset)

    def section_at(self, offset: int) -> str:
        """The heading that an offset stands under (or in), an empty string above the first."""
        index = bisect_right(self._section_starts, offset) - 1
        return self.sections[index].heading if index >= 0 else ""

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that an offset lies in, None outside all sentences."""
        at = bisect_right(self._sentence_starts, (offset, len(self.sentences))) - 1
        if at < 0:
            return None
        sentence = self.sentences[self._sentence_starts[at][1]]
        return sentence if any(span.start <= offset < span.end for span in sentence.spans) else None

    def markers_between(self, start: int, end: int) -> tuple[Marker, ...]:
        """The markers that begin in a range of the text, in text order."""
        low, high = bisect_left(self._marker_starts, start), bisect_left(self._marker_starts, end)
        return self.markers[low:high]

    def note(self, key: str) -> Note | None:
        """The note with this key (``3``, or ``3.2`` for the second note 3), None if there is none."""
        return next((note for note in self.notes if note.key == key), None)
