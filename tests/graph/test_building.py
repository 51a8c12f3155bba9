"""Building: the same bytes everywhere, and nothing changes unless everything conforms."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from running import Run, environment, run_child

ROOT = Path(__file__).parents[2]
HOSTS = {
    "seed 0 in Nepal, C locale": {"PYTHONHASHSEED": "0", "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
    "seed 1": {"PYTHONHASHSEED": "1"},
    "seed 2, no UTF-8 mode": {
        "PYTHONHASHSEED": "2",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
}
FIRST, *OTHERS = HOSTS
# Reading, assembling and writing, without the check, which takes most of the time and changes nothing.
BYTES_OF_THE_SEEDS = """
import hashlib, sys
from pathlib import Path
from kg.assembly import assemble
from kg.build import graph_files, graph_version
from kg.seeds import read_seeds
from kg.workspace import Workspace
workspace = Workspace(Path(sys.argv[1]))
for name, data in sorted(graph_files(assemble(read_seeds(workspace), graph_version()), workspace).items()):
    print(name, hashlib.sha256(data).hexdigest())
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "triples").iterdir()}


@pytest.mark.parametrize("host", [FIRST, *(pytest.param(host, marks=pytest.mark.slow) for host in OTHERS)])
def test_the_host_does_not_change_a_byte(host: str, corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus / "seeds", tmp_path / "seeds")
    run = run_child("build", cwd=tmp_path, env=environment(**HOSTS[host]))
    assert (run.code, run.err) == (0, "")
    for word in (
        "documents",
        "claims",
        "propositions",
        "events",
        "triples",
        "conforms",
        "ferry: 7 sentences",
    ):
        assert word in run.out
    assert run.out.endswith("triples/ written\n")
    assert contents(tmp_path) == contents(corpus)


def test_building_again_changes_nothing(kg: Callable[..., Run], scratch: Path, unchecked: None) -> None:
    before = contents(scratch)
    run = kg("build", workspace=scratch)
    assert (run.code, run.err) == (0, "")
    assert run.out.endswith("triples/ is up to date\n")
    assert contents(scratch) == before


@pytest.mark.slow
@pytest.mark.parametrize("host", HOSTS)
def test_the_shipped_graph_is_what_its_seeds_give_on_every_host(host: str) -> None:
    program = (sys.executable, "-c", BYTES_OF_THE_SEEDS)
    run = run_child(str(ROOT), program=program, env=environment(**HOSTS[host]))
    there = [
        f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted((ROOT / "triples").glob("*.trig"))
    ]
    assert run.out.splitlines() == there


# --- the check -----------------------------------------------------------------------------------


def spoil_a_byte(folder: Path) -> None:
    file = folder / "triples" / "facts.trig"
    file.write_bytes(file.read_bytes() + b"\n")


def lose_a_file(folder: Path) -> None:
    (folder / "triples" / "facts.trig").unlink()


def leave_a_file_over(folder: Path) -> None:
    (folder / "triples" / "facts.old.trig").write_bytes(b"")


@pytest.mark.parametrize("spoil", [spoil_a_byte, lose_a_file, leave_a_file_over])
def test_the_check_fails_at_any_difference_and_names_the_command_to_run(
    spoil: Callable[[Path], None], kg: Callable[..., Run], scratch: Path, unchecked: None
) -> None:
    spoil(scratch)
    before = contents(scratch)
    run = kg("build", "--check", workspace=scratch)
    assert run.is_one_line_fault(1)
    assert "facts." in run.err
    assert run.err.endswith("run: kg build\n")
    assert contents(scratch) == before


def test_the_check_passes_when_nothing_differs(
    kg: Callable[..., Run], scratch: Path, unchecked: None
) -> None:
    run = kg("build", "--check", workspace=scratch)
    assert (run.code, run.err) == (0, "")


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave SHACL out, where it is not the point."""
    monkeypatch.setattr("kg.build.check", lambda graphs, workspace: [])


# --- faults --------------------------------------------------------------------------------------

CLAIMS = "seeds/claims/ferry.yaml"
FAULTS = {
    "a misspelt predicate": (
        CLAIMS,
        "linkedTo: pilots-guild}}\n- quote: The guild",
        "linkdTo: pilots-guild}}\n- quote: The guild",
        1,
        "linkedTo",
    ),
    "words that are not in the text": (
        CLAIMS,
        "quote: About 300 people",
        "quote: About 400 people",
        1,
        "ferry.yaml:15:10: ",
    ),
    "an unknown actor": (CLAIMS, "addressee: town", "addressee: twon", 1, "town"),
    "a wrong date": (CLAIMS, "date: 2020}", "date: 2020-13}", 1, "2020-13"),
    "YAML that does not parse": (CLAIMS, "claims:", "claims: [", 2, "YAML"),
    "a text that is not the registered one": (
        "seeds/documents/ferry.txt",
        "Who will pay",
        "Who shall pay",
        1,
        "ferry.txt has changed",
    ),
    "an actor that stands twice": ("seeds/registry/actors.yaml", "tor-lind:", "ada-holm:", 1, "ada-holm"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_seeds_is_told_with_its_place_and_nothing_is_written(
    fault: str, kg: Callable[..., Run], scratch: Path
) -> None:
    file, right, wrong, code, told = FAULTS[fault]
    path, before = scratch / file, contents(scratch)
    text = path.read_text(encoding="utf-8")
    assert text.count(right) == 1
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    run = kg("build", workspace=scratch)
    assert (run.code, run.out) == (code, "")
    assert told in run.err
    assert ".yaml:" in run.err
    assert "Traceback" not in run.err
    assert contents(scratch) == before


def test_a_graph_that_does_not_conform_is_not_written(kg: Callable[..., Run], scratch: Path) -> None:
    """A shape dropped into the workspace's own folder is honoured."""
    (scratch / "shapes").mkdir()
    (scratch / "shapes" / "own.ttl").write_text(
        """@prefix aces: <https://w3id.org/aces/ontology#> .
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix shape: <https://w3id.org/aces/shapes#> .
        shape:Own a sh:NodeShape ; sh:targetClass aces:Person ; sh:property shape:person-has-height .
        shape:person-has-height a sh:PropertyShape ; sh:path aces:height ; sh:minCount 1 ;
          sh:severity sh:Violation ; sh:message "How tall is this person? Write height." .
        """,
        encoding="utf-8",
    )
    before = contents(scratch)
    run = kg("build", workspace=scratch)
    assert (run.code, run.out) == (1, "")
    assert "person-has-height" in run.err
    assert "Tor Lind" in run.err
    assert contents(scratch) == before


def test_without_seeds_there_is_nothing_to_build(
    kg: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = kg("build", workspace=None)
    assert run.is_one_line_fault(2)
    assert "read only" in run.err
