"""Finding a quote in a document, and the markers that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kg.documents.model import Document, Marker, Note
from kg.documents.places import PARTS, Place, QuoteError, note_place, place_of
from kg.documents.reading import LINK_END, folded, read, squeezed
from kg.documents.text import Range
from kg.model import Span

_LONGEST_LEAP = 4
_CLOSERS = ".,;:?!\"'”’)]*_»\\"
_PARTS_MARKERS = re.compile(r"[,;\s]{1,2}")
_SHOWN = 90
_NEAR = 75.0
_CLOSING = re.compile(rf"\*{{1,3}}|_{{1,3}}|>|{LINK_END}")
_OPENING = re.compile(r"(?:\*{1,3}|_{1,3}|\[|<)\Z")
_FIRST_UNSPACED_SCRIPT = "\u0e00"


@dataclass(frozen=True, slots=True)
class Located:
    """Where a quote stands: one exact span for each unbroken piece of the text."""

    spans: tuple[Span, ...]


def locate(document: Document, quote: str, within: str | None = None, after: int = 0) -> Located:
    """Where a quote stands in a document.

    The quote is looked for as it stands on disk, then in the reading text. `` ... `` reaches to the next
    occurrence of what follows, four paragraphs ahead at most, and what lies between is part of the span.
    Without ``within`` the body is searched, and where that has not got it the notes, if one alone has
    it. ``within`` limits the search: ``under HEADING``, ``note KEY``, ``caption``, ``heading``,
    ``bibliography`` or ``furniture``; in a note the first occurrence counts. ``after`` leaves out what
    begins before that offset.

    Raises QuoteError when the quote is not there or its first piece stands there several times, and
    when there is no such heading or note.
    """
    place = place_of(document, within)
    forms = [_Quote(quote.strip(), pieces) for pieces in _forms(quote)]
    if not forms:
        raise QuoteError("the quote is empty", fix="write the exact words")
    for form in forms:
        if spans := _find(document, place, form, after):
            return Located(spans)
    if within is None and (spans := _find_in_notes(document, forms[0], after)):
        return Located(spans)
    raise _not_found(document, place, forms[0].pieces[0])


def markers_for(document: Document, spans: Sequence[Span]) -> tuple[Marker, ...]:
    """The note markers inside some spans or right behind their ends, in text order.

    Closing punctuation and quotes, or one space, may stand between a span's end and its marker.
    """
    found: dict[Marker, None] = {}
    for span in spans:
        found |= dict.fromkeys(document.markers_between(span.start, span.end))
        found |= dict.fromkeys(_right_behind(document, span.end))
    return tuple(sorted(found, key=lambda marker: (marker.start, marker.end)))


def _right_behind(document: Document, position: int) -> Iterator[Marker]:
    while position < len(document.text):
        here = document.markers_between(position, position + 1)
        if here:
            yield from here
            position = here[-1].end
        elif document.text[position] in _CLOSERS or (
            document.text[position] == " " and document.markers_between(position + 1, position + 2)
        ):
            position += 1
        else:
            return


# --- searching -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Quote:
    written: str
    pieces: tuple[str, ...]


def _forms(quote: str) -> list[tuple[str, ...]]:
    """The pieces of a quote in the form of the reading text, with its markup taken off and left."""
    forms = [
        tuple(p.strip() for p in f" {words} ".split(" ... ")) for words in (folded(quote), squeezed(quote))
    ]
    return [form for form in dict.fromkeys(tuple(filter(None, form)) for form in forms) if form]


def _find(document: Document, place: Place, quote: _Quote, after: int) -> tuple[Span, ...]:
    """The spans of a quote in a place, none when its first piece is not there."""
    if exact := _find_on_disk(document, place, quote.written, after):
        return exact
    offsets, pieces = place.reading.offsets, quote.pieces
    starts = [start for start in _occurrences(place, pieces[0]) if offsets[start] >= after]
    if not starts:
        return ()
    if len(starts) > 1 and not place.first:
        raise _repeated(document, place, pieces[0], [offsets[start] for start in starts])
    end = starts[0] + len(pieces[0])
    for piece in pieces[1:]:
        end = _next_end(document, place, piece, end)
    return tuple(_cut_to_pieces(document, place, offsets[starts[0]], place.reading.ends[end - 1]))


def _find_on_disk(document: Document, place: Place, quote: str, after: int) -> tuple[Span, ...]:
    """The quote as it stands on disk, where that is once and in this place."""
    text = document.text
    start = text.find(quote, after)
    end = start + len(quote)
    if start < 0 or text.find(quote, start + 1) >= 0 or _cuts_a_word(text, start, end):
        return ()
    begins = any(piece.start <= start < piece.end for piece in place.pieces)
    ends = any(piece.start < end <= piece.end for piece in place.pieces)
    return tuple(_cut_to_pieces(document, place, start, end)) if begins and ends else ()


def _find_in_notes(document: Document, quote: _Quote, after: int) -> tuple[Span, ...]:
    """A quote that is not in the body, where one note alone has it."""
    found: list[tuple[Note, tuple[Span, ...]]] = []
    for note in document.notes:
        on_disk = document.text[note.spans[0].start : note.spans[-1].end]
        if quote.pieces[0] in note.text or quote.written in on_disk:
            spans = _find(document, note_place(document, note), quote, after)
            found += [(note, spans)] if spans else []
    if len(found) > 1:
        keys = ", ".join(note.key for note, _ in found[:8])
        raise QuoteError(
            f"{_shown(quote.pieces[0])} is not in the text, but in the notes {keys}",
            fix=f"write in: note {found[0][0].key}",
        )
    return found[0][1] if found else ()


def _occurrences(place: Place, piece: str, low: int = 0, high: int | None = None) -> list[int]:
    """Where a piece stands in a place's reading text, between two positions in it."""
    words, found = place.words, []
    for range_start, range_end in place.ranges:
        stop = range_end if high is None else min(range_end, high)
        start = words.find(piece, max(range_start, low), stop)
        while start >= 0:
            if not _cuts_a_word(words, start, start + len(piece)):
                found.append(start)
            start = words.find(piece, start + 1, stop)
    return found


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether a range begins or ends inside a word, in scripts that part words by spaces."""
    return _is_inside_word(text, start) or _is_inside_word(text, end)


def _is_inside_word(text: str, offset: int) -> bool:
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    return before.isalnum() and after.isalnum() and max(before, after) < _FIRST_UNSPACED_SCRIPT


def _next_end(document: Document, place: Place, piece: str, position: int) -> int:
    """The end of the next occurrence of a later piece, not too far ahead."""
    limit = position
    for _ in range(_LONGEST_LEAP + 1):
        limit = place.reading.text.find("\n", limit + 1)
        if limit < 0:
            limit = len(place.reading.text)
            break
    found = _occurrences(place, piece, position, limit)
    if not found:
        line = document.line_of(place.reading.offsets[position - 1])
        raise QuoteError(
            f"{_shown(piece)} does not follow in the next paragraphs of {place.name}, from line {line} on",
            fix=_nearest(document, piece) or "quote what follows as it stands there",
        )
    return found[0] + len(piece)


def _cut_to_pieces(document: Document, place: Place, low: int, high: int) -> Iterator[Span]:
    """A range of the disk text cut to unbroken pieces; neighbours that white space parts are one."""
    ranges: list[Range] = []
    first = max(0, bisect_right(place.pieces, low, key=lambda piece: piece.start) - 1)
    for piece in place.pieces[first:]:
        start, end = max(piece.start, low), min(piece.end, high)
        if piece.start >= high:
            break
        if ranges and document.text[ranges[-1][1] : start].isspace():
            ranges[-1] = (ranges[-1][0], end)
        elif start < end:
            ranges.append((start, end))
    for start, end in ranges:
        start, end = _with_markup(document, place, *_without_edges(document, start, end))
        if start < end:
            yield Span(document.name, start, end)


def _with_markup(document: Document, place: Place, start: int, end: int) -> Range:
    """A range with the markup at its edges whose counterpart lies inside, so that it reads as meant."""
    behind, before = (
        _CLOSING.match(document.text, end),
        _OPENING.search(document.text, max(0, start - 3), start),
    )
    if not behind and not before:
        return start, end
    offsets = place.reading.offsets
    words = place.words[bisect_left(offsets, start) : bisect_left(offsets, end)].strip()
    starts = [start, before.start()] if before else [start]
    ends = [end, behind.end()] if behind else [end]
    for low, high in product(starts, ends):
        markers = [(marker.start, marker.end) for marker in document.markers_between(low, high)]
        if read(document.text, [(low, high)], markers).text == words:
            return low, high
    return start, end


def _without_edges(document: Document, start: int, end: int) -> Range:
    """A range without white space and note markers at its ends."""
    while start < end:
        markers = [marker for marker in document.markers_between(start, end) if marker.start < marker.end]
        behind = markers[-1].end if markers else start
        if document.text[start].isspace():
            start += 1
        elif document.text[end - 1].isspace():
            end -= 1
        elif markers and markers[0].start == start:
            start = markers[0].end
        elif markers and (behind >= end or _PARTS_MARKERS.fullmatch(document.text, behind, end)):
            end = markers[-1].start
        else:
            break
    return start, end


# --- faults ----------------------------------------------------------------------------------------


def _repeated(document: Document, place: Place, piece: str, offsets: Sequence[int]) -> QuoteError:
    lines = ", ".join(dict.fromkeys(str(document.line_of(offset)) for offset in offsets[:12]))
    headings = list(dict.fromkeys(document.section_at(offset) for offset in offsets))
    what = f"{_shown(piece)} occurs {len(offsets)} times in {place.name}: lines {lines}"
    if len(headings) == len(offsets) and headings[0]:
        return QuoteError(what, fix=f"lengthen the quote, or say under: {headings[0]}")
    return QuoteError(what, fix="lengthen the quote")


def _not_found(document: Document, place: Place, piece: str) -> QuoteError:
    fix = _elsewhere(document, piece) or _nearest(document, piece) or "copy the words from the text"
    return QuoteError(f"{_shown(piece)} is not in {place.name}", fix=fix)


def _elsewhere(document: Document, piece: str) -> str:
    """In which other part of the document the words stand."""
    for within in (None, *PARTS):
        place = place_of(document, within)
        if found := _occurrences(place, piece):
            line = document.line_of(place.reading.offsets[found[0]])
            hint = f"write in: {within}" if within else "search the whole text, without in: or under:"
            return f"it stands in {place.name}, line {line}: {hint}"
    for note in document.notes:
        if piece in note.text:
            return f"it stands in note {note.key}: write in: note {note.key}"
    return ""


def _nearest(document: Document, piece: str) -> str:
    """The passage that was most likely meant: its line and words."""
    from rapidfuzz import fuzz, process

    texts = [sentence.text for sentence in document.sentences] + [note.text for note in document.notes]
    best = process.extractOne(piece, texts, scorer=fuzz.partial_ratio, score_cutoff=_NEAR)
    if best is None:
        return ""
    words, _, index = best
    aligned = fuzz.partial_ratio_alignment(piece, words)
    if aligned is not None and len(piece) < len(words):
        start, end = words.rfind(" ", 0, aligned.dest_start + 1) + 1, words.find(" ", aligned.dest_end - 1)
        words = words[start : end if end > 0 else len(words)]
    if index < len(document.sentences):
        return f"line {document.sentences[index].line} has {_shown(words)}"
    return f"note {document.notes[index - len(document.sentences)].key} has {_shown(words)}"


def _shown(words: str) -> str:
    words = re.sub(r"\s+", " ", words)
    return repr(words if len(words) <= _SHOWN else words[: _SHOWN - 3] + "...")
