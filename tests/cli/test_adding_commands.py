"""``kg add``, ``kg retract`` and ``kg log`` as a person uses them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from addedworld import RIVAL, YEAR_ON, year_on
from running import Run, environment, run_child

Kg = Callable[..., Run]
CLAIM = "claim:ferry-2019.7cee91bb"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "new.yaml"
    path.write_text(RIVAL, encoding="utf-8")
    return path


def test_an_add_says_what_changes_and_what_it_contradicts(file: Path, scratch: Path, kg: Kg) -> None:
    run = kg("add", str(file), "--author", "Ada", workspace=scratch)
    assert run.code == 0, run
    *changes, told = run.out.splitlines()
    assert told.startswith("added as ")
    assert "+ disputed: injured in the grounding of the Marten - is - 14" in changes
    assert "~ injured in the grounding of the Marten: 12: uncontested -> disputed" in changes
    assert f"{file}:3:3: info: this contradicts ferry-2019" in run.err
    assert kg("build", "--check", workspace=scratch).out.endswith("triples/ is up to date\n")
    again = kg("add", str(file), workspace=scratch)
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("nothing was added: this file was added on ")


def test_a_faulty_file_ends_with_its_findings_and_code_1(file: Path, scratch: Path, kg: Kg) -> None:
    file.write_text(RIVAL.replace("injured: 14", "injurd: 14"), encoding="utf-8")
    run = kg("add", str(file), workspace=scratch)
    assert (run.code, run.out) == (1, "")
    assert f"{file}:4:" in run.err
    assert "did you mean 'injured'?" in run.err
    assert run.err.splitlines()[-1] == f"kg: {file}: it does not conform, so nothing was added"
    assert not (scratch / "seeds" / "additions").exists()


def test_a_dry_run_adds_nothing(file: Path, scratch: Path, kg: Kg) -> None:
    run = kg("add", str(file), "--dry-run", workspace=scratch)
    assert run.code == 0
    assert run.out.endswith("nothing was added: this was a trial\n")
    assert not (scratch / "seeds" / "additions").exists()


def test_claims_come_from_standard_input_too(scratch: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(RIVAL.encode())))
    run = kg("add", "-", "--author", "Ada", workspace=scratch)
    assert run.code == 0, run
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"- x\n")))
    checked = kg("validate", "-", "--syntax", "yaml", workspace=scratch)
    assert checked.code == 1
    assert "-:1:1: violation: a claims file says which document it reads" in checked.out


def test_a_new_document_is_given_with_its_text(tmp_path: Path, scratch: Path, kg: Kg) -> None:
    claims, text = tmp_path / "new.yaml", tmp_path / "year-on.txt"
    claims.write_text(year_on(), encoding="utf-8")
    text.write_text(YEAR_ON, encoding="utf-8")
    without = kg("validate", str(claims), workspace=scratch)
    assert without.code == 1
    assert "give it: kg add FILE --document year-on.txt" in without.out
    assert kg("validate", str(claims), "--document", str(text), workspace=scratch).code == 0
    assert kg("add", str(claims), "--document", str(text), workspace=scratch).code == 0
    assert (scratch / "seeds" / "documents" / "year-on.txt").exists()


def test_a_claim_is_retracted_left_out_and_shown_on_demand(scratch: Path, kg: Kg) -> None:
    gist = "<https://w3id.org/aces/ontology#gist>"
    asked = ("sparql", f'SELECT ?gist {{ ?c {gist} ?gist FILTER(REGEX(?gist, "300")) }}')
    run = kg("retract", CLAIM, "--reason", "they were fewer", "--author", "Ada", workspace=scratch)
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[-1] == f"retracted {CLAIM}: they were fewer"
    assert "300" not in kg(*asked, workspace=scratch).out
    assert "[retracted: they were fewer]" in kg(*asked, "--with-retracted", workspace=scratch).out
    told = kg("explain", "event/marten-grounding", "--all", "--with-retracted", workspace=scratch).out
    assert "by Ada: they were fewer" in " ".join(told.split())
    assert kg("retract", CLAIM, "--reason", "they were fewer", workspace=scratch).code == 0
    assert kg("retract", CLAIM, "--reason", "no", workspace=scratch).is_one_line_fault(1)


def test_what_cannot_be_retracted_is_one_line(scratch: Path, kg: Kg) -> None:
    assert kg("retract", "ferry-2019.7cee91bc", "--reason", "x", workspace=scratch).is_one_line_fault(1)
    assert kg("retract", CLAIM, workspace=scratch).is_one_line_fault(2)


def test_the_log_lists_every_act_in_every_form(file: Path, scratch: Path, kg: Kg) -> None:
    nothing = kg("log", "--format", "csv", workspace=scratch)
    assert nothing.out.split() == ["when,act,what,by,from,reason,replaced_by"]
    kg("add", str(file), "--author", "Ada", workspace=scratch)
    kg("retract", CLAIM, "--reason", "they were fewer", "--author", "Tor", workspace=scratch)
    rows = list(csv.DictReader(io.StringIO(kg("log", "--format", "csv", workspace=scratch).out)))
    assert [(row["act"], row["by"], row["from"], row["reason"]) for row in rows] == [
        ("add", "Ada", str(file), ""),
        ("retract", "Tor", "", "they were fewer"),
    ]
    for form in ("table", "json", "tsv", "md"):
        assert "they were fewer" in kg("log", "--format", form, workspace=scratch).out


@pytest.mark.slow
def test_who_adds_is_named_by_option_variable_git_or_login(file: Path, scratch: Path) -> None:
    home = scratch.parent / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n name = Gitta\n email = g@example.org\n", encoding="utf-8")
    bare = {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "XDG_CONFIG_HOME": str(home)}
    for number, (words, variables, name) in enumerate(
        [
            (["--author", "Ada"], {"KG_AUTHOR": "Tor"}, "Ada"),
            ([], {"KG_AUTHOR": "Tor"}, "Tor"),
            ([], {"KG_AUTHOR": ""}, "Gitta <g@example.org>"),
        ]
    ):
        file.write_text(RIVAL.replace("injured: 14", f"injured: {20 + number}"), encoding="utf-8")
        run = run_child(
            "--workspace", str(scratch), "add", str(file), *words, env=environment(**bare, **variables)
        )
        assert run.code == 0, run
        log = (scratch / "seeds" / "additions" / "log.jsonl").read_text(encoding="utf-8")
        assert f'"by": "{name}"' in log.splitlines()[-1]


def test_after_an_act_that_was_cut_off_reading_says_so_and_build_mends_it(
    file: Path, scratch: Path, kg: Kg
) -> None:
    kg("add", str(file), "--author", "Ada", workspace=scratch)
    additions = scratch / "seeds" / "additions"
    line = (additions / "log.jsonl").read_text(encoding="utf-8")
    (additions / ".under-way.json").write_text(json.dumps({"line": line, "files": []}), encoding="utf-8")
    run = kg("query", "event-list", workspace=scratch)
    assert run.code == 0
    assert run.err.startswith("kg: an addition was cut off: it stands in seeds/ and not yet in triples/")
    assert kg("build", workspace=scratch).code == 0
    assert "cut off" not in kg("query", "event-list", workspace=scratch).err
