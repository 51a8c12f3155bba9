"""The command as a process: pipes, signals, standard input, and what it loads."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import subprocess
import sys
import termios
import time
from functools import partial
from pathlib import Path

import pytest

from running import KG, environment, run_child

HEAVY = ("rdflib", "pyoxigraph", "owlready2", "pyshacl", "rich", "yaml", "requests", "SPARQLWrapper")


@pytest.mark.parametrize(
    ("words", "unbuffered"), [(["export"], "1"), (["sparql", "SELECT * { ?s ?p ?o }", "--format", "csv"], "")]
)
def test_a_closed_pipe_ends_the_command_quietly(words: list[str], unbuffered: str, corpus: Path) -> None:
    process = subprocess.Popen(
        [*KG, "--workspace", str(corpus), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED=unbuffered),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 141
    assert said == b""


def test_an_interrupt_ends_the_command_with_its_code(corpus: Path) -> None:
    process = subprocess.Popen(
        [*KG, "--workspace", str(corpus), "sparql", "-f", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        # Whoever runs the tests in the background has told its children to ignore the signal.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    wait_until_it_reads(process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert err.strip() == b""


def wait_until_it_reads(process: subprocess.Popen[bytes]) -> None:
    """Give the process the beginning of a query, and wait until it has taken that."""
    assert process.stdin is not None
    process.stdin.write(b"ASK {")
    process.stdin.flush()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        left = struct.unpack("i", fcntl.ioctl(process.stdin, termios.FIONREAD, bytes(4)))[0]
        if not left:
            return
        time.sleep(0.05)
    pytest.fail("standard input is not read")


def test_a_dash_is_standard_input(corpus: Path) -> None:
    run = run_child("--workspace", str(corpus), "sparql", "-f", "-", stdin="ASK { ?s ?p 'é' }".encode())
    assert (run.code, run.out, run.err) == (0, "false\n", "")


def test_a_full_disk_is_told_in_one_line(corpus: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*KG, "--workspace", str(corpus), "export"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr.decode().splitlines() == ["kg: the output: No space left on device"]


def test_the_nearest_folder_upwards_with_seeds_is_the_workspace(corpus: Path) -> None:
    below = corpus / "seeds" / "claims"
    run = run_child("query", "claim-denials", cwd=below)
    assert "the grounding of the Marten is linked with Pilots' Guild" in run.out


@pytest.mark.parametrize("words", [["--help"], ["query", "--help"]])
def test_help_loads_no_library_that_takes_its_time(words: list[str]) -> None:
    code = (
        "import sys\n"
        "from kg.cli import cli\n"
        f"cli.main({words!r}, prog_name='kg', standalone_mode=False)\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    run = run_child("-c", code, program=(sys.executable,))
    assert run.out
    assert run.err == "[]\n"


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert run_child("--version").out == f"kg, version {version('aces-kg')}\n"


def test_every_command_has_help_that_is_a_sentence_with_an_example() -> None:
    import click

    from kg.cli import cli

    context = click.Context(cli, info_name="kg")
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        help_text = command.help or ""
        assert help_text.split("\n")[0].rstrip(":").strip()
        assert f"kg {name}" in help_text, name


def test_the_command_is_installed_under_its_name(corpus: Path) -> None:
    script = Path(sys.executable).with_name("kg")
    if not script.exists():
        pytest.skip("kg is not installed as a script here")
    run = run_child("--workspace", str(corpus), "sparql", "ASK {}", program=(os.fspath(script),))
    assert run.out == "true\n"
