"""How well the rules find what readers found: precision and recall on pairs of quotes.

Run it to print them: ``make pairs``.  Readers judged the pairs without knowing the rules.  With those of
``pairs.yaml`` rules and claims have since been mended, so that the figures on them say how well the rules
fit; those on the pairs of a second reader say what to expect of other documents.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.analysis.disagreement import Disagreement, disagreements
from kg.analysis.standing import Entailment
from kg.documents import locate
from kg.errors import WrongError
from kg.model import Claim, Span
from kg.seeds import Seeds, read_seeds
from kg.workspace import find_workspace

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))  # as a script it stands outside pytest, which knows that folder

from loops import LENGTHS, is_found, loop  # noqa: E402

FOLDER = Path(__file__).parent
FILES = {
    "pairs.yaml": "reviewed before the rules were mended with them",
    "judged.yaml": "findings and other pairs, judged blind by a second reader",
    "second_reader.yaml": "found by the second reader, never used to mend anything",
}


@dataclass(frozen=True)
class Verdict:
    """One reviewed pair, and what the rules say of it: a kind of finding, or none."""

    name: str
    kind: str
    expected: str
    found: str
    strength: str
    found_strength: str


def verdicts(file: str = "pairs.yaml") -> list[Verdict]:
    """What the rules say of every pair of quotes in a file."""
    seeds, claims, found = _findings()
    pairs = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    return [_verdict(pair, seeds, claims, found) for pair in pairs]


@cache
def _findings() -> tuple[Seeds, list[Claim], list[Disagreement]]:
    """The shipped corpus, its claims, and all that the rules find in them."""
    seeds = read_seeds(find_workspace(ROOT))
    claims = list(seeds.claims)
    propositions = {p for claim in claims for p in claim.propositions}
    entailment = Entailment(propositions, seeds.vocabulary, seeds.registry, seeds.nodes())
    return seeds, claims, disagreements(claims, entailment, seeds.captioned())


def _verdict(pair: dict[str, Any], seeds: Seeds, claims: list[Claim], found: list[Disagreement]) -> Verdict:
    one, other = (_claims_over(pair[side], seeds, claims) for side in ("a", "b"))
    meeting = [d for d in found if _meets(d, one, other)]
    firm = [d for d in meeting if d.strength != "near-miss"]
    strength = min((d.strength for d in firm), default="")
    what = "disagreement" if firm else "near-miss" if meeting else "none"
    return Verdict(
        pair["name"], pair.get("kind", ""), pair["expect"], what, pair.get("strength", ""), strength
    )


def _claims_over(side: dict[str, str], seeds: Seeds, claims: list[Claim]) -> set[str]:
    """The claims whose evidence has a quote within it, or lies within the quote."""
    spans = _spans(side, seeds)
    return {c.iri for c in claims if any(s.overlaps(e) for s in spans for e in c.evidence)}


def _spans(side: dict[str, str], seeds: Seeds) -> Iterable[Span]:
    text = seeds.texts[side["document"]]
    for within in (None, "caption", "furniture", "heading", *(f"note {n.key}" for n in text.notes)):
        try:
            return locate(text, side["quote"], within=within).spans
        except WrongError:
            continue
    raise AssertionError(f"this quote is nowhere in {side['document']}: {side['quote']}")


def _meets(found: Disagreement, one: set[str], other: set[str]) -> bool:
    left, right = ({claim.iri for claim in side} for side in found.sides)
    return bool((left & one and right & other) or (left & other and right & one))


def precision_and_recall(found: list[Verdict], what: str) -> tuple[float, float]:
    """For one kind of finding: the share of those found that was expected, and the reverse."""
    hits = sum(v.found == v.expected == what for v in found)
    named, wanted = (sum(getattr(v, side) == what for v in found) for side in ("found", "expected"))
    return hits / named if named else 1.0, hits / wanted if wanted else 1.0


def report(found: list[Verdict], told: str = "reviewed") -> str:
    """The figures, and every pair on which rules and reader differ."""
    lines = [f"{len(found)} pairs: {told}"]
    for what in ("disagreement", "near-miss"):
        precision, recall = precision_and_recall(found, what)
        wanted = sum(v.expected == what for v in found)
        lines.append(f"{what}: {wanted} expected, precision {precision:.2f}, recall {recall:.2f}")
    agree = [v for v in found if v.found == v.expected == "disagreement"]
    same = sum(v.strength == v.found_strength for v in agree)
    lines.append(f"strength: {same} of {len(agree)} as reviewed")
    lines += [
        f"  {v.name}{f' ({v.kind})' if v.kind else ''}: expected {v.expected}, found {v.found or 'none'}"
        for v in found
        if v.found != v.expected
    ]
    return "\n".join(lines)


def loops_report() -> str:
    """How many of the seeded citation loops are found, and which are not."""
    found = [length for length in LENGTHS if is_found(loop(length))]
    missed = ", ".join(str(length) for length in LENGTHS if length not in found)
    told = f"citation loops of length {LENGTHS[0]} to {LENGTHS[-1]}: {len(found)} of {len(LENGTHS)} found"
    return f"{told}; missed: {missed}" if missed else told


if __name__ == "__main__":
    for name, what in FILES.items():
        print(report(verdicts(name), f"{name}, {what}"), end="\n\n")  # noqa: T201
    print(loops_report())  # noqa: T201
