"""The graph as it would be after an act, checked whole; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.adding.source import read_source
from kg.additions import Act, Given, Said, span_of
from kg.assembly import assemble, graph_files, graph_version
from kg.errors import UnreadableError, UsageError
from kg.model import Finding, Iri, Where
from kg.seeds import Seeds, read_seeds
from kg.terms import compact
from kg.triples import Graphs
from kg.validation import (
    BuiltGraph,
    Report,
    addition_of,
    check_instead,
    compared_claims,
    placed,
    sorted_report,
    validate_addition,
    validate_claims,
    validate_graph,
)
from kg.workspace import Workspace
from kg.yamltext import Mapping, Text

_ONLY_SHARED = ("claim-contradicts", "claim-corroborates")


@dataclass(frozen=True)
class Plan:
    """The seeds with an act, the findings, and where nothing stops them what follows: graphs and files."""

    seeds: Seeds
    report: Report
    graphs: Graphs | None = None
    files: Pairs[str, bytes] = field(default_factory=dict)

    @property
    def held(self) -> dict[Iri, Iri]:
        """Claims of the new file that are there already, with the claims they equal."""
        return {new: claim.iri for new, claim in self.seeds.held.items() if new not in self._recorded}

    @property
    def _recorded(self) -> set[Iri]:
        return {name for act in self.seeds.log.added for name in act.held}


def plan_addition(graph: BuiltGraph, given: Given, texts: Pairs[str, Path]) -> Plan:
    """What adding a file would give. Raises UnreadableError when a file does not parse."""
    told: list[Finding] = []
    if not given.is_yaml:
        told += validate_addition(graph, addition_of(given.content, _form(given), given.shown)).findings
    seeds = read_seeds(graph.workspace, given, texts)
    _check_texts(seeds, given, texts)
    told += [f for f in seeds.findings if _concerns(f, given)]
    told += _unheld(seeds, given)
    if not sorted_report(told).conforms:
        return Plan(seeds, sorted_report(told))
    graphs = assemble(seeds, graph_version())
    files = graph_files(graphs, graph.workspace)
    found = placed(check_instead(graph, files, seeds.brought), seeds.places())
    told += [f for f in found if _concerns(f, given) and f not in told]
    told = [f for f in told if f.rule not in _ONLY_SHARED]
    new = {claim.iri for file in seeds.files if file.graph == given.act.graph for claim in file.claims}
    compared = _placed(compared_claims(seeds, new), given)
    return Plan(seeds, sorted_report([*told, *compared]), graphs, files)


def _placed(findings: Iterable[Finding], given: Given) -> Iterator[Finding]:
    """Findings about claims of an RDF file, where the file first names these."""
    if given.is_yaml:
        yield from findings
        return
    addition = addition_of(given.content, _form(given), given.shown)
    yield from (replace(f, where=addition.where(f.focus)) for f in findings)


def texts_of(documents: Iterable[str | Path]) -> dict[str, Path]:
    """Texts of Documents by file name. Raises UnreadableError for one that is not there."""
    found = {}
    for name in documents:
        path = Path(name)
        if not path.is_file():
            raise UnreadableError("there is no such file", where=str(path))
        found[path.name] = path
    return found


def validate(
    graph: BuiltGraph,
    source: str | Path | bytes | None,
    syntax: str | None = None,
    documents: Iterable[str | Path] = (),
) -> Report:
    """What is wrong with a file or text that somebody wants to add, or with the whole graph for None."""
    if source is None:
        return validate_graph(graph)
    given = read_source(source, syntax, "-")
    path = Path(source) if isinstance(source, str | Path) and given.act.source != "-" else None
    if not given.is_yaml:
        return validate_addition(graph, addition_of(given.content, _form(given), given.shown))
    if path is not None and _is_of_the_seeds(graph.workspace, path):
        return validate_claims(graph.workspace, path)
    return plan_addition(graph, given, texts_of(documents)).report


def _is_of_the_seeds(workspace: Workspace, path: Path) -> bool:
    """Whether a claims file lies where the build reads it; beside the packaged graph every one does."""
    return not workspace.writable or path.resolve().parent == (workspace.seeds / "claims").resolve()


def plan_retraction(graph: BuiltGraph, act: Act) -> Plan:
    """What retracting something would give."""
    seeds = read_seeds(graph.workspace, more=act)
    if seeds.faults():
        return Plan(seeds, sorted_report(seeds.findings))
    graphs = assemble(seeds, graph_version())
    files = graph_files(graphs, graph.workspace)
    found = placed(check_instead(graph, files), seeds.places())
    return Plan(seeds, sorted_report(f for f in found if f.severity == "violation"), graphs, files)


def _form(given: Given) -> str:
    from kg.serialise import format_of

    return format_of(Path(given.act.kept))


def _concerns(finding: Finding, given: Given) -> bool:
    """Whether a finding is about the new file, or stops the build."""
    in_file = finding.where is not None and finding.where.file == given.shown
    return in_file or finding.severity == "violation"


def _check_texts(seeds: Seeds, given: Given, texts: Pairs[str, Path]) -> None:
    """Every text that is brought is one of a Document that the file registers."""
    named = {d.file for d in seeds.registry.documents() if d.where.file == given.shown}
    for name in texts:
        if name not in named:
            raise UsageError(
                f"no Document of this file is called {name}",
                where=given.shown,
                fix=f"register it: documents: {{ID: {{file: {name}, sha256: ..., language: en}}}} of a work",
            )


def _unheld(seeds: Seeds, given: Given) -> Iterator[Finding]:
    """Documents that the file registers or quotes from, and whose text nobody has."""
    quoted = set(_quoted(given))
    for document in seeds.registry.documents():
        mine = document.where.file == given.shown
        path = seeds.workspace.documents / document.file
        is_held = document.file in seeds.brought or path.is_file()
        if (mine or document.name in quoted) and not is_held:
            what = f"the text of {compact(document.iri)} is not held, so nothing can be quoted from it"
            fix = f"give it: kg add FILE --document {document.file}" if mine else f"put it there: {path}"
            where = document.where if mine else Where(given.shown)
            yield Finding("text-is-held", "violation", what, fix, where, document.iri)


def _quoted(given: Given) -> Iterator[str]:
    """The names of the documents that claims of the file rest on."""
    if given.is_yaml:
        root = given.yaml[0]
        named = root.get("document") if isinstance(root, Mapping) else None
        yield from (str(named),) if isinstance(named, Text) else ()
        return
    said = Said(given.quads)
    for claim in said.subjects("claim"):
        spans = (span_of(evidence) for evidence in said.all(claim, "evidence"))
        yield from (span.document for span in spans if span)
