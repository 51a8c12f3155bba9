"""Draws the pictures that the README shows, by the commands that stand there.

Run with ``make docs``; ``--check`` writes nothing and fails where a picture is not what its command draws.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = re.compile(r"`kg (plot [^`]+? --out (docs/pictures/[\w-]+\.svg))`")


def drawn(words: str, file: str, folder: Path) -> bytes:
    """The bytes that a command of the README draws, with a folder in the place of the checkout's."""
    target = folder / Path(file).name
    command = [sys.executable, "-m", "kg", *shlex.split(words.replace(file, str(target)))]
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL, env=dict(os.environ))
    return target.read_bytes()


def main() -> int:
    """Draw the pictures, or compare them with what they should be."""
    commands = COMMAND.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    shown = {file for _, file in commands}
    there = {f"docs/pictures/{path.name}" for path in (ROOT / "docs" / "pictures").glob("*")}
    with tempfile.TemporaryDirectory() as folder:
        made = {file: drawn(words, file, Path(folder)) for words, file in commands}
    if sys.argv[1:] != ["--check"]:
        for file, data in made.items():
            (ROOT / file).write_bytes(data)
        return 0
    wrong = sorted(file for file in shown & there if (ROOT / file).read_bytes() != made[file])
    for file in [*wrong, *sorted(shown ^ there)]:
        sys.stderr.write(f"{file} is not what the README's command draws; run: make docs\n")
    return 1 if wrong or shown != there or not shown else 0


if __name__ == "__main__":
    sys.exit(main())
