"""Plants faults of every kind in the shipped graph and counts which are found, by which rule.

Run with ``make mutate``; writes ``docs/mutation.md``.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from seeded import KINDS, Change, Kind, World

from kg.graph import KnowledgeGraph, open_graph
from kg.model import Finding
from kg.serialise import export_bytes
from kg.terms import ACES, compact, content_hash
from kg.validation import addition_of, validate_change

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "docs" / "mutation.md"
OF_EACH, LEAST_CAUGHT = 24, 0.95


@dataclass(frozen=True)
class Outcome:
    """One planted fault: where it was planted, and which of its rules found it."""

    kind: Kind
    claim: str
    work: str
    found: tuple[str, ...]
    also: tuple[str, ...]

    @property
    def is_caught(self) -> bool:
        return bool(self.found)


def run(graph: KnowledgeGraph, of_each: int, kinds: list[Kind] = KINDS) -> list[Outcome]:
    """So many faults of each kind, spread over the Works; the same ones every time."""
    return [outcome for kind in kinds for outcome in _of_kind(graph, kind, of_each)]


def _of_kind(graph: KnowledgeGraph, kind: Kind, wanted: int) -> Iterator[Outcome]:
    data, seen, count = graph.local.data, set(), 0
    for claim, work in _claims(data, kind.name):
        world = World(data, ox.NamedNode(claim), random.Random(f"{kind.name} {claim}"))
        change = kind.make(world)
        if change is None or (key := frozenset(change.removed) or frozenset(change.added)) in seen:
            continue
        seen.add(key)
        yield _outcome(graph, kind, claim, work, change)
        count += 1
        if count == wanted:
            return


def _claims(data: ox.Store, salt: str) -> Iterator[tuple[str, str]]:
    """Every claim with its Work, the Works in turn, in an order that is random and always the same."""
    of_work: dict[str, list[str]] = defaultdict(list)
    for quad in data.quads_for_pattern(None, ox.NamedNode(ACES + "statedIn"), None, None):
        of_work[quad.object.value].append(quad.subject.value)  # type: ignore[union-attr]
    lists = {
        work: sorted(claims, key=lambda claim: content_hash(salt, claim))
        for work, claims in sorted(of_work.items())
    }
    for turn in range(max(map(len, lists.values()))):
        yield from ((claims[turn], work) for work, claims in lists.items() if turn < len(claims))


def _outcome(graph: KnowledgeGraph, kind: Kind, claim: str, work: str, change: Change) -> Outcome:
    before = {_key(f) for f in _findings(graph, Change(change.removed, change.removed))}
    new = [f for f in _findings(graph, change) if _key(f) not in before]
    rules = sorted({f.rule for f in new})
    found = tuple(rule for rule in rules if rule in kind.rules)
    also = tuple(
        r for r in rules if r not in kind.rules and r not in ("claim-contradicts", "claim-corroborates")
    )
    return Outcome(kind, compact(claim), compact(work), found, also)


def _findings(graph: KnowledgeGraph, change: Change) -> tuple[Finding, ...]:
    content = export_bytes(change.added, "nq") if change.added else b""
    return validate_change(graph, addition_of(content, "nq", "mutant"), change.removed).findings


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.focus, finding.message


# --- the report ----------------------------------------------------------------------------------

UNEXPLAINED = "nobody has said why"
WHY_SURVIVED = {
    "swapped-claimant-reported": "the other actor is named in the same text too, so that only a reader can "
    "tell who of the two spoke",
    "event-of-another-type": "the new type is a kind of event as well; what the words call it only a reader "
    "can tell",
    "swapped-ends": "a thing of either class may stand on either side (one group supports another), so that "
    "only a reader can tell who does it to whom",
    "cites-the-future": "nobody knows when the citing Work came out, so that no date is too late for it",
}


def report(outcomes: list[Outcome], of_each: int) -> str:
    """The table of kinds and the list of survivors, in Markdown."""
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.kind.name].append(outcome)
    caught = sum(outcome.is_caught for outcome in outcomes)
    works = sorted({outcome.work for outcome in outcomes})
    lines = [
        "# Seeded faults",
        "",
        "Made by `make mutate`: faults of every kind that a reader, an editor or another tool makes are",
        "planted in the shipped graph, one at a time, and `kg validate` is asked of the change. A fault",
        "counts as caught only when a rule speaks that has to do with it: one of its row.",
        "",
        f"**{caught} of {len(outcomes)} caught ({100 * caught / len(outcomes):.1f} %)**, {len(by_kind)} kinds"
        f", up to {of_each} of each, over {len(works)} Works.",
        "",
        "| kind | what is done | caught | by rule (how often) | Works |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, those in by_kind.items():
        rules = Counter(rule for outcome in those for rule in outcome.found)
        told = ", ".join(f"[`{rule}`](rules.md#{rule}) {n}" for rule, n in sorted(rules.items()))
        spread = len({outcome.work for outcome in those})
        score = f"{sum(o.is_caught for o in those)} of {len(those)}"
        lines.append(f"| {name} | {those[0].kind.what} | {score} | {told or 'none'} | {spread} |")
    lines += ["", "## What survived", ""]
    survived = {name: [o for o in those if not o.is_caught] for name, those in by_kind.items()}
    if not any(survived.values()):
        lines.append("Nothing.")
    for name, those in survived.items():
        if those:
            lines += [f"**{name}**, {len(those)}: {WHY_SURVIVED.get(name, UNEXPLAINED)}.", ""]
            lines += [f"- {o.claim}" + (f" (but told: {', '.join(o.also)})" if o.also else "") for o in those]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--of-each", type=int, default=OF_EACH)
    given = parser.parse_args()
    start = time.perf_counter()
    outcomes = run(open_graph(ROOT), given.of_each)
    REPORT.write_text(report(outcomes, given.of_each), encoding="utf-8")
    caught = sum(outcome.is_caught for outcome in outcomes)
    share = 100 * caught / len(outcomes)
    sys.stdout.write(
        f"{caught} of {len(outcomes)} caught ({share:.1f} %) in {time.perf_counter() - start:.0f} s\n"
    )
    return 0 if caught >= LEAST_CAUGHT * len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
