"""Finding a quote in a document, and the markers that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.documents.model import Document, Marker, Note, ReadingText
from kg.documents.reading import concatenated, folded, read
from kg.documents.text import Range
from kg.errors import WrongError
from kg.model import Span
from kg.names import fold, suggestion

_LONGEST_LEAP = 4
_CLOSERS = ".,;:?!\"'”’)]*_»\\"
_SHOWN = 90
_NEAR = 60.0


@dataclass(frozen=True, slots=True)
class Located:
    """Where a quote stands: one exact span for each unbroken piece of the text."""

    spans: tuple[Span, ...]


class QuoteError(WrongError):
    """A quote that is not in the text, or that stands there more than once."""


def locate(document: Document, quote: str, within: str | None = None, after: int = 0) -> Located:
    """Where a quote stands in a document.

    The quote is looked for as it stands on disk, then in the reading text. `` ... `` reaches to the next
    occurrence of what follows, four paragraphs ahead at most, and what lies between is part of the span.
    Without ``within`` the body is searched, and if it is not there, the notes, where one note alone has
    it. ``within`` limits the search: ``under HEADING``, ``note KEY``, ``caption``, ``heading``,
    ``bibliography`` or ``furniture``; in a note the first occurrence counts.  ``after`` leaves out what
    begins before that offset.

    Raises QuoteError when the quote is not there or its first piece stands there several times, and
    when there is no such heading or note.
    """
    pieces = [piece for piece in f" {folded(quote)} ".split(" ... ") if piece.strip()]
    if not pieces:
        raise QuoteError("the quote is empty", fix="write the exact words")
    place = _place(document, within)
    found = _find(document, place, quote, [piece.strip() for piece in pieces], after)
    if not found and within is None:
        found = _find_in_notes(document, quote, [piece.strip() for piece in pieces], after)
    if not found:
        raise _not_found(document, place, pieces[0].strip())
    return Located(found)


def markers_for(document: Document, spans: Sequence[Span]) -> tuple[Marker, ...]:
    """The note markers inside some spans or right behind their ends, in text order.

    Closing punctuation and quotes may stand between a span's end and its marker.
    """
    starts = [marker.start for marker in document.markers]
    found: set[int] = set()
    for span in spans:
        found.update(range(bisect_left(starts, span.start), bisect_left(starts, span.end)))
        found.update(_right_behind(document, starts, span.end))
    return tuple(document.markers[index] for index in sorted(found))


def _right_behind(document: Document, starts: Sequence[int], position: int) -> Iterator[int]:
    index = bisect_left(starts, position)
    while position < len(document.text):
        if index < len(starts) and starts[index] == position:
            yield index
            position = document.markers[index].end
            index += 1
        elif document.text[position] in _CLOSERS:
            position += 1
        else:
            return


@dataclass(frozen=True, slots=True)
class _Place:
    """Part of a document that is searched: its reading text, the ranges of it that count, its pieces."""

    name: str
    reading: ReadingText
    ranges: tuple[Range, ...]
    pieces: tuple[Span, ...]
    first: bool = False


def _place(document: Document, within: str | None) -> _Place:
    if within is None:
        return _Place("the text", document.reading, ((0, len(document.reading.text)),), document.body_spans)
    word, _, rest = within.strip().partition(" ")
    if word == "note":
        return _note_place(document, _note(document, rest.strip()))
    if word == "under":
        return _section_place(document, rest.strip())
    parts = {
        "caption": [(caption.span,) for caption in document.captions],
        "heading": [(section.span,) for section in document.sections],
        "bibliography": [entry.spans for entry in document.bibliography],
        "furniture": [(span,) for span in document.furniture],
    }
    if word.removesuffix("s") not in parts:
        raise QuoteError(
            f"{within!r} is no part of a document",
            fix="use 'under HEADING', 'note NUMBER', 'caption', 'heading', 'bibliography' or 'furniture'",
        )
    return _parts_place(document, f"the {word.removesuffix('s')}s", parts[word.removesuffix("s")])


def _parts_place(document: Document, name: str, parts: Iterable[Sequence[Span]]) -> _Place:
    parts = list(parts)
    markers = [(marker.start, marker.end) for marker in document.markers]
    readings = [read(document.text, [(s.start, s.end) for s in spans], markers) for spans in parts]
    whole, _ = concatenated(readings)
    pieces = tuple(sorted(span for spans in parts for span in spans))
    return _Place(name, whole, ((0, len(whole.text)),), pieces)


def _note_place(document: Document, note: Note) -> _Place:
    reading = read(document.text, [(span.start, span.end) for span in note.spans])
    return _Place(f"note {note.key}", reading, ((0, len(reading.text)),), note.spans, first=True)


def _note(document: Document, key: str) -> Note:
    note = document.note(key)
    if note is None:
        keys = [note.key for note in document.notes]
        raise QuoteError(
            f"no text of a note {key!r} is printed in {document.name}",
            fix=suggestion(key, keys) or (f"its notes are {keys[0]} to {keys[-1]}" if keys else ""),
        )
    return note


def _section_place(document: Document, heading: str) -> _Place:
    """The paragraphs under all headings of this name, sub-sections included."""
    wanted = fold(folded(heading))
    chosen = {i for i, section in enumerate(document.sections) if fold(section.heading) == wanted}
    if not chosen:
        headings = [section.heading for section in document.sections]
        raise QuoteError(f"there is no heading {heading!r}", fix=suggestion(heading, headings))
    inside: set[int] = set()
    level: int | None = None
    for index, section in enumerate(document.sections):
        if level is not None and section.level <= level:
            level = None
        if index in chosen and level is None:
            level = section.level
        if level is not None:
            inside.add(index)
    numbers = [i for i, paragraph in enumerate(document.paragraphs) if paragraph.section in inside]
    return _Place(
        f"the text under {heading!r}",
        document.reading,
        tuple(document.paragraph_ranges[i] for i in numbers),
        tuple(sorted(span for i in numbers for span in document.paragraphs[i].spans)),
    )


def _find(
    document: Document, place: _Place, quote: str, pieces: Sequence[str], after: int
) -> tuple[Span, ...]:
    """The spans of a quote in a place, none when it is not there."""
    if exact := _find_exact(document, place, quote.strip(), after):
        return exact
    searched = place.reading.text.replace("\n", " ")
    starts = [
        start
        for start in _occurrences(searched, pieces[0], place.ranges)
        if place.reading.offsets[start] >= after
    ]
    if not starts:
        return ()
    if len(starts) > 1 and not place.first:
        raise _repeated(document, place, pieces[0], [place.reading.offsets[start] for start in starts])
    end = starts[0] + len(pieces[0])
    for piece in pieces[1:]:
        end = _next_end(document, place, searched, piece, end)
    low, high = place.reading.offsets[starts[0]], place.reading.ends[end - 1]
    return tuple(_cut_to_pieces(document, place.pieces, low, high))


def _find_exact(document: Document, place: _Place, quote: str, after: int) -> tuple[Span, ...]:
    """The quote as it stands on disk, where that is once."""
    text = document.text
    start = text.find(quote, after)
    if start < 0 or text.find(quote, start + 1) >= 0 or not _at_word_ends(text, start, start + len(quote)):
        return ()
    end = start + len(quote)
    inside = [span for span in place.pieces if span.start <= start < span.end or span.start < end <= span.end]
    if not inside or not (inside[0].start <= start and end <= inside[-1].end):
        return ()
    return tuple(_cut_to_pieces(document, place.pieces, start, end))


def _occurrences(searched: str, piece: str, ranges: Sequence[Range]) -> list[int]:
    found: list[int] = []
    for low, high in _merged(ranges):
        start = searched.find(piece, low, high)
        while start >= 0:
            if _at_word_ends(searched, start, start + len(piece)):
                found.append(start)
            start = searched.find(piece, start + 1, high)
    return found


def _merged(ranges: Sequence[Range]) -> list[Range]:
    """Ranges that are parted by one line feed only, as one."""
    merged: list[Range] = []
    for low, high in ranges:
        if merged and low - merged[-1][1] <= 1:
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return merged


def _at_word_ends(text: str, start: int, end: int) -> bool:
    """Whether a range does not cut a word, in scripts that part words by spaces."""
    return not (_inside_word(text, start) or _inside_word(text, end))


def _inside_word(text: str, offset: int) -> bool:
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    return before.isalnum() and after.isalnum() and max(before, after) < "\u0e00"


def _next_end(document: Document, place: _Place, searched: str, piece: str, position: int) -> int:
    """The end of the next occurrence of a later piece, not too far ahead."""
    limit = position
    for _ in range(_LONGEST_LEAP + 1):
        limit = place.reading.text.find("\n", limit + 1)
        if limit < 0:
            limit = len(searched)
            break
    ranges = [
        (max(low, position), min(high, limit))
        for low, high in place.ranges
        if high > position and low < limit
    ]
    found = _occurrences(searched, piece, ranges)
    if not found:
        line = document.line_of(place.reading.offsets[position - 1])
        raise QuoteError(
            f"{_shown(piece)} does not follow in the next paragraphs of {place.name}, from line {line} on",
            fix=_nearest(document, piece) or "quote what follows as it stands there",
        )
    return found[0] + len(piece)


def _cut_to_pieces(document: Document, pieces: Sequence[Span], low: int, high: int) -> Iterator[Span]:
    """A range of the disk text cut to unbroken pieces; neighbours that white space parts are one."""
    ranges: list[list[int]] = []
    first = max(0, bisect_right([piece.start for piece in pieces], low) - 1)
    for piece in pieces[first:]:
        if piece.start >= high:
            break
        start, end = max(piece.start, low), min(piece.end, high)
        if start >= end:
            continue
        if ranges and document.text[ranges[-1][1] : start].isspace():
            ranges[-1][1] = end
        else:
            ranges.append([start, end])
    for start, end in ranges:
        start, end = _without_edges(document, start, end)
        if start < end:
            yield Span(document.name, start, end)


def _without_edges(document: Document, start: int, end: int) -> Range:
    """A range without white space and note markers at its ends."""
    starts = [marker.start for marker in document.markers]
    while start < end:
        first, last = bisect_left(starts, start), bisect_left(starts, end) - 1
        if document.text[start].isspace():
            start += 1
        elif document.text[end - 1].isspace():
            end -= 1
        elif first < len(starts) and starts[first] == start and document.markers[first].end > start:
            start = document.markers[first].end
        elif last >= 0 and document.markers[last].end >= end:
            end = document.markers[last].start
        else:
            break
    return start, end


def _find_in_notes(document: Document, quote: str, pieces: Sequence[str], after: int) -> tuple[Span, ...]:
    """A quote that is not in the body, where one note alone has it."""
    found: list[tuple[Note, tuple[Span, ...]]] = []
    for note in document.notes:
        try:
            spans = _find(document, _note_place(document, note), quote, pieces, after)
        except QuoteError:
            continue
        if spans:
            found.append((note, spans))
    if len(found) > 1:
        keys = ", ".join(note.key for note, _ in found[:8])
        raise QuoteError(
            f"{_shown(pieces[0])} is not in the text, but in the notes {keys}",
            fix=f"write in: note {found[0][0].key}",
        )
    return found[0][1] if found else ()


# --- faults ----------------------------------------------------------------------------------------


def _repeated(document: Document, place: _Place, piece: str, offsets: Sequence[int]) -> QuoteError:
    lines = ", ".join(dict.fromkeys(str(document.line_of(offset)) for offset in offsets[:12]))
    headings = list(dict.fromkeys(document.section_at(offset) for offset in offsets))
    advice = "lengthen the quote"
    if len(headings) == len(offsets) and headings[0]:
        advice += f", or say under: {headings[0]}"
    return QuoteError(
        f"{_shown(piece)} occurs {len(offsets)} times in {place.name}: lines {lines}", fix=advice
    )


def _not_found(document: Document, place: _Place, piece: str) -> QuoteError:
    elsewhere = _elsewhere(document, piece)
    return QuoteError(
        f"{_shown(piece)} is not in {place.name}",
        fix=elsewhere or _nearest(document, piece) or "copy the words",
    )


def _elsewhere(document: Document, piece: str) -> str:
    """In which other part of the document the words stand."""
    hints = {
        None: "leave out in: or under:",
        "caption": "write in: caption",
        "heading": "write in: heading",
        "bibliography": "write in: bibliography",
        "furniture": "write in: furniture",
    }
    for within, hint in hints.items():
        place = _place(document, within)
        found = _occurrences(place.reading.text.replace("\n", " "), piece, place.ranges)
        if found:
            line = document.line_of(place.reading.offsets[found[0]])
            return f"it stands in {place.name}, line {line}: {hint}"
    for note in document.notes:
        if piece in note.text:
            return f"it stands in note {note.key}: write in: note {note.key}"
    return ""


def _nearest(document: Document, piece: str) -> str:
    """The likeliest passage that was meant: its line and words."""
    from rapidfuzz import fuzz, process

    texts = [sentence.text for sentence in document.sentences] + [note.text for note in document.notes]
    best = process.extractOne(piece, texts, scorer=fuzz.partial_ratio, score_cutoff=_NEAR)
    if best is None:
        return ""
    sentence, _, index = best
    aligned = fuzz.partial_ratio_alignment(piece, sentence)
    words = (
        sentence[aligned.dest_start : aligned.dest_end]
        if aligned and len(piece) < len(sentence)
        else sentence
    )
    if index < len(document.sentences):
        return f"line {document.sentences[index].line} has {_shown(words)}"
    return f"note {document.notes[index - len(document.sentences)].key} has {_shown(words)}"


def _shown(words: str) -> str:
    words = re.sub(r"\s+", " ", words)
    return repr(words if len(words) <= _SHOWN else words[: _SHOWN - 3] + "...")
