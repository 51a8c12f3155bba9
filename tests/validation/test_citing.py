"""What an addition cites and whom it reports is looked up: notes, dates, names in the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Finding
from kg.validation import Report

Check = Callable[[str], Report]
CITATION = """citation:ferry-2019.{number} a aces:Citation ; rdfs:label "a note"@en ; aces:number "{number}" ;
    aces:citingWork work:ferry-2019 ; aces:citedWork work:{cited} .
"""
TIME = """time:{name} a aces:Time ; rdfs:label "{day}"@en ; aces:edtf "{day}" ; aces:timeMode "within" ;
    aces:earliest "{day}"^^xsd:date ; aces:latest "{day}"^^xsd:date .
"""
WORK = """work:{name} a aces:Work ; rdfs:label "Some letter"@en ; dcterms:title "A letter" ;
    aces:workKind work-kind:report ; aces:reliability reliability:F ; aces:reliabilityAssessor "the test" ;
    aces:reliabilityReason "none" ; aces:issued time:{time} .
"""
LATE, EARLY = "ab" * 16, "cd" * 16


def of_rule(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def test_a_number_that_the_document_does_not_have_is_a_violation(check: Check) -> None:
    (found,) = of_rule(
        check(CITATION.format(number=7, cited="guild-letter-2019")), "citation-number-is-in-text"
    )
    assert found.severity == "violation"
    assert found.message == "no text of work:ferry-2019 has a note '7'"
    assert found.where is not None and found.where.file == "new.ttl"


def test_a_number_of_the_document_is_none(check: Check) -> None:
    report = check(CITATION.format(number=2, cited="guild-letter-2019").replace('"a note"', '"note 2"'))
    assert of_rule(report, "citation-number-is-in-text") == []


def test_a_cited_work_that_came_out_later_is_a_warning(check: Check) -> None:
    text = TIME.format(name=LATE, day="2019-03-04") + WORK.format(name="late", time=LATE)
    (found,) = of_rule(check(text + CITATION.format(number=1, cited="late")), "citation-is-not-too-late")
    assert (found.severity, found.message) == (
        "warning",
        "work:late is of 2019-03-04 at the earliest, the citing Work of 2019-03-03",
    )


@pytest.mark.parametrize(
    ("day", "told"), [("2019-03-04", True), ("2019-03-03", False), ("2018-01-01", False)]
)
def test_what_was_said_after_its_work_came_out_is_a_warning(
    right: str, check: Check, day: str, told: bool
) -> None:
    text = TIME.format(name=LATE, day=day) + right.replace(
        " a aces:Claim ;", f" a aces:Claim ; aces:saidOn time:{LATE} ;"
    )
    assert bool(of_rule(check(text), "claim-was-said-before-its-work")) == told


@pytest.mark.parametrize(("day", "told"), [("2019-02-01", True), ("2019-03-01", False)])
def test_a_work_that_was_out_before_what_it_is_cited_for_is_a_warning(
    right: str, check: Check, day: str, told: bool
) -> None:
    said = right.replace(
        " a aces:Claim ;", f" a aces:Claim ; aces:cites citation:ferry-2019.1 ; aces:saidOn time:{LATE} ;"
    )
    text = (
        TIME.format(name=LATE, day="2019-02-25")
        + TIME.format(name=EARLY, day=day)
        + WORK.format(name="early", time=EARLY)
        + CITATION.format(number=1, cited="early")
    )
    found = [f for f in of_rule(check(text + said), "citation-is-not-too-early") if "work:early" in f.message]
    assert bool(found) == told


def test_a_reported_holder_whom_no_text_names_is_told(right: str, check: Check) -> None:
    stranger = 'actor:stranger a aces:Person ; rdfs:label "Nora Unheard"@en .\n'
    text = stranger + right.replace("aces:claimant actor:pilots-guild", "aces:claimant actor:stranger")
    (found,) = of_rule(check(text), "claimant-is-named-in-text")
    assert (found.severity, found.message) == (
        "info",
        "no text of the Work names actor:stranger, who is said to hold this",
    )
    assert of_rule(check(right), "claimant-is-named-in-text") == []


def test_a_finding_of_code_carries_the_label_of_what_it_is_about(check: Check) -> None:
    (found,) = of_rule(
        check(CITATION.format(number=7, cited="guild-letter-2019")), "citation-number-is-in-text"
    )
    assert found.label == "a note"
