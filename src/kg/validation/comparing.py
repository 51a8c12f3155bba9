"""What new claims of a claims file contradict and corroborate: information, never a fault."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kg.analysis.disagreement import Disagreement, disagreements
from kg.analysis.standing import Entailment
from kg.model import Claim, Finding, Iri
from kg.seeds import Seeds
from kg.terms import kind_and_name

LONGEST_QUOTE = 160
CONTRADICTS = "read both, and keep what the words say: the graph shows both sides"
CORROBORATES = "nothing to do; check that the two do not copy one source"


def compared_claims(seeds: Seeds, new: Collection[Iri]) -> Iterator[Finding]:
    """What the claims with these IRIs contradict and corroborate among all claims of the seeds."""
    claims = list(seeds.claims)
    propositions = {p for claim in claims for p in claim.propositions}
    entailment = Entailment(propositions, seeds.vocabulary, seeds.registry, seeds.nodes())
    for found in disagreements(claims, entailment, seeds.captioned()):
        yield from _contradictions(seeds, found, new)
    yield from _corroborations(seeds, claims, new)


def _contradictions(seeds: Seeds, found: Disagreement, new: Collection[Iri]) -> Iterator[Finding]:
    one, other = found.sides
    for mine, theirs in ((one, other), (other, one)):
        for claim in mine:
            if claim.iri in new:
                how = "nearly contradicts" if found.strength == "near-miss" else "contradicts"
                sure = " (possibly)" if found.strength == "possible" else ""
                told = f"this {how} {_listed(seeds, theirs)}{sure}; {found.rule}"
                yield Finding(
                    "claim-contradicts", "info", told, CONTRADICTS, claim.where, claim.iri, claim.gist
                )


def _corroborations(seeds: Seeds, claims: list[Claim], new: Collection[Iri]) -> Iterator[Finding]:
    for claim in claims:
        if claim.iri in new:
            stated = set(claim.affirms)
            others = [c for c in claims if c.stated_in != claim.stated_in and stated & set(c.affirms)]
            if others:
                told = f"this says what others say too: {_listed(seeds, others)}"
                yield Finding(
                    "claim-corroborates", "info", told, CORROBORATES, claim.where, claim.iri, claim.gist
                )


def _listed(seeds: Seeds, claims: Iterable[Claim]) -> str:
    return "; ".join(f"{kind_and_name(claim.stated_in)[1]}: “{_quote(seeds, claim)}”" for claim in claims)


def _quote(seeds: Seeds, claim: Claim) -> str:
    span = claim.evidence[0] if claim.evidence else None
    text = seeds.texts.get(span.document) if span else None
    words = text.text[span.start : span.end] if text and span else claim.gist
    return cut(words)


def cut(words: str) -> str:
    """Words as they are shown: on one line, and not too many."""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"
