"""Decisions on who is the same as whom: how they are read, what they make one, and where they contradict."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles import DECISIONS, ONE, OTHER, decided
from kg.identity import Decision, contradictions, kept_of, read_decisions
from kg.terms import iri
from kg.yamltext import read_yaml
from smallworld import SmallWorld, violations

THIRD = "event/marten-sinking"


def messages(small: SmallWorld) -> list[str]:
    return [finding.message for finding in small.registry().findings]


def test_what_is_one_has_one_entry_that_both_names_find(small: SmallWorld) -> None:
    decided(small, f"same: [{ONE}, {OTHER}]")
    registry = small.registry()
    assert registry.findings == []
    kept = iri("event", "marten-grounding")
    assert iri("event", "marten-stranding") not in registry.entries
    assert {registry.find(n, ["event"]) for n in (ONE, OTHER, "the stranding of the Marten")} == {kept}
    assert registry.entries[kept].aliases == ("the stranding of the Marten",)


def test_a_chain_of_decisions_makes_one_of_all(small: SmallWorld) -> None:
    decided(small, f"same: [{OTHER}, {THIRD}]", f"same: [{ONE}, {OTHER}]")
    registry = small.registry()
    assert registry.find(THIRD, ["event"]) == iri("event", "marten-grounding")
    assert registry.entries[iri("event", "marten-grounding")].was == ("marten-stranding", "marten-sinking")


def test_two_that_are_one_and_declared_different_are_refused(small: SmallWorld) -> None:
    decided(small, f"same: [{ONE}, {OTHER}]", f"different: [{OTHER}, {ONE}]")
    (message,) = messages(small)
    assert message == (
        f"{ONE} is the same as {OTHER} ({DECISIONS}:1:3), "
        f"but {OTHER} is different from {ONE} ({DECISIONS}:2:3): the test says so"
    )


def test_a_merge_that_would_join_two_different_ones_is_refused_naming_all_three(small: SmallWorld) -> None:
    decided(small, f"same: [{ONE}, {OTHER}]", f"same: [{OTHER}, {THIRD}]", f"different: [{ONE}, {THIRD}]")
    (finding,) = small.registry().findings
    assert (finding.rule, finding.severity) == ("decisions-agree", "violation")
    assert finding.message == (
        f"{ONE} is the same as {OTHER} ({DECISIONS}:1:3), {OTHER} is the same as {THIRD} ({DECISIONS}:2:3), "
        f"but {ONE} is different from {THIRD} ({DECISIONS}:3:3): the test says so"
    )


def test_so_is_one_that_an_entry_declares_different(small: SmallWorld) -> None:
    events = "seeds/registry/events.yaml"
    small.replace(
        "marten-sinking: the sinking of the Marten",
        "marten-sinking: {label: the sinking, different: {marten-grounding: the ferry was saved}}",
        events,
    )
    decided(small, f"same: [{ONE}, {OTHER}]", f"same: [{OTHER}, {THIRD}]")
    (finding,) = small.registry().findings
    assert all(name in finding.message for name in (ONE, OTHER, THIRD, "the ferry was saved"))
    assert str(finding.where) == small.place("marten-grounding: the ferry was saved", events)


def test_what_is_one_by_others_cannot_be_open(small: SmallWorld) -> None:
    decided(small, f"same: [{ONE}, {OTHER}]", f"same: [{OTHER}, {THIRD}]", f"unsure: [{ONE}, {THIRD}]")
    (finding,) = small.registry().findings
    assert finding.rule == "decisions-agree"
    assert f"{ONE} may or may not be {THIRD}" in finding.message


def test_nothing_is_made_one_while_decisions_contradict(small: SmallWorld) -> None:
    decided(small, f"same: [{ONE}, {OTHER}]", f"different: [{ONE}, {OTHER}]")
    assert iri("event", "marten-stranding") in small.registry().entries


def test_what_differs_from_one_of_two_differs_from_what_is_kept(small: SmallWorld) -> None:
    decided(small, f"same: [{ONE}, {OTHER}]", f"different: [{OTHER}, {THIRD}]")
    entry = small.registry().entries[iri("event", "marten-grounding")]
    assert entry.different == ((iri("event", "marten-sinking"), "the test says so"),)


FAULTS = {
    "an event that there is not": (
        "same: [event/marten-groundin, event/marten-stranding], reason: r, by: b",
        "name-is-known",
        "event/marten-groundin",
        "did you mean 'marten-grounding'?",
    ),
    "a misspelt verdict": (
        "smae: [event/marten-grounding, event/marten-stranding], reason: r, by: b",
        "registry-key",
        "smae",
        "did you mean 'same'?",
    ),
    "one thing alone": ("same: [event/marten-grounding], reason: r, by: b", "decision-form", "{same", ""),
    "no list": ("same: event/marten-grounding, reason: r, by: b", "decision-form", "{same", ""),
    "one thing twice": (
        "same: [event/marten-grounding, 'the grounding of the Marten'], reason: r, by: b",
        "decision-form",
        "'the grounding",
        "two things of one kind",
    ),
    "two kinds": (
        "same: [event/marten-grounding, actor/tor-lind], reason: r, by: b",
        "decision-form",
        "actor/tor-lind",
        "of one kind",
    ),
    "no reason": (
        "unsure: [event/marten-grounding, event/marten-stranding], by: b",
        "decision-has-reason",
        "{unsure",
        "write reason: ...",
    ),
    "nobody": (
        "unsure: [event/marten-grounding, event/marten-stranding], reason: r",
        "decision-has-reason",
        "{unsure",
        "write by: ...",
    ),
    "a day that is none": (
        "unsure: [event/marten-grounding, event/marten-stranding], reason: r, by: b, date: soon",
        "time-is-edtf",
        "{unsure",
        "2024-05-31",
    ),
    "someone": (
        "same: [actor/tor-lind, actor/someone], reason: r, by: b",
        "decision-form",
        "actor/someone",
        "",
    ),
    "a concept": (
        "same: [position/harbour-master, goal/x], reason: r, by: b",
        "name-is-known",
        "goal/x",
        "",
    ),
    "another kind of actor": (
        "same: [tor-lind, pilots-guild], reason: r, by: b",
        "kinds-fit",
        "{same",
        "kind:",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_rule_its_place_and_its_remedy(name: str, small: SmallWorld) -> None:
    entry, rule, at, fix = FAULTS[name]
    (small.root / DECISIONS).write_text(f"- {{{entry}}}\n", encoding="utf-8")
    finding = small.registry().findings[0]
    assert finding.rule == rule
    assert at == "" or str(finding.where) == small.place(at, DECISIONS)
    assert fix in finding.fix


def test_a_pair_is_decided_once(small: SmallWorld) -> None:
    decided(small, f"unsure: [{ONE}, {OTHER}]", f"different: [{OTHER}, {ONE}]")
    assert violations(small.registry().findings) == [("pair-is-decided-once", f"{DECISIONS}:2:3")]


def test_a_file_that_is_no_list_is_a_fault(small: SmallWorld) -> None:
    (small.root / DECISIONS).write_text("same: x\n", encoding="utf-8")
    assert violations(small.registry().findings) == [("decision-form", f"{DECISIONS}:1:1")]


def test_a_file_without_decisions_is_none(small: SmallWorld) -> None:
    (small.root / DECISIONS).write_text("# nothing yet\n", encoding="utf-8")
    assert small.registry().findings == []


def test_works_that_are_one_keep_what_either_has_and_tell_where_they_differ(small: SmallWorld) -> None:
    small.register(
        "works",
        "letter: {label: The letter, title: To the town, issued: 2018-01-01, url: 'https://example.org/l',",
        "  reliability: {grade: F, assessor: a, reason: b}}",
    )
    decided(small, "same: [work/guild-letter-2019, work/letter]")
    registry = small.registry()
    work = registry.work(iri("work", "guild-letter-2019"))
    assert (work.url, work.issued and work.issued.edtf) == ("https://example.org/l", "2019-02-28")
    assert work.aliases == ("The letter", "To the town")
    assert [(f.rule, f.severity) for f in registry.findings] == [("what-is-one-agrees", "warning")]
    assert "differ in issued" in registry.findings[0].message


def test_documents_of_works_that_are_one_are_copies_of_what_is_kept(small: SmallWorld) -> None:
    decided(small, "same: [work/ferry-2019, work/work-gazette]")
    work = small.registry().work(iri("work", "ferry-2019"))
    assert {d.name: d.work for d in work.documents} == dict.fromkeys(("ferry", "gazette"), work.iri)


# --- any decisions -------------------------------------------------------------------------------

NAMES = [iri("event", name) for name in "abcdef"]
PAIRS = st.sampled_from(list(combinations(NAMES, 2))).flatmap(st.permutations)
VERDICT = st.sampled_from(["same", "different", "unsure"])
SOME = st.lists(st.builds(lambda pair, verdict: Decision(*pair, verdict, "r", "b"), PAIRS, VERDICT))


def components(decisions: list[Decision]) -> dict[str, frozenset[str]]:
    """Who is one with whom, by joining sets until nothing changes."""
    group = {name: frozenset([name]) for name in NAMES}
    for _ in NAMES:
        for decision in decisions:
            if decision.verdict == "same":
                joined = group[decision.one] | group[decision.other]
                group |= dict.fromkeys(joined, joined)
    return group


@given(SOME)
def test_all_that_hang_together_get_one_name_and_no_other(decisions: list[Decision]) -> None:
    kept, group = kept_of(decisions), components(decisions)
    names = {node: kept.get(node, node) for node in NAMES}
    assert all((names[a] == names[b]) == (b in group[a]) for a, b in combinations(NAMES, 2))
    assert set(kept).isdisjoint(kept.values())


@given(SOME)
def test_decisions_contradict_where_what_is_one_is_held_apart(decisions: list[Decision]) -> None:
    group = components(decisions)
    apart = [d for d in decisions if d.verdict != "same" and d.other in group[d.one]]
    found = [f for f in contradictions(decisions) if f.rule == "decisions-agree"]
    assert len(found) == len(apart)
    for finding, decision in zip(found, apart, strict=True):
        assert all("/".join(n.rsplit("/", 2)[1:]) in finding.message for n in decision.pair)


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    from kg.errors import KgError

    try:
        root, _ = read_yaml(text, "decisions.yaml")
    except KgError:
        return
    decisions, findings = read_decisions(root, lambda name, kinds: iri("event", "a"))
    assert decisions == []
    assert all("\n" not in finding.message for finding in findings)
