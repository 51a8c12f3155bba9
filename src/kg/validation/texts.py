"""The texts of documents as validation looks into them: read when a file has changed, else kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.claims import note_numbers
from kg.documents import read_document
from kg.model import Finding, Iri
from kg.names import fold
from kg.shacl import Index
from kg.terms import ACES, kind_and_name
from kg.workspace import Workspace

_FILE, _DIGEST, _COPY_OF = (ox.NamedNode(ACES + name) for name in ("fileName", "sha256", "copyOf"))


@dataclass(frozen=True)
class Text:
    """A text that is held, and its SHA-256."""

    words: str
    digest: str

    @cached_property
    def folded(self) -> str:
        """The words as names are compared."""
        return fold(self.words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of its notes, and of the markers whose note it does not print."""
        return frozenset(note_numbers(read_document("text", self.words)))


def held(
    index: Index,
    workspace: Workspace,
    document: ox.NamedNode,
    brought: Mapping[str, Path] | None = None,
) -> Iterator[Text | Finding]:
    """The text of a document, or why there is none to look into; nothing where no file is named.

    ``brought`` are texts that lie elsewhere, by file name.
    """
    for file in index.objects(document, _FILE):
        for digest in index.objects(document, _DIGEST):
            name = str(file.value)
            path = (brought or {}).get(name, workspace.documents / name)
            yield _held(path, name, document.value, str(digest.value))


def texts_of_work(index: Index, workspace: Workspace, work: ox.NamedNode) -> list[Text]:
    """The texts of a Work that are held and are what was read."""
    copies = [node for node in index.subjects(_COPY_OF, work) if isinstance(node, ox.NamedNode)]
    return [text for copy in copies for text in held(index, workspace, copy) if isinstance(text, Text)]


def _held(path: Path, file: str, document: Iri, digest: str) -> Text | Finding:
    name = kind_and_name(document)[1]
    if Path(file).name != file or not path.is_file():  # a file of the graph lies in no other folder
        told = f"the text of {name} is not held, not checked"
        return Finding("text-is-held", "info", told, focus=document)
    state = path.stat()
    text = _read(path, state.st_mtime_ns, state.st_size)
    if text.digest == digest:
        return text
    told = f"the text of {name} is not the one that was read"
    fix = "restore the file, or build again"
    return Finding("document-unchanged", "violation", told, fix, focus=document)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int, size: int) -> Text:
    """The text of a file; time of change and size are asked so that it is read again when it has changed."""
    content = path.read_bytes()
    return Text(content.decode("utf-8", "replace"), hashlib.sha256(content).hexdigest())
