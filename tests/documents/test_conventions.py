"""How notes, headings, lists and furniture are written, one convention a test, on small texts."""

from __future__ import annotations

import pytest

from kg.documents import Document, read_document


def read(*blocks: str) -> Document:
    return read_document("d", "\n\n".join(blocks) + "\n")


def sentences(document: Document) -> list[str]:
    return [sentence.text for sentence in document.sentences]


def headings(document: Document) -> list[str]:
    return [section.heading for section in document.sections]


def furniture(document: Document) -> list[str]:
    return [document.text[span.start : span.end] for span in document.furniture]


def resolved(document: Document) -> list[tuple[str, str | None]]:
    return [
        (marker.label, None if marker.note is None else document.notes[marker.note].key)
        for marker in document.markers
    ]


# --- markers ---------------------------------------------------------------------------------------


def test_html_superscripts_are_markers_and_notes() -> None:
    document = read(
        "Bees dance.<sup>1</sup> They sleep.<sup>2</sup>", "---", "<sup>1</sup> Frisch.", "<sup>2</sup>ibid"
    )
    assert sentences(document) == ["Bees dance.", "They sleep."]
    assert resolved(document) == [("1", "1"), ("2", "2")]
    assert [(note.text, note.ibid, note.resolved) for note in document.notes] == [
        ("Frisch.", False, 0),
        ("ibid", True, 0),
    ]


@pytest.mark.parametrize("ibid", ["ibid", "*ibid*", "Ibid", "Ibid.", "Ibid., p. 12", "*Ibid*.", "ibidem"])
def test_ibid_has_many_spellings(ibid: str) -> None:
    document = read("Bees dance.¹ They sleep.²", "¹ Frisch, *Bees*.", f"² {ibid}")
    assert document.notes[1].ibid
    assert document.notes[1].resolved == 0


def test_ibid_behind_a_note_that_is_not_printed_leads_nowhere() -> None:
    document = read("Bees dance.¹ They sleep.² They fly.³", "¹ Frisch, *Bees*.", "³ Ibid.")
    assert [note.resolved for note in document.notes] == [0, None]


def test_a_group_of_numbers_is_one_marker_each() -> None:
    document = read("Bees dance,^{1,2} they sleep^{3-5} and fly.")
    assert [marker.label for marker in document.markers] == ["1", "2", "3", "4", "5"]
    assert sentences(document) == ["Bees dance, they sleep and fly."]


def test_exponents_are_no_markers() -> None:
    document = read("The field has 5 km² and 10³ bees live there.¹ They are many.²")
    assert [marker.label for marker in document.markers] == ["1", "2"]


def test_numbers_in_brackets_are_markers_where_they_are_defined() -> None:
    document = read("Bees dance [1]. They sleep [2], [3].", "References", "[1] A.\n[2] B.\n[3] C.")
    assert resolved(document) == [("1", "1"), ("2", "2"), ("3", "3")]
    assert sentences(document) == ["Bees dance.", "They sleep."]


def test_numbers_in_brackets_alone_are_text() -> None:
    document = read("He wrote that [7] bees dance in it.")
    assert document.markers == ()


def test_footnotes_of_markdown_are_notes() -> None:
    document = read("Bees dance.[^1] They sleep.[^2]", "[^1]: Frisch.", "[^2]: Klein,\n    second line.")
    assert resolved(document) == [("1", "1"), ("2", "2")]
    assert document.notes[1].text == "Klein, second line."


def test_glued_numbers_in_running_order_are_markers() -> None:
    document = read("Bees dance.1 They sleep,2 it is said by Klein3 and others.4Some fly “far.”5")
    assert [marker.label for marker in document.markers] == ["1", "2", "3", "4", "5"]
    assert sentences(document) == [
        "Bees dance.",
        "They sleep, it is said by Klein and others.",
        'Some fly "far."',
    ]


def test_glued_numbers_out_of_order_are_text() -> None:
    document = read(
        "Groups G7 and G20 met on COVID19, vitamin B12 and H2O. The 2nd meeting was on 3.5 acres."
    )
    assert document.markers == ()


