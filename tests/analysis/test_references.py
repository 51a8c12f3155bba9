"""Which Works the notes and the bibliography of a text name, and what does not fit."""

from __future__ import annotations

import pytest

from kg.analysis.references import References, WorkFinder, references
from kg.terms import iri
from smallworld import SmallWorld

LETTER = "The Long Letter of the Pilots"
TEXT = """\
# The Mill

The town paid.[^1] The guild wrote.[^2] It wrote again.[^3] Lind came.[^9]

[^1]: Coastguard, Report on the Marten Grounding, 20 February 2019.
[^2]: Pilots, "The long letter of the pilots", https://example.org/letter.
[^3]: ibid

# Bibliography

Pilots. The Long Letter of the Pilots. 2019.

Nobody. A Book That Is Not Known. 2001.
"""
CLAIMS = """\
- {quote: The town paid., gist: It paid., topic: financing}
- {quote: The guild wrote., gist: It wrote., topic: origins}
- {quote: It wrote again., gist: It wrote again., topic: origins}
- {quote: Lind came., gist: He came., topic: origins}
"""
HEAD = "notes: {1: coastguard-report-2019, 2: pilots-letter}\n"


@pytest.fixture
def mill(small: SmallWorld) -> SmallWorld:
    works = "seeds/registry/works.yaml"
    small.replace(
        "  label: Report on the Marten\n", "  label: R\n  title: Report on the Marten Grounding\n", works
    )
    small.register(
        "works",
        "pilots-letter:",
        "  label: Letter",
        f"  title: {LETTER}",
        "  kind: group-statement",
        "  reliability: {grade: F, assessor: the test, reason: it was written for the test}",
    )
    small.write(TEXT, CLAIMS, HEAD)
    return small


def resolved(small: SmallWorld) -> References:
    (found,) = references(small.loads(), small.registry(), {"ferry": "ferry.txt"})
    return found


def test_a_note_whose_words_name_its_work_is_matched_and_ibid_is_counted_apart(mill: SmallWorld) -> None:
    found = resolved(mill)
    assert (found.notes, found.notes_matched, found.ibid) == (3, 2, 1)


def test_a_marker_whose_note_is_not_printed_is_called_but_empty(mill: SmallWorld) -> None:
    assert resolved(mill).called_but_empty == ["9"]


def test_an_entry_that_names_no_known_work_is_listed_with_its_line(mill: SmallWorld) -> None:
    found = resolved(mill)
    assert (found.entries, found.entries_matched) == (2, 1)
    (unmatched,) = found.unmatched
    assert unmatched.text == "Nobody. A Book That Is Not Known. 2001."
    assert str(unmatched.where) == "ferry.txt:13:1"


def test_a_work_that_is_cited_but_not_listed_stays_visible_and_one_printed_twice_is_merged(
    mill: SmallWorld,
) -> None:
    found = resolved(mill)
    assert found.cited_not_listed == [iri("work", "coastguard-report-2019")]
    assert found.listed_not_cited == []
    assert found.merged == {iri("work", "pilots-letter"): 2}


def test_a_work_given_to_a_note_that_does_not_name_it_is_a_mismatch(mill: SmallWorld) -> None:
    mill.write(TEXT, CLAIMS, "notes: {1: pilots-letter, 2: pilots-letter}\n")
    what = [x.what for x in resolved(mill).unmatched if x.place == "note 1"]
    assert what == ["is given Letter, which its words do not name", "names R, which it is not given"]


def test_a_title_inside_a_longer_title_is_not_named_by_it(mill: SmallWorld) -> None:
    mill.register(
        "works",
        "second-letter:",
        "  label: Second",
        f"  title: {LETTER}, Continued",
        "  kind: group-statement",
        "  reliability: {grade: F, assessor: the test, reason: it was written for the test}",
    )
    finder = WorkFinder(mill.registry())
    assert finder.find(f"See {LETTER}, continued, p. 2") == (iri("work", "second-letter"),)
    assert finder.find(f"See {LETTER}.") == (iri("work", "pilots-letter"),)


def test_an_address_names_a_work_only_as_a_whole(mill: SmallWorld) -> None:
    works = "seeds/registry/works.yaml"
    mill.replace(f"  title: {LETTER}\n", f"  title: {LETTER}\n  url: https://example.org\n", works)
    finder = WorkFinder(mill.registry())
    assert finder.find("at http://www.example.org/.") == (iri("work", "pilots-letter"),)
    assert finder.find("at https://example.org/other") == ()


def test_the_graph_says_which_works_a_bibliography_lists(mill: SmallWorld) -> None:
    from kg.assembly import assemble

    listed = [str(o) for _, p, o in assemble(mill.seeds(), "0")["work.ferry-2019"] if p.endswith("#lists")]
    assert listed == [iri("work", "pilots-letter")]
