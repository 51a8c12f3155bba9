"""A text as it stands on disk: decoding, lines, and the folding that makes two spellings one."""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path

from kg.errors import LimitError, UnreadableError

MAX_BYTES = 20_000_000
Range = tuple[int, int]

_NEWLINE = re.compile(r"\r\n|\r|\n")
_SINGLE_QUOTES = "‘’‚‛`´′ʻʼʽ＇"
_DOUBLE_QUOTES = "“”„‟«»″＂"
_DASHES = "‐‑‒–—―−﹣－"
_SPACES = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
FOLDED = str.maketrans(
    dict.fromkeys(_SINGLE_QUOTES, "'")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SPACES, " ")
)


def load_text(path: str | Path) -> str:
    """The text of a file, decoded from UTF-8 with nothing changed: no newline translated, no mark removed.

    Raises UnreadableError when there is no such file or it is not UTF-8 text, LimitError when it is
    larger than 20 MB.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise LimitError(
                f"the text is larger than {MAX_BYTES // 1_000_000} MB", where=str(path), fix="split it"
            )
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as fault:
        raise UnreadableError(
            f"byte {fault.start} is not UTF-8", where=str(path), fix="save the file as UTF-8"
        ) from None
    except OSError as fault:
        raise UnreadableError(f"the text cannot be read: {fault.strerror}", where=str(path)) from None
    if "\0" in text:
        raise UnreadableError(
            f"character {text.index(chr(0))} is NUL, so this is not a text", where=str(path)
        )
    return text


def line_starts(text: str) -> tuple[int, ...]:
    """Where each line begins."""
    return (0, *(found.end() for found in _NEWLINE.finditer(text)))


def line_of(starts: tuple[int, ...], offset: int) -> int:
    """The number of the line that an offset lies in, counted from 1."""
    return bisect_right(starts, offset)


def lines_of(text: str, starts: tuple[int, ...]) -> list[Range]:
    """Start and end of each line's words, white space around them left out."""
    ends = (*starts[1:], len(text))
    return [trimmed(text, start, end) for start, end in zip(starts, ends, strict=True)]


def trimmed(text: str, start: int, end: int) -> Range:
    """A range without the white space at its ends; empty at its start if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