def test_a_number_missing_from_the_running_order_breaks_nothing() -> None:
    document = read("A is so.1 B is so.2 C is so.3 D is so.5 E is so.6")
    assert [marker.label for marker in document.markers] == ["1", "2", "3", "5", "6"]


def test_digits_of_numbers_and_addresses_are_no_markers() -> None:
    document = read(
        "It grew to 2,122.1 Then by 70.2% more.2 See https://a.org/x.3 for it.3 It ended at 10:30.4"
    )
    labels = [(m.label, document.text[m.start - 3 : m.start]) for m in document.markers]
    assert labels == [("1", "22."), ("2", "re."), ("3", "it."), ("4", "30.")]


def test_glued_letters_need_notes_or_three_in_order() -> None:
    notes = ("Notes", "[a] The hive is a house.", "[b] A queenly bee is the queen.")
    document = read("Bees live in a hive,a as is known. The queenlyb bee is large.", *notes)
    assert resolved(document) == [("a", "a"), ("b", "b")]
    assert sentences(document) == ["Bees live in a hive, as is known.", "The queenly bee is large."]
    assert read("Bees live in a hive,a as is known. The queenlyb bee is large.").markers == ()


# --- notes -----------------------------------------------------------------------------------------


def test_bare_numbers_begin_notes_where_markers_await_them() -> None:
    document = read(
        "Bees dance.¹ They sleep.²", "1 Frisch, Bees, 1927.", "2 Klein, Sleep, 1990.", "30 bees were counted."
    )
    assert resolved(document) == [("1", "1"), ("2", "2")]
    assert sentences(document)[2:] == ["30 bees were counted."]


def test_a_label_printed_again_is_another_note() -> None:
    document = read(
        "Bees dance.¹ They sleep.²",
        "1 Frisch, 1927.",
        "2 Klein, 1990.³ Mead, 1999.",
        "They fly.³ They hum.",
        "3 Penn, 2001.",
    )
    assert [note.key for note in document.notes] == ["1", "2", "3"]
    assert [marker.note for marker in document.markers] == [0, 1, 2]


def test_a_label_glued_into_a_note_is_a_note_where_a_marker_awaits_it() -> None:
    document = read("Bees dance.¹ They sleep.² They fly.³", "1 Frisch, 1927.", "2 Klein, 1990.³ Mead, 1999.")
    assert [(note.key, note.text) for note in document.notes] == [
        ("1", "Frisch, 1927."),
        ("2", "Klein, 1990."),
        ("3", "Mead, 1999."),
    ]


def test_numbers_used_twice_lead_to_the_next_note_behind() -> None:
    document = read(
        "A is so.¹ B is.²", "1 Adams, 1.", "2 Bond, 2.", "C is so.¹ D is.²", "1 Carr, 3.", "2 Dean, 4."
    )
    assert resolved(document) == [("1", "1"), ("2", "2"), ("1", "1.2"), ("2", "2.2")]


def test_notes_under_a_heading_may_be_counted_with_full_stops() -> None:
    document = read(
        "It is so.1 It was so.2 It will be so.3",
        "Notes",
        "1. Adams.\n2. Bond, and\nmore.",
        "3. Carr.",
        "More of it.",
    )
    assert [note.text for note in document.notes] == ["Adams.", "Bond, and more.", "Carr. More of it."]
    assert len(document.notes[2].spans) == 2


def test_numbered_references_that_no_marker_awaits_are_a_bibliography() -> None:
    document = read("Bees live long, as is known.", "References", "1. Adams, Bees.\n2. Bond, Hives.")
    assert document.notes == ()
    assert [entry.text for entry in document.bibliography] == ["1. Adams, Bees.", "2. Bond, Hives."]


