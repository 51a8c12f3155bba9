"""SHACL: what the shapes say about a graph, as Findings. Shapes are read at run time; no rule stands here.

:func:`plain_shacl_findings` is the judge: pySHACL, on rdflib's own memory.  :class:`Validator` gives the
same findings sooner, and for a change of a graph alone: it compiles the shapes that it fully understands
and runs them on the embedded store, each SPARQL constraint once for all its focus nodes.  What is left,
pySHACL judges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.model import Finding
    from kg.shacl.change import Change
    from kg.shacl.index import Index
    from kg.shacl.validator import Validator

__all__ = ["Change", "Index", "Validator", "plain_shacl_findings", "shacl_findings"]


def __getattr__(name: str) -> object:
    if name == "Validator":
        from kg.shacl.validator import Validator

        return Validator
    if name == "Change":
        from kg.shacl.change import Change

        return Change
    if name == "Index":
        from kg.shacl.index import Index

        return Index
    raise AttributeError(name)


def shacl_findings(data: Graph, shapes: Graph) -> list[Finding]:
    """What the shapes say about a graph that holds data and ontology; sorted, each finding once.

    Neither graph is changed.  Raises UnreadableError when the shapes cannot be run, and RefusedError when
    a constraint would ask another endpoint or read another graph.
    """
    from kg.shacl.validator import Validator, stored

    store = stored(data)
    return plain_shacl_findings(data, shapes) if store is None else Validator(shapes).findings(store)


def plain_shacl_findings(data: Graph, shapes: Graph) -> list[Finding]:
    """The same findings by pySHACL alone: slow, and what :func:`shacl_findings` is measured against.

    Raises what :func:`shacl_findings` raises.
    """
    from rdflib.namespace import RDFS

    from kg.shacl.findings import Report
    from kg.shacl.judge import check_queries, judge, without_string_datatype

    check_queries(shapes)
    data, shapes = without_string_datatype(data), without_string_datatype(shapes)
    return Report(lambda node: data.objects(node, RDFS.label), shapes).findings(judge(data, shapes))
