"""Which notes a claim rests on: the markers at its words, or what is written."""

from __future__ import annotations

from kg.model import Claim
from smallworld import SmallWorld, violations

TEXT = """\
The mill burned.[^1] The town paid for it[^2] and built a new one. Nobody knows why.

The guild wrote a letter.[^9]

[^1]: Old Sound Coastguard, "Report", 2019.

[^2]: Ibid.
"""
HEAD = "notes: {1: coastguard-report-2019}\n"
TWICE = """\
# One

The mill burned.[^1]

[^1]: Old Sound Coastguard, "Report", 2019.

# Two

The guild wrote.[^1]

[^1]: Letter of the guild, 2019.
"""


def claim_of(small: SmallWorld, quote: str, keys: str = "", text: str = TEXT, head: str = HEAD) -> Claim:
    small.write(text, f"- {{quote: {quote}, topic: origins, gist: So it was.{keys}}}\n", head)
    (claim,) = small.loads().claims
    return claim


def cited(claim: Claim) -> dict[str, list[str]]:
    """The cited works by the number of the note."""
    return {c.number: [work.rpartition("/")[2] for work in c.cited_works] for c in claim.cites}


def test_the_marker_right_behind_the_words_is_cited(small: SmallWorld) -> None:
    assert cited(claim_of(small, "The mill burned")) == {"1": ["coastguard-report-2019"]}


def test_a_marker_inside_the_words_is_cited(small: SmallWorld) -> None:
    assert list(cited(claim_of(small, "The town paid for it and built a new one"))) == ["2"]


def test_ibid_leads_to_the_works_of_the_note_before(small: SmallWorld) -> None:
    assert cited(claim_of(small, "The town paid for it")) == {"2": ["coastguard-report-2019"]}


def test_words_without_a_marker_cite_nothing(small: SmallWorld) -> None:
    assert cited(claim_of(small, "Nobody knows why")) == {}


def test_none_takes_the_marker_back(small: SmallWorld) -> None:
    assert cited(claim_of(small, "The mill burned", ", cites: none")) == {}


def test_what_is_written_stands_instead_of_the_marker(small: SmallWorld) -> None:
    assert list(cited(claim_of(small, "The mill burned", ", cites: ['2', '9']"))) == ["2", "9"]


def test_a_number_whose_note_is_not_printed_has_no_work(small: SmallWorld) -> None:
    assert cited(claim_of(small, "The guild wrote a letter")) == {"9": []}


def test_a_note_may_name_several_works(small: SmallWorld) -> None:
    claim = claim_of(
        small, "The mill burned", head="notes: {1: [coastguard-report-2019, guild-letter-2019]}\n"
    )
    assert cited(claim) == {"1": ["coastguard-report-2019", "guild-letter-2019"]}


def test_a_quote_in_a_note_cites_that_note(small: SmallWorld) -> None:
    assert list(cited(claim_of(small, "Old Sound Coastguard", ", in: note 1"))) == ["1"]


def test_every_note_and_every_marker_without_one_is_a_citation_of_the_work(small: SmallWorld) -> None:
    small.write(TEXT, "- {quote: The mill burned, topic: origins, gist: It burned.}\n", HEAD)
    assert [c.number for c in small.loads().citations] == ["1", "2", "9"]


def test_of_two_notes_with_one_number_a_marker_means_the_next_behind_it(small: SmallWorld) -> None:
    head = "notes: {1: coastguard-report-2019, '1.2': guild-letter-2019}\n"
    assert cited(claim_of(small, "The mill burned", text=TWICE, head=head)) == {
        "1": ["coastguard-report-2019"]
    }
    assert cited(claim_of(small, "The guild wrote", text=TWICE, head=head)) == {"1.2": ["guild-letter-2019"]}


def test_a_written_number_that_is_used_twice_is_the_one_marked_behind_the_words(small: SmallWorld) -> None:
    claim = claim_of(small, "The guild", ", cites: '1'", TWICE, "")
    assert list(cited(claim)) == ["1.2"]


def test_a_written_key_names_one_of_two_notes_with_one_number(small: SmallWorld) -> None:
    claim = claim_of(small, "The mill burned", ", cites: '1.2'", TWICE, "")
    assert list(cited(claim)) == ["1.2"]


def test_a_written_number_that_the_document_has_not_is_a_fault(small: SmallWorld) -> None:
    small.write(TEXT, "- {quote: The mill burned, topic: origins, gist: So., cites: '11'}\n", HEAD)
    file = small.load()
    assert violations(file.findings) == [("citation-in-document", small.place("'11'"))]
