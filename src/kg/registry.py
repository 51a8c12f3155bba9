"""Who is who: the curated identities of ``seeds/registry/*.yaml``, with their places in the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.errors import UnknownNameError, WrongError
from kg.identity import Decision, contradictions, kept_of, read_decisions, resolved
from kg.model import Finding, Iri, Time, Where
from kg.names import NameIndex, suggestion
from kg.terms import ACES, iri, is_local_name, kind_and_name
from kg.times import parse_time
from kg.vocabulary import Vocabulary
from kg.yamltext import Mapping, Node, Sequence, Text, read_yaml_file

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
_COMMON_KEYS = {"label", "aliases", "different", "note", "basis"}
_KEYS = {
    "actor": _COMMON_KEYS | {"kind"},
    "place": _COMMON_KEYS | {"kind", "within"},
    "event": _COMMON_KEYS,
    "work": _COMMON_KEYS
    | {"title", "kind", "authors", "publisher", "issued", "url", "presents", "reliability", "documents"},
}
GRAPH = "registry"
"""The graph of what the registry's own files say."""

_DOCUMENT_KEYS = {"file", "sha256", "language", "url", "site", "publisher", "posted", "shown", "note"}


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


def load_registry(
    folder: Path,
    vocabulary: Vocabulary,
    show: Callable[[Path], str],
    added: Iterable[tuple[str, Mapping | list[Entry]]] = (),
    *,
    apart: bool = False,
) -> Registry:
    """Read a registry folder.  Faults stand in ``findings``; what is sound is there all the same.

    ``added`` is what additions bring, in their order: a graph's name, and a registry or its entries.
    What is decided to be one has one entry; with ``apart`` every entry is as it is written.
    Raises UnreadableError when a file does not parse.
    """
    registry = Registry(vocabulary)
    _add_core(registry)
    reader = _Reader(registry)
    for name, kind in (("concepts", ""), *FILES.items()):
        path = folder / f"{name}.yaml"
        if not path.exists():
            continue
        root, faults = read_yaml_file(path, show(path))
        registry.findings += faults
        if isinstance(root, Mapping):
            reader.read(root, kind)
        elif root is not None:
            reader.fault("registry-entry", "a registry file maps names to entries", root.where)
    known = ("concepts", *FILES, DECISIONS)
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in known:
            what = f"there is no registry file of this name; known: {', '.join(known)}"
            reader.fault("registry-entry", what, Where(show(path)))
    for graph, brought in added:
        if isinstance(brought, Mapping):
            reader.read_added(graph, brought)
        else:
            reader.take(brought)
    reader.take_decisions(folder / f"{DECISIONS}.yaml", show)
    reader.link({} if apart or _contradictory(registry) else kept_of(registry.decisions))
    return registry


def _contradictory(registry: Registry) -> bool:
    return any(finding.rule in ("decisions-agree", "kinds-fit") for finding in registry.findings)


def kinds_at_odds(registry: Registry, decisions: Iterable[Decision]) -> Iterable[Finding]:
    """Decisions that would make one of two things of which neither is of the other's kind."""
    is_a = registry.vocabulary.is_a
    for decision in decisions:
        one, other = (registry.entries[node] for node in (decision.one, decision.other))
        if decision.verdict == "same" and not (is_a(one.cls, other.cls) or is_a(other.cls, one.cls)):
            kinds = (cls.removeprefix(ACES) for cls in (one.cls, other.cls))
            what = f"{decision.told()}, but they are of the kinds {' and '.join(kinds)}"
            fix = "correct the kind: of one of them, or take the decision back"
            yield Finding("kinds-fit", "violation", what, fix, decision.where)


def _add_core(registry: Registry) -> None:
    """The individuals that the ontology itself brings (someone, somewhere, unnamed) and its concepts."""
    for node, types in registry.vocabulary.types.items():
        kind, name = kind_and_name(node)
        if name:
            registry.names.add(node, (registry.vocabulary.labels.get(node, name),))
        if kind in ("actor", "place") and name:
            cls = next((t for t in sorted(types) if t.startswith(ACES)), ACES + kind.capitalize())
            label = registry.vocabulary.labels.get(node, name)
            registry.add(Entry(node, kind, name, label, cls, Where("ontology")))


