"""What claims are called, and how the tool writes that into the file once."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from kg.assembly import assemble
from kg.claims.files import ClaimsFile
from kg.draft import write_ids
from kg.seeds import read_seeds
from kg.terms import content_hash
from running import Run
from smallworld import CLAIMS, SmallWorld, violations

WRITTEN_ID = r"id: (?:[0-9a-f]{8}(?:\.\d)?|letter\.\d)(?:, |\n +)"
TEXT = "The mill burned. The town paid.\n\n# Next\n\nThe guild wrote a letter.\n"
ENTRIES = """\
- quote: The mill burned
  topic: origins
  gist: It burned.
  also:
  - {topic: goals, gist: 'It burned, they say.'}
  - topic: goals
    gist: It is gone.
- {quote: [The town, paid], topic: financing, gist: The town paid.}
- {quote: The town paid, cover: repeats}
- under: Next
  topic: propaganda
  claims:
  - {id: letter, quote: The guild wrote, gist: They wrote., also: [{gist: A letter went out.}]}
"""


def ids(file: ClaimsFile) -> list[str]:
    return [claim.iri.removeprefix("https://w3id.org/aces/kg/claim/ferry-2019.") for claim in file.claims]


def test_an_id_is_the_hash_of_the_quote_until_one_is_written(small: SmallWorld) -> None:
    small.write(TEXT, "- {quote: The mill burned, topic: origins, gist: It burned.}\n")
    assert ids(small.loads()) == [content_hash("The mill burned")[:8]]


def test_an_id_that_is_given_stays_when_the_quote_changes(small: SmallWorld) -> None:
    small.write(TEXT, "- {id: mill, quote: The mill burned, topic: origins, gist: It burned.}\n")
    before = ids(small.loads())
    small.replace("quote: The mill burned", "quote: The mill")
    assert before == ids(small.loads()) == ["mill"]


def test_further_claims_are_numbered_from_two(small: SmallWorld) -> None:
    small.write(TEXT, ENTRIES)
    assert ids(small.loads())[-2:] == ["letter", "letter.2"]


def test_an_id_that_stands_twice_is_a_fault_that_names_the_first(small: SmallWorld) -> None:
    small.write(
        TEXT,
        "- {id: a, quote: The mill burned, topic: origins, gist: It burned.}\n"
        "- {id: a, quote: The town paid, topic: origins, gist: It paid.}\n",
    )
    (fault,) = small.load().findings
    assert (fault.rule, str(fault.where)) == ("claim-id-is-unique", f"{CLAIMS}:4:8")
    assert f"at {CLAIMS}:3:3" in fault.message


def test_two_entries_with_one_quote_have_one_id_which_is_a_fault(small: SmallWorld) -> None:
    entry = "- {quote: The mill burned, topic: origins, gist: It burned.}\n"
    small.write(TEXT, entry + entry)
    (fault,) = small.load().findings
    assert (fault.rule, str(fault.where)) == ("claim-id-is-unique", f"{CLAIMS}:4:3")
    assert "also:" in fault.fix


def test_an_id_that_cannot_stand_in_an_iri_is_a_fault(small: SmallWorld) -> None:
    small.write(TEXT, "- {id: the mill, quote: The mill burned, topic: origins, gist: It burned.}\n")
    assert violations(small.load().findings) == [("claim-id-is-a-local-name", small.place("the mill,"))]


def test_ids_are_written_into_every_claim_that_has_none(small: SmallWorld) -> None:
    small.write(TEXT, ENTRIES)
    assert write_ids(small.claims, CLAIMS) == 5
    first, second, cover, group = yaml.safe_load(small.claims.read_text(encoding="utf-8"))["claims"]
    mill = content_hash("The mill burned")[:8]
    assert [first["id"], *(c["id"] for c in first["also"])] == [mill, f"{mill}.2", f"{mill}.3"]
    assert second["id"] == content_hash("The town", "paid")[:8]
    assert "id" not in cover
    assert "id" not in group
    assert [c["id"] for c in group["claims"][0]["also"]] == ["letter.2"]


def test_writing_ids_changes_no_claim(small: SmallWorld) -> None:
    small.write(TEXT, ENTRIES)
    before = small.loads().claims
    write_ids(small.claims, CLAIMS)
    assert small.loads().claims == before


def test_writing_ids_changes_nothing_in_the_graph(small: SmallWorld) -> None:
    before = assemble(read_seeds(small.workspace), "test")
    assert write_ids(small.claims, CLAIMS) == 6
    assert assemble(read_seeds(small.workspace), "test") == before


def test_ids_are_written_once(small: SmallWorld) -> None:
    small.write(TEXT, ENTRIES)
    write_ids(small.claims, CLAIMS)
    once = small.claims.read_bytes()
    assert write_ids(small.claims, CLAIMS) == 0
    assert small.claims.read_bytes() == once


def test_with_its_id_written_a_claim_keeps_it_when_its_quote_is_mended(small: SmallWorld) -> None:
    small.write(TEXT, ENTRIES)
    write_ids(small.claims, CLAIMS)
    before = ids(small.loads())
    small.replace("quote: The mill burned", "quote: The mill")
    assert ids(small.loads()) == before


def test_comments_and_everything_else_in_the_file_stay_as_they_are(small: SmallWorld) -> None:
    small.write(TEXT, f"# our reading\n{ENTRIES}# the end\n")
    before = small.claims.read_text(encoding="utf-8")
    write_ids(small.claims, CLAIMS)
    after = small.claims.read_text(encoding="utf-8")
    assert after != before
    assert re.sub(WRITTEN_ID, "", after) == before


def test_the_command_says_how_many_ids_it_wrote(small: SmallWorld, kg: Callable[..., Run]) -> None:
    run = kg("draft", "ferry", "--ids", workspace=small.root)
    assert (run.code, run.out, run.err) == (0, "", f"6 ids written into {CLAIMS}\n")
