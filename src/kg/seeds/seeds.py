"""What people wrote, as a build takes it in: claims by their files, the registry, texts, and every fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kg.additions import Given, Log
from kg.claims import ClaimsFile, Nodes
from kg.documents import Document
from kg.model import Claim, Finding, Iri, Observation, Where
from kg.registry import Registry, Work
from kg.terms import evidence_iri, proposition_iri, time_iri
from kg.vocabulary import Vocabulary
from kg.workspace import Workspace


@dataclass
class Retracted:
    """What no longer stands: claims by their files; whole additions, and the registry they were read with."""

    registry: Registry
    files: list[ClaimsFile] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)


@dataclass
class Seeds:
    """The input of a build, and every fault in it."""

    workspace: Workspace
    vocabulary: Vocabulary
    registry: Registry
    files: list[ClaimsFile] = field(default_factory=list)
    texts: dict[str, Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    log: Log = field(default_factory=Log)
    given: list[Given] = field(default_factory=list)
    held: dict[Iri, Claim] = field(default_factory=dict)
    brought: dict[str, Path] = field(default_factory=dict)
    retracted: Retracted | None = None

    @property
    def claims(self) -> Iterator[Claim]:
        """The claims of all files."""
        return (claim for file in self.files for claim in file.claims)

    def faults(self) -> list[Finding]:
        """The findings that stop a build."""
        return [finding for finding in self.findings if finding.severity == "violation"]

    def places(self) -> dict[Iri, Where]:
        """Where people wrote what a node is about: registry entries, claims, and all that a claim holds.

        What several claims share is found at the first of them.
        """
        entries = self.registry.entries.values()
        places = {entry.iri: entry.where for entry in entries if entry.where.file != "ontology"}
        places |= {document.iri: document.where for document in self.registry.documents()}
        observations = self.nodes().observations
        for claim in self.claims:
            for node in _nodes_of(claim, observations):
                if claim.where is not None:
                    places.setdefault(node, claim.where)
        return places

    def whole_files(self) -> list[ClaimsFile]:
        """One file for each Work: what is said of it in the seeds and in additions, together."""
        found: dict[Iri, ClaimsFile] = {}
        for file in self.files:
            found[file.work.iri] = _joined(found[file.work.iri], file) if file.work.iri in found else file
        return list(found.values())

    def captioned(self) -> frozenset[Iri]:
        """The claims that rest on the caption of a figure."""
        return frozenset(
            claim.iri
            for file in self.whole_files()
            for claim in file.claims
            for figure in file.figures
            if any(span.overlaps(caption) for span in claim.evidence for caption in figure.caption)
        )

    def as_of(self, day: date) -> Seeds:
        """The same seeds with the claims alone of Works that may have been out on a day.

        When somebody is reported to have spoken does not move this clock.
        """
        return replace(self, files=[file for file in self.files if self._may_be_out(file.work, day)])

    def _may_be_out(self, work: Work, day: date) -> bool:
        issued = self.registry.date_of(work)
        return issued is None or issued.earliest is None or issued.earliest <= day

    def nodes(self) -> Nodes:
        """Times, quantities and observations of all files and of the registry, together."""
        nodes = Nodes()
        for file in self.files:
            nodes.times = {**file.nodes.times, **nodes.times}
            nodes.observations = {**file.nodes.observations, **nodes.observations}
            for node, wordings in file.nodes.quantities.items():
                nodes.quantities.setdefault(node, set()).update(wordings)
        for claim in self.claims:
            for time in (claim.said_on, claim.valid_during):
                if time is not None:
                    nodes.time(time)
        for work in self.registry.works():
            for time in (work.issued, *(document.posted for document in work.documents)):
                if time is not None:
                    nodes.time(time)
        return nodes


def _joined(one: ClaimsFile, other: ClaimsFile) -> ClaimsFile:
    return replace(
        one,
        texts={**one.texts, **other.texts},
        claims=[*one.claims, *other.claims],
        figures=[*one.figures, *other.figures],
        covers=[*one.covers, *other.covers],
        leaves=[*one.leaves, *other.leaves],
        nodes=_both(one.nodes, other.nodes),
    )


def _both(one: Nodes, other: Nodes) -> Nodes:
    quantities = {node: set(wordings) for node, wordings in one.quantities.items()}
    for node, wordings in other.quantities.items():
        quantities.setdefault(node, set()).update(wordings)
    observations = {**other.observations, **one.observations}
    return Nodes({**other.times, **one.times}, quantities, observations)


def _nodes_of(claim: Claim, observations: Mapping[Iri, Observation]) -> Iterator[Iri]:
    """A claim with its evidence, Propositions, their ends and times."""
    yield claim.iri
    for span in claim.evidence:
        evidence = evidence_iri(span.document, span.start, span.end)
        yield from (evidence, f"{evidence}.position", f"{evidence}.quote")
    for proposition in claim.propositions:
        yield from (proposition_iri(proposition), proposition.subject, proposition.object)
        if proposition.subject in observations:
            yield from (value for _, value in observations[proposition.subject].dimensions)
    yield from (time_iri(time) for time in (claim.said_on, claim.valid_during) if time)
    yield from (citation.iri for citation in claim.cites)
