"""What the registry knows of one thing, and the whole of it: entries, Works with their Documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.errors import UnknownNameError
from kg.identity import Decision
from kg.model import Finding, Iri, Time, Where
from kg.names import NameIndex
from kg.terms import kind_and_name
from kg.vocabulary import Vocabulary

CONCEPT_SCHEMES = {
    "factor": "Factor",
    "goal": "Goal",
    "ideology": "Ideology",
    "means": "Means",
    "position": "Position",
}
DECISIONS = "decisions"
FILES = {"actors": "actor", "places": "place", "works": "work", "events": "event"}
_FILE_OF_KIND = {kind: name for name, kind in FILES.items()} | dict.fromkeys(CONCEPT_SCHEMES, "concepts")
GRAPH = "registry"
"""The graph of what the registry's own files say."""


@dataclass(frozen=True)
class Entry:
    """One identity: what it is called, and what was decided on who it is.

    ``graph`` is where its triples are to be written; it is empty where they are given as RDF.
    """

    iri: Iri
    kind: str
    name: str
    label: str
    cls: Iri
    where: Where
    aliases: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    was: tuple[str, ...] = ()
    """The local names of what it was decided to be one with."""
    note: str = ""
    definition: str = ""
    by_curator: bool = False
    within: Iri | None = None
    graph: str = GRAPH

    @property
    def different(self) -> tuple[tuple[Iri, str], ...]:
        """What it must not be confused with, and why."""
        return tuple((d.other, d.reason) for d in self.decisions if d.verdict == "different")


@dataclass(frozen=True)
class Document:
    """One text that is held, or was: a copy of a Work."""

    iri: Iri
    name: str
    work: Iri
    file: str
    sha256: str
    language: str
    where: Where
    url: str = ""
    site: str = ""
    posted: Time | None = None
    note: str = ""


@dataclass(frozen=True)
class Work(Entry):
    """A Work with its bibliographic facts; ``curated`` names the keys whose value is the curator's."""

    title: str = ""
    work_kind: Iri = ""
    authors: tuple[Iri, ...] = ()
    publisher: Iri | None = None
    issued: Time | None = None
    url: str = ""
    presents: Iri | None = None
    reliability: Iri | None = None
    reliability_assessor: str = ""
    reliability_reason: str = ""
    documents: tuple[Document, ...] = ()
    curated: tuple[str, ...] = ()


@dataclass
class Registry:
    """Everything with an identity, by IRI; made by :func:`load_registry`."""

    vocabulary: Vocabulary
    entries: dict[Iri, Entry] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    names: NameIndex = field(default_factory=NameIndex)

    def add(self, entry: Entry) -> None:
        """Take an entry in; its local name, label and aliases find it from now on."""
        self.entries[entry.iri] = entry
        self.names.add(entry.iri, (entry.label, *entry.aliases))

    def works(self) -> list[Work]:
        """The Works, sorted by IRI."""
        return [e for _, e in sorted(self.entries.items()) if isinstance(e, Work)]

    def documents(self) -> list[Document]:
        """The Documents of all Works, sorted by name."""
        return sorted((d for work in self.works() for d in work.documents), key=lambda d: d.name)

    def work(self, node: Iri) -> Work:
        """A Work by its IRI. Raises KeyError when there is none."""
        entry = self.entries[node]
        if not isinstance(entry, Work):
            raise KeyError(node)
        return entry

    def date_of(self, work: Work) -> Time | None:
        """When a Work was issued; where that is not known, when the Work was that it presents."""
        presented = self.work(work.presents) if work.presents else None
        return work.issued or (presented.issued if presented else None)

    def label(self, node: Iri) -> str:
        """What a node is called, in registry or ontology; its local name when neither has it."""
        entry = self.entries.get(node)
        return entry.label if entry else self.vocabulary.labels.get(node, kind_and_name(node)[1] or node)

    def find(self, name: str, kinds: Iterable[str]) -> Iri:
        """The one thing of these kinds that is meant; see :meth:`kg.names.NameIndex.find`."""
        kinds = tuple(kinds)
        try:
            return self.names.find(name, kinds)
        except UnknownNameError as fault:
            fix = fault.fix or f"add it to seeds/registry/{_FILE_OF_KIND.get(kinds[0], 'actors')}.yaml"
            raise UnknownNameError(fault.what, fix=fix) from None
