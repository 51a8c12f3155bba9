"""The audit: how much of each document its claims hold, and whether its references resolve."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.analysis.coverage import Coverage, audit
from kg.analysis.references import References, references
from kg.display import printable
from kg.model import Iri
from kg.registry import Registry
from kg.seeds import Seeds
from kg.terms import kind_and_name


@dataclass
class Audit:
    """What was found in every document; ``unread`` names those without a claims file."""

    registry: Registry
    coverage: list[Coverage] = field(default_factory=list)
    references: list[References] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def shortfalls(self) -> list[str]:
        """Every floor that a document does not reach, in words."""
        return [f"{c.document}: {line}" for c in self.coverage for line in c.shortfalls()]

    def render(self, form: str) -> str:
        """The audit as ``text`` or ``json``."""
        return self._json() if form == "json" else self._text()

    def _text(self) -> str:
        by_document = {r.document: r for r in self.references}
        lines = []
        for coverage in self.coverage:
            lines += [coverage_line(coverage), *_loose_lines(coverage)]
            if coverage.document in by_document:
                lines += _reference_lines(by_document[coverage.document], self.registry)
        lines += [f"{name}: not annotated" for name in self.unread]
        return "\n".join(printable(line) for line in lines) + "\n"

    def _json(self) -> str:
        by_document = {r.document: r for r in self.references}
        documents = []
        for coverage in self.coverage:
            found = _coverage_json(coverage)
            if coverage.document in by_document:
                found["references"] = _references_json(by_document[coverage.document])
            documents.append(found)
        documents += [{"document": name, "annotated": False} for name in self.unread]
        return json.dumps({"documents": documents}, ensure_ascii=False, indent=1) + "\n"


def audit_seeds(seeds: Seeds) -> Audit:
    """Audit every document of the seeds that a claims file reads."""
    shown = {
        document.name: seeds.workspace.show(seeds.workspace.documents / document.file)
        for document in seeds.registry.documents()
    }
    found = Audit(seeds.registry)
    for file in seeds.whole_files():
        found.coverage += audit(file, seeds.registry, shown)
        found.references += references(file, seeds.registry, shown)
    read = {coverage.document for coverage in found.coverage}
    found.unread = [name for name in shown if name not in read]
    return found


def coverage_line(coverage: Coverage) -> str:
    """The coverage of one document in one line."""
    return (
        f"{coverage.document}: {coverage.sentences} sentences, {coverage.under_claims} under claims "
        f"({coverage.share('sentences'):.1f} %), {coverage.excused} excused, {len(coverage.bare)} bare; "
        f"{coverage.claims} claims, {coverage.share('structured'):.1f} % affirm or deny"
    )


def _loose_lines(coverage: Coverage) -> Iterator[str]:
    for what, total in coverage.found.items():
        loose = [x for x in coverage.loose if x.kind == what]
        yield f"  {what}: {total - len(loose)} of {total} held ({coverage.share(what):.1f} %)"
        yield from (f"    {x.where}: {x.text!r} {x.reason or 'NO REASON GIVEN'}" for x in loose)
    yield from (f"  {where}: bare: {text}" for where, text in coverage.bare)


def _reference_lines(found: References, registry: Registry) -> Iterator[str]:
    commenting = f", {len(found.commenting)} without a work" if found.commenting else ""
    if found.notes:
        yield f"  notes: {found.notes} printed, {found.notes_matched} matched, {found.ibid} ibid{commenting}"
    if found.entries:
        yield f"  bibliography: {found.entries} entries, {found.entries_matched} matched"
    yield from (f"    {x.where}: {x.place} {x.what}: {x.text}" for x in found.unmatched)
    lists: dict[str, list[str]] = {
        "called but empty": _runs(found.called_but_empty),
        "printed but never called": _runs(found.never_called),
        "cited but not in the bibliography": [registry.label(w) for w in found.cited_not_listed],
        "in the bibliography but not cited": [registry.label(w) for w in found.listed_not_cited],
        "merged": [f"{registry.label(w)} ({n} forms)" for w, n in found.merged.items()],
    }
    for what, names in lists.items():
        if names:
            yield f"  {what}: {'; '.join(names)}"


def _runs(labels: list[str]) -> list[str]:
    """Labels with those that count on drawn together: 1, 2, 3 and 5 are 1-3 and 5."""
    runs: list[list[str]] = []
    for label in labels:
        goes_on = runs and runs[-1][-1].isdigit() and label == str(int(runs[-1][-1]) + 1)
        runs[-1].append(label) if goes_on else runs.append([label])
    return [run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]


def _coverage_json(c: Coverage) -> dict[str, Any]:
    return {
        "document": c.document,
        "sentences": c.sentences,
        "underClaims": c.under_claims,
        "excused": c.excused,
        "bare": [{"file": w.file, "line": w.line, "text": text} for w, text in c.bare],
        "claims": c.claims,
        "structured": c.structured,
        "shares": {k: round(c.share(k), 2) for k in ("sentences", "structured", *c.found)},
        "loose": [
            {"kind": x.kind, "text": x.text, "file": x.where.file, "line": x.where.line, "reason": x.reason}
            for x in c.loose
        ],
        "shortfalls": c.shortfalls(),
    }


def _references_json(r: References) -> dict[str, Any]:
    return {
        "notes": r.notes,
        "notesMatched": r.notes_matched,
        "ibid": r.ibid,
        "withoutWork": r.commenting,
        "entries": r.entries,
        "entriesMatched": r.entries_matched,
        "unmatched": [
            {"place": x.place, "text": x.text, "what": x.what, "file": x.where.file, "line": x.where.line}
            for x in r.unmatched
        ],
        "calledButEmpty": r.called_but_empty,
        "neverCalled": r.never_called,
        "citedNotListed": _names(r.cited_not_listed),
        "listedNotCited": _names(r.listed_not_cited),
        "merged": {kind_and_name(work)[1]: forms for work, forms in r.merged.items()},
    }


def _names(works: list[Iri]) -> list[str]:
    return [kind_and_name(work)[1] for work in works]
