"""What is wrong with a graph or a file, as Findings in the user's words: SHACL, grounding, facts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rdflib import RDF, RDFS, Graph, URIRef

from kg.assembly import add_facts, assemble, ontology_quads, quads
from kg.display import printable
from kg.errors import UnreadableError
from kg.model import Finding, Where
from kg.seeds import read_seeds, seeds_of_file
from kg.serialise import format_of, parse, triples_of, value_of
from kg.shacl import Validator
from kg.stores.answer import Rows
from kg.stores.local import LocalStore
from kg.terms import ACES, PREFIXES, iri, kind_and_name
from kg.triples import Graphs
from kg.vocabulary import ontology_files
from kg.workspace import Workspace

if TYPE_CHECKING:
    import pyoxigraph

_OA = PREFIXES["oa"]
_RANK = {"violation": 0, "warning": 1, "info": 2}
_SARIF_LEVEL = {"violation": "error", "warning": "warning", "info": "note"}
REPORT_FORMATS = ("text", "json", "ttl", "sarif")


@dataclass(frozen=True)
class Report:
    """The findings about a file or graph; it conforms when none is a violation."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return not self.at_least("violation")

    def at_least(self, severity: str) -> list[Finding]:
        """Findings of this severity or a graver one."""
        return [f for f in self.findings if _RANK[f.severity] <= _RANK[severity]]

    def render(self, form: str = "text") -> str:
        """The report as ``text``, ``json``, ``ttl`` (a SHACL validation report) or ``sarif``."""
        return {"text": _text, "json": _json, "ttl": _ttl, "sarif": _sarif}[form](self)


def sorted_report(findings: Iterable[Finding]) -> Report:
    """A report in a fixed order: gravest first, then by place and rule."""

    def key(finding: Finding) -> tuple[Any, ...]:
        where = finding.where or Where("~")
        return (_RANK[finding.severity], where, finding.rule, finding.focus, finding.message)

    return Report(tuple(sorted(dict.fromkeys(findings), key=key)))


class BuiltGraph(Protocol):
    """What is validated against: a workspace, and the graph that was built there."""

    @property
    def workspace(self) -> Workspace:
        """Where seeds and shapes are."""
        ...

    @property
    def local(self) -> LocalStore:
        """The graph."""
        ...


def validate(graph: BuiltGraph, path: Path | None) -> Report:
    """Validate a file (claims YAML, or RDF in any syntax) against the graph, or the whole graph.

    Raises UnreadableError when the file cannot be read or parsed.
    """
    if path is None:
        return validate_graph(graph)
    if path.suffix in (".yaml", ".yml"):
        return validate_claims(graph.workspace, path)
    return validate_rdf(graph, path)


# --- the whole graph -----------------------------------------------------------------------------


def validate_graph(graph: BuiltGraph) -> Report:
    """SHACL, grounding and facts of the built graph; places are those of the claims files."""
    store = graph.local
    findings = list(check_shapes(store, graph.workspace))
    findings += check_facts(store)
    findings += check_grounding(store, graph.workspace)
    places = read_seeds(graph.workspace).places() if graph.workspace.writable else {}
    return sorted_report(placed(findings, places))


def placed(findings: Iterable[Finding], places: Mapping[str, Where]) -> Iterator[Finding]:
    """Findings with the places of what they are about, where they have none themselves."""
    return (replace(f, where=f.where or places.get(f.focus)) for f in findings)


def check_shapes(store: LocalStore, workspace: Workspace) -> list[Finding]:
    """SHACL findings of everything in a store (which holds the ontology) against the shapes folders."""
    return Validator(read_shapes(workspace)).findings(store.data)


def read_shapes(workspace: Workspace) -> Graph:
    """All shapes as one graph. Raises UnreadableError when a file does not parse."""
    shapes = Graph()
    for file in ontology_files(workspace.shapes_folders):
        for triple in triples_of(parse(file.read_bytes(), "ttl", where=file.name)):
            shapes.add(triple)
    return shapes


