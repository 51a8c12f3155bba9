"""How entries of a claims file become claims: quotes, groups, notes, and what further claims inherit."""

from __future__ import annotations

import pytest

from kg.claims import ClaimsFile
from kg.model import Claim
from smallworld import SmallWorld, shown, violations

TEXT = """\
# The Mill

The mill burned in 2018. Ada Holm saw it, and so did
Tor Lind. The town paid.

## What comes next

The town paid later. It should build a new mill.[^1] It should hire guards.

[^1]: Pilots' Guild, "The mill must stand again", 2019.
"""


def words(file: ClaimsFile, claim: Claim) -> list[str]:
    """The words on disk that a claim rests on."""
    return [file.texts[span.document].text[span.start : span.end] for span in claim.evidence]


def only_claim(small: SmallWorld, entry: str, head: str = "") -> tuple[ClaimsFile, Claim]:
    small.write(TEXT, entry, head)
    file = small.loads()
    (claim,) = file.claims
    return file, claim


def test_a_quote_becomes_one_exact_span_of_the_text(small: SmallWorld) -> None:
    file, claim = only_claim(small, "- {quote: The mill burned in 2018, topic: origins, gist: It burned.}\n")
    assert words(file, claim) == ["The mill burned in 2018"]


def test_three_dots_reach_to_the_next_occurrence_of_what_follows(small: SmallWorld) -> None:
    file, claim = only_claim(small, "- {quote: The mill ... saw it, topic: origins, gist: It burned.}\n")
    assert words(file, claim) == ["The mill burned in 2018. Ada Holm saw it"]


def test_a_quote_matches_across_a_line_end(small: SmallWorld) -> None:
    file, claim = only_claim(small, "- {quote: so did Tor Lind, topic: origins, gist: Lind saw it.}\n")
    assert words(file, claim) == ["so did\nTor Lind"]


def test_a_list_of_quotes_gives_one_claim_several_spans(small: SmallWorld) -> None:
    file, claim = only_claim(
        small, "- {quote: [The mill burned, Ada Holm saw it], topic: origins, gist: It burned.}\n"
    )
    assert words(file, claim) == ["The mill burned", "Ada Holm saw it"]


def test_under_a_heading_the_same_words_elsewhere_do_not_count(small: SmallWorld) -> None:
    small.write(
        TEXT,
        "- under: What comes next\n"
        "  claims:\n"
        "  - {quote: The town paid, affirms: {town: {finances: pilots-guild}}}\n",
    )
    file = small.loads()
    assert file.claims[0].evidence[0].start == TEXT.rindex("The town paid")


def test_a_group_hands_its_keys_to_all_its_entries(small: SmallWorld) -> None:
    small.write(
        TEXT,
        "- under: What comes next\n"
        "  modality: recommendation\n"
        "  addressee: town\n"
        "  claims:\n"
        "  - {quote: It should build a new mill, topic: goals, gist: Build a mill.}\n"
        "  - {quote: It should hire guards, topic: goals, gist: Hire guards.}\n",
    )
    given = {(claim.modality, *claim.addressees) for claim in small.loads().claims}
    assert given == {("recommendation", "https://w3id.org/aces/kg/actor/town")}


def test_an_entry_of_a_group_may_say_otherwise(small: SmallWorld) -> None:
    small.write(
        TEXT,
        "- under: What comes next\n"
        "  modality: recommendation\n"
        "  claims:\n"
        "  - {quote: The town paid later, modality: assertion, topic: financing, gist: The town paid.}\n",
    )
    assert small.loads().claims[0].modality == "assertion"


def test_a_quote_in_a_note_is_searched_in_that_note(small: SmallWorld) -> None:
    file, claim = only_claim(
        small, "- {quote: The mill must stand again, in: note 1, topic: goals, gist: Build it again.}\n"
    )
    assert words(file, claim) == ["The mill must stand again"]
    assert file.texts["ferry"].sentence_at(claim.evidence[0].start) is None


