"""Registry files read: YAML to entries, with the place of every fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from kg.errors import UnknownNameError, WrongError
from kg.identity import Decision, contradictions, kept_of, read_decisions, resolved
from kg.model import Finding, Iri, Time, Where
from kg.names import suggestion
from kg.registry.entries import CONCEPT_SCHEMES, DECISIONS, FILES, GRAPH, Document, Entry, Registry, Work
from kg.registry.joining import at_odds, joined
from kg.registry.nodes import names, text, texts, without_basis
from kg.terms import ACES, iri, is_local_name, kind_and_name
from kg.times import parse_time
from kg.vocabulary import Vocabulary
from kg.yamltext import Mapping, Node, Text, read_yaml_file

_COMMON_KEYS = {"label", "aliases", "different", "note", "basis"}
_KEYS = {
    "actor": _COMMON_KEYS | {"kind"},
    "place": _COMMON_KEYS | {"kind", "within"},
    "event": _COMMON_KEYS,
    "work": _COMMON_KEYS
    | {"title", "kind", "authors", "publisher", "issued", "url", "presents", "reliability", "documents"},
}
_DOCUMENT_KEYS = {"file", "sha256", "language", "url", "site", "publisher", "posted", "shown", "note"}


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
                label, definition = text(value, "label"), text(value, "definition")
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
        if not text(node, "label"):
            raise WrongError(f"{name!r} has no label", fix="write label: ...")
        common = {
            "iri": node_iri,
            "kind": kind,
            "name": str(name),
            "label": text(node, "label"),
            "where": name.where,
            "aliases": tuple(texts(node, "aliases")),
            "note": text(node, "note"),
            "by_curator": text(node, "basis") == "curator",
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
        plain, curated = without_basis(node)
        reliability = plain.get("reliability")
        if not isinstance(reliability, Mapping):
            reliability = Mapping(node.where)
        return Work(
            cls=ACES + "Work",
            title=text(plain, "title") or text(plain, "label"),
            work_kind=self._link(plain, "kind", ["work-kind"]) or iri("work-kind", "report"),
            issued=self._time(plain, "issued"),
            url=text(plain, "url"),
            reliability=self._link(reliability, "grade", ["reliability"]),
            reliability_assessor=text(reliability, "assessor"),
            reliability_reason=text(reliability, "reason"),
            documents=tuple(self._documents(plain, str(common["iri"]))),
            curated=tuple(curated),
            **common,  # type: ignore[arg-type]
        )

    def _documents(self, node: Mapping, work: Iri) -> Iterable[Document]:
        documents = node.get("documents")
        if not isinstance(documents, Mapping):
            return
        for name, raw in documents:
            plain, _ = without_basis(raw) if isinstance(raw, Mapping) else (Mapping(name.where), [])
            self._check_keys(plain, _DOCUMENT_KEYS)
            if not (text(plain, "file") and text(plain, "sha256")):
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
                file=text(plain, "file"),
                sha256=text(plain, "sha256"),
                language=text(plain, "language") or "und",
                where=name.where,
                url=text(plain, "url"),
                site=text(plain, "site"),
                posted=self._time(plain, "posted"),
                note=text(plain, "note"),
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
            registry.findings += at_odds(entry, gone)
            registry.entries[node_iri] = joined(entry, gone, registry.vocabulary)
        for node_iri, decision in resolved(registry.decisions, kept):
            entry = registry.entries[node_iri]
            registry.entries[node_iri] = replace(entry, decisions=(*entry.decisions, decision))

    def _linked(self, kind: str, node: Mapping) -> dict[str, object]:
        changes: dict[str, object] = {}
        if kind == "place" and "within" in node:
            changes["within"] = self._link(node, "within", ["place"])
        if kind == "work":
            plain, _ = without_basis(node)
            found = (self._found(name, ["actor"]) for name in names(plain, "authors"))
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
