"""Whatever happens to a process that adds: what it acknowledged is there, nothing is there by half."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from addedworld import RIVAL, World
from kg.adding import is_behind
from kg.build import build
from kg.graph import KnowledgeGraph, open_graph
from kg.workspace import Workspace
from running import KG, Run, environment, run_child

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
KILLS = 300 if SOAK else 20
SECONDS = 60 if SOAK else 10
WRITERS = 8
pytestmark = pytest.mark.slow


def rival(number: int) -> str:
    """An addition that no other is."""
    return RIVAL.replace("injured: 14", f"injured: {100 + number}")


def value(number: int) -> str:
    return f"injured in the grounding of the Marten: {100 + number}"


def labels(graph: KnowledgeGraph) -> set[str]:
    answer = graph.sparql(
        "SELECT ?label { ?p a <https://w3id.org/aces/ontology#Proposition> ; "
        "<http://www.w3.org/2000/01/rdf-schema#label> ?label }"
    )
    return {str(row[0]) for row in answer}  # type: ignore[union-attr]


def hidden(root: Path) -> list[str]:
    """What only a writer makes, and takes away again."""
    return sorted(str(path.relative_to(root)) for path in root.rglob(".*"))


@pytest.fixture
def world(scratch: Path, tmp_path: Path) -> World:
    outside = tmp_path / "outside"
    outside.mkdir()
    return World(scratch, outside)


# --- kill -9 -------------------------------------------------------------------------------------

STEPS = ("fsync", "link", "unlink", "rename", "replace", "chmod")


def add_and_die(root: Path, text: str, step: int) -> int:
    """Add in a child process that is killed at its so manyth step on the disk; how the child ended."""
    child = os.fork()
    if child == 0:
        left = iter(range(step))

        def counted(real: Callable[..., object], *given: object, **named: object) -> object:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        for name in STEPS:
            setattr(os, name, partial(counted, getattr(os, name)))
        try:
            open_graph(root).add(text, "yaml", by="the test")
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_killed_at_any_step_an_add_is_done_or_undone(world: World, tmp_path: Path) -> None:
    open_graph(world.root).add(rival(0), "yaml", by="the test")  # so that a child has little left to load
    outcomes: dict[str, int] = {"undone": 0, "behind": 0, "done": 0}
    for step in range(0, 200, 1 if SOAK else 3):
        root = Path(shutil.copytree(world.root, tmp_path / f"step{step}"))
        ended = add_and_die(root, rival(1), step)
        behind = is_behind(Workspace(root))
        recorded = value(1) in labels(open_graph(root))
        outcomes["behind" if behind else "done" if recorded else "undone"] += 1
        assert labels(open_graph(root)) >= {value(0)}
        again = open_graph(root).add(rival(1), "yaml", by="the test")
        assert again.done != (behind or recorded)
        assert build(Workspace(root), check_only=True).counts["claims"] == 8
        assert hidden(root) == []
        shutil.rmtree(root)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    else:
        pytest.fail("the add has no end")
    assert step > 15
    assert outcomes["undone"] > 5
    assert outcomes["behind"] > 0
    assert outcomes["done"] > 0
    print(f"killed at each of {step} steps: {outcomes}")  # noqa: T201


def test_what_was_acknowledged_is_there_after_kills_at_random_times(world: World) -> None:
    chance = random.Random(7)
    started = time.monotonic()
    assert adding(world, 0).wait() == 0
    whole = time.monotonic() - started
    acknowledged = {0}
    for number in range(1, KILLS + 1):
        process = adding(world, number)
        if number % 3:  # most of them while files are written, which is a small part of the time
            wait_for(partial(is_writing, world, process))
            time.sleep(chance.uniform(0, 0.5))
        else:
            time.sleep(whole * chance.uniform(0, 1.5))
        process.kill()
        if process.wait() == 0:
            acknowledged.add(number)
    found = labels(world.graph)
    there = {n for n in range(KILLS + 1) if value(n) in found}
    assert acknowledged <= there
    open_graph(world.root).add(rival(KILLS + 1), "yaml", by="the test")
    assert world.is_what_the_seeds_give()
    assert hidden(world.root) == []
    recorded = {str(row[2]) for row in world.graph.log().rows}
    kept = {path.stem for path in world.additions.glob("*.yaml")}
    assert recorded == kept
    print(f"{KILLS} adds, {len(acknowledged) - 1} acknowledged, {len(recorded) - 2} in the log")  # noqa: T201


def adding(world: World, number: int) -> subprocess.Popen[bytes]:
    """A process that adds one file."""
    file = world.write(f"{number}.yaml", rival(number))
    return subprocess.Popen(
        [*KG, "--workspace", str(world.root), "add", "--author", "the test", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )


def is_writing(world: World, process: subprocess.Popen[bytes]) -> bool:
    return (world.additions / ".under-way.json").exists() or process.poll() is not None


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.001)


# --- signals and pipes ---------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_an_add_with_its_code_and_leaves_nothing(
    number: signal.Signals, code: int, world: World
) -> None:
    chance = random.Random(number)
    kg = [*KG, "--workspace", str(world.root), "add", "--author", "the test"]
    before = world.files(".")
    codes = set()
    for attempt in range(6):
        process = subprocess.Popen(
            [*kg, str(world.write(f"{attempt}.yaml", rival(attempt)))],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        wait_for(partial(has_begun, world, process))
        time.sleep(chance.uniform(0, 0.3))
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert b"Traceback" not in err
        codes.add(process.returncode)
        # What is broken off tells nothing; what is told is done, even if the signal meets Python at its end.
        assert (out == b"") if process.returncode == code else (b"added as" in out)
    assert codes <= {0, code, -number}
    assert code in codes
    assert hidden(world.root) == []
    assert world.is_what_the_seeds_give()
    assert before.keys() <= world.files(".").keys()


def has_begun(world: World, process: subprocess.Popen[bytes]) -> bool:
    return (world.root / "seeds" / ".writing").exists() or process.poll() is not None


def test_a_closed_pipe_does_not_stop_an_add(world: World) -> None:
    process = subprocess.Popen(
        [*KG, "--workspace", str(world.root), "add", str(world.write("new.yaml", RIVAL))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 141
    assert b"Traceback" not in said
    assert world.is_what_the_seeds_give()
    assert len(world.graph.log()) == 1


# --- several at a time ---------------------------------------------------------------------------

WRITER = """
import json, sys, time
from pathlib import Path
from kg.errors import StoreError
from kg.graph import open_graph
root, first, seconds, rival = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
graph, added, refused, number = open_graph(root), [], 0, first
graph.validate(rival.replace("NUMBER", "1"), "yaml")
end = time.monotonic() + seconds
while time.monotonic() < end:
    try:
        assert graph.add(rival.replace("NUMBER", str(100 + number)), "yaml", by="the test").done
        added.append(number)
        number += 1
    except StoreError as fault:
        assert "in use by pid" in fault.what, fault
        assert fault.exit_code == 4
        refused += 1
        time.sleep(0.1)
