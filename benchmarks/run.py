"""Times what a user waits for; prints medians of several runs.

``make bench`` runs all parts; ``python benchmarks/run.py PART...`` runs some: ``commands`` (each as a whole
process), ``explain`` (of what most is said about) and ``queries`` (all canned queries on four engines; needs
the servers that the live tests need).  ``--triples N`` and ``--query NAME``, each as often as wanted, choose
corpora and queries.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import explaining
import questions

ROOT = Path(__file__).parents[1]
RUNS = 5
PARTS = ["commands", "explain", "queries"]
SIZES = [100_000, 1_000_000]


def median_seconds(*command: str, cwd: Path = ROOT) -> tuple[float, float, float]:
    """Minimum, median and maximum of several runs after one that is not counted."""
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, cwd=cwd, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return min(taken[1:]), statistics.median(taken[1:]), max(taken[1:])


def build_steps() -> dict[str, float]:
    """Seconds of each step of a cold build, medians over several processes."""
    found: dict[str, list[float]] = {}
    for _ in range(RUNS):
        run = subprocess.run(
            [sys.executable, "-m", "kg", "build"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        line = next(x for x in run.stdout.splitlines() if x.startswith("time: "))
        for part in line.removeprefix("time: ").split(", "):
            step, seconds, _ = part.split()
            found.setdefault(step, []).append(float(seconds))
    return {step: statistics.median(values) for step, values in found.items()}


def commands() -> None:
    print(f"{platform.python_implementation()} {platform.python_version()}, {RUNS} runs each, seconds")
    kg = [sys.executable, "-m", "kg"]
    print(f"{'command':<50} {'min':>7} {'median':>7} {'max':>7}")
    for words in (
        ["--help"],
        ["query", "actor-claims", "--actor", "iskp"],
        ["sparql", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"],
        ["build"],
    ):
        low, middle, high = median_seconds(*kg, *words)
        print(f"{'kg ' + ' '.join(words):<50.50} {low:7.2f} {middle:7.2f} {high:7.2f}")
    steps = build_steps()
    shacl = steps.pop("check")
    print(f"kg build: reading, assembling and writing {sum(steps.values()):.2f}, SHACL apart {shacl:.2f}")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "all.nq"
        low, middle, high = median_seconds(*kg, "export", "-o", str(out))
        print(f"{'kg export --format nq':<50} {low:7.2f} {middle:7.2f} {high:7.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what a user waits for.")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[], help="all when left out")
    parser.add_argument("--triples", type=int, action="append", help="size of a corpus for the queries")
    parser.add_argument("--query", action="append", default=[], help="only this query")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds after which a query is stopped")
    given = parser.parse_args()
    parts = given.parts or PARTS
    if "commands" in parts:
        commands()
    if "explain" in parts:
        explaining.measure(SIZES[0])
    for triples in (given.triples or SIZES) if "queries" in parts else ():
        questions.measure(triples, given.query, given.limit)


if __name__ == "__main__":
    main()
