"""SHACL: what the shapes say about a graph, as Findings. Shapes are read at run time; no rule stands here.

:func:`plain_shacl_findings` is the judge: pySHACL, on rdflib's own memory.  :func:`shacl_findings` gives
the same findings sooner.  pySHACL runs a SPARQL constraint anew for every focus node; here each one that
can be understood safely is taken out of the shapes and runs once, for all its focus nodes, on an embedded
store.  What is left, pySHACL judges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad
    from rdflib import Graph

    from kg.model import Finding

__all__ = ["plain_shacl_findings", "shacl_findings"]


def shacl_findings(data: Graph, shapes: Graph, quads: Iterable[Quad] | None = None) -> list[Finding]:
    """What the shapes say about a graph that holds data and ontology; sorted, each finding once.

    ``quads`` may give the triples of ``data`` once more, as the embedded store has them, which saves
    turning them round.  Neither graph is changed.  Raises UnreadableError when the shapes cannot be run,
    and RefusedError when a constraint would ask another endpoint or read another graph.
    """
    from kg.shacl.findings import Report, without_string_datatype
    from kg.shacl.judge import check_queries, judge
    from kg.shacl.once import run_once, take_out
    from kg.shacl.targets import hoist

    check_queries(shapes)
    data, shapes = without_string_datatype(data), without_string_datatype(shapes)
    report = Report(data, shapes)
    hoisted = hoist(shapes)
    rules, rest = take_out(hoisted, data)
    results = run_once(rules, data if quads is None else quads)
    if results is None:
        rest, results = hoisted, []
    return report.findings([*judge(data, rest), *results])


def plain_shacl_findings(data: Graph, shapes: Graph) -> list[Finding]:
    """The same findings by pySHACL alone: slow, and what :func:`shacl_findings` is measured against.

    Raises what :func:`shacl_findings` raises.
    """
    from kg.shacl.findings import Report, without_string_datatype
    from kg.shacl.judge import check_queries, judge

    check_queries(shapes)
    data, shapes = without_string_datatype(data), without_string_datatype(shapes)
    return Report(data, shapes).findings(judge(data, shapes))
