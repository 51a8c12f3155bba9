"""Adding a file and retracting what was said: checked against the whole graph, all or nothing, for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kg.adding.changes import changes
from kg.adding.journal import commit, mend, settle
from kg.adding.lock import writing
from kg.adding.plan import Plan, plan_addition
from kg.adding.receipt import Receipt
from kg.additions import Act, Given, read_log
from kg.assembly import assemble, graph_files, graph_version
from kg.errors import UsageError, WrongError
from kg.seeds import read_seeds
from kg.serialise import replace_folder_atomically
from kg.terms import compact
from kg.triples import Graphs
from kg.validation import BuiltGraph, Report
from kg.workspace import Workspace


def add(graph: BuiltGraph, given: Given, texts: Mapping[str, Path], *, trial: bool = False) -> Receipt:
    """Add a file: claims YAML, or RDF in any syntax; with ``trial`` only say what would change.

    ``texts`` are those of Documents that the file registers, by file name.  Raises WrongError with all
    findings when it does not conform, StoreError when another process is writing or the disk refuses; nothing
    has happened then.
    """
    workspace = graph.workspace
    with writing(workspace):
        put_right(workspace)
        known = read_log(workspace.additions, workspace.show).addition(given.act.what)
        if known is not None:
            return _again(workspace, known)
        plan = plan_addition(graph, given, texts)
        if plan.graphs is None or not plan.report.conforms:
            what = "it does not conform, so nothing was added"
            raise WrongError(what, where=given.shown, findings=plan.report.findings)
        return _added(graph, given, plan, plan.graphs, trial)


def _added(graph: BuiltGraph, given: Given, plan: Plan, graphs: Graphs, trial: bool) -> Receipt:
    """The receipt of an addition, which is now done unless it was only tried."""
    workspace, held = graph.workspace, plan.held
    act = replace(given.act, held=tuple(map(compact, held)), documents=tuple(sorted(plan.seeds.brought)))
    changed = changes(graph.local, graphs, plan.seeds)
    if _says_nothing(given, graphs):
        told = f"nothing was added: all that {given.shown} says is there already"
        return Receipt(False, told, act, plan.report, changed, held)
    if trial:
        return Receipt(False, "nothing was added: this was a trial", act, plan.report, changed, held)
    kept = {workspace.additions / act.kept: given.content}
    for name, path in plan.seeds.brought.items():
        kept |= _text(workspace.documents / name, path)
    commit(workspace, act, kept, plan.files)
    told = f"added as {act.what}, kept in {workspace.show(workspace.additions / act.kept)}"
    return Receipt(True, told, act, plan.report, changed, held)


def _says_nothing(given: Given, graphs: Graphs) -> bool:
    """Whether the addition's graph holds nothing but who added it."""
    about = f"/graph/{given.act.graph}"
    return all(str(s).endswith(about) for s, _, _ in graphs[given.act.graph])


def _text(path: Path, source: Path) -> Mapping[Path, bytes]:
    """A document's text to be written, unless it lies there already. Raises WrongError for another text."""
    content = source.read_bytes()
    if not path.exists():
        return {path: content}
    if path.read_bytes() != content:
        raise WrongError(
            "another text of this name is held", where=str(path), fix="give the new one another name"
        )
    return {}


def _again(workspace: Workspace, act: Act) -> Receipt:
    """The same file once more: told, and no fault; unless it was retracted."""
    gone = read_log(workspace.additions, workspace.show).retraction(act.what)
    if gone is not None:
        raise WrongError(
            f"this file was added on {act.when}, and retracted on {gone.when} by {gone.by}: {gone.reason}",
            where=act.source,
            fix="if it is meant again, say why in a comment in the file: then it is another addition",
        )
    told = f"nothing was added: this file was added on {act.when} by {act.by}, as {act.what}"
    return Receipt(False, told, act, Report(()))


def writable(workspace: Workspace) -> Workspace:
    """The workspace, where it can be added to. Raises UsageError for the graph packaged in the wheel."""
    if not workspace.writable:
        raise UsageError(
            "the packaged graph is read only",
            fix="make a workspace: a folder with seeds/registry, seeds/documents and seeds/claims, such as a "
            "checkout of this project; then: kg --workspace FOLDER build",
        )
    return workspace


def put_right(workspace: Workspace) -> None:
    """Mend what a process left that was cut off in an act; the lock must be held."""
    if mend(workspace):
        seeds = read_seeds(workspace)
        if not seeds.faults():
            files = graph_files(assemble(seeds, graph_version()), workspace)
            replace_folder_atomically(workspace.triples, files)
            settle(workspace)
