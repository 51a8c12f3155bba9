"""Warnings that help a careful annotator: a hedge that may have been lost, a name the words do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Claim, Finding, Iri, Proposition
from kg.names import fold
from kg.registry import Registry
from kg.terms import ACES, kind_and_name

_STRONG = (
    "believed|reportedly|allegedly|alleged|said to|(?-i:may)|might|could|likely|possibly|perhaps|"
    "probably|appears?|seems?|seemed|appeared|if|should"
)
# These often hedge nothing, so they are kept where a claim is hedged but never warned about.
_WEAK = (
    "suggests?|suggested|indicates?|indicated|indication|potential|possibility|uncertain|sign of|threat of"
)
HEDGES = re.compile(rf"\b({_STRONG})\b", re.IGNORECASE)
_ALL_HEDGES = re.compile(rf"\b({_STRONG}|{_WEAK})\b", re.IGNORECASE)
_JUDGEMENT_KEYS = {ACES + "raises", ACES + "lowers"}


def hedge_words(quote: str) -> str:
    """The hedging words of a quote, in order, parted by commas."""
    return ", ".join(dict.fromkeys(word.lower() for word in _ALL_HEDGES.findall(quote)))


def warnings(claim: Claim, quote: str, registry: Registry) -> Iterator[Finding]:
    """What a second look should be taken at."""
    unhedged = (
        claim.voice == "own"
        and claim.modality == "assertion"
        and claim.certainty == "certain"
        and not claim.condition
        and not claim.qualifier
        and (claim.affirms or claim.denies)
    )
    words = ", ".join(dict.fromkeys(word.lower() for word in HEDGES.findall(quote)))
    if unhedged and words:
        yield Finding(
            "hedge-is-kept",
            "warning",
            f"the words hedge ({words}) and the claim does not",
            "give claimant, certainty, modality or condition, or a shorter quote",
            claim.where,
            claim.iri,
            claim.gist,
        )
    missing = sorted({name for p in claim.affirms for name in _missing(p, quote, claim, registry)})
    if missing:
        yield Finding(
            "name-stands-in-quote",
            "info",
            f"the quote does not hold {', '.join(missing)}",
            "lengthen the quote, or list what is inferred under inferred",
            claim.where,
            claim.iri,
            claim.gist,
        )


def _missing(proposition: Proposition, quote: str, claim: Claim, registry: Registry) -> Iterator[str]:
    words = fold(quote)
    for node in (proposition.subject, proposition.object):
        entry = registry.entries.get(node)
        if entry is None or entry.kind not in ("actor", "place") or entry.where.file == "ontology":
            continue
        names = (entry.name, entry.label, *entry.aliases)
        if not _is_inferred(node, proposition, claim) and not any(fold(name) in words for name in names):
            yield entry.label


def _is_inferred(node: Iri, proposition: Proposition, claim: Claim) -> bool:
    """Whether ``inferred`` names a value, its property, or both the subject and the property."""
    (kind, name), role = kind_and_name(node), proposition.predicate.removeprefix(ACES)
    ways = {name, f"{kind}/{name}"}
    if node == proposition.object:
        ways |= {role, f"{'/'.join(kind_and_name(proposition.subject))}.{role}"}
    return not ways.isdisjoint(claim.inferred)


def contradicts_its_mode(claim: Claim) -> Finding | None:
    """A recommendation or a conditional claim may only consider (causes excepted)."""
    held = [p for p in claim.affirms + claim.denies if p.predicate not in _JUDGEMENT_KEYS]
    if held and (claim.condition or claim.modality == "recommendation"):
        why = "has a condition" if claim.condition else "is a recommendation"
        return Finding(
            "conditional-only-considers",
            "violation",
            f"the claim {why}, so it cannot affirm or deny a fact",
            "write considers: instead (raises and lowers may be affirmed)",
            claim.where,
            claim.iri,
            claim.gist,
        )
    return None
