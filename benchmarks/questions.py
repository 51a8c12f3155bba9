"""All canned queries, as they stand in their files, on four engines over one corpus, side by side."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from askers import Asker, embedded, oxigraph, rdflib, virtuoso
from corpus import write_workspace
from kg.queries import Query, catalogue
from kg.stores.local import LocalStore
from reasons import REASONS
from timing import Timing, timed

BOUND = 1.5
"""So many times the fastest of the others may our store take, or the table says why."""
OURS = "embedded"


@dataclass(frozen=True)
class Outcome:
    """What one query took on each engine, by the engine's name."""

    query: str
    timings: dict[str, Timing]

    @property
    def ratio(self) -> float | None:
        """Our time by that of the fastest other that gave rows equal to ours; None when there is none."""
        ours = self.timings[OURS]
        others = [
            timing.seconds
            for name, timing in self.timings.items()
            if name != OURS and timing.seconds is not None and timing.content == ours.content
        ]
        return None if ours.seconds is None or not others else ours.seconds / min(others)

    @property
    def too_slow(self) -> bool:
        """Whether ours took more than the bound, or gave up where another did not."""
        if self.timings[OURS].seconds is None:
            return any(timing.seconds is not None for timing in self.timings.values())
        return self.ratio is not None and self.ratio > BOUND

    @property
    def agreement(self) -> str:
        """``yes``, or which engines gave other rows (how many) or failed; a dash where none compare."""
        ours = self.timings[OURS]
        if sum(timing.seconds is not None for timing in self.timings.values()) < 2 or ours.seconds is None:
            return "; ".join(f"{name}: error" for name, found in self.timings.items() if found.fault) or "-"
        told = [f"{name}: error" for name, timing in self.timings.items() if timing.fault]
        told += [
            f"{name}: {timing.rows:,}"
            for name, timing in self.timings.items()
            if ours.seconds is not None and timing.seconds is not None and timing.content != ours.content
        ]
        return "; ".join(told) or "yes"

    def line(self, limit: float) -> str:
        """A row of the table; times in milliseconds."""
        times = [timing.shown(limit) for timing in self.timings.values()]
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}"
        ours = self.timings[OURS]
        rows = "-" if ours.seconds is None else f"{ours.rows:,}"
        cells = (self.query, rows, *times, ratio, self.agreement)
        return f"| {' | '.join(cells)} |"


def measure(triples: int, names: list[str], limit: float) -> None:
    """Make the corpus, load it into all engines, ask, and print the table as Markdown."""
    queries = [query for name, query in catalogue().items() if not names or name in names]
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder, ExitStack() as stack:
        askers = _loaded(triples, Path(folder), stack, limit)
        print(f"loading, seconds: {', '.join(f'{a.name} {a.loading:.1f}' for a in askers)}\n")
        columns = " | ".join(asker.name for asker in askers)
        print(f"| query | rows | {columns} | ours / fastest other | same rows |")
        print(f"| --- | ---: |{' ---: |' * len(askers)} ---: | --- |", flush=True)
        outcomes = []
        for query in queries:
            outcomes.append(
                Outcome(query.name, {asker.name: _timed(asker, query, limit) for asker in askers})
            )
            print(outcomes[-1].line(limit), flush=True)
    _print_summary(outcomes)


def _loaded(triples: int, folder: Path, stack: ExitStack, limit: float) -> list[Asker]:
    write_workspace(triples, folder / "corpus")
    start = time.perf_counter()
    store = LocalStore.from_trig_files(sorted((folder / "corpus" / "triples").glob("*.trig")))
    ours = embedded(store, time.perf_counter() - start)
    file = folder / "corpus.nq"
    ox.serialize(store.data, file, format=ox.RdfFormat.N_QUADS)
    print(
        f"\n### {len(store.data):,} triples\n\nwarm medians in milliseconds, stopped after {limit:g} s; ",
        end="",
    )
    askers = [ours, rdflib(store), stack.enter_context(oxigraph(file, folder / "oxigraph", limit))]
    if shutil.which("virtuoso-t") is None:
        print("without Virtuoso, which is not installed (run: .ci/servers)", end="; ")
        return askers
    return [*askers, stack.enter_context(virtuoso(file, folder / "virtuoso", limit))]


def _timed(asker: Asker, query: Query, limit: float) -> Timing:
    timing = timed(asker.ask, query.text, limit)
    if timing.seconds is None:
        asker.revive()
    return timing


def _print_summary(outcomes: list[Outcome]) -> None:
    """What was too slow, and why; what did not answer alike."""
    ratios = sorted(outcome.ratio for outcome in outcomes if outcome.ratio is not None)
    within = sum(not outcome.too_slow for outcome in outcomes)
    print(f"\n{within} of {len(outcomes)} queries within {BOUND} times the fastest other", end="")
    print(f"; median ratio {statistics.median(ratios):.2f}" if ratios else "")
    for outcome in outcomes:
        if outcome.too_slow:
            ratio = "no answer in time" if outcome.ratio is None else f"{outcome.ratio:.2f}"
            print(f"- `{outcome.query}` ({ratio}): {REASONS.get(outcome.query, 'the reason is not known')}")
    for outcome in outcomes:
        for name, timing in outcome.timings.items():
            if timing.fault:
                print(f"- `{outcome.query}` on {name}: {timing.fault}")
