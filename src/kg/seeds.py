"""Everything that people wrote, read whole: ontology, registry, documents and claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kg.claims import ClaimsFile, Nodes, load_claims
from kg.documents import Document
from kg.errors import UnreadableError, WrongError
from kg.model import Claim, Finding, Iri, Observation, Where
from kg.registry import Registry, Work, load_registry
from kg.terms import evidence_iri, proposition_iri, time_iri
from kg.vocabulary import Vocabulary, load_vocabulary, ontology_files
from kg.workspace import Workspace


@dataclass
class Seeds:
    """The input of a build, and every fault in it."""

    workspace: Workspace
    vocabulary: Vocabulary
    registry: Registry
    files: list[ClaimsFile] = field(default_factory=list)
    texts: dict[str, Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

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

    def captioned(self) -> frozenset[Iri]:
        """The claims that rest on the caption of a figure."""
        return frozenset(
            claim.iri
            for file in self.files
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
            nodes.times |= file.nodes.times
            nodes.observations |= file.nodes.observations
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


def read_seeds(workspace: Workspace) -> Seeds:
    """Read all seeds of a workspace.

    Raises UnreadableError for a file that does not parse; every other fault is a finding.
    """
    vocabulary = load_vocabulary(ontology_files(workspace.ontology_folders))
    registry = load_registry(workspace.registry, vocabulary, workspace.show)
    seeds = Seeds(workspace, vocabulary, registry, findings=list(registry.findings))
    for path in sorted((workspace.seeds / "claims").glob("*.yaml")):
        _read_claims(seeds, path, workspace.show(path))
    return seeds


def _read_claims(seeds: Seeds, path: Path, shown: str) -> None:
    """Take one claims file in, or the findings of one that says of no document what it claims."""
    try:
        file = load_claims(path, shown, seeds.registry, seeds.workspace.documents, seeds.texts)
    except WrongError as fault:
        seeds.findings += fault.findings
        return
    for other in seeds.files:
        if other.work.iri == file.work.iri:
            what = f"{file.work.label} is read by {seeds.workspace.show(other.path)} already"
            fix = "keep one claims file for a Work and list its other copies there under also_in:"
            seeds.findings.append(Finding("work-has-one-claims-file", "violation", what, fix, Where(shown)))
    seeds.files.append(file)
    seeds.findings += file.findings


def seeds_of_file(workspace: Workspace, path: Path) -> Seeds:
    """The registry with one claims file alone, wherever that file lies.

    Raises UnreadableError when it cannot be read or parsed; every other fault is a finding.
    """
    if not path.is_file():
        raise UnreadableError("there is no such file", where=str(path))
    vocabulary = load_vocabulary(ontology_files(workspace.ontology_folders))
    registry = load_registry(workspace.registry, vocabulary, workspace.show)
    seeds = Seeds(workspace, vocabulary, registry, findings=list(registry.findings))
    _read_claims(seeds, path, str(path))
    return seeds
