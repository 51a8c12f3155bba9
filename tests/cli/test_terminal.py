"""What a terminal shows: tables that fit, no colours, and nothing from the data that drives it."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from running import KG, Run, environment, run_child

Kg = Callable[..., Run]
QUERY = ("query", "event-claims", "--event", "marten-grounding")
FEW = (*QUERY, "--columns", "statement,claimant,quote")
# A colour, a title, a bell, a bidirectional override and a zero-width space, as a label may hold them.
HOSTILE = "Tor \\u001B[31m\\u001B]0;title\\u0007Lind\\u202E\\u200B"
FORBIDDEN = "\x1b\x07\x9b\u202e\u200b"


def on_a_terminal(*words: str, width: int | None = None, **env: str) -> str:
    """What ``kg`` writes to a terminal, which is ``width`` columns wide by its own account."""
    ours, theirs = pty.openpty()
    if width is not None:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    process = subprocess.Popen(
        [*KG, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment(TERM="xterm-256color", **env),
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:  # on Linux: the other end is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    assert process.wait(60) == 0
    return b"".join(parts).decode("utf-8").replace("\r\n", "\n")


@pytest.fixture(scope="module")
def narrow(corpus: Path) -> str:
    return on_a_terminal("--workspace", str(corpus), *FEW, COLUMNS="72")


@pytest.fixture(scope="module")
def listed(corpus: Path) -> str:
    return on_a_terminal("--workspace", str(corpus), *QUERY, COLUMNS="72")


def test_a_table_fits_the_columns_that_the_environment_names(narrow: str) -> None:
    widths = [len(line) for line in narrow.splitlines()]
    assert 60 < max(widths) <= 72


def test_a_table_fits_the_terminal(corpus: Path) -> None:
    table = on_a_terminal("--workspace", str(corpus), *FEW, width=100)
    assert 88 < max(len(line) for line in table.splitlines()) <= 100


def test_nothing_is_lost_when_a_table_is_fitted(narrow: str, kg: Kg) -> None:
    uncut = kg(*FEW).out
    assert sorted(letters(narrow)) == sorted(letters(uncut))


def test_where_columns_would_be_too_narrow_every_cell_has_its_own_line(listed: str, kg: Kg) -> None:
    rows = list(csv.DictReader(io.StringIO(kg(*QUERY, "--format", "csv").out)))
    cells = "".join(name + cell for row in rows for name, cell in row.items() if cell)
    assert letters(listed) == letters(cells.replace("https://w3id.org/aces/kg/document/", "document:"))
    assert listed.count("\n\n") == len(rows) - 1
    assert max(map(len, listed.splitlines())) <= 72


def letters(table: str) -> list[str]:
    return [char for char in table if not char.isspace() and char != "-"]


def test_a_table_that_is_piped_is_uncut(kg: Kg) -> None:
    lines = kg(*QUERY).out.splitlines()
    assert any("on 14 February 2019, and 12 passengers were injured" in line for line in lines)
    assert max(map(len, lines)) > 200


def test_columns_do_not_cut_what_is_piped(corpus: Path, kg: Kg) -> None:
    run = run_child("--workspace", str(corpus), *QUERY, env=environment(COLUMNS="40"))
    assert run.out == kg(*QUERY).out


def test_no_colour_is_ever_written(corpus: Path, narrow: str) -> None:
    plain = on_a_terminal("--workspace", str(corpus), *FEW, COLUMNS="72", NO_COLOR="1")
    assert narrow == plain
    assert "\x1b" not in narrow


def test_a_terminal_that_is_not_utf8_gets_ascii(corpus: Path) -> None:
    table = on_a_terminal("--workspace", str(corpus), *QUERY, COLUMNS="100", PYTHONIOENCODING="ascii")
    assert table.isascii()


def test_what_is_piped_is_utf8_under_any_locale(scratch: Path) -> None:
    relabel(scratch, "Tør Lind")
    env = environment(LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    run = run_child("--workspace", str(scratch), "query", "actor-names", env=env)
    assert (run.code, run.err) == (0, "6 rows\n")
    assert "Tør Lind" in run.out


# --- labels that want to drive the terminal ------------------------------------------------------


def relabel(workspace: Path, label: str) -> None:
    """Give the harbour master of a built corpus another label, as it stands in TriG."""
    for file in (workspace / "triples").glob("*.trig"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('"Tor Lind"@en', f'"{label}"@en'), encoding="utf-8")


@pytest.fixture
def hostile(scratch: Path) -> Path:
    relabel(scratch, HOSTILE)
    return scratch


@pytest.mark.parametrize(
    "words",
    [
        ("query", "actor-names"),
        ("query", "actor-names", "--format", "md"),
        ("query", "actor-names", "--format", "tsv"),
        ("query", "actor-names", "--format", "json"),
        ("query", "claim-reported-speech"),
        ("query", "actor-claims", "--actor", "Tor Lindd"),
        ("sparql", "CONSTRUCT WHERE { ?s a ?o ; <http://www.w3.org/2000/01/rdf-schema#label> ?l }"),
        ("sparql", "SELECT ?\x1b[31m { }"),
        ("query", "actor-claims", "--actor", "\x1b[31m"),
        ("query", "\x1b[31m"),
        ("\x1b[31m",),
        ("validate", "\x1b[31m.ttl"),
        ("facts",),
    ],
    ids=repr,
)
def test_a_label_cannot_drive_the_terminal(words: tuple[str, ...], kg: Kg, hostile: Path) -> None:
    run = kg(*words, workspace=hostile)
    assert run.out or run.err
    assert not set(run.out + run.err) & set(FORBIDDEN[:3])


@pytest.mark.parametrize("form", ["table", "md"])
def test_what_is_invisible_or_turns_the_text_around_is_shown_as_an_escape(
    form: str, kg: Kg, hostile: Path
) -> None:
    out = kg("query", "actor-names", "--format", form, workspace=hostile).out
    assert r"Tor \x1b[31m\x1b]0;title\x07Lind\u202e\u200b" in out
    assert not set(out) & set(FORBIDDEN)


def test_a_report_shows_a_hostile_label_as_an_escape(kg: Kg, hostile: Path) -> None:
    file = hostile / "addition.ttl"
    file.write_text(
        "<https://w3id.org/aces/kg/actor/tor-lind> <http://www.w3.org/2002/07/owl#differentFrom> "
        "<https://w3id.org/aces/kg/actor/nobody> .",
        encoding="utf-8",
    )
    run = kg("validate", str(file), workspace=hostile)
    assert run.code == 1
    assert "Tor \\x1b[31m" in run.out
    assert not set(run.out) & set(FORBIDDEN)
