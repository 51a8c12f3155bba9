"""An added claim is told what it contradicts: what others deny, and other values of one thing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.model import Proposition, Time
from kg.terms import ACES, compact, iri, proposition_iri, time_iri
from kg.validation import Report

Check = Callable[[str], Report]
EVENT = iri("event", "marten-grounding")


def stating(right: str, way: str, predicate: str, value: str, subject: str = EVENT) -> str:
    """The right claim, saying something else: the old statement's line goes."""
    node = compact(proposition_iri(Proposition(subject, ACES + predicate, value)))
    lines = [line for line in right.splitlines() if "aces:denies" not in line]
    lines.insert(1, f"  aces:{way} {node} ;")
    return (
        "\n".join(lines)
        + f"""
    {node} a aces:Proposition ; rdfs:label "what is new"@en ; aces:subject <{subject}> ;
      aces:predicate aces:{predicate} ; aces:object <{value}> .
    """
    )


def when(first: str, last: str) -> str:
    return time_iri(Time(date.fromisoformat(first), date.fromisoformat(last), "within", first))


def day(first: str, last: str) -> str:
    return f"""{compact(when(first, last))} a aces:Time ; rdfs:label "{first}"@en ; aces:timeMode "within" ;
      aces:edtf "{first}" ;
      aces:earliest "{first}"^^xsd:date ; aces:latest "{last}"^^xsd:date .
    """


def told(report: Report) -> list[str]:
    return [finding.message for finding in report.findings if finding.rule == "claim-contradicts"]


@pytest.mark.parametrize(
    ("first", "last", "contradicts"),
    [
        ("2019-02-15", "2019-02-15", True),
        ("2019-02-13", "2019-02-15", False),
        ("2019-02-01", "2019-02-28", False),
    ],
)
def test_another_date_of_an_event_is_told_and_one_that_overlaps_is_not(
    right: str, check: Check, first: str, last: str, contradicts: bool
) -> None:
    report = check(day(first, last) + stating(right, "affirms", "date", when(first, last)))
    assert report.conforms
    assert bool(told(report)) == contradicts
    if contradicts:
        assert told(report) == [
            "this may contradict (the grounding of the Marten is dated 2019-02-14) ferry-2019: "
            "“The ferry Marten ran aground at Kelp Point on 14 February 2019, and 12 passengers were injured”"
        ]


def test_what_another_claim_denies_is_told(right: str, check: Check) -> None:
    text = right.replace("aces:denies", "aces:affirms")
    assert any("The guild denied any link with it" in line for line in told(check(text)))


def test_a_denial_of_the_wider_predicate_stands_against_the_narrower(right: str, check: Check) -> None:
    """Who leads a group is a member of it."""
    ada, guild = iri("actor", "ada-holm"), iri("actor", "pilots-guild")
    leads = stating(right, "affirms", "leaderOf", guild, ada).replace("ferry.added", "ferry.other")
    report = check(stating(right, "denies", "memberOf", guild, ada) + leads)
    against = [f.focus for f in report.findings if f.rule == "claim-contradicts"]
    assert iri("claim", "ferry.other") in against


def test_claims_of_times_that_do_not_meet_contradict_nothing(right: str, check: Check) -> None:
    during = f"aces:validDuring {compact(when('1999-01-01', '1999-12-31'))} ;"
    value = when("2019-02-15", "2019-02-15")
    other = day("2019-02-15", "2019-02-15") + stating(right, "affirms", "date", value)
    assert told(check(other))
    text = other.replace("a aces:Claim ;", f"a aces:Claim ; {during}", 1)
    text += day("1999-01-01", "1999-12-31")
    assert told(check(text))  # the other claim says no time, so the two may meet
