"""The findings about a file or graph, as data and as text, JSON, a SHACL validation report or SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import quote

from rdflib import RDF, RDFS, Graph, URIRef

from kg.display import printable
from kg.model import Finding, Where
from kg.terms import PREFIXES
from kg.validation.rules import DOCS, Rule, rules_by_name
from kg.validation.shapes import read_shapes
from kg.workspace import Workspace

REPORT_FORMATS = ("text", "json", "ttl", "sarif")
_RANK = {"violation": 0, "warning": 1, "info": 2}
_HEADS = ("severity", "where", "rule", "what is wrong", "what to do", "about")
_SARIF_LEVEL = {"violation": "error", "warning": "warning", "info": "note"}


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

    def _repr_html_(self) -> str:
        """For notebooks: the verdict, and a table of the findings."""
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(printable(cell))}</td>" for cell in _cells(f)) + "</tr>"
            for f in self.findings
        )
        head = "".join(f"<th>{name}</th>" for name in _HEADS)
        verdict = "conforms" if self.conforms else "does not conform"
        told = f"<p>{verdict}: {len(self.findings)} finding{'s' * (len(self.findings) != 1)}</p>"
        return f"{told}<table><tr>{head}</tr>{rows}</table>" if rows else told

    def render(self, form: str = "text") -> str:
        """The report as ``text``, ``json``, ``ttl`` (a SHACL validation report) or ``sarif``."""
        return {"text": _text, "json": _json, "ttl": _ttl, "sarif": _sarif}[form](self)


def _cells(finding: Finding) -> tuple[str, ...]:
    where = str(finding.where) if finding.where else ""
    return finding.severity, where, finding.rule, finding.message, finding.fix, finding.label or finding.focus


def sorted_report(findings: Iterable[Finding]) -> Report:
    """A report in a fixed order: gravest first, then by place and rule."""

    def key(finding: Finding) -> tuple[Any, ...]:
        where = finding.where or Where("~")
        return (_RANK[finding.severity], where, finding.rule, finding.focus, finding.message)

    return Report(tuple(sorted(dict.fromkeys(findings), key=key)))


def placed(findings: Iterable[Finding], places: Mapping[str, Where]) -> Iterator[Finding]:
    """Findings with the places of what they are about, where they have none themselves."""
    return (replace(f, where=f.where or places.get(f.focus)) for f in findings)


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
    """SARIF 2.1.0, as code hosts show it; each rule with what it is for and where it is told at length."""
    named = {finding.rule for finding in report.findings}
    rules = rules_by_name(named, read_shapes(Workspace(None))) if named else []
    places = {rule.name: place for place, rule in enumerate(rules)}
    results = [_sarif_result(finding, places[finding.rule]) for finding in report.findings]
    driver = {"name": "kg", "informationUri": DOCS, "rules": [_sarif_rule(rule) for rule in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _sarif_result(finding: Finding, place: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": place,
        "level": _SARIF_LEVEL[finding.severity],
        "message": {"text": f"{finding.message}. {finding.fix}".strip()},
    }
    location: dict[str, Any] = {}
    if finding.where:
        region = {"startLine": finding.where.line, "startColumn": finding.where.column}
        artifact = {"uri": quote(finding.where.file)}
        location["physicalLocation"] = {"artifactLocation": artifact, "region": region}
    if finding.focus:
        location["logicalLocations"] = [
            {"name": finding.label or finding.focus, "fullyQualifiedName": finding.focus}
        ]
    if location:
        result["locations"] = [location]
    return result


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": rule.name,
        "shortDescription": {"text": rule.title},
        "helpUri": rule.link,
        "defaultConfiguration": {"level": _SARIF_LEVEL[rule.severity]},
    }
    if rule.why:
        example = f", for example: {rule.example}" if rule.example else ""
        told["fullDescription"] = {"text": rule.why}
        told["help"] = {"text": f"{rule.why} {rule.mend}{example}"}
    return told
