"""What the registry says of actors, places, events, concepts, Works and Documents, as triples."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import Literal
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

from kg.documents import Document
from kg.identity import Decision
from kg.model import Iri
from kg.registry import GRAPH, Entry, Registry, Work
from kg.registry import Document as RegisteredDocument
from kg.terms import ACES, DATASET, PREFIXES, kind_and_name, time_iri
from kg.triples.graphs import Graphs, Names, adder, text

_ACES = Names(ACES)


def add_registry(graphs: Graphs, registry: Registry, texts: Mapping[str, Document]) -> None:
    """Actors, places, events, concepts, Works and Documents into ``registry``."""
    for entry in registry.entries.values():
        if entry.where.file == "ontology":
            continue
        for decision in entry.decisions:
            _add_decision(graphs, entry, decision)
        if not entry.graph:
            continue
        _add_entry(graphs, entry)
        if isinstance(entry, Work):
            _add_work(graphs, entry)
            for document in entry.documents:
                _add_document(graphs, entry.graph, document, texts.get(document.name))


def _add_entry(graphs: Graphs, entry: Entry) -> None:
    add = adder(graphs, entry.graph, entry.iri)
    add(RDF.type, entry.cls)
    add(RDFS.label, text(entry.label, "en"))
    for alias in entry.aliases:
        add(SKOS.altLabel, text(alias))
    for name in entry.was:
        add(SKOS.hiddenLabel, text(name))
    add(SKOS.note, text(entry.note, "en"))
    add(SKOS.definition, text(entry.definition, "en"))
    add(_ACES.within, entry.within)
    if entry.by_curator:
        add(_ACES.basis, Literal("curator"))
    if entry.cls.startswith(ACES) and entry.kind in PREFIXES and entry.kind not in _NOT_IN_SCHEME:
        add(SKOS.inScheme, f"{DATASET}/{entry.kind}")


def _add_decision(graphs: Graphs, entry: Entry, decision: Decision) -> None:
    """What was decided on who a thing is; what was decided in a file of its own is noted at both."""
    one, other = entry.iri, decision.other
    ends = (min(one, other), max(one, other))
    graph = entry.graph if decision.in_entry else GRAPH
    if decision.verdict == "different":
        graphs.add(graph, ends[0], OWL.differentFrom, ends[1])
    elif decision.verdict == "unsure":
        graphs.add(graph, ends[0], _ACES.perhapsSameAs, ends[1])
    graphs.add(graph, one, SKOS.note, text(_note(decision, decision.one, other), "en"))
    if decision.verdict != "same" and not decision.in_entry:
        graphs.add(graph, other, SKOS.note, text(_note(decision, other, one), "en"))


def _note(decision: Decision, one: Iri, other: Iri) -> str:
    """The decision in words, as it stands at the first: what of the other, why, who says so."""
    here, there = kind_and_name(one)[1], kind_and_name(other)[1]
    told = {"same": f"{here} and {there} are one", "different": f"Not {there}", "unsure": f"Perhaps {there}"}
    signed = ", ".join(filter(None, (decision.by, decision.date)))
    return f"{told[decision.verdict]}: {decision.reason}" + (f" ({signed})" if signed else "")


_NOT_IN_SCHEME = ("actor", "place", "event", "work")


def _add_work(graphs: Graphs, work: Work) -> None:
    add = adder(graphs, work.graph, work.iri)
    add(DCTERMS.title, text(work.title))
    add(_ACES.workKind, work.work_kind)
    for author in work.authors:
        add(_ACES.author, author)
    add(_ACES.publisher, work.publisher)
    add(_ACES.issued, time_iri(work.issued) if work.issued else None)
    add(_ACES.url, Literal(work.url, datatype=XSD.anyURI) if work.url else None)
    add(_ACES.presents, work.presents)
    add(_ACES.reliability, work.reliability)
    add(_ACES.reliabilityAssessor, text(work.reliability_assessor))
    add(_ACES.reliabilityReason, text(work.reliability_reason))
    for key in work.curated:
        add(_ACES.curated, _CURATED_PROPERTY.get(key))


_CURATED_PROPERTY = {
    "title": str(DCTERMS.title),
    "authors": ACES + "author",
    "publisher": ACES + "publisher",
    "issued": ACES + "issued",
    "url": ACES + "url",
    "presents": ACES + "presents",
    "kind": ACES + "workKind",
}


def _add_document(graphs: Graphs, graph: str, document: RegisteredDocument, held: Document | None) -> None:
    add = adder(graphs, graph, document.iri)
    add(RDF.type, _ACES.Document)
    add(RDFS.label, text(document.name))
    add(_ACES.copyOf, document.work)
    add(_ACES.sha256, text(document.sha256))
    add(_ACES.fileName, text(document.file))
    add(DCTERMS.language, text(document.language))
    add(_ACES.url, Literal(document.url, datatype=XSD.anyURI) if document.url else None)
    add(_ACES.issued, time_iri(document.posted) if document.posted else None)
    add(SKOS.note, text(document.note, "en"))
    if held is not None:
        add(_ACES.characters, Literal(len(held.text)))
