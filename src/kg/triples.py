"""The model as RDF: pure functions that fill named graphs with rdflib terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Namespace

from kg import quantities, times
from kg.analysis.anachronisms import Anachronism
from kg.analysis.credibility import Grounds
from kg.analysis.disagreement import Disagreement
from kg.analysis.standing import Standing
from kg.claims import ClaimsFile
from kg.claims.gists import Labels
from kg.claims.statements import Nodes
from kg.documents import Document
from kg.identity import Decision
from kg.model import Citation, Claim, Figure, Iri, Observation, Proposition, Quantity, Span, Time
from kg.registry import GRAPH, Entry, Registry, Work
from kg.registry import Document as RegisteredDocument
from kg.terms import (
    ACES,
    DATASET,
    KG,
    PREFIXES,
    content_hash,
    evidence_iri,
    iri,
    kind_and_name,
    observation_iri,
    proposition_iri,
    quantity_iri,
    time_iri,
)
from kg.vocabulary import Vocabulary

_ACES = Namespace(ACES)
_OA = Namespace(PREFIXES["oa"])
_VOID = Namespace(PREFIXES["void"])
_DCAT = Namespace(PREFIXES["dcat"])
_CONTEXT = 32

Term = URIRef | Literal
Triple = tuple[URIRef, URIRef, Term]


class Graphs(dict[str, set[Triple]]):
    """Named graphs by local name (``facts``, ``work.NAME``); a triple stands in one graph only."""

    def add(self, graph: str, subject: Iri, predicate: Iri, value: Term | Iri | None) -> None:
        """Add a triple; nothing for None and empty text. A plain string value is an IRI."""
        if value is None or value == "":
            return
        term = value if isinstance(value, URIRef | Literal) else _node(value)
        self.setdefault(graph, set()).add((_node(subject), _node(predicate), term))


@lru_cache(maxsize=2**17)
def _node(value: Iri) -> URIRef:
    """The term of an IRI, made once: most stand in many triples."""
    return URIRef(value)


def text(value: str, language: str | None = None) -> Literal | None:
    """A literal, or None for empty text."""
    return Literal(value, lang=language) if value else None


# --- registry ------------------------------------------------------------------------------------


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
    add = _adder(graphs, entry.graph, entry.iri)
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
    add = _adder(graphs, work.graph, work.iri)
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
    add = _adder(graphs, graph, document.iri)
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


# --- claims --------------------------------------------------------------------------------------


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
    add = _adder(graphs, graph, claim.iri)
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
    add = _adder(graphs, graph, node)
    add(RDF.type, _ACES.Evidence)
    add(RDFS.label, text(f"{span.document}, line {line}: {_shortened(exact)}"))
    add(_OA.hasSource, iri("document", span.document))
    add(_ACES.section, text(document.section_at(span.start)))
    add(_ACES.line, Literal(line))
    add(_OA.hasSelector, f"{node}.position")
    add(_OA.hasSelector, f"{node}.quote")
    add = _adder(graphs, graph, f"{node}.position")
    add(RDF.type, _OA.TextPositionSelector)
    add(_OA.start, Literal(span.start))
    add(_OA.end, Literal(span.end))
    add = _adder(graphs, graph, f"{node}.quote")
    add(RDF.type, _OA.TextQuoteSelector)
    add(_OA.exact, text(exact))
    add(_OA.prefix, text(document.text[max(0, span.start - _CONTEXT) : span.start]))
    add(_OA.suffix, text(document.text[span.end : span.end + _CONTEXT]))


def _shortened(words: str, size: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= size else words[: size - 1].rsplit(" ", 1)[0] + "…"


def _add_citation(graphs: Graphs, graph: str, citation: Citation, work: Work) -> None:
    add = _adder(graphs, graph, citation.iri)
    add(RDF.type, _ACES.Citation)
    add(RDFS.label, text(f"note {citation.number} of {work.label}", "en"))
    add(_ACES.citingWork, citation.citing_work)
    add(_ACES.number, text(citation.number))
    for cited in citation.cited_works:
        add(_ACES.citedWork, cited)


def _add_figure(graphs: Graphs, graph: str, figure: Figure, file: ClaimsFile) -> None:
    add = _adder(graphs, graph, figure.iri)
    add(RDF.type, _ACES.Figure)
    add(RDFS.label, text(f"figure {figure.number} of {file.work.label}", "en"))
    add(_ACES.figureIn, figure.work)
    add(_ACES.number, text(figure.number))
    for span in figure.caption:
        add(_ACES.caption, evidence_iri(span.document, span.start, span.end))
        _add_evidence(graphs, graph, span, file.texts[span.document])


# --- nodes named by content ----------------------------------------------------------------------


def add_propositions(
    graphs: Graphs, propositions: Iterable[Proposition], nodes: Nodes, labels: Labels
) -> None:
    """Propositions, observations, quantities and times into ``propositions``."""
    for proposition in propositions:
        add = _adder(graphs, "propositions", proposition_iri(proposition))
        add(RDF.type, _ACES.Proposition)
        add(RDFS.label, text(labels.of_proposition(proposition), "en"))
        add(_ACES.subject, proposition.subject)
        add(_ACES.predicate, proposition.predicate)
        add(_ACES.object, proposition.object)
    for observation in nodes.observations.values():
        _add_observation(graphs, observation, labels)
    for wordings in nodes.quantities.values():
        _add_quantity(graphs, wordings)
    for time in nodes.times.values():
        _add_time(graphs, time)


def _add_observation(graphs: Graphs, observation: Observation, labels: Labels) -> None:
    add = _adder(graphs, "propositions", observation_iri(observation))
    add(RDF.type, _ACES.Observation)
    add(RDFS.label, text(labels.of_observation(observation), "en"))
    add(_ACES.measure, observation.measure)
    for predicate, value in observation.dimensions:
        add(URIRef(predicate), value if value.startswith(KG) else Literal(value))
    for predicate in observation.unstated:
        add(_ACES.unstated, predicate)
    add(_ACES.localTo, observation.local_to)


def _add_quantity(graphs: Graphs, wordings: set[Quantity]) -> None:
    first = min(wordings, key=lambda q: q.as_written)
    add = _adder(graphs, "propositions", quantity_iri(first))
    add(RDF.type, _ACES.Quantity)
    add(RDFS.label, text(quantities.describe(wordings), "en"))
    add(_ACES.unit, iri("unit", first.unit))
    for name in ("lower", "upper", "initial", "final"):
        bound: Decimal | None = getattr(first, name)
        if bound is not None:
            add(_ACES[f"{name}Bound"], Literal(quantities.decimal_text(bound), datatype=XSD.decimal))
    for quantity in wordings:
        add(_ACES.comparator, iri("comparator", quantity.comparator))
        add(_ACES.asWritten, text(quantity.as_written))


def _add_time(graphs: Graphs, time: Time) -> None:
    add = _adder(graphs, "propositions", time_iri(time))
    add(RDF.type, _ACES.Time)
    add(RDFS.label, text(times.describe(time), "en"))
    add(_ACES.edtf, text(time.edtf))
    add(_ACES.timeMode, text(time.mode))
    add(_ACES.earliest, _date(time.earliest))
    add(_ACES.latest, _date(time.latest))


def _date(day: date | None) -> Literal | None:
    return Literal(day.isoformat(), datatype=XSD.date) if day else None


# --- what follows --------------------------------------------------------------------------------


def add_standing(
    graphs: Graphs, proposition: Proposition, standing: Standing, broader: Iterable[Proposition]
) -> None:
    """Standing, support counts and entailment of a Proposition into ``analysis``."""
    add = _adder(graphs, "analysis", proposition_iri(proposition))
    add(_ACES.standing, iri("standing", standing.name))
    add(_ACES.claimCount, Literal(standing.claims))
    add(_ACES.documentCount, Literal(standing.documents))
    add(_ACES.workCount, Literal(standing.works))
    add(_ACES.deniedCount, Literal(standing.denials))
    for other in broader:
        add(_ACES.entails, proposition_iri(other))


def add_grounds(graphs: Graphs, proposition: Proposition, found: Grounds) -> None:
    """Roots, their count, opposition and credibility of a Proposition into ``analysis``."""
    add = _adder(graphs, "analysis", proposition_iri(proposition))
    for root in found.support.roots:
        add(_ACES.root, root)
    for root in found.support.unsourced:
        add(_ACES.unsourced, root)
    for work in found.support.circular:
        add(_ACES.circular, work)
    add(_ACES.rootCount, Literal(len(found.support.independent)))
    add(_ACES.opposingRootCount, Literal(found.opposing))
    add(_ACES.credibility, iri("credibility", found.grade))


def add_disagreement(graphs: Graphs, found: Disagreement, labels: Labels) -> None:
    """A disagreement or near miss with its sides into ``analysis``."""
    one, other = found.propositions
    node = iri("finding", content_hash(found.kind, found.rule, proposition_iri(one), proposition_iri(other)))
    near = found.strength == "near-miss"
    add = _adder(graphs, "analysis", node)
    add(RDF.type, _ACES.NearMiss if near else _ACES.Disagreement)
    add(RDFS.label, text(f"{labels.of_proposition(one)} / {labels.of_proposition(other)}", "en"))
    add(_ACES.matter, text(found.kind))
    add(_ACES.rule, text(found.rule))
    add(_ACES.strength, None if near else iri("certainty", found.strength))
    add(_ACES.firstProposition, proposition_iri(one))
    add(_ACES.secondProposition, proposition_iri(other))
    for side, claims in zip((_ACES.firstSide, _ACES.secondSide), found.sides, strict=True):
        for claim in claims:
            add(side, claim.iri)


def add_anachronism(graphs: Graphs, found: Anachronism, labels: Labels) -> None:
    """A citation that does not fit into ``analysis``."""
    key = (found.kind, found.claim.iri, found.citation.iri, found.work)
    add = _adder(graphs, "analysis", iri("finding", content_hash(*key)))
    add(RDF.type, _ACES.CitationFinding)
    add(RDFS.label, text(f"{labels.of(found.work)}: {found.claim.gist}", "en"))
    add(_ACES.matter, text(found.kind))
    add(_ACES.rule, text(f"citation-{found.kind}"))
    add(_ACES.findingClaim, found.claim.iri)
    add(_ACES.findingCitation, found.citation.iri)
    add(_ACES.findingWork, found.work)
    add(_ACES.occasion, found.node)
    if found.time is not None:
        add(_ACES.occasionTime, time_iri(found.time))
        add(_ACES.gapInDays, Literal(found.days))


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
        add = _adder(graphs, "analysis", claim.iri)
        add(_ACES.byline, text(f"{', '.join(others)} and {last}" if others else last))
        add(_ACES.leadEvidence, evidence_iri(lead.document, lead.start, lead.end))
        add(_ACES.quotation, text(" [...] ".join(" ".join(piece.split()) for piece in pieces)))


def add_inferred(graphs: Graphs, registry: Registry, vocabulary: Vocabulary) -> None:
    """Structure alone into ``inferred``: the classes above a registered kind, places around places, and
    what lies above a class or property by way of others.
    """
    _add_hierarchies(graphs, vocabulary)
    for entry in registry.entries.values():
        add = _adder(graphs, "inferred", entry.iri)
        for cls in vocabulary.ancestors(entry.cls) - {entry.cls}:
            if cls.startswith(ACES):
                add(RDF.type, cls)
        around = registry.entries.get(entry.within) if entry.within else None
        seen = {entry.iri, entry.within}
        while around is not None and around.within is not None and around.within not in seen:
            seen.add(around.within)
            add(_ACES.within, around.within)
            around = registry.entries.get(around.within)


def _add_hierarchies(graphs: Graphs, vocabulary: Vocabulary) -> None:
    """What the ontology says in several steps in one, so that no query needs a path of any length."""
    for name, parents in vocabulary.parents.items():
        upwards = RDFS.subPropertyOf if name in vocabulary.properties else RDFS.subClassOf
        for above in vocabulary.ancestors(name) - parents - {name}:
            if name.startswith(ACES) and above.startswith(ACES):
                graphs.add("inferred", name, str(upwards), above)


def add_dataset(graphs: Graphs, version: str) -> None:
    """The VoID and DCAT description into ``dataset``; its counts include itself."""
    graph = "dataset"
    add = _adder(graphs, graph, DATASET)
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
        _adder(graphs, graph, iri("graph", name))(RDF.type, _VOID.Dataset)
    for cls, count in _instances(graphs).items():
        partition = iri("graph", f"dataset.{cls.removeprefix(ACES)}")
        add(_VOID.classPartition, partition)
        part = _adder(graphs, graph, partition)
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


def _adder(graphs: Graphs, graph: str, subject: Iri):  # type: ignore[no-untyped-def]
    """``add(predicate, value)`` for one subject in one graph."""

    def add(predicate: URIRef | Iri, value: Term | Iri | None) -> None:
        graphs.add(graph, subject, str(predicate), value)

    return add


__all__ = [
    "Graphs",
    "add_anachronism",
    "add_claims",
    "add_dataset",
    "add_disagreement",
    "add_grounds",
    "add_inferred",
    "add_propositions",
    "add_registry",
    "add_showings",
    "add_standing",
    "content_hash",
]
