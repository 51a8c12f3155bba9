"""The clock, the locale and the order of hashes of a host do not show in what is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from running import Run

RunKg = Callable[..., Run]


pytestmark = pytest.mark.slow


def files(workspace: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (workspace / "triples").iterdir()}


@pytest.mark.parametrize(
    "host",
    [
        {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"},
        {
            "TZ": "Pacific/Apia",
            "LC_ALL": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "4294967295",
            "PYTHONIOENCODING": "ascii",
        },
    ],
)
def test_a_build_gives_the_same_bytes_on_any_host(
    run_kg: RunKg, corpus: Path, scratch: Path, host: dict[str, str]
) -> None:
    for file in (scratch / "triples").iterdir():
        file.unlink()
    run = run_kg("build", workspace=scratch, **host)
    assert run.code == 0, run
    assert files(scratch) == files(corpus)


def test_a_query_answers_in_the_same_bytes_on_any_host(run_kg: RunKg) -> None:
    words = ("query", "actor-claims", "--actor", "tor-lind", "--format", "json")
    here = run_kg(*words, PYTHONHASHSEED="0")
    there = run_kg(*words, TZ="Asia/Kathmandu", LC_ALL="C", PYTHONHASHSEED="9", PYTHONUTF8="0")
    assert here.code == 0, here
    assert there == here
