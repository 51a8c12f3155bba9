"""``kg explain`` of what most is said about: a process of its own, and the explaining alone."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import kg
from corpus import ROOT, write_workspace
from kg.explain import as_text
from kg.results import Result
from kg.terms import ACES, compact

BOUND = 0.5
RUNS = 5
_ABOUT = f"?claim <{ACES}affirms> ?proposition . ?proposition"
_BIGGEST = {
    "actor": f"{_ABOUT} <{ACES}subject>|<{ACES}object> ?thing . ?thing a <{ACES}Actor> .",
    "event": f"{_ABOUT} <{ACES}subject> ?thing . ?thing a <{ACES}Event> .",
    "proposition": f"?claim <{ACES}affirms> ?thing .",
}


def measure(triples: int) -> None:
    """Explain the biggest actor, event and Proposition of the shipped graph and of a generated one.

    Processor time is what a process takes on a machine that has nothing else to do.
    """
    title = f"explaining, seconds (bound: {BOUND})"
    print(f"\n{title:<62} {'process':>8} {'of the processor':>17} {'explaining alone':>17}")
    _explain("shipped", ROOT)
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        write_workspace(triples, Path(folder))
        _explain(f"{triples:,}", Path(folder))


def _explain(name: str, workspace: Path) -> None:
    graph = kg.open(workspace)
    for kind, pattern in _BIGGEST.items():
        order = "GROUP BY ?thing ORDER BY DESC(COUNT(DISTINCT ?claim)) ?thing LIMIT 1"
        found = graph.sparql(f"SELECT ?thing WHERE {{ {pattern} }} {order}")
        assert isinstance(found, Result)
        thing = str(next(iter(found)).thing)
        wall, processor, alone = [], [], []
        for _ in range(RUNS):
            start, before = time.perf_counter(), _processor()
            command = [sys.executable, "-m", "kg", "--workspace", str(workspace), "explain", thing]
            subprocess.run(command, check=True, capture_output=True)
            wall.append(time.perf_counter() - start)
            processor.append(_processor() - before)
            start = time.perf_counter()
            as_text(graph.explain(thing))
            alone.append(time.perf_counter() - start)
        times = [statistics.median(taken) for taken in (wall, processor, alone)]
        print(f"{name}: {kind} {compact(thing)}"[:62].ljust(62), "{:8.2f} {:17.2f} {:17.2f}".format(*times))


def _processor() -> float:
    """Seconds that all child processes so far had of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
