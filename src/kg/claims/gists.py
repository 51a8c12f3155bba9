"""The one-sentence gist of a claim, made from labels where its author wrote none."""

from __future__ import annotations

from collections.abc import Iterable

from kg import quantities, times
from kg.claims.statements import VALUE, Nodes
from kg.model import Iri, Observation, Proposition
from kg.registry import Registry
from kg.terms import ACES, KG, RDF_TYPE

_DIMENSION_WORDS = {
    "byActor": "by",
    "ofActor": "of",
    "shareOf": "out of",
    "onTarget": "on",
    "fromActor": "from",
    "toActor": "to",
    "inPlace": "in",
    "inPeriod": "in the period",
    "inEvent": "in",
    "comparedWith": "compared with",
    "basis": "-",
}


class Labels:
    """What every node is called: registry, ontology, or made from what a node holds."""

    def __init__(self, registry: Registry, nodes: Nodes) -> None:
        """Labels of registry entries and of the nodes that are named by their content."""
        self.registry, self.nodes = registry, nodes

    def of(self, node: Iri) -> str:
        """The label of any node."""
        if node in self.nodes.times:
            return times.describe(self.nodes.times[node])
        if node in self.nodes.quantities:
            return quantities.describe(self.nodes.quantities[node])
        if node in self.nodes.observations:
            return self.of_observation(self.nodes.observations[node])
        return self.registry.label(node)

    def of_observation(self, observation: Observation) -> str:
        """``attacks by X in the period 2021``; what is unstated is not said."""
        words = [self.registry.label(observation.measure)]
        values: dict[str, list[str]] = {}
        for prop, value in observation.dimensions:
            values.setdefault(prop.removeprefix(ACES), []).append(
                self.of(value) if value.startswith(KG) else value
            )
        for name, word in _DIMENSION_WORDS.items():
            if name in values:
                words.append(f"{word} {' and '.join(values[name])}")
        return " ".join(words)

    def of_proposition(self, proposition: Proposition) -> str:
        """``Subject predicate object`` in labels."""
        return f"{self.of(proposition.subject)}{self.predication(proposition)}"

    def predication(self, proposition: Proposition) -> str:
        """What a Proposition says of its subject, to be set right behind the subject's label."""
        value = self.of(proposition.object)
        if proposition.predicate == RDF_TYPE:
            return f" is of type {value}"
        if proposition.predicate == VALUE:
            return f": {value}"
        return f" {self.registry.label(proposition.predicate)} {value}"


def make_gist(
    labels: Labels,
    affirms: Iterable[Proposition],
    denies: Iterable[Proposition],
    considers: Iterable[Proposition],
) -> str:
    """One sentence that says what is affirmed, denied and considered; empty when nothing is."""
    parts = []
    for lead, propositions in (
        ("", affirms),
        ("it is not so that ", denies),
        ("it is put forward that ", considers),
    ):
        words = "; ".join(_by_subject(labels, propositions))
        if words:
            parts.append(lead + words)
    gist = "; ".join(parts)
    return f"{gist[0].upper()}{gist[1:]}." if gist else ""


def _by_subject(labels: Labels, propositions: Iterable[Proposition]) -> list[str]:
    """What is said of each subject, with the subject named once."""
    said: dict[Iri, list[str]] = {}
    for proposition in propositions:
        said.setdefault(proposition.subject, []).append(labels.predication(proposition))
    return [f"{labels.of(subject)}{','.join(words)}" for subject, words in said.items()]
