"""One file that somebody wants to add, checked together with the whole graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.assembly import assemble, ontology_quads, quads
from kg.model import Finding
from kg.seeds import Seeds, read_seeds, seeds_of_file
from kg.shacl import Change, Index
from kg.stores.local import LocalStore
from kg.validation.addition import Addition, read_addition
from kg.validation.comparing import compared_claims, compared_in_graph
from kg.validation.grounding import check_grounding
from kg.validation.identity import near_names, same_and_different
from kg.validation.report import Report, placed, sorted_report
from kg.validation.standing import named_by_content, stays_as_it_is
from kg.validation.vocabulary import computed, disjoint_types, unknown_names
from kg.validation.whole import BuiltGraph, check_shapes
from kg.workspace import Workspace

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
    compared = compared_claims(_with_the_others(workspace, seeds), {claim.iri for claim in file.claims})
    return sorted_report([*seeds.findings, *shaped, *compared])


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
    with graph.local.trial(addition.quads) as new:
        findings = list(_findings(graph, addition, Change(frozenset(quad.triple for quad in new))))
    known = {f.focus: addition.where(f.focus) for f in findings if f.where is None}
    return sorted_report(placed(findings, known))


def _findings(graph: BuiltGraph, addition: Addition, change: Change) -> Iterator[Finding]:
    store = graph.local
    index = Index(store.data)
    yield from unknown_names(addition, index)
    yield from computed(addition, index)
    yield from disjoint_types(addition, index)
    yield from near_names(addition, index)
    yield from same_and_different(addition, index)
    yield from stays_as_it_is(addition, index, change.added)
    yield from named_by_content(addition, index)
    shaped = graph.validator.findings_of(store.data, change)
    yield from (finding for finding in shaped if finding.rule not in _TOLD_OF_NAMES)
    yield from check_grounding(store, graph.workspace, addition.subjects)
    yield from compared_in_graph(store, addition.subjects)


__all__ = ["validate_addition", "validate_claims", "validate_rdf"]