def check_facts(store: LocalStore) -> Iterator[Finding]:
    """Facts and disputed facts are exactly what ``facts.rq`` gives."""
    expected = Graphs()
    wanted = {iri("graph", name) for name in ("analysis", "propositions", "ontology")}
    kept = [quad for quad in store.quads() if value_of(quad.graph_name) in wanted]
    add_facts(expected, kept)
    for name in ("facts", "disputed"):
        graph = iri("graph", name)
        there = {
            (value_of(q.subject), value_of(q.predicate), value_of(q.object))
            for q in store.quads()
            if value_of(q.graph_name) == graph
        }
        should = {(str(s), str(p), str(o)) for s, p, o in expected[name]}
        for subject, predicate, value in sorted(there ^ should):
            surplus = (subject, predicate, value) in there
            yield Finding(
                "fact-has-a-claim" if surplus else "fact-is-written",
                "violation",
                f"{predicate} {value} {'stands in' if surplus else 'is missing from'} {name}",
                "facts are made by kg build; never edit them",
                focus=subject,
            )


def check_grounding(store: LocalStore, workspace: Workspace) -> Iterator[Finding]:
    """Every quote stands in its document's text, at its offsets; a text that is not held is told once."""
    texts: dict[str, str | None] = {}
    for row in _rows(store, _DOCUMENTS):
        document, file, digest = (str(term) for term in row)
        name = kind_and_name(document)[1]
        texts[document] = None
        path = workspace.documents / file
        if Path(file).name != file or not path.is_file():  # a file of the graph lies in no other folder
            yield Finding(
                "text-is-held", "info", f"the text of {name} is not held, not checked", focus=document
            )
            continue
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            yield Finding(
                "document-unchanged",
                "violation",
                f"the text of {name} is not the one that was read",
                "restore the file, or build again",
                focus=document,
            )
            continue
        texts[document] = content.decode("utf-8")
    for evidence, document, start, end, exact in _rows(store, _EVIDENCE):
        text = texts.get(str(document))
        if text is not None and not _stands_there(text, str(start), str(end), str(exact)):
            yield _ungrounded(str(evidence), str(exact), text)


def _rows(store: LocalStore, query: str) -> list[tuple[Any, ...]]:
    answer = store.query(query)
    return list(answer.rows) if isinstance(answer, Rows) else []


def _stands_there(text: str, start: str, end: str, exact: str) -> bool:
    """Whether the words stand at these offsets; what is no number is no offset."""
    whole = all(offset.isascii() and offset.isdecimal() for offset in (start, end))
    return whole and text[int(start) : int(end)] == exact


def _ungrounded(evidence: str, exact: str, text: str) -> Finding:
    found = text.find(exact)
    place = f"it stands at {found}" if found >= 0 else "it stands nowhere in the text"
    return Finding(
        "evidence-matches-text",
        "violation",
        f"the quote does not stand at its offsets; {place}",
        "write the start and end where the words stand",
        focus=evidence,
    )


_DOCUMENTS = f"""SELECT ?document ?file ?digest WHERE {{
  ?document <{ACES}fileName> ?file ; <{ACES}sha256> ?digest . }} ORDER BY ?document"""
_EVIDENCE = f"""SELECT ?evidence ?document ?start ?end ?exact WHERE {{
  ?evidence <{_OA}hasSource> ?document ; <{_OA}hasSelector> ?position , ?quote .
  ?position <{_OA}start> ?start ; <{_OA}end> ?end . ?quote <{_OA}exact> ?exact . }} ORDER BY ?evidence"""


# --- one file ------------------------------------------------------------------------------------


def validate_claims(workspace: Workspace, path: Path) -> Report:
    """A claims file read with the registry, then in the graph it would give."""
    seeds = seeds_of_file(workspace, path)
    if seeds.faults():
        return sorted_report(seeds.findings)
    (file,) = seeds.files
    store = LocalStore.from_quads([*quads(assemble(seeds, "")), *ontology_quads(workspace.ontology_folders)])
    shaped = list(placed(check_shapes(store, workspace), seeds.places()))
    if not file.texts:
        shaped = [f for f in shaped if f.rule != "claim-has-evidence"]
    return sorted_report([*seeds.findings, *shaped])


