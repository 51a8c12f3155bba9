"""One file that somebody wants to add, checked together with the whole graph."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.assembly import assemble, ontology_quads, quads
from kg.model import Finding
from kg.seeds import Seeds, read_seeds, seeds_of_file
from kg.shacl import Change, Index
from kg.stores.local import LocalStore
from kg.terms import PREFIXES
from kg.validation.addition import Addition, read_addition
from kg.validation.citing import check_citing, cited_out_of_time
from kg.validation.comparing import compared_claims
from kg.validation.grounding import check_grounding
from kg.validation.identity import near_names, same_and_different
from kg.validation.report import Report, placed, sorted_report
from kg.validation.rivals import compared_in_graph
from kg.validation.standing import named_by_content, stays_as_it_is
from kg.validation.vocabulary import computed, disjoint_types, unknown_names
from kg.validation.whole import BuiltGraph, check_shapes
from kg.workspace import Workspace

_LABEL = NamedNode(PREFIXES["rdfs"] + "label")
# Told here with the place and the nearest name, so that the shapes need not say it again.
_TOLD_OF_NAMES = ("property-is-declared", "class-is-declared")


def validate_claims(workspace: Workspace, path: Path) -> Report:
    """A claims file read with the registry, then in the graph it would give, then beside all other claims."""
    seeds = seeds_of_file(workspace, path)
    if seeds.faults():
        return sorted_report(seeds.findings)
    (file,) = seeds.files
    store = LocalStore.from_quads([*quads(assemble(seeds, "")), *ontology_quads(workspace.ontology_folders)])
    shaped = list(placed(check_shapes(store, workspace), seeds.places()))
    if not file.texts:
        shaped = [f for f in shaped if f.rule != "claim-has-evidence"]
    cited = cited_out_of_time(file.claims, seeds.registry, seeds.nodes())
    compared = compared_claims(_with_the_others(workspace, seeds), {claim.iri for claim in file.claims})
    return sorted_report([*seeds.findings, *shaped, *cited, *compared])


def _with_the_others(workspace: Workspace, seeds: Seeds) -> Seeds:
    """All seeds with the file in place of what the workspace has of its Work."""
    whole = read_seeds(workspace)
    (file,) = seeds.files
    others = [other for other in whole.files if other.work.iri != file.work.iri]
    return replace(whole, files=[*others, file], texts=whole.texts | seeds.texts)


def validate_rdf(graph: BuiltGraph, path: Path) -> Report:
    """An RDF file together with the whole graph: what is wrong in it, or breaks because of it."""
    return validate_addition(graph, read_addition(path))


def validate_addition(graph: BuiltGraph, addition: Addition) -> Report:
    """An addition together with the whole graph, which is afterwards what it was.

    Only what the addition can affect is checked; where the graph conforms that is as good as all.
    """
    return validate_change(graph, addition)


def validate_change(graph: BuiltGraph, addition: Addition, removed: Collection[Quad] = ()) -> Report:
    """An addition together with the whole graph without some quads; the graph is afterwards what it was.

    Only what the change can affect is checked; where the graph conforms that is as good as all.
    """
    with graph.local.trial(addition.quads, removed) as new:
        change = Change(frozenset(quad.triple for quad in new), frozenset(quad.triple for quad in removed))
        index = Index(graph.local.data)
        findings = [_labelled(f, index) for f in _findings(graph, addition, change, index)]
    known = {f.focus: addition.where(f.focus) for f in findings if f.where is None}
    return sorted_report(placed(findings, known))


def _labelled(finding: Finding, index: Index) -> Finding:
    """The finding with the label of what it is about, where it has none yet."""
    if finding.label or not finding.focus:
        return finding
    labels = sorted(label.value for label in index.objects(NamedNode(finding.focus), _LABEL))
    return replace(finding, label=labels[0] if labels else "")


def _findings(graph: BuiltGraph, addition: Addition, change: Change, index: Index) -> Iterator[Finding]:
    store = graph.local
    gone = {t.subject.value for t in change.removed if isinstance(t.subject, NamedNode)}
    touched = addition.subjects | gone
    yield from unknown_names(addition, index, store.known)
    yield from computed(addition, index)
    yield from disjoint_types(addition, index, store.known)
    yield from near_names(addition, index, store.known)
    yield from same_and_different(addition, index)
    yield from stays_as_it_is(addition, index, change.added)
    yield from named_by_content(addition, index)
    shaped = graph.validator.findings_of(store.data, change)
    yield from (finding for finding in shaped if finding.rule not in _TOLD_OF_NAMES)
    yield from check_grounding(store, graph.workspace, touched)
    yield from check_citing(index, graph.workspace, touched)
    yield from compared_in_graph(index, addition.subjects)


__all__ = ["validate_addition", "validate_change", "validate_claims", "validate_rdf"]
