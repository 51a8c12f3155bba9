"""The description of the whole graph, as triples."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS

from kg.model import Iri
from kg.terms import ACES, DATASET, PREFIXES, iri
from kg.triples.graphs import Graphs, Names, adder, text

_VOID = Names(PREFIXES["void"])
_DCAT = Names(PREFIXES["dcat"])


def add_dataset(graphs: Graphs, version: str) -> None:
    """The VoID and DCAT description into ``dataset``; its counts include itself."""
    graph = "dataset"
    add = adder(graphs, graph, DATASET)
    add(RDF.type, _VOID.Dataset)
    add(RDF.type, _DCAT.Dataset)
    add(RDFS.label, text("ACES knowledge graph", "en"))
    add(DCTERMS.title, text("ACES knowledge graph: actors, claims, events and sources", "en"))
    add(DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/"))
    add(DCTERMS.conformsTo, ACES.rstrip("#"))
    add(OWL.versionInfo, text(version))
    add(_VOID.vocabulary, ACES.rstrip("#"))
    for name in sorted({*graphs, graph}):
        add(_VOID.subset, iri("graph", name))
        adder(graphs, graph, iri("graph", name))(RDF.type, _VOID.Dataset)
    for cls, count in _instances(graphs).items():
        partition = iri("graph", f"dataset.{cls.removeprefix(ACES)}")
        add(_VOID.classPartition, partition)
        part = adder(graphs, graph, partition)
        part(_VOID["class"], URIRef(cls))
        part(_VOID.entities, Literal(count))
    graphs.setdefault(graph, set())
    sizes = {name: len(found) for name, found in graphs.items()}
    sizes[graph] += len(sizes) + 1
    for name, size in sizes.items():
        graphs.add(graph, iri("graph", name), _VOID.triples, Literal(size))
    add(_VOID.triples, Literal(sum(sizes.values())))


_COUNTED = ("Actor", "Claim", "Document", "Event", "Evidence", "Observation", "Place", "Proposition", "Work")


def _instances(graphs: Graphs) -> dict[Iri, int]:
    """How many named things of each pillar there are."""
    found: dict[Iri, set[URIRef]] = {ACES + name: set() for name in _COUNTED}
    for triples in graphs.values():
        for subject, predicate, value in triples:
            if predicate == RDF.type and str(value) in found:
                found[str(value)].add(subject)
    return {cls: len(members) for cls, members in found.items()}
