"""An RDF file that somebody wants to add: its triples, and where in the file each thing is named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UnreadableError
from kg.model import Iri, Where
from kg.serialise import format_of, parse, read_limited
from kg.terms import PREFIXES, iri

_PREFIX = re.compile(
    r"""@?prefix\s+([\w.-]*):\s*<([^<>\s]*)>|xmlns:([\w.-]+)\s*=\s*["']([^"']*)""", re.IGNORECASE
)
_NAME = "A-Za-z0-9_.-"


@dataclass(frozen=True)
class Addition:
    """The triples of one file, all in one graph that is named by the file's content."""

    file: str
    text: str
    quads: tuple[ox.Quad, ...]

    @cached_property
    def triples(self) -> frozenset[ox.Triple]:
        """The triples without their graph."""
        return frozenset(quad.triple for quad in self.quads)

    @cached_property
    def subjects(self) -> frozenset[Iri]:
        """What the file says something about."""
        return frozenset(q.subject.value for q in self.quads if isinstance(q.subject, ox.NamedNode))

    def where(self, node: Iri) -> Where:
        """Where the file first names a thing, in full or by a prefix; its beginning when it does not."""
        found = [start for form in self._forms(node) if (start := _first(form, self.text)) >= 0]
        if not found:
            return Where(self.file)
        before = self.text[: min(found)]
        return Where(self.file, before.count("\n") + 1, len(before) - before.rfind("\n"))

    def _forms(self, node: Iri) -> Iterator[str]:
        yield rf"(?<=[<\"']){re.escape(node)}(?=[>\"'])"
        for prefix, namespace in self._prefixes:
            if namespace and node.startswith(namespace):
                name = re.escape(node.removeprefix(namespace))
                yield rf"(?<![{_NAME}:]){re.escape(prefix)}:{name}(?![A-Za-z0-9_-])"

    @cached_property
    def _prefixes(self) -> list[tuple[str, str]]:
        written = [(m[1] or m[3] or "", m[2] or m[4] or "") for m in _PREFIX.finditer(self.text)]
        return [*written, *PREFIXES.items()]


def _first(form: str, text: str) -> int:
    found = re.search(form, text)
    return found.start() if found else -1


def read_addition(path: Path) -> Addition:
    """An RDF file in any syntax, whatever graphs it names.

    Raises UnreadableError when it cannot be read or parsed, and UsageError for an unknown suffix.
    """
    try:
        content = read_limited(path)
    except OSError as fault:
        raise UnreadableError(f"cannot be read: {fault.strerror}", where=str(path)) from None
    return addition_of(content, format_of(path), str(path))


def addition_of(content: bytes, form: str, file: str) -> Addition:
    """The addition that a text in one of RDF's formats makes. Raises UnreadableError with its place."""
    parsed = parse(content, form, where=file)
    name = ox.NamedNode(iri("graph", f"addition.{hashlib.sha256(content).hexdigest()[:32]}"))
    quads = dict.fromkeys(ox.Quad(q.subject, q.predicate, q.object, name) for q in parsed)
    return Addition(file, content.decode("utf-8-sig"), tuple(quads))
