"""A build of faulty seeds: one clear line for each fault, its exit code, and nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from running import Run, run_child
from smallworld import CLAIMS, SmallWorld

Kg = Callable[..., Run]
CROWD = "quote: About 300 people watched from the shore"


@dataclass(frozen=True)
class Fault:
    """One change that spoils the claims file, and the line that tells it."""

    name: str
    old: str
    new: str
    at: str
    line: str
    fix: str


FAULTS = [
    Fault(
        "a misspelt predicate",
        "considers: {town: {supports:",
        "considers: {town: {suports:",
        "suports",
        "nothing called 'suports' can be said of an actor (predicate-is-known)",
        "did you mean 'supports'?",
    ),
    Fault(
        "a quote that is not in the text",
        CROWD,
        CROWD.replace("watched", "looked on"),
        "About 300",
        "'About 300 people looked on from the shore' is not in the text (quote-found-once)",
        "line 5 has 'About 300 people watched from the shore.'",
    ),
    Fault(
        "an unknown actor",
        "claimant: pilots-guild",
        "claimant: pilot-guild",
        "pilot-guild",
        "there is no actor or work called 'pilot-guild' (name-is-known)",
        "did you mean 'pilots-guild'?",
    ),
    Fault(
        "a wrong date",
        "date: 2019-02-14",
        "date: 2019-02-30",
        "2019-02-30",
        "'2019-02-30' is no EDTF time (time-is-edtf)",
        "write for example 2015",
    ),
    Fault(
        "a duplicate id",
        f"- {CROWD}\n",
        f"- {CROWD}\n  gist: Many came.\n  topic: origins\n- {CROWD}\n",
        "",
        f"is taken (at {CLAIMS}:15:3) (claim-id-is-unique)",
        "write another id:",
    ),
]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def small(scratch: Path) -> SmallWorld:
    """The corpus as it was built, to be spoilt."""
    return SmallWorld(scratch)


def build(small: SmallWorld, kg: Kg) -> Run:
    """Build, which must leave no trace in ``triples/``."""
    before = contents(small.root / "triples")
    assert before
    run = kg("build", workspace=small.root)
    assert contents(small.root / "triples") == before
    assert "Traceback" not in run.err
    return run


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_in_a_claims_file_is_one_line_with_its_place_and_nothing_is_built(
    fault: Fault, small: SmallWorld, kg: Kg
) -> None:
    small.replace(fault.old, fault.new)
    place = small.place(fault.at) if fault.at else f"{CLAIMS}:18:3"
    run = build(small, kg)
    assert (run.code, run.out) == (1, "")
    told, fix, summary = run.err.splitlines()
    assert told.startswith(f"{place}: violation: ")
    assert told.endswith(fault.line)
    assert fault.fix in fix
    assert summary == "kg: the seeds are faulty: 1 fault"


def test_yaml_that_does_not_parse_is_one_line_with_its_place_and_nothing_is_built(
    small: SmallWorld, kg: Kg
) -> None:
    small.replace("considers: {town: {supports: pilots-guild}}", "considers: {town: {supports: pilots-guild}")
    run = build(small, kg)
    assert run.is_one_line_fault(2)
    assert re.match(rf"kg: {re.escape(CLAIMS)}:\d+:\d+: this is no YAML: ", run.err)


def test_several_faults_are_one_line_each_in_the_order_of_the_file(small: SmallWorld, kg: Kg) -> None:
    for fault in FAULTS[:4]:
        small.replace(fault.old, fault.new)
    run = build(small, kg)
    lines = [line for line in run.err.splitlines() if ": violation: " in line]
    places = [tuple(map(int, line.split(":")[1:3])) for line in lines]
    assert (run.code, run.out, len(lines)) == (1, "", 4)
    assert places == sorted(places)
    assert run.err.splitlines()[-1] == "kg: the seeds are faulty: 4 faults"


def test_a_fault_in_the_registry_is_told_in_the_same_way(small: SmallWorld, kg: Kg) -> None:
    small.replace("Tor Lind, kind: Person", "Tor Lind, kind: Persn", "seeds/registry/actors.yaml")
    run = build(small, kg)
    assert (run.code, run.out) == (1, "")
    place = small.place("Persn", "seeds/registry/actors.yaml")
    assert run.err.startswith(
        f"{place}: violation: there is no kind of actor called 'Persn' (kind-is-known)\n"
    )


def test_a_fault_that_only_the_whole_graph_shows_is_told_at_the_claim(small: SmallWorld, kg: Kg) -> None:
    small.replace("considers: {town: {supports: pilots-guild}}", "considers: {town: {factionOf: tor-lind}}")
    run = build(small, kg)
    assert (run.code, run.out) == (1, "")
    told = run.err.splitlines()
    assert told[0].startswith(f"{small.place('quote: The town of Old Sound')}: violation: ")
    assert "(proposition-object-fits) [town of Old Sound is a faction of Tor Lind]" in told[0]
    assert told[-1] == "kg: the graph does not conform: 1 fault"


def test_a_check_of_one_faulty_file_gives_the_same_line_on_stdout(small: SmallWorld) -> None:
    small.replace(FAULTS[0].old, FAULTS[0].new)
    run = run_child("--workspace", str(small.root), "validate", CLAIMS, cwd=small.root)
    assert (run.code, run.err) == (1, "")
    assert run.out.startswith(f"{small.place('suports')}: violation: nothing called 'suports'")
    assert "did you mean 'supports'?" in run.out
