"""What follows from all claims together, as triples: standing, grounds, disagreements, misfits."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Literal
from rdflib.namespace import RDF, RDFS

from kg.analysis.anachronisms import Anachronism
from kg.analysis.credibility import Grounds
from kg.analysis.disagreement import Disagreement
from kg.analysis.standing import Standing
from kg.claims.gists import Labels
from kg.model import Proposition
from kg.terms import ACES, content_hash, iri, proposition_iri, time_iri
from kg.triples.graphs import Graphs, Names, adder, text

_ACES = Names(ACES)


def add_standing(
    graphs: Graphs, proposition: Proposition, standing: Standing, broader: Iterable[Proposition]
) -> None:
    """Standing, support counts and entailment of a Proposition into ``analysis``."""
    add = adder(graphs, "analysis", proposition_iri(proposition))
    add(_ACES.standing, iri("standing", standing.name))
    add(_ACES.claimCount, Literal(standing.claims))
    add(_ACES.documentCount, Literal(standing.documents))
    add(_ACES.workCount, Literal(standing.works))
    add(_ACES.deniedCount, Literal(standing.denials))
    for other in broader:
        add(_ACES.entails, proposition_iri(other))


def add_grounds(graphs: Graphs, proposition: Proposition, found: Grounds) -> None:
    """Roots, their count, opposition and credibility of a Proposition into ``analysis``."""
    add = adder(graphs, "analysis", proposition_iri(proposition))
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
    add = adder(graphs, "analysis", node)
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
    add = adder(graphs, "analysis", iri("finding", content_hash(*key)))
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
