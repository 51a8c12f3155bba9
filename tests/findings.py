"""What the rules find among a few claims of a small world, told in short words."""

from __future__ import annotations

from kg.analysis.disagreement import Disagreement, disagreements
from kg.analysis.standing import Entailment
from kg.seeds import Seeds
from smallworld import SmallWorld, core_vocabulary

TEXT = "The ferry ran aground, and the town paid.\n\nFigure 1: The Marten in 2019.\n"
Told = list[tuple[str, str, str]]


def entries(*claims: str) -> str:
    """An entry for each claim, all on the same words."""
    return "".join(f"- {{id: c{n}, quote: The ferry ran, {keys}}}\n" for n, keys in enumerate(claims))


def entailment_of(seeds: Seeds) -> Entailment:
    propositions = {p for claim in seeds.claims for p in claim.propositions}
    return Entailment(propositions, core_vocabulary(), seeds.registry, seeds.nodes())


def found(small: SmallWorld, *claims: str) -> list[Disagreement]:
    """Every finding among these claims."""
    small.write(TEXT, entries(*claims))
    return found_in(small.seeds())


def found_in(seeds: Seeds) -> list[Disagreement]:
    return disagreements(seeds.claims, entailment_of(seeds), seeds.captioned())


def told(findings: list[Disagreement]) -> Told:
    """Kind, strength and rule of each finding."""
    return [(finding.kind, finding.strength, finding.rule) for finding in findings]


def names(finding: Disagreement) -> tuple[list[str], ...]:
    """The claims of either side, by their own ids."""
    return tuple([claim.iri.rpartition(".")[2] for claim in side] for side in finding.sides)


def event(keys: str, how: str = "") -> str:
    """A claim about the grounding of the Marten."""
    return f"affirms: {{event/marten-grounding: {{{keys}}}}}{how}"


def attacks(number: str, keys: str = "place: kelp-point, period: 2018", by: str = "pilots-guild") -> str:
    """A claim about how many attacks there were."""
    return f"observes: [{{attacks: {number}, by: {by}, {keys}}}]"
