"""``kg decide``: what it writes, what it says, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from doubles import DECISIONS, ONE, OTHER, decided
from kg.identity import Decision
from running import Run
from smallworld import SmallWorld

Kg = Callable[..., Run]
REASON = ("--reason", "both texts say 'the ferry Marten': one accident")


@pytest.fixture
def decide(small: SmallWorld, kg: Kg) -> Callable[..., Run]:
    """Run ``kg decide`` on the small world."""
    return lambda *words: kg("decide", *words, workspace=small.root)


def written(small: SmallWorld) -> list[Decision]:
    """The decisions of the file, without those that stand in entries."""
    return [decision for decision in small.registry().decisions if not decision.in_entry]


def test_a_decision_is_written_with_its_reason_who_decides_and_the_day(small: SmallWorld, decide: Kg) -> None:
    run = decide(ONE, OTHER, "--same", *REASON, "--by", "Ada", "--date", "2024-05-31")
    assert (run.code, run.out) == (0, "")
    assert run.err == (
        f"written into {DECISIONS}: {ONE} is the same as {OTHER}; kg build makes the graph of it\n"
    )
    (decision,) = written(small)
    assert (decision.reason, decision.by, decision.date) == (REASON[1], "Ada", "2024-05-31")
    assert (small.root / DECISIONS).read_text(encoding="utf-8").startswith("# Who is the same as whom")


def test_without_a_name_the_curator_decides_and_without_a_day_there_is_none(
    small: SmallWorld, decide: Kg
) -> None:
    assert decide("marten-grounding", "the stranding of the Marten", "--unsure", *REASON).code == 0
    (decision,) = written(small)
    assert (decision.verdict, decision.by, decision.date) == ("unsure", "curator", "")


def test_a_name_that_is_not_there_is_refused_with_the_nearest(small: SmallWorld, decide: Kg) -> None:
    run = decide(ONE, "event/marten-strandin", "--same", *REASON)
    assert run.is_one_line_fault(1)
    assert "did you mean 'marten-stranding'?" in run.err
    assert not (small.root / DECISIONS).exists()


def test_a_merge_of_two_that_are_declared_different_is_refused_naming_all_three(
    small: SmallWorld, decide: Kg
) -> None:
    third = "event/marten-sinking"
    decide(ONE, OTHER, "--same", *REASON)
    decide(ONE, third, "--different", "--reason", "the ferry was saved")
    before = (small.root / DECISIONS).read_bytes()
    run = decide(OTHER, third, "--same", *REASON)
    assert run.is_one_line_fault(1)
    assert f"{ONE} is the same as {OTHER} ({DECISIONS}:3:3), {OTHER} is the same as {third} (now)" in run.err
    assert f"but {ONE} is different from {third} ({DECISIONS}:6:3): the ferry was saved" in run.err
    assert (small.root / DECISIONS).read_bytes() == before


def test_the_order_of_the_decisions_does_not_matter(small: SmallWorld, decide: Kg) -> None:
    third = "event/marten-sinking"
    decide(ONE, OTHER, "--same", *REASON)
    decide(OTHER, third, "--same", *REASON)
    for words in ((ONE, third, "--different", *REASON), (third, ONE, "--unsure", *REASON)):
        run = decide(*words)
        assert run.is_one_line_fault(1)
        assert all(name in run.err for name in (ONE, OTHER, third))


def test_what_contradicts_in_the_file_can_be_taken_back(small: SmallWorld, decide: Kg) -> None:
    decided(small, f"same: [{ONE}, {OTHER}]", f"different: [{OTHER}, {ONE}]")
    assert decide(ONE, "event/marten-sinking", "--unsure", *REASON).is_one_line_fault(1)
    assert decide(ONE, OTHER, "--undo").code == 0
    assert [decision.verdict for decision in written(small)] == ["different"]
    assert small.registry().findings == []


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((ONE, OTHER), 2, "give --same, --different, --unsure or --undo"),
        ((ONE, OTHER, "--same"), 2, "write --reason TEXT"),
        ((ONE, OTHER, "--same", "--reason", " "), 2, "write --reason TEXT"),
        ((ONE, "the grounding of the Marten", "--same", *REASON), 1, f"{ONE} is named twice"),
        ((ONE, "actor/tor-lind", "--same", *REASON), 1, "are of two kinds"),
        (("actor/tor-lind", "actor/town", "--same", *REASON), 1, "of the kinds Person and StateBody"),
        ((ONE, OTHER, "--undo"), 1, f"nothing is decided on {ONE} and {OTHER}"),
        (("actor/town", "coastguard", "--undo"), 1, "take the line out there by hand"),
        (("actor/town", "coastguard", "--unsure", *REASON), 1, "that pair is decided already"),
        (("actor/town", "coastguard", "--same", *REASON), 1, "the town is not its coastguard"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    words: tuple[str, ...], code: int, told: str, small: SmallWorld, decide: Kg
) -> None:
    run = decide(*words)
    assert run.is_one_line_fault(code)
    assert told in run.err
    assert not (small.root / DECISIONS).exists()


def test_a_decision_is_undone_whichever_name_comes_first(small: SmallWorld, decide: Kg) -> None:
    decide(ONE, OTHER, "--same", *REASON)
    run = decide(OTHER, ONE, "--undo")
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith(f"taken out of {DECISIONS}: {ONE} is the same as {OTHER}")
    assert written(small) == []


@pytest.mark.parametrize(
    "reason", ["a: b # c", "- x", "'", '"', "{", "yes", "2024-05-31", "é ✓ \u202e \x07", "w " * 200]
)
def test_any_reason_is_kept(reason: str, small: SmallWorld, decide: Kg) -> None:
    assert decide(ONE, OTHER, "--unsure", "--reason", reason).code == 0
    (decision,) = written(small)
    assert decision.reason == " ".join(reason.split())
    assert decide(ONE, OTHER, "--undo").code == 0
    assert (small.root / DECISIONS).read_text(encoding="utf-8").count("\n") == 2
