"""The order of the flow: seeds are read, assembled, checked and written. The only module that knows it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kg.adding import mend, settle, writing
from kg.analysis.coverage import Coverage
from kg.assembly import assemble, graph_files, graph_version
from kg.audit import audit_seeds
from kg.errors import WrongError
from kg.model import Finding
from kg.registry import Entry
from kg.seeds import Seeds, read_seeds
from kg.serialise import replace_folder_atomically
from kg.terms import ACES, RDF_TYPE
from kg.triples import Graphs
from kg.validation import check, placed
from kg.workspace import Workspace


@dataclass
class BuildReport:
    """What a build made: counts, the check's findings, coverage and seconds for each step."""

    counts: dict[str, int]
    findings: list[Finding]
    coverage: list[Coverage]
    seconds: dict[str, float] = field(default_factory=dict)
    changed: bool = False


def build(workspace: Workspace, *, check_only: bool = False) -> BuildReport:
    """Build the graph of a workspace; ``triples/`` is replaced only when everything conforms.

    With ``check_only`` nothing is written.  Raises WrongError with all findings when the seeds are
    faulty, the graph does not conform, or (``check_only``) ``triples/`` is not what the seeds give;
    StoreError when another process is writing.
    """
    if check_only:
        return _build(workspace, check_only=True)
    with writing(workspace):
        mend(workspace)
        report = _build(workspace, check_only=False)
        settle(workspace)
    return report


def _build(workspace: Workspace, *, check_only: bool) -> BuildReport:
    seconds: dict[str, float] = {}
    with _timed(seconds, "read"):
        seeds = read_seeds(workspace)
    _stop_at(seeds.faults(), "the seeds are faulty")
    with _timed(seconds, "assemble"):
        graphs = assemble(seeds, graph_version())
        files = graph_files(graphs, workspace)
    with _timed(seconds, "check"):
        findings = list(placed(check(files, workspace), seeds.places()))
    _stop_at([f for f in findings if f.severity == "violation"], "the graph does not conform")
    with _timed(seconds, "write"):
        changed = _write(workspace, files, check_only)
    coverage = audit_seeds(seeds).coverage
    return BuildReport(_counts(seeds, graphs), [*seeds.findings, *findings], coverage, seconds, changed)


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[step] = time.perf_counter() - start


def _stop_at(faults: list[Finding], what: str) -> None:
    if faults:
        raise WrongError(f"{what}: {len(faults)} fault{'s' * (len(faults) != 1)}", findings=faults)


def _write(workspace: Workspace, files: dict[str, bytes], check_only: bool) -> bool:
    """Replace ``triples/`` where it differs; whether it did."""
    there = {path.name: path.read_bytes() for path in workspace.triples.glob("*.trig")}
    differing = sorted(name for name in {*there, *files} if there.get(name) != files.get(name))
    if differing and check_only:
        raise WrongError(
            f"triples/ is not what the seeds give: {', '.join(differing)}",
            where=str(workspace.triples),
            fix="run: kg build",
        )
    if differing:
        replace_folder_atomically(workspace.triples, files)
    return bool(differing)


def _counts(seeds: Seeds, graphs: Graphs) -> dict[str, int]:
    kinds = {"propositions": "Proposition", "observations": "Observation", "events": "Event"}
    counts = {"documents": len(seeds.texts)}
    for kind in ("work", "actor", "place"):
        counts[f"{kind}s"] = sum(e.kind == kind and e.where.file != "ontology" for e in _entries(seeds))
    counts["claims"] = sum(1 for _ in seeds.claims)
    for name, cls in kinds.items():
        counts[name] = _instances(graphs, ACES + cls)
    counts["evidence"] = _instances(graphs, ACES + "Evidence")
    counts["facts"] = len(graphs["facts"])
    counts["disputed"] = len(graphs["disputed"])
    counts["triples"] = sum(len(found) for found in graphs.values())
    return counts


def _entries(seeds: Seeds) -> Iterable[Entry]:
    return seeds.registry.entries.values()


def _instances(graphs: Graphs, cls: str) -> int:
    return len({s for found in graphs.values() for s, p, o in found if str(p) == RDF_TYPE and str(o) == cls})
