"""One writer at a time: a lock on a workspace that a killed process cannot leave behind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.workspace import Workspace

try:
    import fcntl
except ImportError:  # not a POSIX system; the file itself is the lock there
    fcntl = None  # type: ignore[assignment]

LOCK = ".writing"
_TRIES, _PAUSE = 5, 0.02


@contextmanager
def writing(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace for writing; readers are not kept out.

    Raises StoreError with the process id of whoever holds it, or when the folder cannot be written to.
    """
    path = workspace.seeds / LOCK
    try:
        descriptor = _taken(path)
    except OSError as fault:
        raise StoreError(
            f"it cannot be written to: {fault.strerror or fault}",
            where=str(workspace.root),
            fix="make it writable, or work on a copy",
        ) from None
    if descriptor is None:
        raise StoreError(
            f"in use by pid {_holder(path)}",
            where=str(workspace.root),
            fix="wait until it is done, and try again",
        )
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def is_being_written(workspace: Workspace) -> bool:
    """Whether some process holds the workspace for writing."""
    path = workspace.seeds / LOCK
    if fcntl is None:
        return path.exists()
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _taken(path: Path) -> int | None:
    """The open lock file, or None when another process holds it."""
    while True:
        flags = os.O_RDWR | os.O_CREAT | (os.O_EXCL if fcntl is None else 0)
        try:
            descriptor = os.open(path, flags, 0o666)
            if fcntl is not None:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileExistsError:
            return None
        except BlockingIOError:
            os.close(descriptor)
            return None
        if _is(path, descriptor):
            return _signed(path, descriptor)
        os.close(descriptor)  # its last holder took the file away meanwhile


def _signed(path: Path, descriptor: int) -> int:
    """The open lock file with our process id in it. Raises OSError on a full disk, and leaves nothing."""
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
    except OSError:
        path.unlink(missing_ok=True)
        os.close(descriptor)
        raise
    return descriptor


def _is(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _holder(path: Path) -> str:
    """The process id in the lock file; it is written right after the lock is taken."""
    for _ in range(_TRIES):
        try:
            if number := path.read_text(encoding="ascii").strip():
                return number
        except OSError:
            break
        time.sleep(_PAUSE)
    return "unknown (it has just ended)"