def test_an_address_alone_belongs_to_the_note_before_it() -> None:
    document = read(
        "It is so.¹ It goes on and",
        "¹ Adams, *Title*.",
        "ends here.",
        "---",
        "<https://a.org/x>",
        "More text is here.",
    )
    assert document.notes[0].text == "Adams, Title. https://a.org/x"
    assert sentences(document) == ["It is so.", "It goes on and ends here.", "More text is here."]


# --- paragraphs and lines --------------------------------------------------------------------------


def test_lines_broken_by_their_width_are_one_paragraph() -> None:
    document = read(
        "Towns grew quickly in those years, as many people\nleft the land and found some work in new\n"
        "mills. The rest stayed."
    )
    assert sentences(document) == [
        "Towns grew quickly in those years, as many people left the land and found some work in new mills.",
        "The rest stayed.",
    ]


def test_a_word_cut_at_the_end_of_a_line_is_one_word() -> None:
    document = read(
        "The popula-\ntion grew in many well-\nknown towns of a bird-\nlike form, and a bird sang like that."
    )
    assert sentences(document) == [
        "The population grew in many well-known towns of a bird-like form, and a bird sang like that."
    ]


def test_a_word_cut_at_the_end_of_a_page_is_one_word() -> None:
    document = read("It is so.¹ The popula-", "¹ Adams.", "tion grew in that time.")
    assert sentences(document) == ["It is so.", "The population grew in that time."]
    assert len(document.paragraphs) == 1


def test_a_page_end_joins_what_begins_with_a_capital() -> None:
    half = "It was led for many years and with much success by the people of the great town of"
    document = read(half, "---", "¹ Adams, *Title*.", "Rome and it fell.¹")
    assert sentences(document) == [f"{half} Rome and it fell."]


def test_a_blank_line_alone_joins_nothing_that_begins_with_a_capital() -> None:
    half = "It was led for many years and with much success by the people of the great town of"
    document = read(half, "Rome was one of them.")
    assert len(document.paragraphs) == 2


def test_a_running_head_and_a_page_number_are_furniture() -> None:
    half = "The committee met many times in the spring of that cold year and in the end decided to"
    document = read(half, "REVIEW OF BEES", "12", "wait until autumn, when it met.")
    assert sentences(document) == [f"{half} wait until autumn, when it met."]
    assert furniture(document) == ["REVIEW OF BEES", "12"]


def test_list_items_are_paragraphs_of_their_own() -> None:
    document = read(
        "The aims are these:", "- bread and\n  butter\n- peace", "1. First do this.\n2. Then that."
    )
    assert [(p.kind, s) for p, s in zip(document.paragraphs, sentences(document), strict=True)] == [
        ("text", "The aims are these:"),
        ("item", "bread and butter"),
        ("item", "peace"),
        ("item", "1. First do this."),
        ("item", "2. Then that."),
    ]


# --- headings, captions, furniture, bibliography ---------------------------------------------------


def test_headings_are_marked_bold_or_bare() -> None:
    text = "This is the text below it and it is long enough."
    document = read("# One #", text, "## **Two**", text, "**Three**", text, "Four", text, "Is it five?", text)
    assert [(section.heading, section.level) for section in document.sections] == [
        ("One", 1),
        ("Two", 2),
        ("Three", 3),
        ("Four", 2),
        ("Is it five?", 2),
    ]


def test_a_heading_may_stand_right_above_its_paragraph() -> None:
    text = "This is the text right below the heading and it is much longer than that is."
    document = read(text, f"The Heading of It\n{text}", text)
    assert headings(document) == ["The Heading of It"]
    assert [p.section for p in document.paragraphs] == [None, 0, 0]


def test_numbered_headings_lie_as_deep_as_their_numbers() -> None:
    text = "This is the text below it."
    document = read("## 1. One", text, "## 1.1 Two", text, "#### 2 Three", text)
    assert [section.level for section in document.sections] == [2, 3, 2]


