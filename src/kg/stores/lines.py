"""N-Triples lines in order, on disk once they are many: counted, hashed and compared in bounded memory."""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg.errors import StoreError

RUN = 100_000
"""How many lines are sorted in memory at a time."""
_BATCH = 5_000


def text_of(triples: Iterable[ox.Triple]) -> bytes:
    """N-Triples, a line each, as our own writer has them."""
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None  # it is when there is no file to write to
    return text


def lines_of(triples: Iterable[ox.Triple]) -> Iterator[bytes]:
    """The line of each triple, with its line feed."""
    rest = iter(triples)
    while batch := list(islice(rest, _BATCH)):
        # Not splitlines, which also ends a line where a literal holds a form feed.
        yield from (line + b"\n" for line in text_of(batch).split(b"\n")[:-1])


def triples_of_lines(lines: Iterable[bytes]) -> Iterator[ox.Triple]:
    """The triples of N-Triples lines."""
    rest = iter(lines)
    while batch := list(islice(rest, _BATCH)):
        for quad in ox.parse(b"".join(batch), format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple


def chunks(lines: Iterable[bytes], size: int) -> Iterator[tuple[int, bytes]]:
    """The lines as longer texts, each with the number of its lines."""
    rest = iter(lines)
    while chunk := list(islice(rest, size)):
        yield len(chunk), b"".join(chunk)


class SortedLines:
    """Distinct lines in order. Use it as a context: its files go at the end.

    Memory does not grow with the graph: what is more than ``RUN`` lines is sorted in parts on disk.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        """Read all lines, each with its line feed. Raises StoreError when the disk is full."""
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._runs: list[Path] = []
        rest = iter(lines)
        self._last: list[bytes] = sorted(set(islice(rest, RUN)))
        while more := set(islice(rest, RUN)):
            self._write_run(self._last)
            self._last = sorted(more)

    def _write_run(self, lines: list[bytes]) -> None:
        try:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="kg-")
            run = Path(self._folder.name) / str(len(self._runs))
            with run.open("wb") as file:
                file.writelines(lines)
        except OSError as error:
            self.close()
            raise StoreError(
                f"no room to sort a graph: {error.strerror}", where=tempfile.gettempdir(), fix="make room"
            ) from None
        self._runs.append(run)

    def __iter__(self) -> Iterator[bytes]:
        """The lines in order, each once."""
        return self._merged() if self._runs else iter(self._last)

    def _merged(self) -> Iterator[bytes]:
        files = [run.open("rb") for run in self._runs]
        before = b""
        try:
            for line in heapq.merge(*files, self._last):
                if line != before:
                    yield line
                before = line
        finally:
            for file in files:
                file.close()

    @cached_property
    def _summary(self) -> tuple[int, str]:
        count, digest = 0, hashlib.sha256()
        for line in self:
            count += 1
            digest.update(line)
        return count, digest.hexdigest()

    def __len__(self) -> int:
        """How many lines there are."""
        return self._summary[0]

    @property
    def sha256(self) -> str:
        """SHA-256 of the lines in order; ``LC_ALL=C sort -u FILE.nt | sha256sum`` gives the same."""
        return self._summary[1]

    def close(self) -> None:
        """Remove the files."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder, self._runs = None, []

    def __enter__(self) -> Self:
        """These lines."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the files."""
        self.close()


def only_left(left: Iterable[bytes], right: Iterable[bytes]) -> Iterator[bytes]:
    """What stands on the left alone, in order; both are sorted.

    >>> list(only_left([b"a", b"b", b"d"], [b"b", b"c"]))
    [b'a', b'd']
    """
    others = iter(right)
    other = next(others, None)
    for line in left:
        while other is not None and other < line:
            other = next(others, None)
        if other != line:
            yield line
