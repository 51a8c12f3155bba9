"""Files that are either as they were or as they shall be, never half written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError, UsageError


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is never seen half written, whatever happens.

    Raises StoreError when the disk refuses (full, read only); the old file is then as it was.
    """
    with _store_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        os.close(handle)
        temporary = Path(name)
        try:
            _write(temporary, data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _flush_folder(path.parent)


def replace_folder_atomically(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold exactly these files: all of them are on disk before the old folder goes.

    Raises StoreError when the disk refuses; the old folder is then as it was.  UsageError for a name
    that leads elsewhere.
    """
    for name in files:
        if name in ("", ".", "..") or "/" in name or "\\" in name or "\0" in name:
            raise UsageError(f"{name!r} is no plain file name")
    folder = folder.resolve()
    with _store_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".new"))
        try:
            for name, data in files.items():
                _write(fresh / name, data)
            fresh.chmod(0o777 & ~_umask())
            _flush_folder(fresh)
            _swap(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        _flush_folder(folder.parent)


def _swap(fresh: Path, folder: Path) -> None:
    """Put ``fresh`` in the place of ``folder``; what was there comes back when that fails."""
    old = fresh.with_suffix(".old")
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o666 & ~_umask())


def _umask() -> int:
    """What new files are not allowed; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":  # other systems cannot open a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _store_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"it could not be written: {error.strerror or error}",
            where=str(path),
            fix="make room or choose another place; what was there is as it was",
        ) from error
