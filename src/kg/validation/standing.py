"""Whether an addition leaves what is there as it is, and names what is named by its content as it must."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pyoxigraph as ox
from rdflib import OWL, RDFS, SKOS

from kg.additions import Said, nodes_in, span_of
from kg.model import Finding, Iri
from kg.registry import CONCEPT_SCHEMES
from kg.shacl import Index
from kg.terms import (
    ACES,
    PREFIXES,
    compact,
    evidence_iri,
    kind_and_name,
    observation_iri,
    quantity_iri,
    time_iri,
)
from kg.validation.addition import Addition

_TRUE = ox.Literal("true", datatype=ox.NamedNode(PREFIXES["xsd"] + "boolean"))
_SAID = ("claim", "citation", "document", "figure")
_CURATED = ("actor", "event", "place", "work", *CONCEPT_SCHEMES)
_FURTHER = {str(SKOS.altLabel), str(SKOS.note), str(OWL.differentFrom)}
_OA = PREFIXES["oa"]


def stays_as_it_is(addition: Addition, index: Index, new: Collection[ox.Triple]) -> Iterator[Finding]:
    """New triples about claims, documents and registered things that are there already.

    A registered thing may get further names, notes and differences; what other tools keep of it is theirs.
    """
    added: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    for triple in new:
        if isinstance(triple.subject, ox.NamedNode):
            added.setdefault(triple.subject, []).append(triple.predicate)
    for subject, predicates in sorted(added.items(), key=lambda pair: pair[0].value):
        kind = kind_and_name(subject.value)[0]
        if kind not in (*_SAID, *_CURATED) or len(index.properties(subject)) == len(predicates):
            continue
        for predicate in sorted(predicates, key=str):
            if kind in _SAID or _is_registered(predicate.value):
                yield _finding(addition, subject.value, predicate.value, kind)


def _is_registered(predicate: Iri) -> bool:
    """Whether a property is one that the registry decides."""
    ours = predicate.startswith((ACES, PREFIXES["rdf"], PREFIXES["dcterms"], PREFIXES["skos"]))
    return (ours or predicate == str(RDFS.label)) and predicate not in _FURTHER


def _finding(addition: Addition, node: Iri, predicate: Iri, kind: str) -> Finding:
    told = f"{compact(node)} is there already, and this would change its {compact(predicate)}"
    if kind in _SAID:
        fix = "say it under a name of its own, and retract the other: kg retract OLD --by NEW"
    else:
        fix = "leave it out; who is who, and what a Work is, is decided in seeds/registry"
    return Finding("thing-stays-as-it-is", "violation", told, fix, addition.where(node), node)


def named_by_content(addition: Addition, index: Index) -> Iterator[Finding]:
    """Times, quantities, observations and evidence whose IRI is not what they hold gives."""
    said = Said(addition.quads)
    dimensions = {p.value for p, v in index.ends(ox.NamedNode(ACES + "dimension")) if v == _TRUE}
    nodes = nodes_in(said, dimensions)
    right = {node: time_iri(time) for node, time in nodes.times.items()}
    right |= {node: quantity_iri(min(q, key=str)) for node, q in nodes.quantities.items()}
    right |= {node: observation_iri(found) for node, found in nodes.observations.items()}
    for node, name in sorted({**right, **_evidence(said)}.items()):
        if node != name:
            told = f"{compact(node)} is not named by what it holds, so equal ones would not meet"
            fix = f"call it {compact(name)}" if name else "call it evidence:DOCUMENT.START-END"
            yield Finding("iri-is-of-its-content", "violation", told, fix, addition.where(node), node)


def _evidence(said: Said) -> dict[Iri, Iri]:
    """What each piece of evidence should be called; empty where that cannot be told."""
    found = {}
    for node in said.subjects("evidence"):
        if not said.is_a(node, "Evidence"):
            continue
        document = kind_and_name(said.one(node, f"{_OA}hasSource"))[1]
        places = said.all(node, f"{_OA}hasSelector")
        ends = [n for name in ("start", "end") for place in places for n in said.all(place, _OA + name)]
        whole = len(ends) == 2 and all(end.isascii() and end.isdecimal() for end in ends)
        if document and whole:
            found[node] = evidence_iri(document, int(ends[0]), int(ends[1]))
        elif span_of(node) is None:
            found[node] = ""
    return found