print(json.dumps([added, refused]))
"""
READER = """
import json, sys
from pathlib import Path
from kg.graph import open_graph
root, stop, seen = Path(sys.argv[1]), Path(sys.argv[2]), []
ask = '''PREFIX aces: <https://w3id.org/aces/ontology#>
SELECT (COUNT(DISTINCT ?g) AS ?graphs) (COUNT(DISTINCT ?c) AS ?claims) {
  { ?g aces:addedBy ?who } UNION { ?c a aces:Claim } }'''
while not stop.exists():
    (row,) = open_graph(root).sparql(ask)
    seen.append([int(row[0]), int(row[1])])
print(json.dumps(seen))
"""


def test_eight_processes_add_beside_a_reader_and_nothing_is_lost_or_half(world: World) -> None:
    text = RIVAL.replace("injured: 14", "injured: NUMBER")
    stop = world.outside / "stop"
    reader = start(READER, str(world.root), str(stop))
    writers = [
        start(WRITER, str(world.root), str(1000 * n), str(SECONDS), text) for n in range(1, WRITERS + 1)
    ]
    told = [json.loads(finish(process)) for process in writers]
    stop.touch()
    seen = json.loads(finish(reader))
    added = [number for numbers, _ in told for number in numbers]
    assert added
    assert sum(refused for _, refused in told) > 0
    assert {value(number) for number in added} <= labels(world.graph)
    assert len(world.graph.log()) == len(added)
    assert world.is_what_the_seeds_give()
    assert hidden(world.root) == []
    assert seen
    assert [claims - graphs for graphs, claims in seen] == [6] * len(seen)
    assert seen == sorted(seen)
    print(f"{len(added)} added, {sum(r for _, r in told)} told to wait, {len(seen)} readings")  # noqa: T201


def start(program: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )


def finish(process: subprocess.Popen[bytes]) -> bytes:
    out, err = process.communicate(timeout=3 * SECONDS + 120)
    assert (process.returncode, err) == (0, b"")
    return out


def test_while_another_adds_a_writer_is_told_by_whom(world: World) -> None:
    from kg.adding import writing

    with writing(world.workspace):
        run = run_child("--workspace", str(world.root), "add", str(world.write("new.yaml", RIVAL)))
        assert run.is_one_line_fault(4), run
        assert f"in use by pid {os.getpid()}" in run.err
        assert run_child("--workspace", str(world.root), "build").is_one_line_fault(4)
        reading = run_child("--workspace", str(world.root), "query", "event-list")
        assert (reading.code, "marten" in reading.out.lower()) == (0, True)
    assert world.add(RIVAL).done


# --- disks ---------------------------------------------------------------------------------------


@pytest.fixture
def mounted(tmp_path: Path, corpus: Path) -> Iterator[Callable[..., Path]]:
    """A copy of the corpus on a file system of its own."""
    mounts: list[Path] = []

    def mount(size: str) -> Path:
        where = tmp_path / f"mount{len(mounts)}"
        where.mkdir()
        try:
            done = subprocess.run(
                ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(where)],
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            pytest.skip("there is no mount program")
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")
        mounts.append(where)
        return Path(shutil.copytree(corpus, where / "workspace"))

    yield mount
    for where in mounts:
        subprocess.run(["umount", str(where)], check=True)


def add_there(root: Path, file: Path) -> Run:
    return run_child("--workspace", str(root), "add", str(file), "--author", "the test")


@pytest.mark.parametrize("room", [0, 8_000, 60_000, 200_000])
def test_on_a_full_disk_nothing_is_added_and_later_it_is(
    room: int, mounted: Callable[..., Path], world: World
) -> None:
    root = mounted("20m")
    before = World(root, world.outside).files(".")
    filler = root.parent / "filler"
    fill(filler, room)
    run = add_there(root, world.write("new.yaml", RIVAL))
    assert run.code == 4 or (room and run.code == 0), run
    if run.code == 4:
        assert "Traceback" not in run.err
        assert "No space left on device" in run.err
        assert World(root, world.outside).files(".") == before
        assert labels(open_graph(root))
    filler.unlink()
    assert add_there(root, world.write("new.yaml", RIVAL)).code == 0
    assert World(root, world.outside).is_what_the_seeds_give()
    assert hidden(root) == []


def fill(path: Path, room: int) -> None:
    """Fill the file system but for so many bytes."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 65536)
        except OSError:
            pass
        size = file.tell()
        file.truncate(max(0, size - room))


def test_in_a_read_only_folder_nothing_is_added_and_the_graph_is_read(
    mounted: Callable[..., Path], world: World
) -> None:
    root = mounted("20m")
    remount = partial(subprocess.run, check=True, capture_output=True)
    remount(["mount", "-o", "remount,ro", str(root.parent)])
    file = world.write("new.yaml", RIVAL)
    for words in (["add", str(file)], ["retract", "ferry-2019.7cee91bb", "--reason", "wrong"], ["build"]):
        run = run_child("--workspace", str(root), *words)
        assert run.is_one_line_fault(4), run
        assert "Read-only file system" in run.err
    assert run_child("--workspace", str(root), "query", "event-list").code == 0
    assert run_child("--workspace", str(root), "validate", str(file)).code == 0
    remount(["mount", "-o", "remount,rw", str(root.parent)])
    assert add_there(root, file).code == 0