def test_the_title_is_told_from_date_and_author() -> None:
    document = read(
        "17 May 2018", "The Long Life of Bees", "Ada Holm, Beekeeper", "Bees live long, as is known."
    )
    assert [(section.heading, section.level) for section in document.sections] == [
        ("The Long Life of Bees", 1)
    ]
    assert furniture(document) == ["17 May 2018", "Ada Holm, Beekeeper"]


def test_an_opening_heading_below_title_and_author_is_a_heading() -> None:
    document = read("The Long Life of Bees", "Ada Holm", "Introduction", "Bees live long, as is known.")
    assert headings(document) == ["The Long Life of Bees", "Introduction"]


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("Figure 1: Bees by year", "figure", "1"),
        ("*Figure2: Bees by year*", "figure", "2"),
        ("Fig. 3. Bees by year", "figure", "3"),
        ("Table 4.1 – Bees by year", "table", "4.1"),
        ("MAP 5: Where bees live", "map", "5"),
    ],
)
def test_captions_have_kind_and_number(line: str, kind: str, number: str) -> None:
    document = read("Bees live long, as is known.", line, "They dance, as is known.")
    (caption,) = document.captions
    assert (caption.kind, caption.number) == (kind, number)
    assert document.text[caption.span.start : caption.span.end] == line.strip("*")


def test_a_sentence_that_begins_with_a_figure_is_text() -> None:
    document = read("Figure 1 shows how many bees there were.")
    assert document.captions == ()


def test_a_table_of_contents_is_furniture() -> None:
    document = read(
        "## CONTENTS", "ONE .....\t1\n2 Two with no dots\t3\nThree ....... iv", "## ONE", "Bees live long."
    )
    assert headings(document) == ["ONE"]
    assert len(document.furniture) == 4


def test_rules_empty_bullets_and_page_words_are_furniture() -> None:
    document = read(
        "Bees live long, as is known.", "---", "* * *", "-", "Page 3 of 9", "- Advertisement -", "They dance."
    )
    assert len(document.furniture) == 5
    assert len(document.sentences) == 2


def test_fragments_behind_the_last_paragraph_are_furniture() -> None:
    document = read("Bees live long, as is known.", "Related Articles", "- More on bees", "No comments:")
    assert furniture(document) == ["Related Articles", "More on bees", "No comments:"]


def test_a_sign_behind_the_last_sentence_is_furniture() -> None:
    document = read("Bees live long, as is known.  BJ", "Ada Holm keeps bees.")
    assert furniture(document) == ["BJ"]


def test_entries_of_a_bibliography_are_told_apart_and_joined_behind_a_page_end() -> None:
    document = read(
        "Bees live long, as is known.",
        "## Works cited",
        "- Adams. *Bees*. <https://a.org/long->\n- Bond. Hives.",
        "Carr, C. 1990. Honey.",
        "<https://c.org/x>.",
        "## Thanks",
        "We thank the bees for it.",
    )
    assert [entry.text for entry in document.bibliography] == [
        "Adams. Bees. https://a.org/long-",
        "Bond. Hives.",
        "Carr, C. 1990. Honey. https://c.org/x.",
    ]
    assert sentences(document) == ["Bees live long, as is known.", "We thank the bees for it."]


# --- places ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_from_one(end: str) -> None:
    document = read_document("d", end.join(["# A", "", "First line is this.", "", "Second line is this."]))
    assert [sentence.line for sentence in document.sentences] == [3, 5]
    assert document.line_of(0) == 1


def test_an_offset_has_its_section_and_sentence() -> None:
    document = read("Above all there is text.", "## One", "Bees live. They dance.")
    at = document.text.index("dance")
    assert document.section_at(at) == "One"
    assert document.section_at(0) == ""
    found = document.sentence_at(at)
    assert found is not None and found.text == "They dance."
    assert document.sentence_at(document.text.index("One")) is None


def test_a_byte_order_mark_keeps_its_place() -> None:
    document = read_document("d", "\ufeffBees live long. They dance.")
    assert sentences(document) == ["Bees live long.", "They dance."]
    assert document.text[document.sentences[1].spans[0].start :] == "They dance."
