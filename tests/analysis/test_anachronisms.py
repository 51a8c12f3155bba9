"""Citations that do not fit: of a work too old, too young, or of somebody else."""

from __future__ import annotations

import pytest

from kg.analysis.anachronisms import Anachronism, anachronisms
from smallworld import SmallWorld

TEXT = "The ferry ran aground.[1]\n\n[1] The source.\n"
AGROUND = "{event/marten-grounding: {place: kelp-point}}"
SUPPORT = "affirms: {town: {supports: pilots-guild}}"
HEAD = "notes: {1: source}\n"
Told = list[tuple[str, str, int]]


def entries(*claims: str, cites: str = "1") -> str:
    """An entry for each claim, all on the same words and with the same note."""
    lines = enumerate(claims)
    return "".join(
        f"- {{id: c{n}, quote: The ferry ran aground, cites: {cites}, {keys}}}\n" for n, keys in lines
    )


def register_source(small: SmallWorld, issued: str, keys: str = "") -> None:
    """The Work that note 1 names, out at some time."""
    when = f", issued: '{issued}'" if issued else ""
    grade = "reliability: {grade: F, assessor: the test, reason: it was written for the test}"
    small.register("works", f"source: {{label: The source, kind: report{when}{keys}, {grade}}}")


def written(small: SmallWorld, *claims: str, head: str = HEAD) -> list[Anachronism]:
    """Every finding among these claims."""
    small.write(TEXT, entries(*claims), head)
    return findings(small)


def findings(small: SmallWorld) -> list[Anachronism]:
    seeds = small.seeds()
    return anachronisms(seeds.claims, seeds.registry, seeds.nodes())


def found(small: SmallWorld, issued: str, *claims: str) -> list[Anachronism]:
    """Every finding among claims that cite a Work of that date."""
    register_source(small, issued)
    return written(small, *claims)


def told(faults: list[Anachronism]) -> Told:
    """Kind, node in its local name (kind alone of what is named by its content) and days of each."""
    return [(fault.kind, _shown(fault.node), fault.days) for fault in faults]


def _shown(node: str) -> str:
    kind, name = node.split("/")[-2:]
    return kind if kind in ("time", "observation") else name


def grounding(date: str, how: str = "") -> str:
    return f"affirms: {{event/marten-grounding: {{date: '{date}'}}}}{how}"


def dated(date: str) -> str:
    """A claim without a note that says when the Marten ran aground."""
    return f"- {{id: when, quote: The ferry ran, cites: none, {grounding(date)}}}\n"


# --- a work older than what it is cited for ------------------------------------------------------


def test_a_work_cannot_bear_an_event_that_came_after_it(small: SmallWorld) -> None:
    faults = found(small, "2019-02-10", grounding("2019-02-14"))
    assert told(faults) == [("impossible", "marten-grounding", 4)]


def test_a_finding_names_claim_citation_work_and_time(small: SmallWorld) -> None:
    (fault,) = found(small, "2019-02-10", grounding("2019-02-14"))
    assert fault.claim.iri.endswith("claim/ferry-2019.c0")
    assert (fault.citation.number, fault.work.rpartition("/")[2]) == ("1", "source")
    assert fault.time is not None
    assert fault.time.edtf == "2019-02-14"


def test_the_date_of_an_event_counts_where_another_claim_gives_it(small: SmallWorld) -> None:
    register_source(small, "2019-02-10")
    small.write(TEXT, entries(f"affirms: {AGROUND}") + dated("2019-02-14"), HEAD)
    assert told(findings(small)) == [("impossible", "marten-grounding", 4)]


def test_of_several_dates_of_an_event_the_earliest_counts(small: SmallWorld) -> None:
    register_source(small, "2019-02-10")
    small.add_work("mill", TEXT, dated("2018-12-01"))
    small.write(TEXT, entries(f"affirms: {AGROUND}") + dated("2019-02-14"), HEAD)
    assert findings(small) == []


def test_the_date_that_the_claim_itself_gives_goes_before_all_others(small: SmallWorld) -> None:
    register_source(small, "2019-02-10")
    small.add_work("mill", TEXT, dated("2018-12-01"))
    small.write(TEXT, entries(grounding("2019-02-14")), HEAD)
    assert told(findings(small)) == [("impossible", "marten-grounding", 4)]


@pytest.mark.parametrize(
    "keys",
    [
        "denies: {event/marten-grounding: {linkedTo: pilots-guild}}",
        "gist: It was dark., about: [event/marten-grounding]",
        "affirms: {event/guild-charge: {partOfEvent: marten-grounding}}",
        "affirms: {event/marten-grounding: {injured: 12}}",
    ],
)
def test_an_event_counts_wherever_a_claim_speaks_of_it(keys: str, small: SmallWorld) -> None:
    register_source(small, "2019-02-10")
    small.write(TEXT, entries(keys) + dated("2019-02-14"), HEAD)
    assert told(findings(small)) == [("impossible", "marten-grounding", 4)]


