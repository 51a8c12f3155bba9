"""What holds of every text, however odd."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kg.documents import Document, QuoteError, locate, markers_for, read_document
from kg.documents.reading import folded
from kg.model import Span

WORDS = st.sampled_from(
    "The the A group attacked Kabul in 2016 it was 3.5 U.S. Dr. e.g. No. Khan J. “so” ‘it’ (see below) "
    "well-known al-Zawahiri *Dawn* **bold** [a](#) [1] <sup>2</sup> ^{3,4} word¹ said.5 ISK6 then,7 2,122.8 "
    "70.2% ... … - – https://a.org/b_c?d=1 <https://b.org> &amp; \\(x\\) is? so! end. then. here.\u201d "
    "stop.\xa0 é ﬁ ‑ _so_ a. b, counter-\nterrorism over-\n the".split(" ")
)
LINES = st.sampled_from(
    [
        "# Heading",
        "## **2. Bold heading**",
        "**Bold line**",
        "A short line",
        "Is this one?",
        "---",
        "",
        "- item one",
        "- ",
        "1. counted",
        "Figure 1: A caption",
        "*Figure2: Another*",
        "<sup>1</sup> Smith, J. 2020. *A Book*. <https://a.org>.",
        "<sup>2</sup>ibid",
        "1 Jones, Title, 2021.",
        "2 Brown, Title (2020).³ Green, Other title.",
        "[a] A letter note.",
        "[1] A note in brackets.",
        "Notes",
        "Bibliography",
        "Page 3 of 9",
        "Contents .......... 3",
        "Introduction ........ 4",
        "12 May 2018",
        "https://c.org/d",
        "Advertisement",
    ]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
PAGE = st.lists(st.one_of(SENTENCE, LINES), max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n\r\n"]).map(lambda end: end.join(lines))
)
TEXT = st.one_of(PAGE, st.text(max_size=200))


def all_spans(document: Document) -> list[Span]:
    parts: list[Span] = list(document.body_spans)
    parts += [section.span for section in document.sections]
    parts += [caption.span for caption in document.captions]
    parts += [span for note in document.notes for span in note.spans]
    parts += [span for entry in document.bibliography for span in entry.spans]
    return sorted([*parts, *document.furniture])


@given(TEXT)
@example("\ud800 lone surrogate.")
@example("")
@example("¹")
def test_every_span_is_a_trimmed_slice_of_the_text(text: str) -> None:
    document = read_document("d", text)
    for span in all_spans(document):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()


@given(TEXT)
def test_parts_of_a_document_do_not_overlap(text: str) -> None:
    for before, behind in pairwise(all_spans(read_document("d", text))):
        assert before.end <= behind.start


@given(TEXT)
def test_no_word_is_lost_but_the_labels_of_notes(text: str) -> None:
    document = read_document("d", text)
    held = [False] * len(text)
    for span in all_spans(document):
        held[span.start : span.end] = [True] * (span.end - span.start)
    lost = [character for character, is_held in zip(text, held, strict=True) if not is_held]
    labels = "".join(note.label for note in document.notes)
    letters = sorted(c for c in lost if c.isalpha())
    assert len([c for c in letters if c not in "sup"]) <= len(labels)


@given(TEXT)
def test_sentences_tile_their_paragraphs_up_to_white_space(text: str) -> None:
    document = read_document("d", text)
    for index, paragraph in enumerate(document.paragraphs):
        own = [sentence for sentence in document.sentences if sentence.paragraph == index]
        if not own:
            continue
        spans = sorted(span for sentence in own for span in sentence.spans)
        rest = list(text)
        for span in spans:
            assert any(piece.start <= span.start and span.end <= piece.end for piece in paragraph.spans)
            rest[span.start : span.end] = " " * (span.end - span.start)
        for before, behind in pairwise(spans):
            assert before.end <= behind.start
        for piece in paragraph.spans:
            assert not "".join(rest[piece.start : piece.end]).strip()


@given(TEXT)
def test_the_reading_text_of_the_body_is_its_sentences(text: str) -> None:
    document = read_document("d", text)
    read = document.reading.text.replace("\n", " ").replace(" ", "")
    assert "".join(sentence.text for sentence in document.sentences).replace(" ", "") == read


@given(TEXT)
def test_every_character_of_the_reading_text_has_its_place_in_the_body(text: str) -> None:
    document = read_document("d", text)
    reading = document.reading
    assert len(reading.text) == len(reading.offsets) == len(reading.ends)
    assert all(a <= b for a, b in pairwise(reading.offsets))
    for character, start, end in zip(reading.text, reading.offsets, reading.ends, strict=True):
        if not character.isspace():
            assert any(span.start <= start < end <= span.end for span in document.body_spans)


def plain(words: str) -> str:
    """Without the hyphens of broken words and the backslashes of Markdown, which no reader sees."""
    return words.replace("-", "").replace("\\", "")


@given(TEXT)
@example("0\\«")
def test_a_sentence_is_found_again_by_its_words(text: str) -> None:
    document = read_document("d", text)
    for sentence in document.sentences:
        if " ... " in f" {sentence.text} " or not any(c.isalnum() for c in sentence.text):
            continue
        try:
            located = locate(document, sentence.text)
        except QuoteError as fault:
            assert "times" in fault.what
            continue
        joined = " ".join(folded(text[span.start : span.end]) for span in located.spans)
        markers = [m for m in document.markers if any(s.start <= m.start < s.end for s in located.spans)]
        if not markers and len(located.spans) == 1:
            assert plain(joined) == plain(folded(sentence.text))


@given(TEXT)
def test_a_located_span_neither_begins_nor_ends_with_a_marker_or_white_space(text: str) -> None:
    document = read_document("d", text)
    assume(document.sentences)
    for sentence in document.sentences:
        try:
            located = locate(document, sentence.text)
        except QuoteError:
            continue
        for span in located.spans:
            words = text[span.start : span.end]
            assert words and words == words.strip()
            for marker in document.markers:
                assert not (marker.start == span.start < marker.end)
                assert not (marker.start < marker.end == span.end)


@given(TEXT)
def test_markers_lie_inside_one_part_and_in_order(text: str) -> None:
    document = read_document("d", text)
    parts = [*document.body_spans, *(s.span for s in document.sections), *(c.span for c in document.captions)]
    for marker in document.markers:
        assert any(part.start <= marker.start <= marker.end <= part.end for part in parts)
    for before, behind in pairwise(document.markers):
        assert before.end <= behind.start


@given(TEXT)
def test_a_marker_leads_to_the_next_note_with_its_label(text: str) -> None:
    document = read_document("d", text)
    for marker in document.markers:
        behind = [
            index
            for index, note in enumerate(document.notes)
            if note.label == marker.label and note.spans[0].start > marker.start
        ]
        assert marker.note == (behind[0] if behind else None)


@given(TEXT)
def test_the_keys_of_notes_are_all_different(text: str) -> None:
    keys = [note.key for note in read_document("d", text).notes]
    assert len(keys) == len(set(keys))


@given(st.text(max_size=80))
def test_folding_twice_changes_no_plain_words(words: str) -> None:
    assume(not set(words) & set("*_[]\\<>&"))
    assert folded(folded(words)) == folded(words)


@given(TEXT, st.text(max_size=30))
def test_any_quote_is_found_or_refused_with_advice(text: str, quote: str) -> None:
    document = read_document("d", text)
    try:
        located = locate(document, quote)
    except QuoteError as fault:
        assert fault.what
        assert fault.exit_code == 1
    else:
        assert markers_for(document, located.spans) is not None


@pytest.mark.parametrize("line", ["a.", "1", "*a", "[", "(", "a. ", ".1", "¹", "<sup>", "\\", "]("])
def test_a_line_without_end_is_read_in_time_that_grows_with_its_length(line: str) -> None:
    text = line * (200_000 // len(line))
    document = read_document("d", text)
    assert document.text is text
