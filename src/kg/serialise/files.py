"""Files that are either as they were or as they shall be, never half written."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError, UsageError

FRESH, OLD = ".new", ".old"
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


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
    with prepared_folder(folder, files) as put_in_place:
        put_in_place()


@contextmanager
def prepared_folder(folder: Path, files: Mapping[str, bytes]) -> Iterator[Callable[[], None]]:
    """The files of a folder, all on disk beside it; what is given puts them in its place, at once.

    A file that is as it was is linked and not written again.  When nothing puts them in place they are
    gone.  Raises what :func:`replace_folder_atomically` raises.
    """
    for name in files:
        if name in ("", ".", "..") or "/" in name or "\\" in name or "\0" in name:
            raise UsageError(f"{name!r} is no plain file name")
    folder = folder.resolve()
    with _store_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=FRESH))

    def put_in_place() -> None:
        with _store_errors(folder):
            _swap(fresh, folder)
            _flush_folder(folder.parent)

    try:
        with _store_errors(folder):
            for name, data in files.items():
                _link_or_write(folder / name, fresh / name, data)
            fresh.chmod(0o777 & ~_umask())
            _flush_folder(fresh)
        yield put_in_place
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def remove_leftovers(folder: Path) -> None:
    """Take away what a process that was killed left beside a folder that it was replacing.

    Where it was stopped between taking the old folder away and putting the new one there, the old one comes
    back.  Nobody may be writing meanwhile.
    """
    found = sorted(folder.parent.glob(f".{folder.name}.*{OLD}"))
    if found and not folder.exists():
        found.pop().rename(folder)
    for path in (*found, *folder.parent.glob(f".{folder.name}.*{FRESH}")):
        shutil.rmtree(path, ignore_errors=True)


def _link_or_write(there: Path, path: Path, data: bytes) -> None:
    """A file of the new folder; files are only ever replaced, so both folders may share one."""
    try:
        if there.stat().st_size == len(data) and there.read_bytes() == data:
            os.link(there, path)
            return
    except OSError:
        pass  # it is not there, or the file system knows no links
    _write(path, data)


def _swap(fresh: Path, folder: Path) -> None:
    """Put ``fresh`` in the place of ``folder``, in one step where the system has one."""
    if not folder.exists():
        fresh.rename(folder)
    elif not exchanged(fresh, folder):  # if it could, ``fresh`` holds what was there, and goes with it
        _swap_in_two_steps(fresh, folder)


def _swap_in_two_steps(fresh: Path, folder: Path) -> None:
    """Take ``folder`` away and put ``fresh`` there; what was there comes back when that fails."""
    old = fresh.with_suffix(OLD)
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def exchanged(one: Path, other: Path) -> bool:
    """Let two paths change places in one step, if the system can; whether it did."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


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
