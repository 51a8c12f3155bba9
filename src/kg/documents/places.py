"""The parts of a document that a quote can be looked for in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.documents.model import Document, Note, ReadingText
from kg.documents.reading import concatenated, folded, read
from kg.documents.text import Range
from kg.errors import WrongError
from kg.model import Span
from kg.names import fold, suggestion

_NUMBERING = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}\.?\s*(?=[^\W\d_])")
PARTS = ("caption", "heading", "bibliography", "furniture")


class QuoteError(WrongError):
    """A quote that is not in the text, or stands there more than once; a part that there is not."""


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a document: its name, its reading text, the ranges of that which count, its pieces on disk.

    In a part with ``first`` the first of several occurrences counts.
    """

    name: str
    reading: ReadingText
    ranges: tuple[Range, ...]
    pieces: tuple[Span, ...]
    first: bool = False

    @property
    def words(self) -> str:
        """The reading text as one line."""
        return self.reading.text.replace("\n", " ")


def place_of(document: Document, within: str | None) -> Place:
    """The body without ``within``, else what it names.

    ``within`` is ``under HEADING``, ``note KEY``, ``caption``, ``heading``, ``bibliography`` or
    ``furniture``.  Raises QuoteError when the document has no such part.
    """
    if within is None:
        whole = ((0, len(document.reading.text)),)
        return Place("the text", document.reading, whole, document.body_spans)
    word, _, rest = within.strip().partition(" ")
    if word == "note":
        return note_place(document, _note(document, rest.strip()))
    if word == "under":
        return _section_place(document, rest.strip())
    part = word.removesuffix("s")
    if part not in PARTS:
        raise QuoteError(
            f"{within!r} is no part of a document",
            fix="write 'under HEADING', 'note NUMBER', 'caption', 'heading', 'bibliography' or 'furniture'",
        )
    return _part_place(document, part)


def note_place(document: Document, note: Note) -> Place:
    """One note. A title often stands in it twice, so the first occurrence counts."""
    reading = read(document.text, [(span.start, span.end) for span in note.spans])
    return Place(f"note {note.key}", reading, ((0, len(reading.text)),), note.spans, first=True)


def _part_place(document: Document, part: str) -> Place:
    """All captions, headings, bibliography entries or pieces of furniture together."""
    spans: dict[str, Iterable[tuple[Span, ...]]] = {
        "caption": ((caption.span,) for caption in document.captions),
        "heading": ((section.span,) for section in document.sections),
        "bibliography": (entry.spans for entry in document.bibliography),
        "furniture": ((span,) for span in document.furniture),
    }
    parts = list(spans[part])
    whole, _ = concatenated([_read_spans(document, some) for some in parts])
    pieces = tuple(sorted(span for some in parts for span in some))
    name = {"bibliography": "the bibliography", "furniture": "the page furniture"}.get(part, f"the {part}s")
    return Place(name, whole, ((0, len(whole.text)),), pieces)


def _read_spans(document: Document, spans: Sequence[Span]) -> ReadingText:
    markers = document.markers_between(spans[0].start, spans[-1].end)
    ranges = [(marker.start, marker.end) for marker in markers]
    return read(document.text, [(span.start, span.end) for span in spans], ranges)


def _note(document: Document, key: str) -> Note:
    note = document.note(key)
    if note is None:
        keys = [note.key for note in document.notes]
        listed = f"its notes are {keys[0]} to {keys[-1]}" if keys else "it prints no notes"
        raise QuoteError(
            f"the text of a note {key!r} is not printed in {document.name}",
            fix=suggestion(key, keys) or listed,
        )
    return note


def _section_place(document: Document, heading: str) -> Place:
    """The paragraphs under all headings of this name, sub-sections included."""
    inside = _sections_under(document, heading)
    chosen = [i for i, paragraph in enumerate(document.paragraphs) if paragraph.section in inside]
    return Place(
        f"the text under {heading!r}",
        document.reading,
        _merged([document.paragraph_ranges[i] for i in chosen]),
        tuple(sorted(span for i in chosen for span in document.paragraphs[i].spans)),
    )


def _sections_under(document: Document, heading: str) -> set[int]:
    wanted = fold(folded(heading))
    inside: set[int] = set()
    level: int | None = None
    for index, section in enumerate(document.sections):
        if level is not None and section.level <= level:
            level = None
        if level is None and wanted in (fold(section.heading), fold(_NUMBERING.sub("", section.heading, 1))):
            level = section.level
        if level is not None:
            inside.add(index)
    if not inside:
        headings = [section.heading for section in document.sections]
        raise QuoteError(f"there is no heading {heading!r}", fix=suggestion(heading, headings))
    return inside


def _merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Ranges that are parted by one line feed only, as one."""
    merged: list[Range] = []
    for low, high in ranges:
        if merged and low - merged[-1][1] <= 1:
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return tuple(merged)
