"""Everything that people wrote, read whole: ontology, registry, documents, claims and additions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kg.additions import Act, Given, Known, Log, Said, claims_in, entries_in, read_given, read_log
from kg.claims import Beside, ClaimsFile, Nodes, load_claims, read_claims
from kg.claims.forms import ADDED_KEYS, faults_of_form
from kg.documents import Document, load_text, read_document
from kg.errors import UnreadableError, WrongError
from kg.identity import kept_of
from kg.model import Claim, Finding, Iri, Observation, Where
from kg.registry import Entry, Registry, Work, load_registry
from kg.serialise import value_of
from kg.terms import compact, evidence_iri, proposition_iri, time_iri
from kg.vocabulary import Vocabulary, load_vocabulary, ontology_files
from kg.workspace import Workspace
from kg.yamltext import Mapping as YamlMapping


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


def read_seeds(
    workspace: Workspace,
    new: Given | None = None,
    texts: Mapping[str, Path] | None = None,
    more: Act | None = None,
) -> Seeds:
    """Read all seeds of a workspace; with ``new`` as if that file had been added.

    ``texts`` are the documents that the new file brings, by file name; ``more`` is a retraction as if it
    had been made.  Raises UnreadableError for a file
    that does not parse; every other fault is a finding.
    """
    vocabulary = load_vocabulary(ontology_files(workspace.ontology_folders))
    log = read_log(workspace.additions, workspace.show)
    log = replace(log, acts=(*log.acts, more)) if more else log
    found = list(read_given(workspace.additions, log, workspace.show))
    every = [g for g in found if isinstance(g, Given)]
    given = [*(g for g in every if not log.retraction(g.act.what)), *([new] if new else [])]
    registry = _registry(workspace, vocabulary, given)
    told = [*log.findings, *(f for f in found if isinstance(f, Finding)), *registry.findings]
    seeds = Seeds(workspace, vocabulary, registry, findings=told, log=log, given=given)
    seeds.brought = dict(texts or {})
    for path in sorted((workspace.seeds / "claims").glob("*.yaml")):
        _read_claims(seeds, path, workspace.show(path))
    for one in given:
        _read_addition(seeds, one)
    seeds.retracted = _withdrawn(seeds, every)
    _set_aside(seeds, seeds.retracted)
    if new:
        seeds.findings += _retracted_before(seeds, seeds.retracted, new)
    return seeds


def _registry(
    workspace: Workspace, vocabulary: Vocabulary, given: Iterable[Given], *, apart: bool = False
) -> Registry:
    """The registry with what some additions bring to it."""
    brought = [(one.act.graph, _brought(one, vocabulary)) for one in given]
    return load_registry(workspace.registry, vocabulary, workspace.show, brought, apart=apart)


def read_registry(workspace: Workspace, vocabulary: Vocabulary, *, apart: bool = False) -> Registry:
    """The registry with what additions bring that stand; with ``apart`` every entry as it is written.

    Raises UnreadableError for a file that does not parse.
    """
    log = read_log(workspace.additions, workspace.show)
    found = read_given(workspace.additions, log, workspace.show)
    stands = [g for g in found if isinstance(g, Given) and not log.retraction(g.act.what)]
    return _registry(workspace, vocabulary, stands, apart=apart)


def _withdrawn(seeds: Seeds, every: list[Given]) -> Retracted:
    """The additions that were retracted whole, read as they were read when they were added."""
    gone = [given for given in every if seeds.log.retraction(given.act.what)]
    if not gone:
        return Retracted(seeds.registry)
    registry = _registry(seeds.workspace, seeds.vocabulary, every)
    then = Seeds(seeds.workspace, seeds.vocabulary, registry, texts=seeds.texts, files=list(seeds.files))
    for given in gone:
        _read_addition(then, given)
    return Retracted(registry, then.files[len(seeds.files) :], gone)


def _brought(given: Given, vocabulary: Vocabulary) -> YamlMapping | list[Entry]:
    """The registry entries of an addition."""
    if given.is_yaml:
        return given.registry or YamlMapping(Where(given.shown))
    return list(entries_in(Said(given.quads), vocabulary, given.shown))


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


def _read_addition(seeds: Seeds, given: Given) -> None:
    """Take the claims of an addition in; a claim that is there already is left out and kept in ``held``."""
    files = _claims_of_yaml(seeds, given) if given.is_yaml else _claims_of_rdf(seeds, given)
    stands = (claim for claim in seeds.claims if not seeds.log.retraction(compact(claim.iri)))
    known = {_content(claim): claim for claim in stands}
    told: dict[object, list[Claim]] = {}
    for claim in known.values():
        told.setdefault(_said(claim), []).append(claim)
    ids = {claim.iri: claim for claim in seeds.claims}
    is_new = given.act.where is None
    for file in files:
        for claim in file.claims:
            twin = known.get(_content(claim))
            if compact(claim.iri) in given.act.held or (is_new and twin is not None):
                seeds.held[claim.iri] = twin or claim
            elif claim.iri in ids:
                seeds.findings.append(_taken(claim, ids[claim.iri]))
            elif is_new and claim.propositions:
                seeds.findings += [
                    _told(claim, c) for c in told.get(_said(claim), ()) if _share_words(claim, c)
                ]
        file.claims = [claim for claim in file.claims if claim.iri not in seeds.held]
        seeds.files.append(file)
        seeds.findings += file.findings


def _claims_of_yaml(seeds: Seeds, given: Given) -> list[ClaimsFile]:
    root, faults = given.yaml
    if isinstance(root, YamlMapping) and "document" not in root and "claims" not in root:
        seeds.findings += [*faults, *faults_of_form(root, ADDED_KEYS, "an addition")]
        return []
    beside = Beside(given.act.graph, tuple(seeds.files), seeds.brought)
    path = seeds.workspace.additions / given.act.kept
    try:
        folder = seeds.workspace.documents
        return [read_claims(root, faults, path, given.shown, seeds.registry, folder, seeds.texts, beside)]
    except WrongError as fault:
        seeds.findings += fault.findings
        return []


def _claims_of_rdf(seeds: Seeds, given: Given) -> list[ClaimsFile]:
    seeds.findings += _names_of_one(seeds, given)
    known = Known.of(seeds.files, seeds.nodes(), proposition_iri)
    said = Said(given.quads)

    def text(name: str) -> Document | None:
        registered = next((d for d in seeds.registry.documents() if d.name == name), None)
        if name not in seeds.texts and registered is not None:
            path = seeds.brought.get(registered.file) or seeds.workspace.documents / registered.file
            if Path(registered.file).name != registered.file or not path.is_file():
                return None
            seeds.texts[name] = read_document(name, load_text(path))
        return seeds.texts.get(name)

    return claims_in(said, known, seeds.registry, given.act.graph, given.shown, text)


def _names_of_one(seeds: Seeds, given: Given) -> Iterator[Finding]:
    """Names that an RDF file uses of things that were decided to be one with others."""
    kept = kept_of(seeds.registry.decisions)
    used = {value_of(end) for quad in given.quads for end in (quad.subject, quad.object)} if kept else set()
    for node in sorted(used & kept.keys()):
        what = f"{compact(node)} was decided to be one with {compact(kept[node])}"
        fix = f"use {compact(kept[node])}: retract this addition, and add it again so"
        yield Finding("name-is-known", "violation", what, fix, Where(given.shown), node)


def _content(claim: Claim) -> tuple[object, ...]:
    """What makes a claim the claim that it is: two with equal content are one, whatever they are called."""
    sets = (claim.evidence, claim.claimants, claim.affirms, claim.denies, claim.considers, claim.reported_by)
    manner = (claim.voice, claim.modality, claim.certainty, claim.qualifier, claim.condition)
    times = (claim.said_on, claim.said_in, claim.valid_during, claim.valid_in)
    # Without a Proposition its gist is all that it says.
    words = () if claim.propositions else (claim.gist, *sorted((*claim.about, *claim.topics)))
    return (claim.stated_in, *map(frozenset, sets), manner, times, words)


def _said(claim: Claim) -> tuple[object, ...]:
    """Who says what of which Propositions, whatever else is told of it."""
    stances = (claim.claimants, claim.affirms, claim.denies, claim.considers)
    return (claim.stated_in, *map(frozenset, stances))


def _share_words(one: Claim, other: Claim) -> bool:
    return any(span.overlaps(held) for span in one.evidence for held in other.evidence)


def _told(claim: Claim, other: Claim) -> Finding:
    what = f"{compact(other.iri)} says the same of the same words, and differs only in time, manner or scope"
    fix = "leave it out; or, where that one is wrong, retract it: kg retract OLD --by NEW"
    return Finding("claim-is-told-once", "warning", what, fix, claim.where, claim.iri, claim.gist)


def _retracted_before(seeds: Seeds, retracted: Retracted, new: Given) -> Iterator[Finding]:
    """Claims of a new file that were made before and retracted, or that take the name of one that was."""
    gone = {c.iri: (c, file) for file in retracted.files for c in file.claims if file.graph != new.act.graph}
    said = {_content(claim): claim for claim, _ in gone.values()}
    for file in seeds.files:
        for claim in file.claims if file.graph == new.act.graph else ():
            if claim.iri in gone:
                yield _taken(claim, gone[claim.iri][0])
            elif (other := said.get(_content(claim))) is not None:
                act = seeds.log.retraction_of(other.iri, gone[other.iri][1].graph)
                what = f"the same was said by {compact(other.iri)}, which was retracted"
                why = f"{what} on {act.when} by {act.by}: {act.reason}" if act else what
                fix = "leave it out, unless that was a mistake"
                yield Finding("claim-was-retracted", "warning", why, fix, claim.where, claim.iri, claim.gist)


def _taken(claim: Claim, other: Claim) -> Finding:
    what = f"{compact(claim.iri)} is another claim already (at {other.where})"
    fix = "give this one another id; what is wrong with the other is retracted: kg retract OLD --by NEW"
    return Finding("claim-id-is-unique", "violation", what, fix, claim.where, claim.iri, claim.gist)


def _set_aside(seeds: Seeds, retracted: Retracted) -> None:
    """Take the claims that were retracted one by one out of those that stand, with what they alone name."""
    for number, file in enumerate(seeds.files):
        gone = [claim for claim in file.claims if seeds.log.retraction(compact(claim.iri))]
        if gone:
            retracted.files.append(replace(file, claims=gone, figures=[]))
            left = [claim for claim in file.claims if claim not in gone]
            seeds.files[number] = replace(file, claims=left, nodes=_named_by(left, file.nodes))


def _named_by(claims: Iterable[Claim], nodes: Nodes) -> Nodes:
    """Those nodes that some claims name, in their Propositions or in an Observation of them."""
    ends = {end for claim in claims for p in claim.propositions for end in (p.subject, p.object)}
    waiting = [node for node in ends if node in nodes.observations]
    while waiting:
        values = {value for _, value in nodes.observations[waiting.pop()].dimensions} - ends
        ends |= values
        waiting += [value for value in values if value in nodes.observations]
    return Nodes(
        {node: time for node, time in nodes.times.items() if node in ends},
        {node: wordings for node, wordings in nodes.quantities.items() if node in ends},
        {node: observation for node, observation in nodes.observations.items() if node in ends},
    )


def seeds_of_file(workspace: Workspace, path: Path) -> Seeds:
    """The registry with one claims file alone, wherever that file lies.

    Raises UnreadableError when it cannot be read or parsed; every other fault is a finding.
    """
    if not path.is_file():
        raise UnreadableError("there is no such file", where=str(path))
    vocabulary = load_vocabulary(ontology_files(workspace.ontology_folders))
    registry = read_registry(workspace, vocabulary)
    seeds = Seeds(workspace, vocabulary, registry, findings=list(registry.findings))
    _read_claims(seeds, path, str(path))
    return seeds
