"""The claims of an added RDF file, read back from triples, so that they count like all others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.additions.facts import Said, nodes_in, propositions_in
from kg.claims import ClaimsFile, Nodes
from kg.documents import Document
from kg.model import Citation, Claim, Iri, Proposition, Span, Where
from kg.registry import Registry, Work
from kg.terms import PREFIXES, kind_and_name

_LABEL = PREFIXES["rdfs"] + "label"
_SPAN = re.compile(r"(?P<document>.+)\.(?P<start>\d+)-(?P<end>\d+)\Z")


def span_of(evidence: Iri) -> Span | None:
    """The stretch of text that an evidence IRI names; None where it names none.

    >>> span_of("https://w3id.org/aces/kg/evidence/annual-report.120-164")
    Span(document='annual-report', start=120, end=164)
    """
    kind, name = kind_and_name(evidence)
    found = _SPAN.fullmatch(name) if kind == "evidence" else None
    return Span(found["document"], int(found["start"]), int(found["end"])) if found else None


@dataclass
class Known:
    """What claims of an addition may point to without describing it."""

    propositions: dict[Iri, Proposition] = field(default_factory=dict)
    citations: dict[Iri, Citation] = field(default_factory=dict)
    nodes: Nodes = field(default_factory=Nodes)

    @classmethod
    def of(cls, files: Iterable[ClaimsFile], nodes: Nodes, hashed: Callable[[Proposition], Iri]) -> Known:
        """What some claims files hold."""
        known = cls(nodes=nodes)
        for file in files:
            for claim in file.claims:
                known.propositions |= {hashed(p): p for p in claim.propositions}
            known.citations |= {citation.iri: citation for citation in file.citations}
        return known


def claims_in(
    said: Said,
    known: Known,
    registry: Registry,
    graph: str,
    file: str,
    texts: Callable[[str], Document | None],
) -> list[ClaimsFile]:
    """The claims of an RDF file, parted by their Works; ``texts`` gives a document that is held.

    What cannot be read is left out here, and told by validation.
    """
    properties = registry.vocabulary.properties.values()
    dimensions = {prop.iri for prop in properties if prop.dimension}
    nodes = nodes_in(said, dimensions)
    reader = _Reader(said, known, nodes)
    found: dict[Iri, ClaimsFile] = {}
    for node in said.subjects("claim"):
        work = registry.entries.get(said.one(node, "statedIn"))
        if said.is_a(node, "Claim") and isinstance(work, Work):
            part = found.setdefault(work.iri, ClaimsFile(work.name, Path(file), work, graph, nodes=nodes))
            claim = reader.claim(node, Where(file))
            for span in claim.evidence:
                if span.document not in part.texts and (text := texts(span.document)) is not None:
                    part.texts[span.document] = text
            part.claims.append(_grounded(claim, part.texts))
    return list(found.values())


def _grounded(claim: Claim, texts: Mapping[str, Document]) -> Claim:
    """The claim with the evidence that lies in a text that is held."""
    from dataclasses import replace

    held = (s for s in claim.evidence if s.document in texts and s.end <= len(texts[s.document].text))
    return replace(claim, evidence=tuple(held))


class _Reader:
    def __init__(self, said: Said, known: Known, nodes: Nodes) -> None:
        self.said = said
        self.propositions = {**propositions_in(said), **known.propositions}
        self.times = {**nodes.times, **known.nodes.times}
        self.citations = known.citations

    def claim(self, node: Iri, where: Where) -> Claim:
        said = self.said
        spans = (span_of(evidence) for evidence in said.all(node, "evidence"))
        return Claim(
            iri=node,
            stated_in=said.one(node, "statedIn"),
            evidence=tuple(sorted(span for span in spans if span)),
            gist=said.one(node, "gist") or said.one(node, _LABEL),
            claimants=tuple(said.all(node, "claimant")),
            voice="reported" if kind_and_name(said.one(node, "voice"))[1] == "reported" else "own",
            modality=kind_and_name(said.one(node, "modality"))[1],
            certainty=kind_and_name(said.one(node, "certainty"))[1],
            hedge=said.one(node, "hedge"),
            affirms=self._stated(node, "affirms"),
            denies=self._stated(node, "denies"),
            considers=self._stated(node, "considers"),
            reported_by=tuple(said.all(node, "reportedBy")),
            said_on=self.times.get(said.one(node, "saidOn")),
            said_in=said.one(node, "saidIn") or None,
            valid_during=self.times.get(said.one(node, "validDuring")),
            valid_in=said.one(node, "validIn") or None,
            qualifier=said.one(node, "qualifier"),
            condition=said.one(node, "condition"),
            addressees=tuple(said.all(node, "addressee")),
            cites=tuple(self._citations(node)),
            about=tuple(said.all(node, "about")),
            topics=tuple(said.all(node, "topic")),
            inferred=tuple(said.all(node, "inferred")),
            where=where,
        )

    def _stated(self, node: Iri, stance: str) -> tuple[Proposition, ...]:
        named = self.said.all(node, stance)
        return tuple(self.propositions[name] for name in named if name in self.propositions)

    def _citations(self, node: Iri) -> Iterator[Citation]:
        for name in self.said.all(node, "cites"):
            if name in self.citations:
                yield self.citations[name]
            else:
                cited = tuple(self.said.all(name, "citedWork"))
                yield Citation(name, self.said.one(name, "citingWork"), self.said.one(name, "number"), cited)
