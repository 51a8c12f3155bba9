"""The one door to pySHACL: a graph and shapes in, validation results out."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Graph, Literal
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from kg.errors import RefusedError, UnreadableError
from kg.shacl.patterns import check_pattern, may_run_away
from kg.sparql import check_read_only


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result: the shape that speaks, its severity, the focus, the messages as filled.

    ``value`` is the faulty value where the constraint is one of SHACL core.
    """

    shape: Node
    severity: Node
    focus: Node
    messages: frozenset[str]
    value: Node | None = None


def check_queries(shapes: Graph) -> None:
    """Refuse what a constraint may not do. Raises RefusedError for SERVICE, FROM and updates, and for a
    pattern that no engine here can match in a time that grows with the text alone.

    pySHACL looks for SERVICE too, less closely, and rdflib would follow both.
    """
    for pattern in shapes.objects(None, SH.pattern):
        check_pattern(str(pattern))
    for predicate in (SH.select, SH.ask):
        for query in shapes.objects(None, predicate):
            check_read_only(str(query), ())


def without_string_datatype(graph: Graph) -> Graph:
    """The graph, or a copy in which ``"x"^^xsd:string`` is ``"x"``: one term in RDF 1.1, two in rdflib."""
    if not any(isinstance(o, Literal) and o.datatype == XSD.string for o in graph.objects(unique=True)):
        return graph
    copy = Graph()
    for subject, predicate, value in graph:
        if isinstance(value, Literal) and value.datatype == XSD.string:
            value = Literal(str(value))
        copy.add((subject, predicate, value))
    return copy


def judge(data: Graph, shapes: Graph) -> list[Result]:
    """All results of pySHACL. Raises UnreadableError when it cannot run the shapes."""
    import pyshacl

    for pattern in shapes.objects(None, SH.pattern):
        if may_run_away(str(pattern)):  # pySHACL matches by Python's engine, which goes back and back
            raise RefusedError(
                "this pattern has a repeat in a repeat, and stands beside what only pySHACL runs",
                where=str(pattern),
                fix="write it without the inner repeat",
            )
    try:
        # In place is safe: nothing is inferred and no ontology is mixed in, so nothing is written.
        answer = pyshacl.validate(
            data, shacl_graph=_copy(shapes), advanced=False, inference="none", inplace=True
        )
    except Exception as fault:  # pySHACL lets through whatever a faulty shape makes its parts raise.
        raise _unrunnable(fault) from fault
    report = answer[1]
    if not isinstance(report, Graph):
        raise _unrunnable(report)
    return [_result(report, node) for node in report.objects(None, SH.result)]


def _copy(graph: Graph) -> Graph:
    """A copy: to the shapes that it is given pySHACL adds triples of its own."""
    copy = Graph()
    for triple in graph:
        copy.add(triple)
    return copy


def _unrunnable(fault: object) -> UnreadableError:
    told = " ".join(str(fault).split()) or type(fault).__name__
    fix = "mend the shape, or set it sh:deactivated"
    return UnreadableError(f"the shapes cannot be run: {told}", fix=fix)


def _result(report: Graph, node: Node) -> Result:
    of_sparql = (node, SH.sourceConstraintComponent, SH.SPARQLConstraintComponent) in report
    return Result(
        shape=_one(report, node, SH.sourceShape),
        severity=_one(report, node, SH.resultSeverity),
        focus=_one(report, node, SH.focusNode),
        messages=frozenset(str(message) for message in report.objects(node, SH.resultMessage)),
        value=None if of_sparql else report.value(node, SH.value),
    )


def _one(report: Graph, node: Node, predicate: Node) -> Node:
    return next(report.objects(node, predicate))
