"""Whether every quote stands in its document's text, at its offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from rdflib import URIRef

from kg.model import Finding
from kg.stores.answer import Rows
from kg.stores.local import LocalStore
from kg.terms import ACES, PREFIXES, kind_and_name
from kg.workspace import Workspace

_OA = PREFIXES["oa"]


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
    texts: dict[str, str | None] = {}
    quotes = _rows(store, _EVIDENCE if touched is None else _EVIDENCE_OF % _listed(touched))
    asked = {str(document) for _, document, *_ in quotes}
    for row in _rows(store, _DOCUMENTS):
        document, file, digest = (str(term) for term in row)
        name = kind_and_name(document)[1]
        if touched is not None and str(document) not in asked.union(touched):
            continue
        texts[document] = None
        path = (brought or {}).get(file, workspace.documents / file)
        if Path(file).name != file or not path.is_file():  # a file of the graph lies in no other folder
            yield Finding(
                "text-is-held", "info", f"the text of {name} is not held, not checked", focus=document
            )
            continue
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            yield Finding(
                "document-unchanged",
                "violation",
                f"the text of {name} is not the one that was read",
                "restore the file, or build again",
                focus=document,
            )
            continue
        texts[document] = content.decode("utf-8")
    for evidence, document, start, end, exact in quotes:
        text = texts.get(str(document))
        if text is not None and not _stands_there(text, str(start), str(end), str(exact)):
            yield _ungrounded(str(evidence), str(exact), text)


def _listed(nodes: Collection[str]) -> str:
    """Nodes as SPARQL terms."""
    return " ".join(URIRef(node).n3() for node in sorted(nodes))


def _rows(store: LocalStore, query: str) -> list[tuple[Any, ...]]:
    answer = store.query(query)
    return list(answer.rows) if isinstance(answer, Rows) else []


def _stands_there(text: str, start: str, end: str, exact: str) -> bool:
    """Whether the words stand at these offsets; what is no number is no offset."""
    whole = all(offset.isascii() and offset.isdecimal() for offset in (start, end))
    return whole and text[int(start) : int(end)] == exact


def _ungrounded(evidence: str, exact: str, text: str) -> Finding:
    found = text.find(exact)
    place = f"it stands at {found}" if found >= 0 else "it stands nowhere in the text"
    return Finding(
        "evidence-matches-text",
        "violation",
        f"the quote does not stand at its offsets; {place}",
        "write the start and end where the words stand",
        focus=evidence,
    )


_DOCUMENTS = f"""SELECT ?document ?file ?digest WHERE {{
  ?document <{ACES}fileName> ?file ; <{ACES}sha256> ?digest . }} ORDER BY ?document"""
_EVIDENCE = f"""SELECT ?evidence ?document ?start ?end ?exact WHERE {{
  ?evidence <{_OA}hasSource> ?document ; <{_OA}hasSelector> ?position , ?quote .
  ?position <{_OA}start> ?start ; <{_OA}end> ?end . ?quote <{_OA}exact> ?exact . }} ORDER BY ?evidence"""
_EVIDENCE_OF = f"""SELECT DISTINCT ?evidence ?document ?start ?end ?exact WHERE {{
  VALUES ?touched {{ %s }}
  ?evidence (<{_OA}hasSelector>|<{_OA}hasSource>)? ?touched ;
    <{_OA}hasSource> ?document ; <{_OA}hasSelector> ?position , ?quote .
  ?position <{_OA}start> ?start ; <{_OA}end> ?end . ?quote <{_OA}exact> ?exact . }} ORDER BY ?evidence"""
