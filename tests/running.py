"""Running the command line in tests: as a child process, where the process itself is what is tested."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

KG = (sys.executable, "-m", "kg")


@dataclass(frozen=True)
class Run:
    """How a command ended: its exit code, its results and its talk."""

    code: int
    out: str
    err: str

    def is_one_line_fault(self, code: int) -> bool:
        """Whether it ended as a fault should: this code, one line of talk, no results, no traceback."""
        lines = self.err.splitlines()
        one_line = len(lines) == 1 and lines[0].startswith("kg: ") and "Traceback" not in self.err
        return self.code == code and self.out == "" and one_line


def environment(**changes: str) -> dict[str, str]:
    """The environment of a child process: ours, without what a terminal sets, with these changes."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    return kept | changes


def run_child(
    *words: str,
    program: tuple[str, ...] = KG,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    timeout: float = 120,
) -> Run:
    """Run ``kg`` with these words in a process of its own."""
    done = subprocess.run(
        [*program, *words],
        cwd=cwd,
        env=dict(env) if env is not None else environment(),
        input=stdin,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
