"""Files and folders are as they were or as they shall be, never in between."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreError, UsageError
from kg.serialise import replace_folder_atomically, write_atomically


def full_disk(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b.txt", b"new")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"new"
    assert names(tmp_path / "a") == ["b.txt"]


def test_a_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"old")
    write_atomically(tmp_path / "b.txt", b"new")
    assert (tmp_path / "b.txt").read_bytes() == b"new"


def test_new_files_can_be_read_as_the_user_allows(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_atomically(tmp_path / "b.txt", b"new")
        replace_folder_atomically(tmp_path / "t", {"a": b""})
    finally:
        os.umask(mask)
    modes = [
        path.stat().st_mode & 0o777 for path in (tmp_path / "b.txt", tmp_path / "t", tmp_path / "t" / "a")
    ]
    assert modes == [0o644, 0o755, 0o644]


def test_on_a_full_disk_the_old_file_stays_and_nothing_is_left_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.txt").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(StoreError, match="No space left") as caught:
        write_atomically(tmp_path / "b.txt", b"new")
    assert caught.value.exit_code == 4
    assert (tmp_path / "b.txt").read_bytes() == b"old"
    assert names(tmp_path) == ["b.txt"]


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "gone.trig").write_bytes(b"old")
    replace_folder_atomically(tmp_path / "t", {"a.trig": b"1", "b.trig": b"2"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "t").iterdir()} == {
        "a.trig": b"1",
        "b.trig": b"2",
    }
    assert names(tmp_path) == ["t"]


def test_a_folder_that_was_not_there_is_made(tmp_path: Path) -> None:
    replace_folder_atomically(tmp_path / "x" / "t", {"a.trig": b"1"})
    assert names(tmp_path / "x") == ["t"]


def test_on_a_full_disk_the_old_folder_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_folder_atomically(tmp_path / "t", {"a.trig": b"old"})
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(StoreError):
        replace_folder_atomically(tmp_path / "t", {"a.trig": b"new", "b.trig": b"new"})
    assert names(tmp_path) == ["t"]
    assert (tmp_path / "t" / "a.trig").read_bytes() == b"old"


def test_when_the_new_folder_cannot_take_its_place_the_old_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_folder_atomically(tmp_path / "t", {"a.trig": b"old"})
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.suffix == ".new":
            raise OSError(errno.EACCES, "not allowed")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr("kg.serialise.files.exchanged", lambda one, other: False)
    with pytest.raises(StoreError, match="not allowed"):
        replace_folder_atomically(tmp_path / "t", {"a.trig": b"new"})
    assert names(tmp_path) == ["t"]
    assert (tmp_path / "t" / "a.trig").read_bytes() == b"old"


@pytest.mark.parametrize("name", ["../a", "/a", "a/b", "..", "", ".", "a\\b", "a\0"])
def test_a_name_that_leads_elsewhere_is_refused_before_anything_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        replace_folder_atomically(tmp_path / "t", {name: b""})
    assert names(tmp_path) == []


def test_a_folder_behind_a_link_is_replaced_where_it_is(tmp_path: Path) -> None:
    replace_folder_atomically(tmp_path / "real", {"a": b"old"})
    (tmp_path / "link").symlink_to(tmp_path / "real")
    replace_folder_atomically(tmp_path / "link", {"a": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "a").read_bytes() == b"new"


CHILD = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from kg.errors import StoreError
from kg.serialise import replace_folder_atomically
try:
    replace_folder_atomically(Path(sys.argv[1]), {"a.trig": b"new", "b.trig": b"n" * 1_000_000})
except StoreError as error:
    print(error)
    sys.exit(error.exit_code)
"""


def test_a_real_limit_of_the_system_leaves_the_old_folder(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    replace_folder_atomically(tmp_path / "t", {"a.trig": b"old"})
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / "t")], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (4, b"")
    assert len(done.stdout.splitlines()) == 1
    assert names(tmp_path) == ["t"]
    assert (tmp_path / "t" / "a.trig").read_bytes() == b"old"
