"""Whose claim it is, in whose voice, when said and when held."""

from __future__ import annotations

import pytest

from kg.model import Claim
from smallworld import SmallWorld

TEXT = "The guild met in 2018. The town was there.\n"


def claim_of(small: SmallWorld, keys: str = "", head: str = "") -> Claim:
    small.write(
        TEXT, f"- quote: The guild met in 2018\n  topic: origins\n  gist: The guild met.\n{keys}", head
    )
    (claim,) = small.loads().claims
    return claim


def names(*nodes: str | None) -> list[str]:
    return [node.removeprefix("https://w3id.org/aces/kg/") if node else "" for node in nodes]


def test_without_a_claimant_the_authors_speak_in_their_own_voice(small: SmallWorld) -> None:
    claim = claim_of(small)
    assert (names(*claim.claimants), claim.voice) == (["actor/ada-holm"], "own")


def test_joint_authors_hold_a_claim_together(small: SmallWorld) -> None:
    small.replace("authors: [ada-holm]", "authors: [ada-holm, tor-lind]", "seeds/registry/works.yaml")
    assert names(*claim_of(small).claimants) == ["actor/ada-holm", "actor/tor-lind"]


def test_a_work_without_authors_speaks_with_its_publishers_voice(small: SmallWorld) -> None:
    small.replace("authors: [ada-holm]", "publisher: town", "seeds/registry/works.yaml")
    claim = claim_of(small)
    assert (names(*claim.claimants), claim.voice) == (["actor/town"], "own")


def test_a_work_with_neither_speaks_for_itself(small: SmallWorld) -> None:
    small.replace("  authors: [ada-holm]\n", "", "seeds/registry/works.yaml")
    assert names(*claim_of(small).claimants) == ["work/ferry-2019"]


def test_what_a_speaker_says_is_reported(small: SmallWorld) -> None:
    claim = claim_of(small, "  claimant: tor-lind\n")
    assert (names(*claim.claimants), claim.voice) == (["actor/tor-lind"], "reported")


def test_the_claimant_of_the_file_is_that_of_every_claim_without_one(small: SmallWorld) -> None:
    claim = claim_of(small, head="claimant: tor-lind\n")
    assert (names(*claim.claimants), claim.voice) == (["actor/tor-lind"], "reported")


def test_author_leads_back_from_the_claimant_of_the_file_to_the_authors(small: SmallWorld) -> None:
    claim = claim_of(small, "  claimant: author\n", "claimant: tor-lind\n")
    assert (names(*claim.claimants), claim.voice) == (["actor/ada-holm"], "own")


def test_a_holder_that_the_words_do_not_name_is_unnamed(small: SmallWorld) -> None:
    claim = claim_of(small, "  claimant: unnamed\n")
    assert (names(*claim.claimants), claim.voice) == (["actor/unnamed"], "reported")


def test_a_work_may_be_the_claimant(small: SmallWorld) -> None:
    claim = claim_of(small, "  claimant: work/guild-letter-2019\n")
    assert (names(*claim.claimants), claim.voice) == (["work/guild-letter-2019"], "reported")


def test_a_work_that_the_document_presents_speaks_with_its_authors_own_voice(small: SmallWorld) -> None:
    small.replace("kind: news-item", "presents: guild-letter-2019", "seeds/registry/works.yaml")
    claim = claim_of(small, "  claimant: work/guild-letter-2019\n")
    assert (names(*claim.claimants), claim.voice) == (["actor/pilots-guild"], "own")
    assert names(claim.said_in) == ["work/guild-letter-2019"]


def test_those_in_between_stand_in_the_order_written(small: SmallWorld) -> None:
    claim = claim_of(small, "  claimant: tor-lind\n  reportedBy: [coastguard, work/guild-letter-2019]\n")
    assert names(*claim.reported_by) == ["actor/coastguard", "work/guild-letter-2019"]


def test_when_and_in_which_work_it_was_said_are_kept(small: SmallWorld) -> None:
    claim = claim_of(small, "  claimant: tor-lind\n  saidOn: 2018-05\n  saidIn: work/guild-letter-2019\n")
    assert claim.said_on is not None
    assert (claim.said_on.edtf, names(claim.said_in)) == ("2018-05", ["work/guild-letter-2019"])


def test_by_default_a_claim_is_a_certain_assertion(small: SmallWorld) -> None:
    claim = claim_of(small)
    assert (claim.modality, claim.certainty, claim.hedge) == ("assertion", "certain", "")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2018", "2018"),
        ("2014/2017", "2014/2017"),
        ("'[2014..2015]'", "[2014..2015]"),
        ("2015/..", "2015/.."),
        ("../2017", "../2017"),
        ("2016-37", "2016-37"),
        ("2021-33", "2021-33"),
        ("'{2020-02,2020-04}'", "{2020-02,2020-04}"),
        ("2019~", "[2018..2020]"),
        ("now", "2019-03-03"),
        ("now/..", "2019-03-03/.."),
        ("../now", "../2019-03-03"),
        ("'[..now]'", "[..2019-03-03]"),
        ("former", "[..2019-03-03]"),
    ],
)
def test_when_it_held_is_a_time_as_of_the_works_date(written: str, meant: str, small: SmallWorld) -> None:
    claim = claim_of(small, f"  validDuring: {written}\n")
    assert claim.valid_during is not None
    assert claim.valid_during.edtf == meant


def test_now_in_a_work_without_a_date_is_a_fault(small: SmallWorld) -> None:
    small.replace("issued: {value: 2019-03-03, basis: curator}", "note: undated", "seeds/registry/works.yaml")
    small.write(TEXT, "- {quote: The guild met, topic: origins, gist: It met., validDuring: now}\n")
    (fault,) = small.load().findings
    assert (fault.rule, str(fault.where)) == ("time-is-edtf", small.place("now}"))
    assert "needs the Work's date" in fault.message


def test_scope_and_the_rest_are_kept_as_written(small: SmallWorld) -> None:
    claim = claim_of(
        small,
        "  validIn: Kelp Point\n"
        "  qualifier: in the summer\n"
        "  condition: if the ferry runs\n"
        "  addressee: [town, the guild]\n"
        "  about: [kelp-point, work/guild-letter-2019, Tor Lind]\n"
        "  inferred: [saidOn, town]\n",
    )
    assert names(claim.valid_in) == ["place/kelp-point"]
    assert (claim.qualifier, claim.condition) == ("in the summer", "if the ferry runs")
    assert names(*claim.addressees) == ["actor/town", "actor/pilots-guild"]
    assert names(*claim.about) == ["place/kelp-point", "work/guild-letter-2019", "actor/tor-lind"]
    assert (names(*claim.topics), claim.inferred) == (["topic/origins"], ("saidOn", "town"))
