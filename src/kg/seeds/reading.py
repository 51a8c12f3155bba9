"""Seeds are read whole, or one file of them beside the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kg.additions import Act, Given, Known, Said, claims_in, entries_in, read_given, read_log
from kg.claims import Beside, ClaimsFile, Nodes, load_claims, read_claims
from kg.claims.forms import ADDED_KEYS, faults_of_form
from kg.documents import Document, load_text, read_document
from kg.errors import UnreadableError, WrongError
from kg.identity import kept_of
from kg.model import Claim, Finding, Where
from kg.registry import Entry, Registry, load_registry
from kg.seeds.seeds import Retracted, Seeds
from kg.seeds.twins import content_of, name_taken, retracted_before, saying_of, share_words, told_otherwise
from kg.serialise import value_of
from kg.terms import compact, proposition_iri
from kg.vocabulary import Vocabulary, load_vocabulary, ontology_files
from kg.workspace import Workspace
from kg.yamltext import Mapping as YamlMapping


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
        seeds.findings += retracted_before(seeds, seeds.retracted, new)
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
    known = {content_of(claim): claim for claim in stands}
    told: dict[object, list[Claim]] = {}
    for claim in known.values():
        told.setdefault(saying_of(claim), []).append(claim)
    ids = {claim.iri: claim for claim in seeds.claims}
    is_new = given.act.where is None
    for file in files:
        for claim in file.claims:
            twin = known.get(content_of(claim))
            if compact(claim.iri) in given.act.held or (is_new and twin is not None):
                seeds.held[claim.iri] = twin or claim
            elif claim.iri in ids:
                seeds.findings.append(name_taken(claim, ids[claim.iri]))
            elif is_new and claim.propositions:
                seeds.findings += [
                    told_otherwise(claim, c) for c in told.get(saying_of(claim), ()) if share_words(claim, c)
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
