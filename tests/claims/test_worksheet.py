"""The worksheet for an annotator: what no entry covers yet, ready to be filled in."""

from __future__ import annotations

import pytest
import yaml

from kg.draft import worksheet
from kg.errors import UnknownNameError, UnreadableError
from kg.seeds import read_seeds
from smallworld import SmallWorld

TEXT = """\
# The Mill

The mill burned on 14 February 2019, and 12 people fled to Kelp Point.[^1] It's gone.

## What comes next

Tor Lind paid.

[^1]: Letter of the Pilots' Guild, 2019.
"""


def sheet(small: SmallWorld, claims: str = "") -> str:
    small.write(TEXT, claims)
    return worksheet(read_seeds(small.workspace), "ferry")


def test_every_sentence_without_an_entry_stands_there_in_the_order_of_the_text(small: SmallWorld) -> None:
    entries = yaml.safe_load(sheet(small))
    assert [entry["quote"] for entry in entries] == [
        "The mill burned on 14 February 2019, and 12 people fled to Kelp Point.",
        "It's gone.",
        "Tor Lind paid.",
    ]


def test_a_sentence_under_a_claim_or_a_cover_does_not(small: SmallWorld) -> None:
    claim = "- {quote: The mill burned, topic: origins, gist: It burned.}\n"
    cover = "- {quote: 'It''s gone.', cover: repeats}\n"
    entries = yaml.safe_load(sheet(small, claim + cover))
    assert [entry["quote"] for entry in entries] == ["Tor Lind paid."]


def test_markers_names_dates_and_numbers_stand_as_comments(small: SmallWorld) -> None:
    lines = sheet(small).splitlines()
    assert lines[:7] == [
        "# === The Mill",
        "- quote: 'The mill burned on 14 February 2019, and 12 people fled to Kelp Point.'",
        "  # line 3",
        "  # notes: 1",
        "  # names: Kelp Point (place/kelp-point)",
        "  # dates: 14 February 2019 (2019-02-14)",
        "  # numbers: 12",
    ]


def test_headings_part_the_worksheet(small: SmallWorld) -> None:
    assert "# === What comes next" in sheet(small)


def test_the_worksheet_can_be_taken_over_as_it_is(small: SmallWorld) -> None:
    filled = sheet(small).replace("  # line", "  topic: origins\n  gist: So it was.\n  # line")
    small.write(TEXT, filled)
    assert len(small.loads().claims) == 3


def test_a_document_without_a_claims_file_gets_the_head_of_one(small: SmallWorld) -> None:
    small.write(TEXT, "")
    small.claims.unlink()
    content = yaml.safe_load(worksheet(read_seeds(small.workspace), "ferry"))
    assert (content["document"], len(content["claims"])) == ("ferry", 3)
    assert len(content["sha256"]) == 64


def test_a_document_that_is_not_registered_is_refused_with_the_nearest(small: SmallWorld) -> None:
    with pytest.raises(UnknownNameError) as fault:
        worksheet(read_seeds(small.workspace), "fery")
    assert fault.value.fix == "did you mean 'ferry'?"


def test_a_text_that_is_not_held_cannot_be_drafted(small: SmallWorld) -> None:
    (small.root / "seeds" / "documents" / "ferry.txt").unlink()
    with pytest.raises(UnreadableError) as fault:
        worksheet(read_seeds(small.workspace), "ferry")
    assert fault.value.where.endswith("ferry.txt")
