"""What claims files say, as triples: claims, evidence, citations, figures."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS

from kg.claims import ClaimsFile
from kg.documents import Document
from kg.model import Citation, Claim, Figure, Iri, Span
from kg.registry import Registry, Work
from kg.terms import ACES, PREFIXES, evidence_iri, iri, proposition_iri, time_iri
from kg.triples.graphs import Graphs, Names, adder, text

_ACES = Names(ACES)
_OA = Names(PREFIXES["oa"])
_CONTEXT = 32


def add_claims(graphs: Graphs, file: ClaimsFile) -> None:
    """Claims, evidence, citations and figures of one claims file into ``work.NAME``."""
    graph = file.graph
    for claim in file.claims:
        _add_claim(graphs, graph, claim)
        for span in claim.evidence:
            _add_evidence(graphs, graph, span, file.texts[span.document])
    for citation in file.citations:
        _add_citation(graphs, graph, citation, file.work)
    for figure in file.figures:
        _add_figure(graphs, graph, figure, file)


def _add_claim(graphs: Graphs, graph: str, claim: Claim) -> None:
    add = adder(graphs, graph, claim.iri)
    add(RDF.type, _ACES.Claim)
    add(RDFS.label, text(claim.gist, "en"))
    add(_ACES.gist, text(claim.gist))
    add(_ACES.statedIn, claim.stated_in)
    add(_ACES.voice, iri("voice", claim.voice))
    add(_ACES.modality, iri("modality", claim.modality))
    add(_ACES.certainty, iri("certainty", claim.certainty))
    add(_ACES.hedge, text(claim.hedge))
    add(_ACES.saidOn, time_iri(claim.said_on) if claim.said_on else None)
    add(_ACES.saidIn, claim.said_in)
    add(_ACES.validDuring, time_iri(claim.valid_during) if claim.valid_during else None)
    add(_ACES.validIn, claim.valid_in)
    add(_ACES.qualifier, text(claim.qualifier))
    add(_ACES.condition, text(claim.condition))
    for value in claim.inferred:
        add(_ACES.inferred, text(value))
    many: tuple[tuple[URIRef, Iterable[Iri]], ...] = (
        (_ACES.claimant, claim.claimants),
        (_ACES.reportedBy, claim.reported_by),
        (_ACES.affirms, map(proposition_iri, claim.affirms)),
        (_ACES.denies, map(proposition_iri, claim.denies)),
        (_ACES.considers, map(proposition_iri, claim.considers)),
        (_ACES.addressee, claim.addressees),
        (_ACES.cites, (citation.iri for citation in claim.cites)),
        (_ACES.about, claim.about),
        (_ACES.topic, claim.topics),
        (_ACES.evidence, (evidence_iri(s.document, s.start, s.end) for s in claim.evidence)),
    )
    for predicate, values in many:
        for value in values:
            add(predicate, value)


def _add_evidence(graphs: Graphs, graph: str, span: Span, document: Document) -> None:
    node = evidence_iri(span.document, span.start, span.end)
    exact, line = document.text[span.start : span.end], document.line_of(span.start)
    add = adder(graphs, graph, node)
    add(RDF.type, _ACES.Evidence)
    add(RDFS.label, text(f"{span.document}, line {line}: {_shortened(exact)}"))
    add(_OA.hasSource, iri("document", span.document))
    add(_ACES.section, text(document.section_at(span.start)))
    add(_ACES.line, Literal(line))
    add(_OA.hasSelector, f"{node}.position")
    add(_OA.hasSelector, f"{node}.quote")
    add = adder(graphs, graph, f"{node}.position")
    add(RDF.type, _OA.TextPositionSelector)
    add(_OA.start, Literal(span.start))
    add(_OA.end, Literal(span.end))
    add = adder(graphs, graph, f"{node}.quote")
    add(RDF.type, _OA.TextQuoteSelector)
    add(_OA.exact, text(exact))
    add(_OA.prefix, text(document.text[max(0, span.start - _CONTEXT) : span.start]))
    add(_OA.suffix, text(document.text[span.end : span.end + _CONTEXT]))


def _shortened(words: str, size: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= size else words[: size - 1].rsplit(" ", 1)[0] + "…"


def _add_citation(graphs: Graphs, graph: str, citation: Citation, work: Work) -> None:
    add = adder(graphs, graph, citation.iri)
    add(RDF.type, _ACES.Citation)
    add(RDFS.label, text(f"note {citation.number} of {work.label}", "en"))
    add(_ACES.citingWork, citation.citing_work)
    add(_ACES.number, text(citation.number))
    for cited in citation.cited_works:
        add(_ACES.citedWork, cited)


def _add_figure(graphs: Graphs, graph: str, figure: Figure, file: ClaimsFile) -> None:
    add = adder(graphs, graph, figure.iri)
    add(RDF.type, _ACES.Figure)
    add(RDFS.label, text(f"figure {figure.number} of {file.work.label}", "en"))
    add(_ACES.figureIn, figure.work)
    add(_ACES.number, text(figure.number))
    for span in figure.caption:
        add(_ACES.caption, evidence_iri(span.document, span.start, span.end))
        _add_evidence(graphs, graph, span, file.texts[span.document])


def add_showings(graphs: Graphs, file: ClaimsFile, registry: Registry) -> None:
    """What a table shows of a claim in one row, into ``analysis``.

    Joint authors are one voice; the words in one copy are quoted, their pieces joined by ``[...]``.
    """
    for claim in file.claims:
        *others, last = (registry.label(node) for node in claim.claimants)
        if not claim.evidence:  # its text is not held
            continue
        lead = claim.evidence[0]
        source = file.texts[lead.document].text
        pieces = [source[s.start : s.end] for s in claim.evidence if s.document == lead.document]
        add = adder(graphs, "analysis", claim.iri)
        add(_ACES.byline, text(f"{', '.join(others)} and {last}" if others else last))
        add(_ACES.leadEvidence, evidence_iri(lead.document, lead.start, lead.end))
        add(_ACES.quotation, text(" [...] ".join(" ".join(piece.split()) for piece in pieces)))
