"""What the README shows is what happens: its commands are run and compared with what stands below them."""

from __future__ import annotations

import contextlib
import doctest
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from live import oxigraph
from running import Run, environment, run_child

Kg = Callable[..., Run]
ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OUTPUT = re.compile(r"^<!-- output of: (kg .*?) -->\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"[|;&<>$`\\]|^(?!kg )")
STORE = "http://localhost:7878"
# These check the whole graph, which takes its time.
LONG = re.compile(r"--as-of|kg candidates")
WHOLE = ("kg build", "kg validate", "kg audit")


def commands_in(text: str) -> list[tuple[str, str]]:
    """The ``$ kg ...`` lines of console blocks, each with the output that stands below it, and the blocks
    that a comment says are the output of a command.
    """
    found = [(match[1], match[2]) for match in OUTPUT.finditer(text)]
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            if part.startswith("kg "):
                found.append(split_command(part))
    return found


def split_command(text: str) -> tuple[str, str]:
    """A command, which goes on until its quotation marks are closed, and what stands below it."""
    lines = text.splitlines(keepends=True)
    for end in range(1, len(lines) + 1):
        command = "".join(lines[:end])
        with contextlib.suppress(ValueError):
            shlex.split(command)
            return command.strip(), "".join(lines[end:])
    raise AssertionError(f"a quotation mark is not closed: {text}")


def marks(command: str) -> list[pytest.MarkDecorator]:
    if STORE in command:
        return [pytest.mark.server]
    if "--owl" in command:
        return [pytest.mark.java]
    return [pytest.mark.slow] if command.startswith(WHOLE) or LONG.search(command) else []


COMMANDS = [
    pytest.param(command, output, marks=marks(command), id=command[:70])
    for command, output in commands_in(README.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("command", "output"), COMMANDS)
def test_a_command_of_the_readme_gives_the_output_that_stands_there(
    command: str, output: str, request: pytest.FixtureRequest, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``...`` stands for what is left out, as an empty block does for all of it; seconds are not compared.

    Where the change is wanted: KG_RENEW_GOLDEN=1 pytest tests/structure/test_readme.py, then read it.
    """
    if STORE in command:
        live = request.getfixturevalue("live")
        command, output = command.replace(STORE, live), output.replace(STORE, live)
    if SHELL.search(command):
        run = in_a_shell(command)
    else:
        monkeypatch.chdir(ROOT)
        run = kg(*shlex.split(command)[1:], workspace=None)
    assert run.code == 0, run.err
    if os.environ.get("KG_RENEW_GOLDEN") == "1" and output.strip() and "..." not in output:
        renew(output, run.out)
        return
    wanted = timeless(output) if output.strip() else "...\n"
    same = doctest.OutputChecker().check_output(wanted, timeless(run.out), doctest.ELLIPSIS)
    assert same, f"{command} gives:\n{run.out}"


def renew(old: str, new: str) -> None:
    """Write an output of today in the place of the one that stands in the README."""
    text = README.read_text(encoding="utf-8")
    if timeless(old) != timeless(new):
        README.write_text(text.replace(old, new.replace("\r\n", "\n")), encoding="utf-8")


def in_a_shell(command: str) -> Run:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return run_child("-c", command, program=("bash",), cwd=ROOT, env=environment(PATH=path))


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A live store that holds the graph that ships."""
    with oxigraph(tmp_path_factory.mktemp("store")) as address:
        assert in_a_shell(f"kg load --to {address}").code == 0
        yield address


def timeless(output: str) -> str:
    """The output without what differs from run to run: seconds, and spaces at line ends."""
    lines = (line.rstrip() for line in re.sub(r"\d+\.\d+ s\b", "N s", output).strip().splitlines())
    return "\n".join(lines) + "\n"


def test_every_command_that_the_readme_names_exists() -> None:
    from kg.cli import cli

    named = set(re.findall(r"\bkg ([a-z]+)\b", " ".join(re.findall(r"`([^`]+)`", README.read_text()))))
    assert named <= set(cli.commands)


def test_every_query_that_the_readme_runs_exists() -> None:
    from kg.queries import catalogue

    words = [shlex.split(command, comments=True) for command, _ in commands_in(README.read_text())]
    asked = {line[2] for line in words if line[1] == "query" and not line[2].startswith("--")}
    assert asked <= set(catalogue())