def test_a_work_cannot_bear_a_statement_that_was_made_after_it(small: SmallWorld) -> None:
    faults = found(small, "2018-12-31", f"{SUPPORT}, claimant: tor-lind, saidOn: 2019-01-10")
    assert told(faults) == [("impossible", "ferry-2019.c0", 10), ("second-hand", "tor-lind", 0)]


def test_a_work_cannot_bear_what_is_said_of_an_actor_formed_after_it(small: SmallWorld) -> None:
    register_source(small, "2016")
    small.register("events", "guild-founding: the founding of the guild")
    founding = "{event/guild-founding: {type: Formation, group: pilots-guild, date: 2017-01-05}}"
    formed = f"- {{id: formed, quote: The ferry ran, cites: none, affirms: {founding}}}\n"
    small.write(TEXT, entries(SUPPORT) + formed, HEAD)
    assert told(findings(small)) == [("impossible", "pilots-guild", 5)]


def test_another_event_of_a_group_is_no_formation_of_it(small: SmallWorld) -> None:
    register_source(small, "2016")
    small.register("events", "guild-split: the split of the guild")
    split = "{event/guild-split: {type: Split, group: pilots-guild, date: 2017-01-05}}"
    later = f"- {{id: later, quote: The ferry ran, cites: none, affirms: {split}}}\n"
    small.write(TEXT, entries(SUPPORT) + later, HEAD)
    assert findings(small) == []


@pytest.mark.parametrize(("period", "days"), [("2018", 1), ("2018-02/2018-05", 32)])
def test_a_work_cannot_bear_a_number_of_a_period_that_came_after_it(
    period: str, days: int, small: SmallWorld
) -> None:
    number = f"observes: [{{attacks: 3, by: pilots-guild, place: kelp-point, period: {period}}}]"
    assert told(found(small, "2017", number)) == [("impossible", "time", days)]


def test_a_work_cannot_bear_what_held_after_it(small: SmallWorld) -> None:
    faults = found(small, "2017", f"{SUPPORT}, validDuring: 2018/..")
    assert told(faults) == [("impossible", "ferry-2019.c0", 1)]


def test_the_gap_runs_from_the_last_day_of_the_work_to_the_first_of_the_event(small: SmallWorld) -> None:
    faults = found(small, "2018", grounding("2019-02"))
    assert [fault.days for fault in faults] == [32]


def test_of_all_that_a_work_is_too_old_for_the_latest_is_told(small: SmallWorld) -> None:
    claim = grounding("2019-02-14", ", validDuring: 2018, saidOn: 2019-01-10")
    assert told(found(small, "2017", claim)) == [("impossible", "marten-grounding", 410)]


def test_every_claim_that_cites_the_work_is_told(small: SmallWorld) -> None:
    faults = found(small, "2018", grounding("2019-02-14"), grounding("2019-01-01"))
    assert [fault.days for fault in faults] == [45, 1]


def test_every_work_that_a_note_names_is_looked_at(small: SmallWorld) -> None:
    register_source(small, "2018")
    faults = written(
        small,
        grounding("2019-02-25"),
        head="notes: {1: [source, coastguard-report-2019, guild-letter-2019]}\n",
    )
    assert [fault.work.rpartition("/")[2] for fault in faults] == ["coastguard-report-2019", "source"]


# --- what is doubtful, and what is none ----------------------------------------------------------


@pytest.mark.parametrize("issued", ["2019", "2019-02", "[2018..2019]"])
def test_a_work_that_may_have_been_out_before_the_event_is_doubtful_without_days(
    issued: str, small: SmallWorld
) -> None:
    assert told(found(small, issued, grounding("2019-02-14"))) == [("doubtful", "marten-grounding", 0)]


def test_the_impossible_goes_before_the_doubtful(small: SmallWorld) -> None:
    faults = found(small, "2018", grounding("2019-02-14", ", saidOn: 2018-06"))
    assert told(faults) == [("impossible", "marten-grounding", 45)]


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ("2019-02-14", "2019-02-14"),
        ("2019-02-20", "2019-02-14"),
        ("2019-02", "2019"),
        ("2019-02-14", "../2019"),
    ],
)
def test_a_work_of_the_same_day_or_later_is_none(issued: str, date: str, small: SmallWorld) -> None:
    assert found(small, issued, grounding(date)) == []


def test_a_work_without_a_date_is_none(small: SmallWorld) -> None:
    assert found(small, "", grounding("2019-02-14")) == []


def test_an_event_that_nobody_dates_is_none(small: SmallWorld) -> None:
    assert found(small, "1990", f"affirms: {AGROUND}") == []