ALSO = """\
- quote: The mill burned in 2018
  claimant: tor-lind
  reportedBy: ada-holm
  saidOn: 2018-05
  saidIn: work/guild-letter-2019
  modality: estimate
  certainty: likely
  validDuring: 2018
  validIn: kelp-point
  condition: if it burned
  qualifier: in part
  addressee: town
  cites: '1'
  about: [town]
  topic: origins
  inferred: [saidOn]
  gist: The mill burned.
  affirms: {factor/fire: {raises: factor/cost}}
  also:
  - {considers: {town: {supports: pilots-guild}}}
"""
INHERITED = (
    "evidence",
    "claimants",
    "voice",
    "reported_by",
    "said_on",
    "said_in",
    "modality",
    "certainty",
    "hedge",
    "valid_during",
    "valid_in",
    "condition",
    "addressees",
    "cites",
    "about",
    "topics",
    "inferred",
)


@pytest.mark.parametrize("name", INHERITED)
def test_a_further_claim_on_a_quote_inherits_what_describes_the_saying(name: str, small: SmallWorld) -> None:
    small.register("concepts", "factor: {fire: fire, cost: cost}")
    small.write(TEXT, ALSO)
    first, further = small.loads().claims
    assert getattr(further, name) == getattr(first, name)
    assert getattr(first, name) or name == "hedge"


def test_a_further_claim_inherits_neither_statement_nor_gist_nor_qualifier(small: SmallWorld) -> None:
    small.register("concepts", "factor: {fire: fire, cost: cost}")
    small.write(TEXT, ALSO)
    _, further = small.loads().claims
    assert (further.affirms, further.denies, further.qualifier) == ((), (), "")
    assert [shown(p) for p in further.considers] == ["town supports pilots-guild"]
    assert further.gist == "It is put forward that town of Old Sound supports Pilots' Guild."


def test_a_further_claim_may_say_otherwise(small: SmallWorld) -> None:
    small.write(
        TEXT,
        "- quote: The mill burned in 2018\n"
        "  claimant: tor-lind\n"
        "  gist: The mill burned.\n"
        "  topic: origins\n"
        "  also:\n"
        "  - {claimant: ada-holm, gist: The mill burned down.}\n",
    )
    first, further = small.loads().claims
    assert [c.claimants[0].rpartition("/")[2] for c in (first, further)] == ["tor-lind", "ada-holm"]


def test_a_cover_holds_its_reason_and_what_it_leaves_out(small: SmallWorld) -> None:
    small.write(TEXT, "- {quote: The mill burned in 2018., cover: repeats, leaves: {'2018': told above}}\n")
    (cover,) = small.loads().covers
    assert (cover.reason, cover.leaves) == ("repeats", (("2018", "told above"),))


def test_what_a_claim_leaves_out_is_kept_with_its_words(small: SmallWorld) -> None:
    file, claim = only_claim(
        small,
        "- {quote: The mill burned in 2018, topic: origins, gist: It burned, leaves: {'2018': no matter}}\n",
    )
    assert file.leaves == [(claim.evidence, "2018", "no matter")]


def test_a_figure_is_its_number_and_the_place_of_its_caption(small: SmallWorld) -> None:
    text = TEXT + "\nFigure 2: Mills of the coast, 1990 to 2018\n"
    small.write(text, "- {figure: 2, quote: 'Figure 2: Mills of the coast'}\n")
    (figure,) = small.loads().figures
    assert (figure.number, text[figure.caption[0].start : figure.caption[0].end]) == (
        "2",
        "Figure 2: Mills of the coast",
    )


def test_the_floor_of_the_file_is_read_in_percent(small: SmallWorld) -> None:
    assert small.loads().floor == {
        "sentences": 80,
        "structured": 60,
        "numbers": 98,
        "dates": 98,
        "names": 95,
    }


def test_a_text_that_is_not_held_is_told_and_not_searched(small: SmallWorld) -> None:
    (small.root / "seeds" / "documents" / "ferry.txt").unlink()
    file = small.loads()
    assert [(f.rule, f.severity) for f in file.findings] == [("text-is-held", "info")]
    assert [c.evidence for c in file.claims] == [()] * 6
    assert [c.number for c in file.citations] == ["1", "2"]


def test_a_number_of_a_figure_that_cannot_stand_in_an_iri_is_a_fault(small: SmallWorld) -> None:
    small.write(TEXT + "\nFigure 2: Mills\n", "- {figure: the second, quote: 'Figure 2: Mills'}\n")
    assert violations(small.load().findings) == [("figure-has-number", small.place("the second"))]
