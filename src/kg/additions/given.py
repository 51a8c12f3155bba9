"""One file that was added, or is to be: its bytes, kept as given, and what they parse to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.additions.log import LOG, Act, Log
from kg.errors import UnreadableError
from kg.model import Finding, Where
from kg.serialise import check_lengths, format_of, parse, skolemise
from kg.terms import iri
from kg.yamltext import Mapping, Node, read_yaml

YAML = (".yaml", ".yml")


def addition_id(content: bytes) -> str:
    """The id of an addition: the first 32 hexadecimal digits of the SHA-256 of its bytes."""
    return hashlib.sha256(content).hexdigest()[:32]


@dataclass(frozen=True)
class Given:
    """An added file: the act that adds it, its content, and its name as messages show it."""

    act: Act
    content: bytes
    shown: str

    @property
    def is_yaml(self) -> bool:
        """Whether it is claims YAML; otherwise it is RDF."""
        return Path(self.act.kept).suffix in YAML

    @cached_property
    def yaml(self) -> tuple[Node | None, list[Finding]]:
        """The YAML with the faults that do not stop the reading. Raises what :func:`read_yaml` raises."""
        check_lengths(self.content, "yaml", self.shown)
        try:
            return read_yaml(self.content.decode("utf-8"), self.shown)
        except UnicodeDecodeError as fault:
            raise UnreadableError(
                f"this is no UTF-8 (byte {fault.start})", where=self.shown, fix="save the file as UTF-8"
            ) from None

    @cached_property
    def registry(self) -> Mapping | None:
        """The registry entries that a YAML file brings."""
        root = self.yaml[0] if self.is_yaml else None
        found = root.get("registry") if isinstance(root, Mapping) else None
        return found if isinstance(found, Mapping) else None

    @cached_property
    def quads(self) -> tuple[ox.Quad, ...]:
        """The triples of an RDF file, in the addition's own graph, with names for its blank nodes.

        Raises UnreadableError when it does not parse.
        """
        if self.is_yaml:
            return ()
        parsed = parse(self.content, format_of(Path(self.act.kept)), where=self.shown)
        graph = ox.NamedNode(iri("graph", self.act.graph))
        ours = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in parsed]
        return tuple(dict.fromkeys(skolemise(ours)))


def read_given(folder: Path, log: Log, show: Callable[[Path], str]) -> Iterator[Given | Finding]:
    """The files of all additions in the order of the log, and what is wrong with the folder."""
    for act in log.added:
        path = folder / Path(act.kept).name
        try:
            content = path.read_bytes()
        except OSError as fault:
            what = f"the file of this addition cannot be read: {fault.strerror}"
            yield Finding("addition-is-kept", "violation", what, "restore it", act.where or Where(show(path)))
            continue
        if addition_id(content) != act.what:
            what = "this is not the file that was added: its hash is another"
            fix = "restore it; what is wrong with an addition is retracted: kg retract"
            yield Finding("addition-is-unchanged", "violation", what, fix, Where(show(path)))
        else:
            yield Given(act, content, show(path))
    yield from _unrecorded(folder, log, show)


def _unrecorded(folder: Path, log: Log, show: Callable[[Path], str]) -> Iterator[Finding]:
    """Files that lie in the folder without having been added."""
    known = {LOG, *(act.kept for act in log.added)}
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.name not in known and not path.name.startswith("."):
            what = "the log does not name this file, so it is read by nobody"
            yield Finding(
                "addition-is-recorded", "warning", what, f"run: kg add {show(path)}", Where(show(path))
            )
