"""Whether every quote stands in its document's text, at its offsets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.model import Finding, Iri
from kg.shacl import Index
from kg.stores.local import LocalStore
from kg.terms import ACES, PREFIXES
from kg.validation.texts import held
from kg.workspace import Workspace

_SOURCE, _SELECTOR, _START, _END, _EXACT = (
    ox.NamedNode(PREFIXES["oa"] + name) for name in ("hasSource", "hasSelector", "start", "end", "exact")
)
_FILE = ox.NamedNode(ACES + "fileName")


@dataclass(frozen=True)
class _Quote:
    """What one piece of evidence says: these words at this place of this document."""

    evidence: Iri
    document: ox.NamedNode
    start: str
    end: str
    exact: str


def check_grounding(
    store: LocalStore,
    workspace: Workspace,
    touched: Collection[str] | None = None,
    brought: Mapping[str, Path] | None = None,
) -> Iterator[Finding]:
    """Every quote stands in its document's text, at its offsets; a text that is not held is told once.

    With ``touched`` only the evidence that has one of these nodes for itself, a selector or its document;
    ``brought`` are texts that lie elsewhere, by file name.
    """
    index = Index(store.data)
    nodes = {e for e, _ in index.ends(_SOURCE)} if touched is None else _touched_evidence(index, touched)
    quotes = [q for node in sorted(nodes, key=str) for q in _quotes(index, node)]
    documents = {quote.document for quote in quotes}
    described = {d for d, _ in index.ends(_FILE)} if touched is None else set(map(ox.NamedNode, touched))
    texts: dict[ox.NamedNode, str] = {}
    for document in sorted((n for n in documents | described if isinstance(n, ox.NamedNode)), key=str):
        for text in held(index, workspace, document, brought):
            if isinstance(text, Finding):
                yield text
            else:
                texts[document] = text.words
    for quote in quotes:
        whole = texts.get(quote.document)
        if whole is not None and not _stands_there(whole, quote):
            yield _ungrounded(quote, whole)


def _touched_evidence(index: Index, touched: Collection[str]) -> set[object]:
    found: set[object] = set()
    for name in touched:
        node = ox.NamedNode(name)
        if index.objects(node, _SOURCE):
            found.add(node)
        found.update(index.subjects(_SELECTOR, node), index.subjects(_SOURCE, node))
    return found


def _quotes(index: Index, evidence: object) -> Iterator[_Quote]:
    """Each way to read the place and the words of a piece of evidence."""
    if not isinstance(evidence, ox.NamedNode):
        return
    selectors = index.objects(evidence, _SELECTOR)
    exacts = [exact for node in selectors for exact in index.objects(node, _EXACT)]
    for document in index.objects(evidence, _SOURCE):
        if isinstance(document, ox.NamedNode):
            for node in selectors:
                for start in index.objects(node, _START):
                    for end in index.objects(node, _END):
                        for exact in exacts:
                            yield _Quote(evidence.value, document, start.value, end.value, exact.value)


def _stands_there(text: str, quote: _Quote) -> bool:
    """Whether the words stand at these offsets; what is no number is no offset."""
    whole = all(offset.isascii() and offset.isdecimal() for offset in (quote.start, quote.end))
    return whole and text[int(quote.start) : int(quote.end)] == quote.exact


def _ungrounded(quote: _Quote, text: str) -> Finding:
    """Where the words really stand: of several places the one nearest to the offsets that were given."""
    places = _places(text, quote.exact)
    place = "it stands nowhere in the text"
    fix = "quote the words exactly as they stand in the file"
    if places:
        near = int(quote.start) if quote.start.isascii() and quote.start.isdecimal() else 0
        start = min(places, key=lambda found: abs(found - near))
        end = start + len(quote.exact)
        line = text.count("\n", 0, start) + 1
        place = f"it stands at {start} (to {end}, line {line})"
        fix = f"write oa:start {start} ; oa:end {end}"
    told = f"the quote does not stand at its offsets; {place}"
    return Finding("evidence-matches-text", "violation", told, fix, focus=quote.evidence)


def _places(text: str, words: str) -> list[int]:
    found = []
    start = text.find(words) if words else -1
    while start >= 0:
        found.append(start)
        start = text.find(words, start + 1)
    return found
