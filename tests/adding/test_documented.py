"""What ``docs/adding.md`` and the README say about adding is done as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from addedworld import RIVAL, World
from running import environment, run_child

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
TAKEN_OUT = re.compile(r"- id: decf77cd\n(?:  .*\n)+")


def block(language: str, text: str = PAGE) -> str:
    """The first block of code in a language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(("language", "name"), [("yaml", "new.yaml"), ("turtle", "new.ttl")])
def test_the_examples_can_be_added(language: str, name: str, world: World) -> None:
    receipt = world.add(block(language), name)
    assert receipt.done
    assert receipt.changes is not None
    assert len(receipt.changes.new.get("claim", ())) == (1 if language == "turtle" else 0)
    assert world.is_what_the_seeds_give()


def test_the_python_of_the_page_runs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world.root)
    world.root.joinpath("claims.yaml").write_text(RIVAL, encoding="utf-8")
    exec(block("python"), {})
    assert [str(row[1]) for row in world.graph.log().rows] == ["add", "retract"]


@pytest.mark.slow
def test_the_hook_lets_a_right_file_pass_and_stops_a_wrong_one(world: World, tmp_path: Path) -> None:
    repository = tmp_path / "theirs"
    repository.mkdir()
    bare = environment(
        HOME=str(tmp_path),
        GIT_CONFIG_NOSYSTEM="1",
        PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    )

    def git(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *words], cwd=repository, env=bare, capture_output=True, text=True, check=False
        )

    if shutil.which("git") is None:
        pytest.skip("there is no git")
    git("init", "-q")
    for key, value in {"user.name": "T", "user.email": "t@example.org", "kg.workspace": world.root}.items():
        git("config", key, str(value))
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(block("sh"), encoding="utf-8")
    hook.chmod(0o755)
    file = repository / "claims.yaml"
    file.write_text(RIVAL.replace("injured: 14", "injurd: 14"), encoding="utf-8")
    git("add", "claims.yaml")
    stopped = git("commit", "-qm", "wrong")
    assert stopped.returncode == 1
    assert "did you mean 'injured'?" in stopped.stdout + stopped.stderr
    file.write_text(RIVAL, encoding="utf-8")
    git("add", "claims.yaml")
    assert git("commit", "-qm", "right").returncode == 0
    assert git("log", "--format=%s").stdout == "right\n"


# --- the run in the README -----------------------------------------------------------------------


@pytest.mark.slow
def test_the_run_of_the_readme_goes_as_it_stands_there(tmp_path: Path) -> None:
    """The shipped corpus without the claim of the run; what stands below each command is what it says."""
    for folder in ("seeds", "triples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    claims = tmp_path / "seeds" / "claims" / "isk-brand-ctc.yaml"
    text, count = TAKEN_OUT.subn("", claims.read_text(encoding="utf-8"))
    assert count == 1
    claims.write_text(text, encoding="utf-8")
    assert run_child("--workspace", str(tmp_path), "build").code == 0
    section = README.partition("<!-- a run of kg add -->")[2].partition("<!-- end of the run -->")[0]
    commands = re.split(r"^\$ ", "".join(blocks(section)), flags=re.MULTILINE)[1:]
    assert len(commands) == 6
    for part in commands:
        command, _, output = part.partition("\n")
        if command.startswith("cat "):
            (tmp_path / command.removeprefix("cat ")).write_text(output, encoding="utf-8")
            continue
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        said = run_child("-c", f"{command} 2>&1", program=("bash",), cwd=tmp_path, env=environment(PATH=path))
        assert timeless(said.out) == timeless(output)


def blocks(text: str) -> list[str]:
    return re.findall(r"^```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def timeless(text: str) -> list[str]:
    """Lines without the moment, and without the spaces that fill a table."""
    lines = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "NOW", text).splitlines()
    return [" ".join(line.split()) for line in lines if set(line) - {"-"}]