def validate_rdf(graph: BuiltGraph, path: Path) -> Report:
    """An RDF file together with the whole graph: what is wrong in it, or breaks because of it."""
    added = _addition(path)
    base = [q for q in graph.local.quads() if value_of(q.graph_name) != iri("graph", "shapes")]
    store = LocalStore.from_quads([*base, *added])
    subjects = {value_of(q.subject) for q in added}
    findings = check_shapes(store, graph.workspace)
    findings += check_grounding(store, graph.workspace)
    about = [f for f in findings if f.focus in subjects or f.severity == "violation"]
    return sorted_report(replace(f, where=Where(str(path))) for f in about)


def _addition(path: Path) -> list[pyoxigraph.Quad]:
    """The triples of an RDF file as one added graph."""
    import pyoxigraph

    try:
        content = path.read_bytes()
    except OSError as fault:
        raise UnreadableError(f"cannot be read: {fault.strerror}", where=str(path)) from None
    name = pyoxigraph.NamedNode(iri("graph", f"addition.{hashlib.sha256(content).hexdigest()[:32]}"))
    parsed = parse(content, format_of(path), where=str(path))
    return [pyoxigraph.Quad(q.subject, q.predicate, q.object, name) for q in parsed]


# --- reports -------------------------------------------------------------------------------------


def _text(report: Report) -> str:
    lines = []
    for finding in report.findings:
        where = f"{finding.where}: " if finding.where else ""
        subject = f" [{finding.label}]" if finding.label else f" [{finding.focus}]" if finding.focus else ""
        lines.append(f"{where}{finding.severity}: {finding.message} ({finding.rule}){subject}")
        if finding.fix:
            lines.append(f"    {finding.fix}")
    counts = {s: sum(f.severity == s for f in report.findings) for s in _RANK}
    verdict = "conforms" if report.conforms else "does not conform"
    told = ", ".join(f"{n} {s}{'s' * (n != 1 and s != 'info')}" for s, n in counts.items())
    return "\n".join([*map(printable, lines), f"{verdict}: {told}"]) + "\n"


def _as_dict(finding: Finding) -> dict[str, Any]:
    where = finding.where
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "fix": finding.fix,
        "file": where.file if where else None,
        "line": where.line if where else None,
        "column": where.column if where else None,
        "focus": finding.focus or None,
        "label": finding.label or None,
    }


def _json(report: Report) -> str:
    answer = {"conforms": report.conforms, "findings": [_as_dict(f) for f in report.findings]}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _ttl(report: Report) -> str:
    from rdflib import BNode, Literal
    from rdflib.namespace import SH

    graph, node = Graph(), BNode("report")
    graph.bind("sh", SH)
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, Literal(report.conforms)))
    for number, finding in enumerate(report.findings):
        result = BNode(f"result{number}")
        graph.add((node, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.resultSeverity, SH[finding.severity.capitalize()]))
        graph.add((result, SH.resultMessage, Literal(finding.message)))
        graph.add((result, SH.sourceShape, URIRef(f"{PREFIXES['shape']}{finding.rule}")))
        if finding.focus:
            graph.add((result, SH.focusNode, URIRef(finding.focus)))
        if finding.label:
            graph.add((result, RDFS.label, Literal(finding.label)))
    return graph.serialize(format="turtle")


def _sarif(report: Report) -> str:
    """SARIF 2.1.0, as code hosts show it."""
    results = []
    for finding in report.findings:
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "level": _SARIF_LEVEL[finding.severity],
            "message": {"text": f"{finding.message}. {finding.fix}".strip()},
        }
        if finding.where:
            region = {"startLine": finding.where.line, "startColumn": finding.where.column}
            artifact = {"uri": finding.where.file}
            result["locations"] = [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]
        results.append(result)
    rules = [{"id": rule} for rule in sorted({f.rule for f in report.findings})]
    run = {"tool": {"driver": {"name": "kg", "rules": rules}}, "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"
