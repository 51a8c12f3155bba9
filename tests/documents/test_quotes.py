"""Finding quotes: exact spans, and faults that say what to do."""

from __future__ import annotations

import pytest

from kg.documents import Document, QuoteError, locate, markers_for, read_document
from kg.errors import WrongError

TEXT = """# The Hive

Bees “dance” in the hive\u2014as is known\xa0well.<sup>1</sup> They sleep,<sup>2</sup> and they
fly \\(far\\). The *old* queen is [large](https://a.org). Bees hum when they

---

<sup>1</sup> Frisch, "Bees Dance", [Bees Dance | Journal](#).

<sup>2</sup> Klein, "How Bees Sleep", 1990.

work. They hum.

Figure 1: Bees by year

## Food

Bees eat honey. They hum.

### Winter

They eat sugar in winter. It is white.

## End

They eat nothing then.
"""


@pytest.fixture(scope="module")
def hive() -> Document:
    return read_document("hive", TEXT)


def exact(document: Document, quote: str, within: str | None = None) -> list[str]:
    return [TEXT[span.start : span.end] for span in locate(document, quote, within).spans]


def fault(document: Document, quote: str, within: str | None = None) -> str:
    with pytest.raises(QuoteError) as raised:
        locate(document, quote, within)
    return raised.value.line()


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Bees “dance” in the hive", "Bees “dance” in the hive"),
        ('Bees "dance" in the hive-as is known well', "Bees “dance” in the hive—as is known\xa0well"),
        ("well. They sleep, and they fly", "well.<sup>1</sup> They sleep,<sup>2</sup> and they\nfly"),
        ("well.<sup>1</sup> They sleep,", "well.<sup>1</sup> They sleep,"),
        ("They sleep,<sup>2</sup>", "They sleep,"),
        ("fly (far).", "fly \\(far\\)."),
        ("The old queen is large.", "The *old* queen is [large](https://a.org)."),
        ("The *old* queen", "The *old* queen"),
        ("old queen is large", "*old* queen is [large](https://a.org)"),
        ("  They sleep  ", "They sleep"),
    ],
)
def test_a_quote_is_found_as_on_disk_or_as_read(hive: Document, quote: str, found: str) -> None:
    assert exact(hive, quote) == [found]


def test_a_page_end_splits_a_span(hive: Document) -> None:
    assert exact(hive, "Bees hum when they work.") == ["Bees hum when they", "work."]


def test_three_dots_reach_to_the_next_occurrence(hive: Document) -> None:
    assert exact(hive, "Bees eat ... They hum.") == ["Bees eat honey. They hum."]
    assert exact(hive, "Bees eat … hum") == ["Bees eat honey. They hum"]
    assert exact(hive, "Bees hum ... work ... hum") == ["Bees hum when they", "work. They hum"]


def test_three_dots_do_not_reach_far() -> None:
    text = "It begins so.\n\n" + "Some other text is here.\n\n" * 6 + "It ends so.\n"
    document = read_document("d", text)
    with pytest.raises(QuoteError, match="does not follow"):
        locate(document, "It begins ... It ends")


@pytest.mark.parametrize(
    ("quote", "within", "found"),
    [
        ("They hum.", "under Food", "They hum."),
        ("They eat sugar", "under Food", "They eat sugar"),
        ("They eat", "under Winter", "They eat"),
        ("They eat", "under end", "They eat"),
        ("How Bees Sleep", "note 2", "How Bees Sleep"),
        ("Bees Dance", "note 1", "Bees Dance"),
        ("Bees by year", "caption", "Bees by year"),
        ("Hive", "heading", "Hive"),
        ("---", "furniture", "---"),
    ],
)
def test_a_search_can_be_limited(hive: Document, quote: str, within: str, found: str) -> None:
    assert exact(hive, quote, within) == [found]


def test_a_quote_that_one_note_alone_has_is_found_there(hive: Document) -> None:
    assert exact(hive, "How Bees Sleep") == ["How Bees Sleep"]


def test_what_begins_before_an_offset_can_be_left_out(hive: Document) -> None:
    (span,) = locate(hive, "They hum.", after=TEXT.index("Bees eat")).spans
    assert hive.line_of(span.start) == 18


def test_no_word_is_cut(hive: Document) -> None:
    assert "'Bee' is not in the text" in fault(hive, "Bee")
    assert "is not in the text" in fault(hive, "hey eat sugar")


def test_a_quote_found_twice_says_where(hive: Document) -> None:
    told = fault(hive, "They hum")
    assert (
        told
        == "'They hum' occurs 2 times in the text: lines 12, 18; lengthen the quote, or say under: The Hive"
    )


def test_a_quote_not_found_shows_what_is_like_it(hive: Document) -> None:
    assert fault(hive, "They eat suger in winter") == (
        "'They eat suger in winter' is not in the text; line 22 has 'They eat sugar in winter.'"
    )


@pytest.mark.parametrize(
    ("quote", "within", "told"),
    [
        ("Bees by year", None, "it stands in the captions, line 14: write in: caption"),
        ("Winter", None, "it stands in the headings, line 20: write in: heading"),
        ("They sleep", "under Food", "it stands in the text, line 3: search the whole text"),
        ("They eat", "under Foood", "there is no heading 'Foood'; did you mean 'Food'?"),
        ("Klein", "note 3", "the text of a note '3' is not printed in hive; its notes are 1 to 2"),
        ("Klein", "chapter 3", "'chapter 3' is no part of a document"),
        ("zzzz yyyy", None, "'zzzz yyyy' is not in the text; copy the words from the text"),
        (" ... ", None, "the quote is empty; write the exact words"),
        ("", None, "the quote is empty; write the exact words"),
        (
            "Bees eat ... zebra",
            None,
            "'zebra' does not follow in the next paragraphs of the text, from line 18 on",
        ),
    ],
)
def test_a_fault_says_what_to_do(hive: Document, quote: str, within: str | None, told: str) -> None:
    assert told in fault(hive, quote, within)


def test_a_quote_that_several_notes_have_names_them() -> None:
    document = read_document("d", "It is so.¹ It was.²\n\n¹ Adams, Old Bees.\n\n² Bond, Old Bees.\n")
    with pytest.raises(QuoteError, match="in the notes 1, 2; write in: note 1"):
        locate(document, "Old Bees")


def test_a_fault_is_wrong_input(hive: Document) -> None:
    with pytest.raises(WrongError) as raised:
        locate(hive, "zzzz")
    assert raised.value.exit_code == 1


@pytest.mark.parametrize(
    ("quote", "labels"),
    [
        ("They sleep", ["2"]),
        ("as is known well", ["1"]),
        ("as is known well. They sleep,", ["1", "2"]),
        ("Bees “dance”", []),
        ("as is known", []),
    ],
)
def test_markers_belong_to_what_they_stand_in_or_right_behind(
    hive: Document, quote: str, labels: list[str]
) -> None:
    found = markers_for(hive, locate(hive, quote).spans)
    assert [marker.label for marker in found] == labels


def test_one_space_may_stand_before_a_marker() -> None:
    document = read_document("d", "Bees dance [1], [2]. They hum.\n\n[1] Adams.\n[2] Bond.\n")
    found = markers_for(document, locate(document, "Bees dance").spans)
    assert [marker.label for marker in found] == ["1", "2"]


def test_letters_with_accents_are_found_in_either_form() -> None:
    document = read_document("d", "The cafe\u0301 is open now.")
    (span,) = locate(document, "The café").spans
    assert document.text[span.start : span.end] == "The cafe\u0301"