class _Reader:
    """Turns YAML nodes into entries; a fault is noted and the entry left out."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.links: list[tuple[str, Iri, Mapping]] = []
        self.documents: dict[str, Where] = {}
        self.graph = GRAPH

    def fault(self, rule: str, message: str, where: Where, fix: str = "") -> None:
        self.registry.findings.append(Finding(rule, "violation", message, fix, where))

    def take(self, entries: Iterable[Entry]) -> None:
        """Entries that were read elsewhere; of one that is there already, its further names."""
        for entry in entries:
            if entry.iri in self.registry.entries:
                self.registry.names.add(entry.iri, entry.aliases)
            else:
                self.registry.add(entry)

    def read_added(self, graph: str, root: Mapping) -> None:
        """A registry inside an addition: the files of a registry folder as keys."""
        self.graph = graph
        known = {"concepts": "", **FILES}
        for name, node in root:
            if name not in known:
                what = f"{str(name)!r} is no part of a registry"
                self.fault("registry-key", what, name.where, suggestion(name, known))
            elif isinstance(node, Mapping):
                self.read(node, known[name])
            else:
                self.fault("registry-entry", "this maps names to entries", name.where, "write name: label")

    def _add(self, entry: Entry) -> bool:
        """Take an entry in, unless an addition brings it and it is there; whether it was taken in.

        That is a fault where the two differ.
        """
        taken = self.registry.entries.get(entry.iri)
        if taken is None or self.graph == GRAPH:
            self.registry.add(entry)
            return True
        if replace(entry, where=taken.where, graph=taken.graph) != taken:
            what = f"{entry.kind}/{entry.name} is there already, described otherwise (at {taken.where})"
            fix = "leave it out here, or give what you mean another name"
            self.fault("registry-name-is-new", what, entry.where, fix)
        return False

    def read(self, root: Mapping, kind: str) -> None:
        for name, node in root:
            try:
                if kind:
                    self._entry(kind, name, node)
                else:
                    self._scheme(name, node)
            except WrongError as fault:
                self.fault("registry-entry", fault.what, name.where, fault.fix)

    def _scheme(self, scheme: Text, node: Node) -> None:
        if scheme not in CONCEPT_SCHEMES or not isinstance(node, Mapping):
            raise WrongError(
                f"{scheme!r} is no scheme that a registry may fill",
                fix=f"use one of {', '.join(CONCEPT_SCHEMES)}",
            )
        for name, value in node:
            if isinstance(value, Mapping):
                label, definition = _text(value, "label"), _text(value, "definition")
            else:
                label, definition = str(value) if isinstance(value, Text) else "", ""
            if not label or not is_local_name(name):
                what = f"{str(name)!r} needs a label" if is_local_name(name) else f"{str(name)!r} is no name"
                self.fault("registry-entry", what, name.where, "write name: label")
                continue
            self._add(
                Entry(
                    iri(scheme, name),
                    scheme,
                    name,
                    label,
                    ACES + CONCEPT_SCHEMES[scheme],
                    name.where,
                    definition=definition,
                    graph=self.graph,
                )
            )

    def _entry(self, kind: str, name: Text, node: Node) -> None:
        node_iri = iri(kind, name)
        if isinstance(node, Text):
            node = Mapping(node.where, {Text("label", node.where): node})
        if not isinstance(node, Mapping):
            raise WrongError(f"{name!r} must have a label or a mapping")
        self._check_keys(node, _KEYS[kind])
        if not _text(node, "label"):
            raise WrongError(f"{name!r} has no label", fix="write label: ...")
        common = {
            "iri": node_iri,
            "kind": kind,
            "name": str(name),
            "label": _text(node, "label"),
            "where": name.where,
            "aliases": tuple(_texts(node, "aliases")),
            "note": _text(node, "note"),
            "by_curator": _text(node, "basis") == "curator",
            "graph": self.graph,
        }
        if kind == "work":
            entry: Entry = self._work(node, common)
        else:
            entry = Entry(cls=self._class(kind, node), **common)  # type: ignore[arg-type]
        if self._add(entry):
            self.links.append((kind, node_iri, node))

    def _check_keys(self, node: Mapping, known: set[str]) -> None:
        for key, _ in node:
            if key not in known:
                self.fault(
                    "registry-key",
                    f"{key!r} is no key of a registry entry here",
                    key.where,
                    suggestion(key, known) or f"known: {', '.join(sorted(known))}",
                )

    def _class(self, kind: str, node: Mapping) -> Iri:
        base, wanted, vocabulary = ACES + kind.capitalize(), node.get("kind"), self.registry.vocabulary
        if not isinstance(wanted, Text):
            return base
        known = {c.removeprefix(ACES): c for c in vocabulary.parents if vocabulary.is_a(c, base)}
        if wanted in known:
            return known[wanted]
        what = f"there is no kind of {kind} called {str(wanted)!r}"
        self.fault("kind-is-known", what, wanted.where, suggestion(wanted, known) or ", ".join(known))
        return base

    def _time(self, node: Mapping, key: str) -> Time | None:
        value = node.get(key)
        try:
            return parse_time(str(value)) if isinstance(value, Text) else None
        except WrongError as fault:
            assert isinstance(value, Text)
            self.fault("time-is-edtf", fault.what, value.where, fault.fix)
            return None

    def _work(self, node: Mapping, common: dict[str, object]) -> Work:
        plain, curated = _without_basis(node)
        reliability = plain.get("reliability")
        if not isinstance(reliability, Mapping):
            reliability = Mapping(node.where)
        return Work(
            cls=ACES + "Work",
            title=_text(plain, "title") or _text(plain, "label"),
            work_kind=self._link(plain, "kind", ["work-kind"]) or iri("work-kind", "report"),
            issued=self._time(plain, "issued"),
            url=_text(plain, "url"),
            reliability=self._link(reliability, "grade", ["reliability"]),
            reliability_assessor=_text(reliability, "assessor"),
            reliability_reason=_text(reliability, "reason"),
            documents=tuple(self._documents(plain, str(common["iri"]))),
            curated=tuple(curated),
            **common,  # type: ignore[arg-type]
        )

    def _documents(self, node: Mapping, work: Iri) -> Iterable[Document]:
        documents = node.get("documents")
        if not isinstance(documents, Mapping):
            return
        for name, raw in documents:
            plain, _ = _without_basis(raw) if isinstance(raw, Mapping) else (Mapping(name.where), [])
            self._check_keys(plain, _DOCUMENT_KEYS)
            if not (_text(plain, "file") and _text(plain, "sha256")):
                what = f"the document {str(name)!r} needs file and sha256"
                self.fault("document-has-file", what, name.where)
                continue
            if name in self.documents:
                what = f"the document {str(name)!r} is registered twice"
                self.fault("document-id-is-unique", what, name.where, f"see {self.documents[name]}")
                continue
            self.documents[name] = name.where
            yield Document(
                iri=iri("document", name),
                name=str(name),
                work=work,
                file=_text(plain, "file"),
                sha256=_text(plain, "sha256"),
                language=_text(plain, "language") or "und",
                where=name.where,
                url=_text(plain, "url"),
                site=_text(plain, "site"),
                posted=self._time(plain, "posted"),
                note=_text(plain, "note"),
            )

    def take_decisions(self, path: Path, show: Callable[[Path], str]) -> None:
        """What stands under ``different:`` in the entries, then the file of decisions."""
        registry = self.registry
        for kind, node_iri, node in self.links:
            registry.decisions += self._different(kind, node_iri, node)
        if path.exists():
            root, faults = read_yaml_file(path, show(path))
            decisions, wrong = read_decisions(root, registry.find)
            registry.decisions += decisions
            registry.findings += [*faults, *wrong]
        registry.findings += contradictions(registry.decisions)
        registry.findings += kinds_at_odds(registry, registry.decisions)

    def link(self, kept: dict[Iri, Iri]) -> None:
        """Names that point to other entries, once all are known; what is one gets one entry."""
        registry = self.registry
        for other, node in kept.items():
            registry.names.join(other, node)
        for kind, node_iri, written in self.links:
            changes = self._linked(kind, written)
            registry.entries[node_iri] = replace(registry.entries[node_iri], **changes)  # type: ignore[arg-type]
        for other, node_iri in kept.items():
            gone, entry = registry.entries.pop(other), registry.entries[node_iri]
            registry.findings += _at_odds(entry, gone)
            registry.entries[node_iri] = _joined(entry, gone, registry.vocabulary)
        for node_iri, decision in resolved(registry.decisions, kept):
            entry = registry.entries[node_iri]
            registry.entries[node_iri] = replace(entry, decisions=(*entry.decisions, decision))

    def _linked(self, kind: str, node: Mapping) -> dict[str, object]:
        changes: dict[str, object] = {}
        if kind == "place" and "within" in node:
            changes["within"] = self._link(node, "within", ["place"])
        if kind == "work":
            plain, _ = _without_basis(node)
            found = (self._found(name, ["actor"]) for name in _nodes(plain, "authors"))
            changes["authors"] = tuple(dict.fromkeys(author for author in found if author))
            changes["publisher"] = self._link(plain, "publisher", ["actor"])
            changes["presents"] = self._link(plain, "presents", ["work"])
        return changes

    def _different(self, kind: str, one: Iri, node: Mapping) -> Iterable[Decision]:
        different = node.get("different")
        if isinstance(different, Mapping):
            for name, reason in different:
                found = self._found(name, [kind])
                if found:
                    yield Decision(one, found, "different", str(reason), in_entry=True, where=name.where)

    def _link(self, node: Mapping, key: str, kinds: list[str]) -> Iri | None:
        value = node.get(key)
        return self._found(value, kinds) if isinstance(value, Text) else None

    def _found(self, name: Text, kinds: list[str]) -> Iri | None:
        try:
            return self.registry.find(name, kinds)
        except UnknownNameError as fault:
            self.fault("name-is-known", fault.what, name.where, fault.fix)
            return None


def _joined(kept: Entry, gone: Entry, vocabulary: Vocabulary) -> Entry:
    """One entry of two that are one: the first's own words, the second's where the first has none."""
    names = dict.fromkeys((*kept.aliases, gone.label, *gone.aliases))
    if isinstance(gone, Work) and isinstance(kept, Work):
        names |= dict.fromkeys(filter(None, (gone.title, gone.url)))
        kept = _joined_work(kept, gone)
        names.pop(kept.title, None)
        names.pop(kept.url, None)
    names.pop(kept.label, None)
    return replace(
        kept,
        cls=gone.cls if vocabulary.is_a(gone.cls, kept.cls) else kept.cls,
        aliases=tuple(names),
        was=(*kept.was, gone.name),
        note=" ".join(filter(None, (kept.note, gone.note))),
        by_curator=kept.by_curator or gone.by_curator,
        within=kept.within or gone.within,
    )


_OF_A_WORK = ("authors", "publisher", "issued", "url", "presents")


def _joined_work(kept: Work, gone: Work) -> Work:
    taken = [key for key in _OF_A_WORK if not getattr(kept, key)]
    changes = {key: getattr(gone, key) for key in taken}
    if not kept.reliability:
        changes |= {f"reliability{end}": getattr(gone, f"reliability{end}") for end in _GRADED}
    copies = (replace(document, work=kept.iri) for document in gone.documents)
    curated = (key for key in gone.curated if key in taken)
    return replace(kept, documents=(*kept.documents, *copies), curated=(*kept.curated, *curated), **changes)


_GRADED = ("", "_assessor", "_reason")


def _at_odds(kept: Entry, gone: Entry) -> Iterable[Finding]:
    """What the registry says of two things that are one, and cannot both be so."""
    for key in (*_OF_A_WORK, "within"):
        one, other = (getattr(entry, key, None) for entry in (kept, gone))
        meet = isinstance(one, Time) and isinstance(other, Time) and one.overlaps(other)
        if one and other and one != other and not meet:
            what = f"{kept.kind}/{kept.name} and {gone.kind}/{gone.name} are one, but differ in {key}:"
            fix = f"that of {kept.name} is taken; correct the entries if that is wrong"
            yield Finding("what-is-one-agrees", "warning", what, fix, gone.where, kept.iri, kept.label)


def _without_basis(node: Mapping) -> tuple[Mapping, list[str]]:
    """``{value: X, basis: curator}`` as X, and the keys whose basis is the curator."""
    plain, curated = Mapping(node.where), []
    for key, value in node:
        if isinstance(value, Mapping) and "value" in value:
            if _text(value, "basis") == "curator":
                curated.append(str(key))
            inner = value.get("value")
            assert inner is not None
            plain.entries[key] = inner
        else:
            plain.entries[key] = value
    return plain, curated


def _text(node: Mapping, key: str) -> str:
    value = node.get(key)
    return str(value) if isinstance(value, Text) else ""


def _nodes(node: Mapping, key: str) -> list[Text]:
    value = node.get(key)
    if isinstance(value, Sequence):
        return [v for v in value if isinstance(v, Text)]
    return [value] if isinstance(value, Text) else []


def _texts(node: Mapping, key: str) -> list[str]:
    return [str(v) for v in _nodes(node, key)]
