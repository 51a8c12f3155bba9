"""Every fault of a registry: its rule, its place, and how to mend it; what is sound is there all the same."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg.errors import KgError, UnreadableError
from kg.terms import iri
from smallworld import SmallWorld, violations


@dataclass(frozen=True)
class Fault:
    """One change that spoils a file: what is told, where, and a part of how to mend it."""

    name: str
    file: str
    old: str
    new: str
    at: str
    rule: str
    fix: str = ""


FAULTS = [
    Fault(
        "a misspelt key",
        "actors",
        "aliases: [Lind]",
        "alias: [Lind]",
        "alias:",
        "registry-key",
        "did you mean 'aliases'?",
    ),
    Fault(
        "a key of another kind of entry",
        "places",
        "kind: Site",
        "publisher: town",
        "publisher",
        "registry-key",
        "known: aliases",
    ),
    Fault(
        "a misspelt key of a document",
        "works",
        "language: en",
        "langage: en",
        "langage",
        "registry-key",
        "did you mean 'language'?",
    ),
    Fault(
        "a kind of actor that there is not",
        "actors",
        "Tor Lind, kind: Person",
        "Tor Lind, kind: Persn",
        "Persn",
        "kind-is-known",
        "did you mean 'Person'?",
    ),
    Fault(
        "a kind of place for an actor",
        "actors",
        "Tor Lind, kind: Person",
        "Tor Lind, kind: Province",
        "Province",
        "kind-is-known",
    ),
    Fault(
        "a kind of work that there is not",
        "works",
        "news-item",
        "news-itm",
        "news-itm",
        "name-is-known",
        "'news-item'",
    ),
    Fault(
        "an entry without a label",
        "actors",
        "label: Ada Holm, ",
        "",
        "ada-holm",
        "registry-entry",
        "label: ...",
    ),
    Fault(
        "an empty label",
        "places",
        "{label: Kelp Point, kind: Site}",
        "{label: '', kind: Site}",
        "kelp-point",
        "registry-entry",
    ),
    Fault(
        "an entry that is a list",
        "places",
        "{label: Kelp Point, kind: Site}",
        "[Kelp Point]",
        "kelp-point",
        "registry-entry",
    ),
    Fault(
        "a name that cannot stand in an IRI",
        "events",
        "guild-charge:",
        "the charge:",
        "the charge",
        "registry-entry",
        "letters, digits",
    ),
    Fault(
        "an entry twice",
        "events",
        "guild-charge:",
        "marten-grounding:",
        "marten-grounding: a charge",
        "key-stands-once",
    ),
    Fault(
        "a date that is none",
        "works",
        "issued: 2019-02-20",
        "issued: 2019-02-30",
        "2019-02-30",
        "time-is-edtf",
        "write for example",
    ),
    Fault(
        "an author that nobody is",
        "works",
        "authors: [ada-holm]",
        "authors: [ada-helm]",
        "ada-helm",
        "name-is-known",
        "did you mean 'ada-holm'?",
    ),
    Fault(
        "a publisher that nobody is",
        "works",
        "publisher: coastguard",
        "publisher: x",
        "x\n",
        "name-is-known",
        "actors.yaml",
    ),
    Fault(
        "a place around it that there is not",
        "places",
        "kind: Site",
        "within: kelp-pint",
        "kelp-pint",
        "name-is-known",
        "did you mean 'kelp-point'?",
    ),
    Fault(
        "a different one that there is not",
        "actors",
        "different: {coastguard:",
        "different: {coastgard:",
        "coastgard:",
        "name-is-known",
        "did you mean 'coastguard'?",
    ),
    Fault(
        "a scheme that a registry cannot fill",
        "concepts",
        "position:",
        "positions:",
        "positions",
        "registry-entry",
        "use one of factor",
    ),
    Fault(
        "a concept without a label",
        "concepts",
        ": harbour master",
        ": []",
        "harbour-master",
        "registry-entry",
    ),
    Fault(
        "a concept with an impossible name",
        "concepts",
        "harbour-master:",
        "harbour master:",
        "harbour master:",
        "registry-entry",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_alone_with_its_rule_its_place_and_its_remedy(
    fault: Fault, small: SmallWorld
) -> None:
    file = f"seeds/registry/{fault.file}.yaml"
    small.replace(fault.old, fault.new, file)
    findings = small.registry().findings
    assert (fault.rule, small.place(fault.at, file)) in violations(findings)
    assert fault.fix in next(f.fix for f in findings if f.rule == fault.rule)


def test_the_registry_without_a_change_has_no_fault(small: SmallWorld) -> None:
    assert small.registry().findings == []


def test_a_grade_that_there_is_not_is_told(small: SmallWorld) -> None:
    small.register("works", "tides: {label: Tides, reliability: {grade: X, assessor: a, reason: b}}")
    assert violations(small.registry().findings) == [
        ("name-is-known", small.place("X, assessor", "seeds/registry/works.yaml"))
    ]


def test_several_faults_are_all_told_at_once(small: SmallWorld) -> None:
    small.replace("Tor Lind, kind: Person", "Tor Lind, kind: Persn", "seeds/registry/actors.yaml")
    small.replace("kind: Site", "knd: Site", "seeds/registry/places.yaml")
    small.replace("issued: 2019-02-20", "issued: soon", "seeds/registry/works.yaml")
    assert [rule for rule, _ in violations(small.registry().findings)] == [
        "kind-is-known",
        "registry-key",
        "time-is-edtf",
    ]


def test_what_is_sound_is_there_beside_a_faulty_entry(small: SmallWorld) -> None:
    small.replace("label: Ada Holm, ", "", "seeds/registry/actors.yaml")
    entries = small.registry().entries
    assert iri("actor", "ada-holm") not in entries
    assert iri("actor", "tor-lind") in entries


def test_a_document_of_two_works_is_a_fault(small: SmallWorld) -> None:
    small.register("works", "tides: {label: Tides, documents: {ferry: {file: x.txt, sha256: abc}}}")
    (fault,) = small.registry().findings
    assert (fault.rule, str(fault.where)) == (
        "document-id-is-unique",
        small.place("ferry: {file: x.txt", "seeds/registry/works.yaml"),
    )
    assert small.place("ferry: {file: ferry.txt", "seeds/registry/works.yaml") in fault.fix


@pytest.mark.parametrize("written", ["{sha256: abc}", "{file: x.txt}", "x.txt"])
def test_a_document_needs_a_file_and_its_hash(written: str, small: SmallWorld) -> None:
    small.register("works", f"tides: {{label: Tides, documents: {{tides: {written}}}}}")
    assert ("document-has-file", small.place("tides: " + written, "seeds/registry/works.yaml")) in violations(
        small.registry().findings
    )


def test_a_file_that_is_no_registry_file_is_told(small: SmallWorld) -> None:
    small.register("people", "x: {label: X}")
    assert violations(small.registry().findings) == [("registry-entry", "seeds/registry/people.yaml:1:1")]


def test_a_file_that_is_a_list_is_told(small: SmallWorld) -> None:
    (small.root / "seeds" / "registry" / "events.yaml").write_text("- storm\n", encoding="utf-8")
    assert ("registry-entry", "seeds/registry/events.yaml:1:1") in violations(small.registry().findings)


def test_yaml_that_does_not_parse_is_unreadable_and_says_where(small: SmallWorld) -> None:
    small.replace("kind: Site}", "kind: Site", "seeds/registry/places.yaml")
    with pytest.raises(UnreadableError) as fault:
        small.registry()
    assert fault.value.where.startswith("seeds/registry/places.yaml:2:")


ODD = ("[]", "{}", "''", "~", "[a]", "{a: b}", "{value: x}", "{value: [], basis: curator}", "9")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("file", ["actors", "places", "works", "events", "concepts"])
def test_any_value_may_be_odd(file: str, odd: str, small: SmallWorld) -> None:
    path = small.root / "seeds" / "registry" / f"{file}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        key, colon, _ = line.partition(": ")
        changed = [*lines[:number], f"{key}{colon}{odd}", *lines[number + 1 :]]
        path.write_text("\n".join(changed), encoding="utf-8")
        try:
            small.registry()
        except KgError as fault:
            assert "\n" not in fault.line()
