"""Propositions as reifiers of RDF 1.2, and back.

``P rdf:reifies <<( S p O )>>`` stands for the three triples that say what P proposes.  It does not assert
``S p O``; the annotation syntax of Turtle would, and is never written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import WrongError
from kg.terms import ACES, PREFIXES

REIFIES = ox.NamedNode(PREFIXES["rdf"] + "reifies")
_PARTS = tuple(ox.NamedNode(ACES + name) for name in ("subject", "predicate", "object"))


def to_reifiers(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads with one ``rdf:reifies`` in place of subject, predicate and object of each Proposition.

    Raises WrongError for a Proposition that lacks one of them or has two.
    """
    parts: dict[tuple[object, object], dict[ox.NamedNode, object]] = {}
    for quad in quads:
        if quad.predicate not in _PARTS:
            yield quad
            continue
        found = parts.setdefault((quad.subject, quad.graph_name), {})
        if quad.predicate in found:
            raise WrongError(
                f"it has two of {quad.predicate}", where=str(quad.subject), fix="run: kg validate"
            )
        found[quad.predicate] = quad.object
    for (node, graph), found in parts.items():
        if len(found) < len(_PARTS):
            raise WrongError("it lacks subject, predicate or object", where=str(node), fix="run: kg validate")
        triple = ox.Triple(*(found[part] for part in _PARTS))  # type: ignore[arg-type]  # told at run time
        yield ox.Quad(node, REIFIES, triple, graph)  # type: ignore[arg-type]


def from_reifiers(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads with subject, predicate and object in place of each ``rdf:reifies``."""
    for quad in quads:
        if quad.predicate != REIFIES or not isinstance(quad.object, ox.Triple):
            yield quad
            continue
        said = (quad.object.subject, quad.object.predicate, quad.object.object)
        for part, term in zip(_PARTS, said, strict=True):
            yield ox.Quad(quad.subject, part, term, quad.graph_name)
