"""The one point at which an act is done: files, then the log, then ``triples/``; what was cut off is mended.

The log is the truth.  While an act is under way a note lies beside it, which says what the act brings: when
the log does not name the act these files go; when it does, ``triples/`` may be behind and is made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from kg.adding.lock import is_being_written
from kg.additions import LOG, Act
from kg.errors import StoreError
from kg.serialise import prepared_folder, remove_leftovers, write_atomically
from kg.workspace import Workspace


def commit(workspace: Workspace, act: Act, kept: Mapping[Path, bytes], triples: Mapping[str, bytes]) -> None:
    """Do an act, whole or not at all: ``kept`` are files that it brings, ``triples`` is the graph after it.

    The lock must be held.  When it returns, all of it is on disk.  Raises StoreError when the disk refuses;
    nothing has happened then.
    """
    note = workspace.under_way
    told = {"line": act.line(), "files": [path.relative_to(workspace.seeds).as_posix() for path in kept]}
    write_atomically(note, json.dumps(told).encode())
    is_whole = False
    try:
        with prepared_folder(workspace.triples, triples) as put_in_place:
            for path, content in kept.items():
                write_atomically(path, content)
            try:
                _append(workspace, act.line())
            finally:  # from here on it is done, whatever interrupts
                if _is_done(workspace, act.line()):
                    put_in_place()
                    settle(workspace)
                    is_whole = True
    finally:
        if not is_whole:
            mend(workspace)


def _append(workspace: Workspace, line: str) -> None:
    path = workspace.additions / LOG
    before = path.read_bytes() if path.exists() else b""
    write_atomically(path, before + line.encode())


def mend(workspace: Workspace) -> bool:
    """Undo what an act left that was cut off before it was done; whether ``triples/`` may be behind the log.

    The lock must be held.
    """
    remove_leftovers(workspace.triples)
    for folder in (workspace.additions, workspace.documents):
        for path in folder.glob(".*.tmp"):
            path.unlink(missing_ok=True)
    told = _under_way(workspace)
    if told is None:
        return False
    if _is_done(workspace, told["line"]):
        return True
    for path in _inside(workspace.seeds, told["files"]):
        path.unlink(missing_ok=True)
    settle(workspace)
    return False


def settle(workspace: Workspace) -> None:
    """The act is done, or undone: nothing is under way."""
    with suppress(OSError):  # what stays is looked at again by the next act
        workspace.under_way.unlink(missing_ok=True)


def is_behind(workspace: Workspace) -> bool:
    """Whether an act was cut off after it was done and before ``triples/`` was made again."""
    if not workspace.writable or not workspace.under_way.exists() or is_being_written(workspace):
        return False
    told = _under_way(workspace)
    return told is not None and _is_done(workspace, told["line"])


def _under_way(workspace: Workspace) -> dict[str, list[str]] | None:
    try:
        told = json.loads(workspace.under_way.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as fault:
        raise StoreError(f"cannot be read: {fault}", where=str(workspace.under_way)) from None
    return dict(told)


def _is_done(workspace: Workspace, line: str | list[str]) -> bool:
    path = workspace.additions / LOG
    return path.exists() and str(line).encode() in path.read_bytes()


def _inside(folder: Path, names: list[str]) -> Iterator[Path]:
    """The files that are named, none of which lies outside the folder."""
    for name in names:
        path = folder / name
        if path.resolve().is_relative_to(folder.resolve()):
            yield path
