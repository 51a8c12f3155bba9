"""The W3C syntax suites of RDF 1.1: what must be refused is refused with its place, the rest is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.serialise import format_of, parse

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FOLDERS = ("rdf-turtle", "rdf-trig", "rdf-n-triples", "rdf-n-quads", "rdf-xml")


@dataclass(frozen=True)
class Case:
    file: Path
    base: str
    negative: bool


def cases(folder: Path) -> list[Case]:
    found = []
    for suite in FOLDERS:
        manifest = folder / suite / "manifest.ttl"
        quads = parse(manifest.read_bytes(), "ttl", where=str(manifest), base=f"urn:x:{suite}/manifest.ttl")
        bases = [q.object.value for q in quads if q.predicate.value == f"{MF}assumedTestBase"]
        base = bases[0] if bases else f"http://example.org/{suite}/"
        actions = {q.subject: q.object.value for q in quads if q.predicate.value == f"{MF}action"}
        for quad in quads:
            kind = quad.object.value.rpartition("#")[2]
            if quad.predicate.value == TYPE and quad.subject in actions and "Test" in kind:
                name = actions[quad.subject].removeprefix(f"urn:x:{suite}/")
                found.append(Case(folder / suite / name, base + name, "NegativeSyntax" in kind))
    return found


@pytest.fixture(scope="module")
def suite(shared: Path) -> list[Case]:
    return cases(shared / "w3c" / "rdf" / "rdf11")


def attempt(case: Case) -> KgError | None:
    try:
        parse(case.file.read_bytes(), format_of(case.file), where=case.file.name, base=case.base)
    except KgError as error:
        return error
    return None


def test_every_negative_file_is_refused_with_file_line_and_column(suite: list[Case]) -> None:
    negative = [case for case in suite if case.negative]
    faults = {case.file: attempt(case) for case in negative}
    assert len(negative) == 312
    assert [str(file) for file, fault in faults.items() if fault is None] == []
    for file, fault in faults.items():
        assert fault is not None
        assert fault.exit_code == 2, file
        assert re.fullmatch(rf"{re.escape(file.name)}:\d+:\d+", fault.where), (file, fault.where)
        assert fault.fix and "\n" not in fault.line(), file


def test_every_positive_file_is_read_but_those_with_a_nul_character(suite: list[Case]) -> None:
    positive = [case for case in suite if not case.negative]
    refused = {case.file.name: str(fault) for case in positive if (fault := attempt(case))}
    assert len(positive) == 680
    assert len(refused) == 14
    assert all("a NUL character" in fault for fault in refused.values())
