"""What the reader makes of the five texts; every number was counted by hand in the text."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from kg.documents import Document, QuoteError, locate, markers_for, read_document

Seed = Callable[[str], Document]
ALL = ("000", "001", "002", "003", "004")


def exact(document: Document, quote: str, within: str | None = None) -> list[str]:
    return [document.text[s.start : s.end] for s in locate(document, quote, within).spans]


def cited(document: Document, quote: str) -> list[str]:
    return [marker.label for marker in markers_for(document, locate(document, quote).spans)]


@pytest.mark.parametrize(
    ("number", "paragraphs", "sentences", "markers", "notes", "entries", "captions", "sections"),
    [
        ("000", 37, 182, 93, 0, 0, 2, 12),
        ("001", 37, 182, 94, 5, 0, 2, 11),
        ("002", 5, 21, 1, 0, 0, 0, 1),
        ("003", 80, 320, 108, 107, 59, 4, 22),
        ("004", 35, 112, 26, 24, 0, 0, 9),
    ],
)
def test_the_parts_of_each_text_are_counted(
    seed: Seed,
    number: str,
    paragraphs: int,
    sentences: int,
    markers: int,
    notes: int,
    entries: int,
    captions: int,
    sections: int,
) -> None:
    document = seed(number)
    assert len(document.paragraphs) == paragraphs
    assert len(document.sentences) == sentences
    assert len(document.markers) == markers
    assert len(document.notes) == notes
    assert len(document.bibliography) == entries
    assert len(document.captions) == captions
    assert len(document.sections) == sections


@pytest.mark.parametrize("number", ALL)
def test_no_letter_is_lost_but_the_labels_of_notes(seed: Seed, number: str) -> None:
    document = seed(number)
    parts = [*document.body_spans, *document.furniture, *(s.span for s in document.sections)]
    parts += [c.span for c in document.captions]
    parts += [span for held in (*document.notes, *document.bibliography) for span in held.spans]
    rest = list(document.text)
    for span in parts:
        rest[span.start : span.end] = " " * (span.end - span.start)
    left = re.sub(r"</?sup>|[#*\[\]-]", " ", "".join(rest)).split()
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    assert [label.translate(digits) for label in left] == [note.label for note in document.notes]


@pytest.mark.parametrize("number", ALL)
def test_every_sentence_is_found_again(seed: Seed, number: str) -> None:
    document = seed(number)
    texts = [sentence.text for sentence in document.sentences]
    for sentence in document.sentences:
        if texts.count(sentence.text) > 1 or "agenda" in sentence.text:
            continue
        spans = locate(document, sentence.text).spans
        assert spans[0].start >= sentence.spans[0].start
        assert spans[-1].end <= sentence.spans[-1].end
        assert len(spans) == len(sentence.spans)


@pytest.mark.parametrize("number", ALL)
def test_no_sentence_is_a_fragment(seed: Seed, number: str) -> None:
    unfinished = [s.text for s in seed(number).sentences if not re.search(r"[.!?;:][\"']?$", s.text)]
    known = {
        "002": ["Read the report from the Combating Terrorism Center at West Point"],
        "003": [unfinished[-1]] if number == "003" else [],
    }
    assert unfinished == known.get(number, [])


@pytest.mark.parametrize("number", ["000", "001"])
def test_glued_numbers_one_to_eighty_nine_are_markers_once_each(seed: Seed, number: str) -> None:
    labels = [marker.label for marker in seed(number).markers if marker.label.isdigit()]
    assert labels == [str(label) for label in range(1, 90)]


@pytest.mark.parametrize("number", ["000", "001"])
def test_numbers_in_the_text_are_no_markers(seed: Seed, number: str) -> None:
    document = seed(number)
    words = {sentence.text for sentence in document.sentences}
    assert (
        "Between 1989 and 2012, the total number of civilian killings by non-state actors within Pakistan "
        "tallied up to 2,122." in words
    )
    assert "Of these, 70.2% were attributed to various factions of the TTP at a total of 1,490." in words


def test_a_marker_without_a_space_behind_it_parts_two_sentences(seed: Seed) -> None:
    sentences = [sentence.text for sentence in seed("000").sentences]
    assert any(text.endswith("the Islamic State in Syria.") for text in sentences)
    assert any(text.startswith("There are also reports that al-Qa'ida") for text in sentences)
    assert any(text.startswith("TTP members who subscribe") for text in sentences)


def test_letter_notes_resolve_where_they_are_printed(seed: Seed) -> None:
    document = seed("001")
    letters = [marker for marker in document.markers if marker.label.isalpha()]
    assert [(m.label, document.notes[m.note].key) for m in letters if m.note is not None] == [
        (letter, letter) for letter in "abcde"
    ]
    assert document.notes[1].text.startswith("Takfir is the practice")


def test_letter_markers_are_seen_where_their_notes_are_not_printed(seed: Seed) -> None:
    letters = [marker for marker in seed("000").markers if marker.label.isalpha()]
    assert [(marker.label, marker.note) for marker in letters] == [(letter, None) for letter in "abcd"]


def test_a_heading_stands_right_above_its_paragraph(seed: Seed) -> None:
    document = seed("001")
    start = locate(document, "Lashkar-e-Taiba was founded in 1990").spans[0].start
    assert document.section_at(start) == "Not in My Backyard: Lashkar-e-Taiba and Jamat-ud-Dawa"
    assert [section.line for section in document.sections][:3] == [9, 20, 33]


def test_a_list_behind_a_colon_is_items(seed: Seed) -> None:
    items = [p for p in seed("001").paragraphs if p.kind == "item"]
    assert len(items) == 5


def test_fragments_of_the_web_page_are_furniture(seed: Seed) -> None:
    document = seed("002")
    words = [document.text[span.start : span.end] for span in document.furniture]
    assert words == [
        "54.2 F",
        "Washington D.C.",
        "Thursday, October 6, 2022",
        "Homeland Security Todayhttp://www.hstoday.us",
        "Related Articles",
        "Advertisement -",
        "Latest Articles",
    ]


def test_a_lone_number_behind_a_question_is_a_marker(seed: Seed) -> None:
    (marker,) = seed("002").markers
    assert (marker.label, marker.note) == ("1", None)
    assert seed("002").text[marker.start - 9 : marker.end + 4] == "Pakistan?1 How"


def test_the_front_of_a_paper_and_its_contents_are_furniture(seed: Seed) -> None:
    document = seed("003")
    words = [document.text[span.start : span.end] for span in document.furniture]
    assert "Meher Azfar Rana" in words
    assert "TABLE OF CONTENTS" in words
    assert sum("....." in line for line in words) == 18
    assert words.count("---") == 28
    assert document.sections[0].heading == "THE RESURGENCE OF ISLAMIC STATE KHORASAN PROVINCE (ISKP)"


def test_markers_one_to_108_have_a_note_each_but_66(seed: Seed) -> None:
    document = seed("003")
    assert [marker.label for marker in document.markers] == [str(n) for n in range(1, 109)]
    assert [marker.label for marker in document.markers if marker.note is None] == ["66"]
    assert all(document.notes[m.note].label == m.label for m in document.markers if m.note is not None)


def test_ibid_leads_to_the_note_before_it(seed: Seed) -> None:
    document = seed("003")
    ibid = {
        note.key: document.notes[note.resolved].key
        for note in document.notes
        if note.ibid and note.resolved is not None
    }
    assert ibid == {"4": "3", "14": "13", "17": "16", "53": "52", "60": "59", "70": "69", "83": "82"}


def test_a_note_goes_on_behind_the_page_end(seed: Seed) -> None:
    note = seed("003").note("91")
    assert note is not None
    assert [seed("003").line_of(span.start) for span in note.spans] == [461, 471]


def test_a_paragraph_goes_on_behind_the_page_end(seed: Seed) -> None:
    document = seed("003")
    broken = [p for p in document.paragraphs if len(p.spans) > 1]
    assert len(broken) == 19
    assert exact(document, "firing rockets towards unspecified Tajik military targets.") == [
        "firing rockets towards unspecified",
        "Tajik military targets.",
    ]


def test_an_entry_of_the_bibliography_goes_on_behind_the_page_end(seed: Seed) -> None:
    document = seed("003")
    broken = [entry for entry in document.bibliography if len(entry.spans) > 1]
    assert [document.line_of(entry.spans[0].start) for entry in broken] == [591, 635]


def test_captions_are_found_in_all_their_spellings(seed: Seed) -> None:
    captions = seed("003").captions
    assert [caption.number for caption in captions] == ["1", "2", "3", "4"]
    assert captions[0].text == "Figure1: Attacks by ISKP on Afghanistan and Pakistan 2016-2024"
    assert captions[1].text == "Figure 2: ISKP Core and Peripheries"


def test_a_number_used_twice_leads_to_the_next_note_behind(seed: Seed) -> None:
    document = seed("004")
    keys = [document.notes[m.note].key for m in document.markers if m.note is not None]
    assert keys == [
        *("1", "2", "1", "2", "3", "3.2", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"),
        *("17", "16", "17.2", "18", "19", "20", "21", "22"),
    ]
    assert len(keys) == len(document.markers)


def test_notes_glued_into_the_line_of_another_are_notes(seed: Seed) -> None:
    document = seed("004")
    glued = {key: document.note(key) for key in ("3", "17")}
    lines = {key: document.line_of(note.spans[0].start) for key, note in glued.items() if note}
    assert lines == {"3": 25, "17": 67}
    assert [note.text[:10] for note in glued.values() if note] == ["ISIS Poses", "ISIS-K gro"]


def test_two_markers_in_one_group_are_two(seed: Seed) -> None:
    assert cited(seed("004"), "defeated down to around 2000 plus fighters") == ["1", "2"]


def test_the_title_of_a_paper_is_its_first_heading(seed: Seed) -> None:
    title = seed("004").sections[0]
    assert (title.heading, title.level, title.line) == ("ISKP Re-Emergence and New Threat?", 1, 3)


def test_a_bare_line_that_asks_is_a_heading(seed: Seed) -> None:
    headings = [section.heading for section in seed("004").sections]
    assert "What are the effects of ISKP's rise to the region?" in headings
    assert "Re-emergence?" in headings


def test_a_quote_is_found_under_its_heading(seed: Seed) -> None:
    document = seed("004")
    quote, heading = "Provide aid to the Afghan people", "Recommendations for the U.S. / USCENTCOM"
    assert exact(document, quote, f"under {heading}") == [quote]
    with pytest.raises(QuoteError, match="is not in the text under"):
        locate(document, quote, "under Introduction")


def test_a_quote_is_found_in_a_note(seed: Seed) -> None:
    document = seed("004")
    quote = "Pentagon: 'Thousands' of ISIS-K Combatants Released by Taliban"
    (span,) = locate(document, quote, "note 7").spans
    assert document.line_of(span.start) == 45
    words = "Afghanistan: Taliban wasting no time in stamping out human rights"
    assert exact(document, words, "note 17.2") == [words]


def test_markers_inside_a_span_and_right_behind_it_are_its_own(seed: Seed) -> None:
    document = seed("001")
    assert cited(
        document,
        "tallied up to 2,122. Of these, 70.2% were attributed to various factions of the TTP "
        "at a total of 1,490",
    ) == ["75", "76"]
    assert cited(document, "ISIS is an anti-Islamic terrorist organization") == ["38"]
    assert cited(document, "a former Taliban commander who defected to ISK") == ["7"]
    assert cited(document, "LeT spokesman Mehmood Shah first made a statement") == []


def test_the_longest_text_is_read_in_a_third_of_a_second(seed: Seed) -> None:
    text = seed("003").text
    times = []
    for _ in range(5):
        start = time.process_time()
        read_document("003", text)
        times.append(time.process_time() - start)
    assert min(times) < 0.3
