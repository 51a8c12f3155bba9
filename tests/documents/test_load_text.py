"""Loading a text from disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents import load_text
from kg.documents import text as text_module
from kg.errors import LimitError, UnreadableError


def test_nothing_in_a_text_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffOne\r\ntwo\rthree\n\xa0é".encode())
    assert load_text(path) == "\ufeffOne\r\ntwo\rthree\n\xa0é"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a\xff", "byte 1 is not UTF-8"),
        (b"\xed\xa0\x80", "byte 0 is not UTF-8"),
        (b"a\0b", "character 1 is NUL"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=told):
        load_text(path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"none\.txt"):
        load_text(tmp_path / "none.txt")


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        load_text(tmp_path)


def test_a_text_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "MAX_BYTES", 10)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(LimitError):
        load_text(path)
