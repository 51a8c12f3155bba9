"""What is wrong with a graph or a file, as Findings in the user's words: SHACL, grounding, facts, names."""

from __future__ import annotations

from pathlib import Path

from kg.validation.addition import Addition, addition_of
from kg.validation.comparing import compared_claims
from kg.validation.differing import check_instead
from kg.validation.files import validate_addition, validate_change, validate_claims, validate_rdf
from kg.validation.grounding import check_grounding
from kg.validation.report import REPORT_FORMATS, Report, placed, sorted_report
from kg.validation.shapes import read_shapes, validator_of
from kg.validation.whole import BuiltGraph, check, check_shapes, validate_graph

__all__ = [
    "REPORT_FORMATS",
    "Addition",
    "BuiltGraph",
    "Report",
    "addition_of",
    "check",
    "check_grounding",
    "check_instead",
    "check_shapes",
    "compared_claims",
    "placed",
    "read_shapes",
    "sorted_report",
    "validate",
    "validate_addition",
    "validate_change",
    "validate_claims",
    "validate_graph",
    "validate_rdf",
    "validator_of",
]


def validate(graph: BuiltGraph, path: Path | None) -> Report:
    """Validate a file (claims YAML, or RDF in any syntax) against the graph, or the whole graph.

    Raises UnreadableError when the file cannot be read or parsed.
    """
    if path is None:
        return validate_graph(graph)
    if path.suffix in (".yaml", ".yml"):
        return validate_claims(graph.workspace, path)
    return validate_rdf(graph, path)
