"""Pages that are made: written where they differ, or with ``--check`` only compared."""

from __future__ import annotations

import sys
from pathlib import Path


def keep(page: Path, wanted: str, given_by: str) -> int:
    """Write a page, or with ``--check`` say whether it is what ``given_by`` gives; the exit code."""
    if "--check" not in sys.argv[1:]:
        page.write_text(wanted, encoding="utf-8")
        return 0
    if page.exists() and page.read_text(encoding="utf-8") == wanted:
        return 0
    sys.stderr.write(f"docs/{page.name} is not what {given_by} give; run: make docs\n")
    return 1
