"""An explanation gathered from the graph, by following its triples: nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.analysis.rules import GRADES, RULES
from kg.explain.views import (
    CitationView,
    ClaimView,
    Explanation,
    FindingView,
    PropositionView,
    Quote,
    WorkView,
)
from kg.model import Iri
from kg.serialise.terms import OxTerm
from kg.shacl import Index
from kg.terms import ACES, PREFIXES, SOMEONE, SOMEWHERE, iri, kind_and_name

if TYPE_CHECKING:
    from kg.stores.local import LocalStore

MOST = 12
"""How many Propositions of a thing are told in full when not all are asked for."""

_STANCES = ("affirms", "denies", "considers")
_PLAIN = {"assertion", "certain", "own"}
_SIDES = (("firstProposition", "firstSide"), ("secondProposition", "secondSide"))
_COUNTS = ("claimCount", "documentCount", "workCount", "rootCount", "deniedCount", "opposingRootCount")
_RANK = {"disputed": 0, "uncontested": 1, "unasserted": 2}


def explain(store: LocalStore, node: Iri, *, whole: bool = False) -> Explanation:
    """The reasoning behind a Proposition, an event or an actor.

    Of an event or actor the most telling Propositions are told in full, and all of them when ``whole``.
    """
    reader = Reader(Index(store.data))
    kind = kind_and_name(node)[0]
    if kind == "proposition":
        return Explanation(node, kind, reader.label(node), propositions=(reader.proposition(node),))
    about = sorted(reader.propositions_about(node), key=reader.rank)
    told = about if whole else about[:MOST]
    return Explanation(
        node,
        kind,
        reader.label(node),
        tuple(reader.identity(node)),
        tuple(reader.proposition(p) for p in told),
        len(about) - len(told),
        tuple(reader.claims_about(node)) if whole else (),
    )


def _predicate(name: str) -> ox.NamedNode:
    prefix, colon, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local if colon else ACES + name)


class Reader:
    """Reads views off the graph."""

    def __init__(self, index: Index) -> None:
        """Over one state of a graph."""
        self.index = index
        self.work = cache(self._work)
        self.claim = cache(self._claim)

    # --- triples -------------------------------------------------------------------------------

    def values(self, node: Iri, name: str) -> list[OxTerm]:
        """The values of a property, which is a local name of the ontology or a prefixed name."""
        return sorted(self.index.objects(ox.NamedNode(node), _predicate(name)), key=str)

    def nodes(self, node: Iri, name: str) -> list[Iri]:
        """The IRIs or texts of a property."""
        return [value.value for value in self.values(node, name)]

    def text(self, node: Iri, name: str) -> str:
        """The first of them, or an empty text."""
        return next(iter(self.nodes(node, name)), "")

    def number(self, node: Iri, name: str) -> int:
        """The first of them as a number; none is 0."""
        return int(self.text(node, name) or 0)

    def subjects(self, name: str, node: Iri) -> list[Iri]:
        """The nodes that have a node for a property, sorted."""
        found = self.index.subjects(_predicate(name), ox.NamedNode(node))
        return sorted(subject.value for subject in found)

    def label(self, node: Iri) -> str:
        """The label of a node, or its kind and name."""
        return self.text(node, "rdfs:label") or "/".join(kind_and_name(node)) or node

    def labels(self, node: Iri, name: str) -> tuple[str, ...]:
        """The labels of the values of a property."""
        return tuple(self.label(value) for value in self.nodes(node, name))

    # --- who says what -------------------------------------------------------------------------

    def _work(self, node: Iri) -> WorkView:
        grade = next(iter(self.labels(node, "reliability")), "")
        return WorkView(node, self.label(node), grade, self.text(node, "reliabilityReason"))

    def _claim(self, node: Iri, stance: str) -> ClaimView:
        return ClaimView(
            iri=node,
            stance=stance,
            claimants=self.labels(node, "claimant"),
            byline=self.text(node, "byline"),
            reporters=self.labels(node, "reportedBy"),
            work=self.work(self.text(node, "statedIn")),
            gist=self.text(node, "gist"),
            quotes=tuple(self._quotes(node)),
            manner=tuple(self._manner(node)),
            scope=tuple(self._scope(node)),
            citations=tuple(self._citations(node)),
        )

    def _quotes(self, claim: Iri) -> Iterator[Quote]:
        """The words, once for each place where they stand; copies of one text repeat them."""
        for evidence in self.nodes(claim, "evidence"):
            exact = [w for s in self.nodes(evidence, "oa:hasSelector") for w in self.nodes(s, "oa:exact")]
            for document in self.nodes(evidence, "oa:hasSource"):
                yield Quote(
                    kind_and_name(document)[1], self.text(evidence, "line"), " ".join("".join(exact).split())
                )

    def _manner(self, claim: Iri) -> Iterator[str]:
        yield from self._retraction(claim)
        for name in ("voice", "modality", "certainty"):
            yield from (label for label in self.labels(claim, name) if label not in _PLAIN)
        for name, words in (("hedge", "hedged"), ("qualifier", "qualified"), ("condition", "on condition")):
            yield from (f"{words}: {text}" for text in self.nodes(claim, name))

    def _retraction(self, claim: Iri) -> Iterator[str]:
        for reason in self.nodes(claim, "retractionReason"):
            on, by = self.text(claim, "retractedOn"), self.text(claim, "retractedBy")
            told = f"RETRACTED on {on} by {by}: {reason}"
            instead = ", ".join(self.labels(claim, "replacedBy"))
            yield f"{told}; in its place: {instead}" if instead else told

    def _addition(self, claim: Iri) -> Iterator[str]:
        for graph in self.nodes(claim, "addedWith"):
            on, by = self.text(graph, "addedOn"), self.text(graph, "addedBy")
            yield f"added on {on} by {by} from {self.text(graph, 'addedFrom')}"

    def _scope(self, claim: Iri) -> Iterator[str]:
        for name, words in (
            ("validDuring", "holds"),
            ("validIn", "holds in"),
            ("saidOn", "said"),
            ("saidIn", "said in"),
            ("addressee", "to"),
        ):
            yield from (f"{words}: {label}" for label in self.labels(claim, name))
        yield from self._addition(claim)

    def _citations(self, claim: Iri) -> Iterator[CitationView]:
        for citation in self.nodes(claim, "cites"):
            works = tuple(self.work(work) for work in self.nodes(citation, "citedWork"))
            yield CitationView(self.label(citation), works)

    def claims_about(self, node: Iri) -> Iterator[ClaimView]:
        """Claims that are about a thing and state no Proposition."""
        for claim in self.subjects("about", node):
            if not any(self.values(claim, stance) for stance in _STANCES):
                yield self.claim(claim, "is about")

    # --- Propositions --------------------------------------------------------------------------

    def propositions_about(self, node: Iri) -> set[Iri]:
        """The Propositions that a thing is an end of, or a dimension of whose subject."""
        found = {*self.subjects("subject", node), *self.subjects("object", node)}
        for value, predicate in self._referring(node):
            if kind_and_name(value)[0] == "observation" and predicate.startswith(ACES):
                found |= set(self.subjects("subject", value))
        return found

    def _referring(self, node: Iri) -> Iterator[tuple[Iri, Iri]]:
        for subject in self.index.referring(ox.NamedNode(node)):
            for predicate, value in self.index.properties(subject):
                if value.value == node:
                    yield subject.value, predicate.value

    def rank(self, proposition: Iri) -> tuple[bool, int, int, int, str]:
        """What somebody speaks against first, then what is asserted, then what most roots support."""
        standing = _RANK.get(self._standing(proposition), 3)
        claims, roots, against = (
            self.number(proposition, name) for name in ("claimCount", "rootCount", "opposingRootCount")
        )
        return (against == 0, standing, -roots, -claims, self.label(proposition))

    def _standing(self, proposition: Iri) -> str:
        return kind_and_name(self.text(proposition, "standing"))[1]

    def proposition(self, node: Iri) -> PropositionView:
        """A Proposition with all that it rests on."""
        fact, because = self._fact(node)
        standing, grade = self.text(node, "standing"), self.text(node, "credibility")
        return PropositionView(
            iri=node,
            label=self.label(node),
            standing=self.label(standing),
            standing_means=self.text(standing, "skos:definition"),
            fact=fact,
            no_fact_because=because,
            grade=self.label(grade) if grade else "",
            grade_rule=GRADES.get(kind_and_name(grade)[1], ""),
            counts={name: self.number(node, name) for name in _COUNTS},
            roots=tuple(self.work(root) for root in self.nodes(node, "root")),
            unsourced=self.text(node, "unsourced") == "true",
            circular=self.text(node, "circular") == "true",
            claims=tuple(self.claim(c, stance) for stance in _STANCES for c in self.subjects(stance, node)),
            entails=self.labels(node, "entails"),
            entailed_by=tuple(map(self.label, self.subjects("entails", node))),
            findings=tuple(self._findings(node)),
        )

    def _fact(self, node: Iri) -> tuple[str, str]:
        """The graph in which the plain triple stands, or an empty text and why there is none."""
        subject, predicate, value = (self.text(node, name) for name in ("subject", "predicate", "object"))
        for graph in ("facts", "disputed"):
            ends = (ox.NamedNode(end) for end in (subject, predicate, value, iri("graph", graph)))
            if any(self.index.store.quads_for_pattern(*ends)):
                return graph, ""
        if self._standing(node) == "unasserted":
            return "", "nobody asserts it in an own voice, for certain and without condition"
        if self.text(predicate, "judgement") == "true":
            return "", "it is a judgement"
        if {subject, value} & {SOMEONE, SOMEWHERE}:
            return "", "it names nobody, or no place"
        return "", "something more precise is asserted"

    # --- findings ------------------------------------------------------------------------------

    def _findings(self, node: Iri) -> Iterator[FindingView]:
        found = {f for end, _ in _SIDES for f in self.subjects(end, node)}
        yield from (self._disagreement(finding) for finding in sorted(found))
        claims = {claim for stance in _STANCES for claim in self.subjects(stance, node)}
        misfits = {f for claim in claims for f in self.subjects("findingClaim", claim)}
        yield from (self._misfit(finding) for finding in sorted(misfits))

    def _disagreement(self, finding: Iri) -> FindingView:
        near = ox.NamedNode(ACES + "NearMiss") in self.values(finding, "rdf:type")
        strength = next(iter(self.labels(finding, "strength")), "")
        rule, matter = self.text(finding, "rule"), self.text(finding, "matter")
        kind = f"near miss of {matter}" if near else f"{strength} disagreement of {matter}"
        return FindingView(kind.strip(), rule, RULES.get(rule, ""), tuple(self._sides(finding)))

    def _sides(self, finding: Iri) -> Iterator[tuple[str, tuple[ClaimView, ...]]]:
        for end, side in _SIDES:
            proposition = self.text(finding, end)
            claims = tuple(
                self.claim(claim, self._stance(claim, proposition)) for claim in self.nodes(finding, side)
            )
            yield self.label(proposition), claims

    def _stance(self, claim: Iri, proposition: Iri) -> str:
        return next((s for s in _STANCES if proposition in self.nodes(claim, s)), "speaks of")

    def _misfit(self, finding: Iri) -> FindingView:
        claim, rule = self.text(finding, "findingClaim"), self.text(finding, "rule")
        works = ", ".join(self.labels(finding, "findingWork"))
        cited = ", ".join(self.labels(finding, "findingCitation"))
        gap = self.text(finding, "gapInDays")
        occasion = ", ".join((*self.labels(finding, "occasion"), *self.labels(finding, "occasionTime")))
        note = "; ".join(filter(None, [cited, works, occasion, f"{gap} days" if gap else ""]))
        side = (self.label(claim), (self.claim(claim, "says"),))
        return FindingView("citation that does not fit", rule, RULES.get(rule, ""), (side,), note)

    # --- who it is -----------------------------------------------------------------------------

    def identity(self, node: Iri) -> Iterator[str]:
        """What a thing is, what it is called, how it is known and with what it is not to be confused."""
        types = [self.label(cls) for cls in self.nodes(node, "rdf:type")]
        yield f"is: {', '.join(types)}"
        names = self.nodes(node, "skos:altLabel")
        if names:
            yield f"also called: {', '.join(names)}"
        for name, words in (("basis", "known by"), ("skos:note", "note")):
            yield from (f"{words}: {text}" for text in self._shown(self.values(node, name)))
        for name, words in (
            ("owl:differentFrom", "not the same as"),
            ("aces:perhapsSameAs", "perhaps the same as"),
        ):
            others = [self.label(other) for other in self._either_way(node, name)]
            if others:
                yield f"{words}: {', '.join(others)}"

    def _either_way(self, node: Iri, name: str) -> list[Iri]:
        """What a node has for a property that is written once for a pair, and what has it."""
        return sorted({*self.nodes(node, name), *self.subjects(name, node)})

    def _shown(self, values: Iterable[OxTerm]) -> list[str]:
        return [self.label(v.value) if isinstance(v, ox.NamedNode) else v.value for v in values]
