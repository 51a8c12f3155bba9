"""What most users get: the wheel, installed where there is no checkout, asked in an empty folder."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from running import Run, environment, run_child

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "kg"
pytestmark = pytest.mark.wheel

Here = Callable[..., Run]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout as it is."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds the wheel, and sees the libraries that are installed here."""
    folder = tmp_path_factory.mktemp("env")
    venv.create(folder, symlinks=os.name != "nt")
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = ["--python", str(python), "install", "--no-deps", "--no-index", "--quiet", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True, capture_output=True, timeout=300)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run_child("-c", where, program=(str(python),)).out.strip())
    # A path in such a file is added as it is: the checkout, which is installed there too, stays out.
    (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return python


@pytest.fixture
def here(python: Path, tmp_path: Path) -> Here:
    """Run the installed ``kg`` in an empty folder."""
    script = python.with_name("kg")

    def run(*words: str, program: Path = script) -> Run:
        return run_child(*words, program=(str(program),), cwd=tmp_path, env=environment(PYTHONPATH=""))

    return run


# --- what it holds -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def held(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("folder", ["ontology", "shapes", "triples"])
def test_the_wheel_holds_ontology_shapes_and_graph_as_they_are(folder: str, held: dict[str, bytes]) -> None:
    start = f"kg/data/{folder}/"
    inside = {name.removeprefix(start): data for name, data in held.items() if name.startswith(start)}
    there = {
        path.name: path.read_bytes() for path in (ROOT / folder).iterdir() if not path.name.startswith(".")
    }
    assert there
    assert {name: data for name, data in inside.items() if not name.startswith(".")} == there


def test_the_wheel_holds_every_module_query_and_the_mark_of_typed_packages(held: dict[str, bytes]) -> None:
    files = {
        f"kg/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.is_file() and path.suffix in (".py", ".rq", ".typed")
    }
    assert "kg/py.typed" in files
    assert files <= set(held)


def test_the_wheel_holds_the_licences(held: dict[str, bytes]) -> None:
    names = {Path(name).name for name in held}
    assert {"LICENSE", "LICENSE-data"} <= names


def test_the_wheel_holds_none_of_the_documents(held: dict[str, bytes]) -> None:
    documents = {path.name: path.read_bytes() for path in (ROOT / "seeds" / "documents").iterdir()}
    assert len(documents) >= 5
    assert not set(documents) & {Path(name).name for name in held}
    assert not set(documents.values()) & set(held.values())


def test_the_wheel_holds_nothing_that_is_only_for_us(held: dict[str, bytes]) -> None:
    tops = {name.split("/")[0] for name in held}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kg"}
    assert not [name for name in held if "__pycache__" in name or name.endswith(".pyc")]


# --- what it does --------------------------------------------------------------------------------


def test_the_installed_package_is_the_one_of_the_wheel(here: Here, python: Path) -> None:
    run = here("-c", "import kg; print(kg.__file__)", program=python)
    assert Path(run.out.strip()).is_relative_to(python.parents[1])


def test_the_queries_are_listed(here: Here) -> None:
    run = here("query", "--list")
    assert (run.code, run.err) == (0, "")
    assert len(run.out.splitlines()) >= 24


def test_a_canned_query_answers_from_the_packaged_graph(here: Here) -> None:
    run = here("query", "claim-denials", "--format", "csv")
    assert (run.code, run.err) == (0, "")
    assert len(run.out.splitlines()) > 3


def test_a_query_of_ones_own_answers_from_the_packaged_graph(here: Here) -> None:
    question = "ASK { <https://w3id.org/aces/kg> a <http://rdfs.org/ns/void#Dataset> }"
    assert here("sparql", question) == Run(0, "true\n", "")


def test_python_opens_the_packaged_graph(here: Here, python: Path) -> None:
    code = "import kg; g = kg.open(); print(len(g.query('claim-denials')) > 2, g.workspace.writable)"
    assert here("-c", code, program=python) == Run(0, "True False\n", "")


def test_a_good_file_conforms_and_a_bad_one_does_not(here: Here, tmp_path: Path) -> None:
    """Both are judged together with the packaged graph, of whose texts none is held."""
    alt = "<http://www.w3.org/2004/02/skos/core#altLabel>"
    actor = next(iter(json.loads(here("sparql", ACTORS, "--format", "json").out)["results"]["bindings"]))
    node = f"<{actor['actor']['value']}>"
    (tmp_path / "good.ttl").write_text(f'{node} {alt} "another name" .', encoding="utf-8")
    (tmp_path / "bad.ttl").write_text(
        f"{node} <https://w3id.org/aces/ontology#no> {node} .", encoding="utf-8"
    )
    good, bad = here("validate", "good.ttl"), here("validate", "bad.ttl", "--format", "json")
    assert (good.code, good.err) == (0, "")
    assert good.out.splitlines()[-1].startswith("conforms")
    assert (bad.code, bad.err) == (1, "")
    assert "property-is-declared" in {f["rule"] for f in json.loads(bad.out)["findings"]}


ACTORS = "SELECT ?actor { ?actor a <https://w3id.org/aces/ontology#Person> } ORDER BY ?actor LIMIT 1"


def test_a_claims_file_is_checked_against_the_packaged_registry(here: Here, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("document: nosuch\nclaims: []\n", encoding="utf-8")
    run = here("validate", "bad.yaml")
    assert run.code == 1
    assert "bad.yaml:1:" in run.out + run.err


def test_a_text_that_the_wheel_does_not_hold_is_told_and_not_checked(here: Here) -> None:
    run = here("validate", "--format", "json")
    findings = json.loads(run.out)["findings"]
    assert (run.code, run.err) == (0, "")
    assert {f["rule"] for f in findings if f["severity"] == "info"} >= {"text-is-held"}


def test_the_packaged_graph_is_read_only(here: Here) -> None:
    for command in ("build", "audit"):
        run = here(command)
        assert run.is_one_line_fault(2)
        assert "read only" in run.err


def test_nothing_is_written_into_the_folder(here: Here, tmp_path: Path) -> None:
    here("query", "claim-denials")
    here("build")
    assert list(tmp_path.iterdir()) == []
