"""HermiT as a program: found, bounded in time and memory, cleaned up after, and its words understood."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from owl_graphs import core, turtle

from kg.errors import LimitError, MissingProgramError, WrongError
from kg.reasoning import Verdict, hermit_version, java, prove

INCONSISTENT = (
    'Exception in thread "main" org.semanticweb.owlapi.reasoner.InconsistentOntologyException: Inconsistent'
)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, with a name that has to be quoted."""
    folder = tmp_path / "a temporary folder"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


# --- without Java --------------------------------------------------------------------------------


def test_without_java_there_is_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgramError, match="no java here; install a Java runtime"):
        prove([])


def test_the_output_of_a_consistent_graph_names_what_is_empty(fake_java) -> None:  # type: ignore[no-untyped-def]
    fake_java.answers(
        "EquivalentClasses( <http://www.w3.org/2002/07/owl#Nothing> <urn:x:A> <urn:x:B> )\n"
        "EquivalentDataProperties( <http://www.w3.org/2002/07/owl#bottomDataProperty> >urn:x:p> )\n"
        "EquivalentClasses( <urn:x:C> <urn:x:D> )\n"
    )
    assert prove([]) == Verdict(True, ("urn:x:A", "urn:x:B", "urn:x:p"))


def test_an_inconsistent_graph_is_told_from_a_failure(fake_java) -> None:  # type: ignore[no-untyped-def]
    fake_java.answers(stderr=INCONSISTENT, code=1)
    assert prove([]) == Verdict(False)


def test_words_in_a_literal_do_not_make_a_graph_inconsistent(fake_java) -> None:  # type: ignore[no-untyped-def]
    fault = 'Exception in thread "main" org.x.MalformedLiteralException: "InconsistentOntologyException"'
    fake_java.answers(stderr=fault, code=1)
    with pytest.raises(WrongError, match="cannot read the graph"):
        prove([])


def test_a_broken_java_is_told_in_one_line(fake_java) -> None:  # type: ignore[no-untyped-def]
    fake_java.answers(
        stderr="Unrecognized option: -XX\nError: Could not create the Java Virtual Machine.", code=1
    )
    with pytest.raises(MissingProgramError) as fault:
        prove([])
    assert fault.value.line() == "java failed: Unrecognized option: -XX; mend the Java runtime (17 or newer)"


def test_a_java_that_is_none_is_told(fake_java) -> None:  # type: ignore[no-untyped-def]
    (fake_java.folder / "java").write_bytes(b"\x00no program")
    with pytest.raises(MissingProgramError, match="java cannot be run"):
        prove([])


def test_a_reasoner_that_never_ends_is_stopped(fake_java, temporary: Path) -> None:  # type: ignore[no-untyped-def]
    (fake_java.folder / "java").write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    with pytest.raises(LimitError, match=r"no answer within 0\.2 seconds"):
        prove([], seconds=0.2)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(("stderr", "code"), [("", 0), (INCONSISTENT, 1)])
def test_no_file_is_left_behind(fake_java, temporary: Path, stderr: str, code: int) -> None:  # type: ignore[no-untyped-def]
    fake_java.answers(stderr=stderr, code=code)
    prove(core())
    assert list(temporary.iterdir()) == []


# --- with Java -----------------------------------------------------------------------------------


@pytest.mark.java
def test_hermit_itself_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    version = hermit_version()
    with capsys.disabled():
        print(f"\nHermiT {version}, run by {java()}")  # noqa: T201
    assert version.split(".")[:2] == ["1", "3"]


@pytest.mark.java
def test_a_path_with_spaces_is_read(temporary: Path) -> None:
    assert not prove(turtle("aces:a a owl:Thing ; a owl:Nothing .")).consistent
    assert list(temporary.iterdir()) == []


@pytest.mark.java
def test_too_little_memory_is_told() -> None:
    with pytest.raises(LimitError, match="ran out of memory; give Java more"):
        prove(core(), memory_mb=2)


@pytest.mark.java
def test_time_is_limited() -> None:
    with pytest.raises(LimitError, match=r"no answer within 0\.1 seconds"):
        prove(core(), seconds=0.1)


@pytest.mark.java
def test_a_literal_that_its_datatype_forbids_is_told() -> None:
    wrong = turtle('claim:c aces:claimCount "many"^^xsd:integer .')
    with pytest.raises(WrongError, match=r'HermiT cannot read the graph: .*"many".*malformed'):
        prove([*core(), *wrong])


@pytest.mark.java
@pytest.mark.parametrize(
    ("one", "other"),
    [("é", "è"), ("a\\nb", "anb"), ("\\u0007", "\\u000C"), ('\\"', "\\\\"), ("%41", "A")],
)
def test_texts_are_told_apart_to_the_letter(one: str, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert not prove([*core(), *turtle(f'claim:c aces:gist "{one}" , "{other}" .')]).consistent


@pytest.mark.java
def test_names_beyond_ascii_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    graph = "<urn:x:é> a aces:Person . <urn:x:è> a aces:Place ."
    assert prove([*core(), *turtle(graph)]).consistent


@pytest.mark.java
def test_dates_do_not_stop_the_proof() -> None:
    graph = 'time:t aces:earliest "2015-01-01"^^xsd:date . evidence:d.1-2 aces:line "2015-01-01"^^xsd:date .'
    assert prove([*core(), *turtle(graph)]).consistent
