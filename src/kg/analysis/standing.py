"""Entailment between Propositions, who supports and who denies what, and what stands as asserted.

A Proposition entails another with the same subject when its predicate is the other's or below it and its
object lies within the other's (a day within its month, a town within its country, a number within its
bounds, a class below its class), or when the other says the same of ``someone`` or ``somewhere``.  What
lasted throughout a time, or took place at each of several, is said by the very same time only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.claims.statements import Nodes
from kg.model import Claim, Iri, Proposition
from kg.registry import Registry
from kg.terms import RDF_TYPE, SOMEONE, SOMEWHERE
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Standing:
    """How one Proposition stands: ``uncontested``, ``disputed`` or ``unasserted``, and its counts.

    Support counts the claims (and their documents and Works) that affirm it or something that entails
    it, in whatever voice; ``denials`` counts the claims that deny it or something that it entails.
    """

    name: str
    claims: int
    documents: int
    works: int
    denials: int


class Entailment:
    """Which Propositions entail which, among those that are handed in."""

    def __init__(
        self, propositions: Iterable[Proposition], vocabulary: Vocabulary, registry: Registry, nodes: Nodes
    ) -> None:
        """Find all pairs; only Propositions with one subject (or someone) are compared."""
        self.vocabulary, self.registry, self.nodes = vocabulary, registry, nodes
        index: dict[tuple[Iri, Iri], list[Proposition]] = defaultdict(list)
        ordered = sorted(set(propositions))
        for proposition in ordered:
            index[proposition.subject, proposition.predicate].append(proposition)
        self.broader: dict[Proposition, frozenset[Proposition]] = {
            p: frozenset(self._broader(p, index)) - {p} for p in ordered
        }

    def entails(self, finer: Proposition, other: Proposition) -> bool:
        """Whether one Proposition entails another, or is it; either may be none that was handed in."""
        index = {(other.subject, other.predicate): [other]}
        return finer == other or other in self._broader(finer, index)

    def _broader(
        self, finer: Proposition, index: Mapping[tuple[Iri, Iri], list[Proposition]]
    ) -> Iterable[Proposition]:
        for predicate in self.vocabulary.ancestors(finer.predicate):
            ends = [(finer.subject, finer.object)]
            if self._holds_both_ways(finer.predicate, predicate):
                ends.append((finer.object, finer.subject))
            for subject, value in ends:
                for name in {subject, SOMEONE}:
                    for other in index.get((name, predicate), ()):
                        if self._lies_within(value, other.object, predicate):
                            yield other

    def _holds_both_ways(self, finer: Iri, predicate: Iri) -> bool:
        """Whether a symmetric property stands anywhere on the way up from one predicate to the other."""
        between = self.vocabulary.ancestors(finer)
        symmetric = (name for name in between if self.vocabulary.is_symmetric(name))
        return any(self.vocabulary.is_a(name, predicate) for name in symmetric)

    def _lies_within(self, value: Iri, other: Iri, predicate: Iri) -> bool:
        if value == other or other in (SOMEONE, SOMEWHERE):
            return True
        if predicate == RDF_TYPE:
            return self.vocabulary.is_a(value, other)
        if value in self.nodes.times and other in self.nodes.times:
            wider = self.nodes.times[other]
            return wider.mode == "within" and self.nodes.times[value].lies_within(wider)
        if value in self.nodes.quantities and other in self.nodes.quantities:
            finer = next(iter(self.nodes.quantities[value]))
            return finer.lies_within(next(iter(self.nodes.quantities[other])))
        return other in self.places_around(value)

    def places_around(self, place: Iri) -> set[Iri]:
        """Every place that a place lies within, by the registry."""
        around: set[Iri] = set()
        entry = self.registry.entries.get(place)
        while entry is not None and entry.within is not None and entry.within not in around:
            around.add(entry.within)
            entry = self.registry.entries.get(entry.within)
        return around


def asserts(claim: Claim) -> bool:
    """Whether what the claim affirms stands as asserted: in its author's own voice, as assertion or
    estimate, certain, with neither condition nor qualifier.
    """
    return (
        claim.voice == "own"
        and claim.modality in ("assertion", "estimate")
        and claim.certainty == "certain"
        and not claim.condition
        and not claim.qualifier
    )


def opposes(denial: Claim, claim: Claim) -> bool:
    """Whether a denial speaks against a claim: as assertion or estimate, of a time that overlaps."""
    if denial.modality not in ("assertion", "estimate"):
        return False
    if denial.valid_during is None or claim.valid_during is None:
        return True
    return denial.valid_during.overlaps(claim.valid_during)


@dataclass(frozen=True, slots=True)
class Voices:
    """The claims that speak for and against one Proposition.

    ``support`` affirms it or something that entails it, ``denials`` deny it or something that it entails,
    ``asserting`` affirm it and stand as asserted.
    """

    support: tuple[Claim, ...]
    denials: tuple[Claim, ...]
    asserting: tuple[Claim, ...]


def voices(claims: Iterable[Claim], entailment: Entailment) -> dict[Proposition, Voices]:
    """Who speaks for and against every Proposition that some claim affirms, denies or considers."""
    affirming: dict[Proposition, list[Claim]] = defaultdict(list)
    denying: dict[Proposition, list[Claim]] = defaultdict(list)
    for claim in claims:
        for proposition in claim.affirms:
            affirming[proposition].append(claim)
        for proposition in claim.denies:
            denying[proposition].append(claim)
    finer: dict[Proposition, list[Proposition]] = defaultdict(list)
    for proposition, broader in entailment.broader.items():
        for other in broader:
            finer[other].append(proposition)
    return {
        proposition: Voices(
            _distinct(c for p in (proposition, *finer[proposition]) for c in affirming[p]),
            _distinct(c for p in (proposition, *broader) for c in denying[p]),
            tuple(claim for claim in affirming[proposition] if asserts(claim)),
        )
        for proposition, broader in entailment.broader.items()
    }


def standing_of(found: Voices, contested: bool = False) -> Standing:
    """How a Proposition stands; ``contested`` says that its value is at odds with another's for certain."""
    opposed = contested or any(opposes(d, claim) for d in found.denials for claim in found.asserting)
    name = "unasserted" if not found.asserting else "disputed" if opposed else "uncontested"
    documents = {span.document for claim in found.support for span in claim.evidence}
    works = {claim.stated_in for claim in found.support}
    return Standing(name, len(found.support), len(documents), len(works), len(found.denials))


def _distinct(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple({claim.iri: claim for claim in claims}.values())
