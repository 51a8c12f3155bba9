"""What a SPARQL constraint reads, as paths from its focus node to each of its triple patterns.

A changed triple can alter the outcome for a focus node only where it matches a pattern and the patterns
between lead from there to the focus node; what filters ask besides is left out, which only widens it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import pyoxigraph as ox
from rdflib import BNode, URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from kg.shacl.paths import ANY, Alternative, NotUnderstood, Path, Repeated, Sequence, Step

_Pattern: TypeAlias = tuple[Any, Any, Any]
_THIS = Variable("this")
_WRAPPERS = ("Project", "Distinct", "OrderBy", "Filter", "Extend")


def read_paths(algebra: CompValue) -> tuple[Path, ...] | None:
    """The paths of a query that runs once; None where a pattern hangs on nothing but its filters."""
    try:
        return tuple(dict.fromkeys(_path(p, visible) for p, visible in _patterns(algebra.p, ())))
    except NotUnderstood:
        return None


def _patterns(
    part: CompValue, outer: tuple[_Pattern, ...]
) -> Iterator[tuple[_Pattern, tuple[_Pattern, ...]]]:
    """Every triple pattern, with those that must match wherever it does."""
    visible = (*outer, *_mandatory(part))
    if part.name == "BGP":
        yield from ((triple, visible) for triple in part.triples)
    elif part.name in ("Join", "Union", "LeftJoin"):
        yield from _patterns(part.p1, visible)
        yield from _patterns(part.p2, visible)
        yield from _in_expression(part.expr, visible)
    elif part.name in _WRAPPERS:
        yield from _patterns(part.p, visible)
        yield from _in_expression(part.expr, visible)
    else:
        raise NotUnderstood(part.name)


def _mandatory(part: CompValue) -> tuple[_Pattern, ...]:
    if part.name == "BGP":
        return tuple(part.triples)
    if part.name == "Join":
        return (*_mandatory(part.p1), *_mandatory(part.p2))
    if part.name == "LeftJoin":
        return _mandatory(part.p1)
    return _mandatory(part.p) if part.name in _WRAPPERS else ()


def _in_expression(
    expression: Any, visible: tuple[_Pattern, ...]
) -> Iterator[tuple[_Pattern, tuple[_Pattern, ...]]]:
    """The patterns inside EXISTS and NOT EXISTS."""
    if isinstance(expression, CompValue):
        if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            yield from _patterns(expression.graph, visible)
            return
        for key, value in expression.items():
            if key != "_vars":
                yield from _in_expression(value, visible)
    elif isinstance(expression, list | tuple):
        for item in expression:
            yield from _in_expression(item, visible)


def _path(pattern: _Pattern, visible: tuple[_Pattern, ...]) -> Path:
    """The shortest way from the focus node over the pattern."""
    ways: dict[Any, tuple[Path, ...]] = {_THIS: ()}
    while True:
        subject, predicate, value = pattern
        if subject in ways:
            return _joined((*ways[subject], ANY if isinstance(predicate, Variable) else _step(predicate)))
        if value in ways and not isinstance(predicate, Variable):
            return _joined((*ways[value], _step(predicate).inverted()))
        found = dict(_next(ways, visible))
        if not found:
            raise NotUnderstood("a pattern that hangs on nothing but filters")
        ways |= found


def _next(
    ways: dict[Any, tuple[Path, ...]], visible: tuple[_Pattern, ...]
) -> Iterator[tuple[Any, tuple[Path, ...]]]:
    """The variables that one more pattern leads to."""
    for subject, predicate, value in visible:
        if isinstance(predicate, Variable):
            continue
        if subject in ways and value not in ways and isinstance(value, Variable | BNode):
            yield value, (*ways[subject], _step(predicate))
        if value in ways and subject not in ways and isinstance(subject, Variable | BNode):
            yield subject, (*ways[value], _step(predicate).inverted())


def _joined(parts: tuple[Path, ...]) -> Path:
    return parts[0] if len(parts) == 1 else Sequence(parts)


def _step(predicate: Any) -> Path:
    """A predicate or path of the query as one of ours."""
    if isinstance(predicate, URIRef):
        return Step(ox.NamedNode(str(predicate)))
    if isinstance(predicate, InvPath):
        return _step(predicate.arg).inverted()
    if isinstance(predicate, SequencePath):
        return Sequence(tuple(map(_step, predicate.args)))
    if isinstance(predicate, AlternativePath):
        return Alternative(tuple(map(_step, predicate.args)))
    if isinstance(predicate, MulPath):
        return Repeated(_step(predicate.path), str(predicate.mod))
    raise NotUnderstood("a path of an unknown form")
