"""One claims file read whole: its claims, figures, covers and citations, and every fault in it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from pathlib import Path

from kg.claims.citations import Citations
from kg.claims.claim import ClaimReader
from kg.claims.forms import (
    ADDED_KEYS,
    CLAIM_KEYS,
    COVER_KEYS,
    FIGURE_KEYS,
    FILE_KEYS,
    FURTHER_KEYS,
    GROUP_KEYS,
    OWN_KEYS,
    Form,
    faults_of_form,
    first_text,
    sound_entries,
    texts,
)
from kg.claims.statements import Nodes, StatementReader
from kg.documents import Document, load_text, locate, read_document
from kg.errors import WrongError
from kg.model import Citation, Claim, Cover, Figure, Finding, Span, Where
from kg.names import suggestion
from kg.registry import Document as RegisteredDocument
from kg.registry import Registry, Work
from kg.terms import content_hash, iri, is_local_name
from kg.yamltext import Mapping, Node, Sequence, Text, read_yaml_file

FLOORS = ("sentences", "structured", "numbers", "dates", "names")


@dataclass
class ClaimsFile:
    """What one claims file holds, read against its document and its copies.

    ``graph`` is the named graph of its triples.
    """

    name: str
    path: Path
    work: Work
    graph: str
    texts: dict[str, Document] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    leaves: list[tuple[tuple[Span, ...], str, str]] = field(default_factory=list)
    floor: dict[str, float] = field(default_factory=dict)
    nodes: Nodes = field(default_factory=Nodes)
    findings: list[Finding] = field(default_factory=list)
    notes: Node | None = None


@dataclass(frozen=True)
class Beside:
    """How a claims file is read that adds to what is there: into its own graph, with ids of its own.

    What it does not say of notes and copies is as in ``earlier``, the file that reads the same Work;
    ``texts`` are documents that it brings, by file name.
    """

    graph: str
    earlier: tuple[ClaimsFile, ...] = ()
    texts: Pairs[str, Path] = field(default_factory=dict)

    def of(self, work: Work) -> ClaimsFile | None:
        """The first file that reads a Work."""
        return next((file for file in self.earlier if file.work.iri == work.iri), None)


def load_claims(
    path: Path, shown: str, registry: Registry, documents: Path, cache: dict[str, Document] | None = None
) -> ClaimsFile:
    """Read a claims file; ``documents`` is the folder of the texts.

    Faults stand in the ``findings``.  Raises UnreadableError when the YAML does not parse, WrongError
    when the file does not say which document it reads.
    """
    root, faults = read_yaml_file(path, shown)
    return read_claims(root, faults, path, shown, registry, documents, cache)


def read_claims(
    root: Node | None,
    faults: Iterable[Finding],
    path: Path,
    shown: str,
    registry: Registry,
    documents: Path,
    cache: dict[str, Document] | None = None,
    beside: Beside | None = None,
) -> ClaimsFile:
    """As :func:`load_claims`, from parsed YAML; ``cache`` keeps documents that were read before.

    With ``beside`` it is an addition to what is there.
    """
    name = root.get("document") if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or not isinstance(name, Text):
        where = root.where if root is not None else Where(shown)
        what, fix = "a claims file says which document it reads", "write document: ID at the top"
        raise _no_document("claims-file-names-its-document", what, fix, where, faults)
    by_name = {d.name: d for d in registry.documents()}
    if name not in by_name:
        what = f"there is no document called {str(name)!r}"
        fix = suggestion(name, by_name) or "add it to its work in seeds/registry/works.yaml"
        raise _no_document("name-is-known", what, fix, name.where, faults)
    work = registry.work(by_name[name].work)
    graph = beside.graph if beside else f"work.{work.name}"
    file = ClaimsFile(work.name, path, work, graph, findings=list(faults))
    _Loader(file, root, registry, documents, {} if cache is None else cache, beside).load()
    return file


def _not_in_copy(name: str, quote: Text) -> Finding:
    what = f"this quote does not stand in the copy {name}"
    return Finding("quote-in-copy", "info", what, "", quote.where)


def _no_document(rule: str, what: str, fix: str, where: Where, faults: Iterable[Finding]) -> WrongError:
    """A file that cannot be read against a document; its other faults are told with it."""
    finding = Finding(rule, "violation", what, fix, where)
    return WrongError(what, where=str(where), fix=fix, findings=[*faults, finding])


class _Loader:
    """Walks one claims file; notes faults and goes on."""

    def __init__(
        self,
        file: ClaimsFile,
        root: Mapping,
        registry: Registry,
        documents: Path,
        cache: dict[str, Document],
        beside: Beside | None,
    ) -> None:
        self.file, self.root, self.registry = file, root, registry
        self.documents, self.cache, self.beside = documents, cache, beside
        self.earlier = beside.of(file.work) if beside else None
        self.statements = StatementReader(
            registry, file.work.iri, registry.date_of(file.work), file.nodes, file.findings
        )
        self.main = str(root.get("document"))
        self.ids: dict[str, Where] = {}

    def fault(self, rule: str, message: str, where: Where, fix: str = "") -> None:
        self.file.findings.append(Finding(rule, "violation", message, fix, where))

    def load(self) -> None:
        forms, what = (ADDED_KEYS, "an addition") if self.beside else (FILE_KEYS, "a claims file")
        keys = self._sound(self.root, forms, what)
        self._read_texts()
        self._read_floor()
        self.file.notes = self.root.get("notes") or (self.earlier.notes if self.earlier else None)
        citations = Citations(
            self.file.work, self.file.texts.get(self.main), self.file.notes, self.statements
        )
        self.file.citations += citations.by_number.values()
        self.reader = ClaimReader(self.file.work, self.registry, self.statements, citations)
        default = {key: value for key, value in keys.items() if key == "claimant"}
        self._entries(keys.get("claims"), default, None)

    def _sound(self, node: Mapping, forms: dict[str, Form], what: str) -> dict[str, Node]:
        """The keys whose values can be read; a fault for each other one."""
        self.file.findings += list(faults_of_form(node, forms, what))
        return sound_entries(node, forms)

    # --- the document and its copies -------------------------------------------------------------

    def _read_texts(self) -> None:
        copies = {d.name: d for d in self.file.work.documents}
        for name in (*texts(self.root.get("document")), *texts(self.root.get("also_in"))):
            if name not in copies:
                what = f"{str(name)!r} is no document of {self.file.work.label}"
                self.fault("name-is-known", what, name.where, suggestion(name, copies))
            elif (document := self._document(copies[name])) is not None:
                self.file.texts[str(name)] = document
        if self.earlier and "also_in" not in self.root:
            for copy, document in self.earlier.texts.items():
                self.file.texts.setdefault(copy, document)

    def _document(self, registered: RegisteredDocument) -> Document | None:
        brought = self.beside.texts if self.beside else {}
        path = brought.get(registered.file) or self.documents / registered.file
        if registered.name not in self.cache:
            if not path.is_file():
                self.file.findings.append(
                    Finding(
                        "text-is-held", "info", f"the text of {registered.name} is not held, so not checked"
                    )
                )
                return None
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            self._check_digest(registered, digest)
            self.cache[registered.name] = read_document(registered.name, load_text(path))
        return self.cache[registered.name]

    def _check_digest(self, registered: RegisteredDocument, digest: str) -> None:
        stated = self.root.get("sha256") if registered.name == self.main else None
        places = [(registered.sha256, registered.where)]
        if isinstance(stated, Text):
            places.append((stated, stated.where))
        for value, where in places:
            if value and value != digest:
                self.fault(
                    "document-unchanged",
                    f"{registered.file} has changed: its SHA-256 is {digest}",
                    where,
                    "restore the text, or look through every quote and write the new hash",
                )

    def _read_floor(self) -> None:
        floor = self.root.get("floor")
        for key, value in floor if isinstance(floor, Mapping) else ():
            if key not in FLOORS or not isinstance(value, Text) or not value.isdecimal():
                self.fault(
                    "floor-form", f"{str(key)!r} is no floor", key.where, f"use {', '.join(FLOORS)}: percent"
                )
            else:
                self.file.floor[str(key)] = float(value)

    # --- entries ---------------------------------------------------------------------------------

    def _entries(self, node: Node | None, inherited: dict[str, Node], heading: str | None) -> None:
        for entry in node if isinstance(node, Sequence) else ():
            if not isinstance(entry, Mapping):
                self.fault("entry-form", "an entry has keys", entry.where, "write - quote: ...")
                continue
            if "under" in entry:
                self._group(entry, inherited, heading)
            elif "cover" in entry:
                self._cover(entry, inherited, heading)
            elif "figure" in entry:
                self._figure(entry)
            else:
                keys = {**inherited, **self._sound(entry, CLAIM_KEYS, "an entry")}
                self._claims(entry, keys, heading)

    def _group(self, entry: Mapping, inherited: dict[str, Node], heading: str | None) -> None:
        keys = {**inherited, **self._sound(entry, GROUP_KEYS, "a group of entries")}
        name, entries = first_text(keys, "under"), keys.get("claims")
        handed_on = {key: value for key, value in keys.items() if key not in ("under", "claims", *OWN_KEYS)}
        self._entries(entries, handed_on, str(name) if name else heading)

    def _quotes(self, keys: dict[str, Node], where: Where) -> list[Text]:
        quotes = texts(keys.get("quote"))
        if not quotes:
            self.fault("entry-has-a-quote", "this entry has no quote", where, "write quote: the exact words")
        return quotes

    def _spans(self, quotes: list[Text], within: str | None) -> tuple[Span, ...]:
        """Evidence in every copy that has the words; it is a fault when none has."""
        spans = [span for quote in quotes for span in self._spans_of(quote, within)]
        order = list(self.file.texts)
        return tuple(dict.fromkeys(sorted(spans, key=lambda span: order.index(span.document))))

    def _spans_of(self, quote: Text, within: str | None) -> list[Span]:
        spans: list[Span] = []
        faults: dict[str, WrongError] = {}
        for name, document in self.file.texts.items():
            try:
                spans += locate(document, quote, within=within).spans
            except WrongError as fault:
                faults[name] = fault
        if not spans and self.main in faults:
            self.fault("quote-found-once", faults[self.main].what, quote.where, faults[self.main].fix)
        elif spans:
            self.file.findings += [_not_in_copy(name, quote) for name in faults]
        return spans

    def _cover(self, entry: Mapping, inherited: dict[str, Node], heading: str | None) -> None:
        keys = {**inherited, **self._sound(entry, COVER_KEYS, "a covered sentence")}
        reason = first_text(keys, "cover") or ""
        known = self.registry.vocabulary.concepts("coverage")
        if isinstance(reason, Text) and reason not in known:
            self.fault(
                "cover-reason-is-known",
                f"{str(reason)!r} is no reason for leaving a sentence out",
                reason.where,
                suggestion(reason, known) or f"use one of {', '.join(sorted(known))}",
            )
        quotes = self._quotes(keys, entry.where)
        spans = self._spans(quotes, _within(keys, heading))
        leaves = self._leaves(entry)
        self.file.covers.append(Cover(str(reason), spans, leaves, entry.where))
        self.file.leaves += [(spans, word, why) for word, why in leaves]

    def _leaves(self, entry: Mapping) -> tuple[tuple[str, str], ...]:
        leaves = entry.get("leaves")
        if isinstance(leaves, Mapping):
            return tuple((str(word), str(reason)) for word, reason in leaves)
        return ()

    def _figure(self, entry: Mapping) -> None:
        keys = self._sound(entry, FIGURE_KEYS, "a figure")
        number = first_text(keys, "figure")
        quotes = self._quotes(keys, entry.where)
        spans = self._spans(quotes, "caption")
        if not number:
            return
        if not is_local_name(number):
            self.fault("figure-has-number", f"{str(number)!r} is no number of a figure", number.where)
            return
        node = iri("figure", f"{self.file.work.name}.{number}")
        self.file.figures.append(Figure(node, self.file.work.iri, str(number), spans))

    def _claims(self, entry: Mapping, keys: dict[str, Node], heading: str | None) -> None:
        quotes = self._quotes(keys, entry.where)
        if not quotes:
            return
        spans = self._spans(quotes, _within(keys, heading))
        # An addition's own name goes into the ids, for what is there may rest on the same words.
        salt = [self.beside.graph] if self.beside else []
        own_id = self._id(entry, content_hash(*quotes, *salt)[:8])
        self.file.leaves += [(spans, word, why) for word, why in self._leaves(entry)]
        self.file.claims.append(self.reader.read(own_id, keys, quotes, spans, entry.where))
        also = entry.get("also")
        inherited = {k: v for k, v in keys.items() if k not in OWN_KEYS}
        for number, more in enumerate(also if isinstance(also, Sequence) else (), start=2):
            if not isinstance(more, Mapping):
                self.fault("entry-form", "also is a list of claims", more.where, "write - {affirms: ...}")
                continue
            more_keys = {**inherited, **self._sound(more, FURTHER_KEYS, "a further claim")}
            self.file.leaves += [(spans, word, why) for word, why in self._leaves(more)]
            further = self._id(more, f"{own_id}.{number}")
            self.file.claims.append(self.reader.read(further, more_keys, quotes, spans, more.where))

    def _id(self, entry: Mapping, computed: str) -> str:
        given = entry.get("id")
        name = str(given) if isinstance(given, Text) and given else computed
        if not is_local_name(name):
            what, fix = f"{name!r} cannot be an id", "use letters, digits, '-', '_' and dots inside only"
            self.fault("claim-id-is-a-local-name", what, given.where if given else entry.where, fix)
            name = computed
        if name in self.ids:
            self.fault(
                "claim-id-is-unique",
                f"the id {name!r} is taken (at {self.ids[name]})",
                given.where if given is not None else entry.where,
                "write another id:, or put the claims of one quote under also:",
            )
        self.ids[name] = entry.where
        return name


def _within(keys: dict[str, Node], heading: str | None) -> str | None:
    given = first_text(keys, "in")
    return str(given) if given else (f"under {heading}" if heading else None)
