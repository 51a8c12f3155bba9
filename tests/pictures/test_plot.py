"""``kg plot`` as it is used: files that stay the same, empty answers, faults, a library that is missing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kg as package
from kg.errors import UsageError
from kg.pictures import PICTURES
from running import Run, environment, run_child

Kg = Callable[..., Run]
ROOT = Path(__file__).parents[2]
SIGNATURES = {"svg": b"<?xml", "png": b"\x89PNG\r\n"}


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("form", SIGNATURES)
def test_a_picture_is_written_and_drawing_it_again_gives_the_same_bytes(
    kg: Kg, mills: Path, tmp_path: Path, picture: str, form: str
) -> None:
    files = [tmp_path / f"{number}.{form}" for number in (1, 2)]
    for file in files:
        run = kg("plot", picture, "--out", str(file), workspace=mills)
        assert (run.code, run.out, run.err) == (0, "", f"{file} written\n")
    one, other = (file.read_bytes() for file in files)
    assert one == other
    assert one.startswith(SIGNATURES[form])
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in files}


@pytest.mark.slow
def test_neither_hashing_nor_settings_nor_the_clock_change_a_picture(mills: Path, tmp_path: Path) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: 30\ntext.usetex: True\nsvg.hashsalt: other\nsavefig.bbox: tight\n")
    found = set()
    for seed, more in (("1", {}), ("2", {"MATPLOTLIBRC": str(settings), "TZ": "Asia/Kathmandu"})):
        file = tmp_path / f"{seed}.svg"
        run = run_child(
            "--workspace",
            str(mills),
            "plot",
            "network",
            "-o",
            str(file),
            env=environment(PYTHONHASHSEED=seed, **more),
        )
        assert run.code == 0, run.err
        found.add(file.read_bytes())
    assert len(found) == 1


def test_an_svg_keeps_its_text_as_text_and_has_a_title(kg: Kg, mills: Path, tmp_path: Path) -> None:
    file = tmp_path / "t.svg"
    kg("plot", "timeline", "--actor", "Millers' Union", "-o", str(file), workspace=mills)
    page = ElementTree.fromstring(file.read_bytes())
    texts = ["".join(node.itertext()) for node in page.iter("{http://www.w3.org/2000/svg}text")]
    assert "the strike of the Millers' Union" in texts
    assert page.findtext("{http://www.w3.org/2000/svg}title") == "Events of Millers' Union"
    assert "date" not in {node.tag.rpartition("}")[2] for node in page.iter()}


@pytest.mark.parametrize("picture", ["disagreements", "matrix", "network"])
def test_where_there_is_nothing_to_show_the_picture_and_one_line_say_so(
    kg: Kg, corpus: Path, tmp_path: Path, picture: str
) -> None:
    file = tmp_path / "empty.svg"
    file.write_text("an older picture")
    run = kg("plot", picture, "--out", str(file))
    assert run.code == 0
    assert run.err == f"{file} written; there was nothing to show, and the picture says so\n"
    assert " was found" in file.read_text() or "has a rival" in file.read_text()


def test_a_timeline_shows_what_falls_between_two_days(kg: Kg, mills: Path, tmp_path: Path) -> None:
    def shown(*words: str) -> set[str]:
        file = tmp_path / "t.svg"
        assert kg("plot", "timeline", *words, "-o", str(file), workspace=mills).code == 0
        text = file.read_text(encoding="utf-8")
        return {name for name in ("founding", "strike", "lockout", "truce", "fire") if name in text}

    assert shown() == {"founding", "strike", "lockout", "truce", "fire"}
    assert shown("--to", "1900") == {"founding"}
    assert shown("--from", "1912-06", "--to", "1912") == {"strike"}
    assert shown("--from", "1914") == {"lockout", "truce"}


def test_a_picture_as_of_a_day_shows_what_was_out_and_says_so(kg: Kg, mills: Path, tmp_path: Path) -> None:
    """The reply, which the report disagrees with, came out in 1916."""
    file = tmp_path / "d.svg"
    run = kg("plot", "disagreements", "--as-of", "1915-12-31", "-o", str(file), workspace=mills)
    assert "there was nothing to show" in run.err
    assert "kg query observation-rivals --as-of 1915-12-31" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("timeline", "--from", "soon"), "'soon' is no date"),
        (
            ("timeline", "--from", "2019", "--to", "2018"),
            "the first day 2019-01-01 is after the last 2018-12-31",
        ),
        (("timeline", "--to", "2019/.."), "'2019/..' is open at that end"),
        (("pie",), "No such command 'pie'"),
        (("matrix", "--from", "2019"), "No such option"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    kg: Kg, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    run = kg("plot", *words, "--out", str(tmp_path / "p.svg"))
    assert run.is_one_line_fault(2)
    assert told in run.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["p.pdf", "p", "svg", "p.svg.txt"])
def test_a_file_of_another_ending_is_refused(kg: Kg, tmp_path: Path, name: str) -> None:
    run = kg("plot", "timeline", "--out", str(tmp_path / name))
    assert run.is_one_line_fault(2)
    assert "name the file .svg or .png" in run.err
    assert list(tmp_path.iterdir()) == []


def test_an_actor_that_is_not_there_is_told_with_the_nearest_name(kg: Kg, tmp_path: Path) -> None:
    run = kg("plot", "network", "--actor", "Tor Lint", "--out", str(tmp_path / "p.svg"))
    assert run.is_one_line_fault(1)
    assert "Tor Lind" in run.err


def test_a_folder_that_cannot_be_written_is_told(kg: Kg, mills: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    run = kg("plot", "matrix", "--out", str(tmp_path / "file" / "p.svg"), workspace=mills)
    assert run.is_one_line_fault(4)


# --- the library ----------------------------------------------------------------------------------------


def test_without_the_extra_one_line_says_how_to_get_it(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "matplotlib.py").write_text("raise ImportError('not here')\n")
    run = run_child(
        "--workspace",
        str(corpus),
        "plot",
        "timeline",
        "-o",
        str(tmp_path / "p.svg"),
        env=environment(PYTHONPATH=str(tmp_path)),
    )
    assert run.is_one_line_fault(3)
    assert "pip install 'aces-kg[plot]'" in run.err
    assert not (tmp_path / "p.svg").exists()


def test_no_other_command_loads_the_library() -> None:
    code = (
        "import sys; sys.argv = ['kg', 'plot', '--help']\n"
        "from kg.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert not {'matplotlib', 'numpy'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


# --- from Python, and in the README ----------------------------------------------------------------------


def test_python_draws_the_same_and_gives_how_many_things_are_shown(mills: Path, tmp_path: Path) -> None:
    graph = package.open(mills)
    assert graph.plot("timeline", tmp_path / "p.png", actor="millers") == 4
    assert (tmp_path / "p.png").read_bytes().startswith(SIGNATURES["png"])
    with pytest.raises(UsageError, match="there is no picture 'pie'"):
        graph.plot("pie", tmp_path / "p.svg")
    with pytest.raises(UsageError, match="a matrix has no first and last day"):
        graph.plot("matrix", tmp_path / "p.svg", start=date(2000, 1, 1))


@pytest.mark.slow
def test_the_pictures_of_the_readme_are_what_their_commands_draw() -> None:
    """Where the change is wanted: make docs."""
    run = subprocess.run(
        [sys.executable, "docs/make_pictures.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