def test_a_claim_without_a_note_is_none(small: SmallWorld) -> None:
    register_source(small, "1990")
    small.write(TEXT, entries(grounding("2019-02-14"), cites="none"), HEAD)
    assert findings(small) == []


def test_a_note_that_names_no_work_is_none(small: SmallWorld) -> None:
    assert written(small, grounding("2019-02-14", ", claimant: tor-lind"), head="") == []


@pytest.mark.parametrize("during", ["now", "now/..", "2019-06/..", "former", "2018", "../2020"])
def test_what_holds_now_or_held_before_is_none(during: str, small: SmallWorld) -> None:
    assert found(small, "2018-01-01", f"{SUPPORT}, validDuring: {during}") == []


def test_now_is_the_date_of_the_work_that_is_presented_where_its_own_is_unknown(small: SmallWorld) -> None:
    register_source(small, "2018")
    works = "seeds/registry/works.yaml"
    small.replace("  issued: {value: 2019-03-03, basis: curator}", "  presents: guild-letter-2019", works)
    assert written(small, f"{SUPPORT}, validDuring: now") == []


def test_a_prediction_is_none(small: SmallWorld) -> None:
    prediction = grounding("2021", ", validDuring: 2019-02, modality: prediction")
    assert found(small, "2018", prediction) == []


def test_a_recommendation_about_an_event_is_none(small: SmallWorld) -> None:
    register_source(small, "2018")
    advice = "considers: {town: {supports: pilots-guild}}, modality: recommendation"
    about = f"{advice}, about: [event/marten-grounding]"
    small.write(TEXT, entries(about) + dated("2019-02-14"), HEAD)
    assert findings(small) == []


def test_a_prediction_made_after_the_work_is_impossible(small: SmallWorld) -> None:
    claim = "considers: {town: {supports: pilots-guild}}, modality: prediction, saidOn: 2019-01-01"
    assert told(found(small, "2018", claim)) == [("impossible", "ferry-2019.c0", 1)]


def test_what_is_only_considered_is_none(small: SmallWorld) -> None:
    assert found(small, "2018", grounding("2019-02-14").replace("affirms", "considers")) == []


# --- a work younger than the one that cites it ---------------------------------------------------


def test_a_work_younger_than_the_one_that_cites_it_is_told_with_the_days_between(small: SmallWorld) -> None:
    (fault,) = found(small, "2019-03-13", SUPPORT)
    assert told([fault]) == [("later-than-citing", "source", 10)]
    assert fault.time is not None
    assert fault.time.edtf == "2019-03-13"


@pytest.mark.parametrize("issued", ["2019-03-03", "2019-03", "2019", "2019-03-02", ""])
def test_a_work_that_may_be_as_old_as_the_one_that_cites_it_is_none(issued: str, small: SmallWorld) -> None:
    assert found(small, issued, SUPPORT) == []


# --- second-hand ---------------------------------------------------------------------------------


def test_what_somebody_said_by_the_work_of_another_is_second_hand(small: SmallWorld) -> None:
    faults = found(small, "2018", f"{SUPPORT}, claimant: tor-lind")
    assert told(faults) == [("second-hand", "tor-lind", 0)]


def test_what_one_work_says_by_another_is_second_hand(small: SmallWorld) -> None:
    faults = found(small, "2018", f"{SUPPORT}, claimant: work/guild-letter-2019")
    assert told(faults) == [("second-hand", "guild-letter-2019", 0)]


@pytest.mark.parametrize(
    ("keys", "claimant"),
    [
        (", authors: [tor-lind]", "tor-lind"),
        (", authors: [ada-holm, tor-lind]", "tor-lind"),
        (", publisher: tor-lind", "tor-lind"),
        (", authors: [tor-lind]", "[ada-holm, tor-lind]"),
        ("", "work/source"),
        ("", "tor-lind, saidIn: source"),
        ("", "unnamed"),
        ("", "author"),
    ],
)
def test_what_the_work_itself_says_or_nobody_by_name_is_not_second_hand(
    keys: str, claimant: str, small: SmallWorld
) -> None:
    register_source(small, "2018", keys)
    assert written(small, f"{SUPPORT}, claimant: {claimant}") == []


def test_one_of_several_works_by_the_speaker_is_enough(small: SmallWorld) -> None:
    register_source(small, "2018")
    head = "notes: {1: [source, guild-letter-2019]}\n"
    assert written(small, f"{SUPPORT}, claimant: pilots-guild", head=head) == []


# --- order ---------------------------------------------------------------------------------------


def test_findings_stand_by_claim_then_work_then_kind(small: SmallWorld) -> None:
    claims = (grounding("2019-02-14", ", claimant: tor-lind"), grounding("2019-02-15"))
    faults = found(small, "2018", *claims)
    assert [(fault.claim.iri[-2:], fault.kind) for fault in faults] == [
        ("c0", "impossible"),
        ("c0", "second-hand"),
        ("c1", "impossible"),
    ]
