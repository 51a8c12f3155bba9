"""What the README shows is what happens: its commands are run and compared with what stands below them."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from running import environment, run_child

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OUTPUT = re.compile(r"^<!-- output of: (kg .*?) -->\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# These check the whole graph, which takes its time.
WHOLE = ("kg build", "kg validate", "kg audit")


def commands_in(text: str) -> list[tuple[str, str]]:
    """The ``$ kg ...`` lines of console blocks, each with the output that stands below it, and the blocks
    that a comment says are the output of a command.
    """
    found = [(match[1], match[2]) for match in OUTPUT.finditer(text)]
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("kg "):
                found.append((command, output))
    return found


def marks(command: str) -> list[pytest.MarkDecorator]:
    if "--endpoint" in command or "kg load" in command:
        return [pytest.mark.skip(reason="needs a live triple store at that address")]
    if "--owl" in command:
        return [pytest.mark.java]
    return [pytest.mark.slow] if command.startswith(WHOLE) else []


COMMANDS = [
    pytest.param(command, output, marks=marks(command), id=command[:70])
    for command, output in commands_in(README.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("command", "output"), COMMANDS)
def test_a_command_of_the_readme_gives_the_output_that_stands_there(command: str, output: str) -> None:
    """``...`` stands for what is left out, and seconds are not compared."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = run_child("-c", command, program=("bash",), cwd=ROOT, env=environment(PATH=path))
    assert run.code == 0, run.err
    same = doctest.OutputChecker().check_output(timeless(output), timeless(run.out), doctest.ELLIPSIS)
    assert same, f"{command} gives:\n{run.out}"


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
