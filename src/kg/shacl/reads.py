"""What a SPARQL constraint reads: for each of its triple patterns, the way there from the focus node.

A changed triple can alter the outcome for a focus node only where it matches a pattern and the patterns
between lead from there to the focus node; what filters ask besides is left out, which only widens it.  To
a loose pattern no way leads: it hangs on the others by a filter, or by a variable that is a predicate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

import pyoxigraph as ox
from rdflib import BNode, URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.paths import Path as QueryPath
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, Variable

from kg.serialise import from_rdflib
from kg.serialise.terms import OxTerm
from kg.shacl.index import Index, Nodes
from kg.shacl.paths import Alternative, AnyStep, NotUnderstood, Path, Repeated, Sequence, Step

_Pattern: TypeAlias = tuple[Any, Any, Any]
Need: TypeAlias = "tuple[str, ox.NamedNode, str | ox.NamedNode]"
_Placed: TypeAlias = "tuple[_Pattern, tuple[_Pattern, ...], Sign]"
_THIS = Variable("this")
_WRAPPERS = ("Project", "Distinct", "OrderBy", "Filter", "Extend")


class Sign(Enum):
    """What a match of a pattern does to the faults: it is in each, it prevents some, or nobody knows."""

    MAKES, PREVENTS, UNKNOWN = "makes", "prevents", "unknown"


@dataclass(frozen=True, slots=True)
class Loose:
    """A pattern to which no way leads from the focus node."""

    ends: tuple[Node | Path, ...]
    sign: Sign

    @property
    def predicate(self) -> ox.NamedNode | None:
        """The property of every triple that matches it, where there is but one."""
        by = self.ends[1]
        return ox.NamedNode(str(by)) if isinstance(by, URIRef) else None

    @property
    def is_plain(self) -> bool:
        """Whether one triple matches the whole of it, which is not so of a path."""
        return not any(isinstance(end, Path) for end in self.ends)

    def row(self, triple: ox.Triple) -> dict[str, str] | None:
        """What its variables stand for when a triple matches it, as SPARQL terms; None when it does not."""
        found: dict[str, str] = {}
        for end, term in zip(self.ends, (triple.subject, triple.predicate, triple.object), strict=True):
            if isinstance(end, Path):
                predicates = end.predicates()
                if predicates is not None and term not in predicates:
                    return None
            elif isinstance(end, Variable):
                if found.setdefault(str(end), str(term)) != str(term):
                    return None
            elif not isinstance(end, BNode) and from_rdflib(end) != term:
                return None
        return found


@dataclass(frozen=True, slots=True)
class Reads:
    """The ways from the focus node to all patterns of a query but the loose ones.

    ``needs`` are patterns of one property that must match for any row: subject, property, object.
    """

    paths: tuple[Path, ...]
    loose: tuple[Loose, ...]
    needs: tuple[Need, ...] = ()

    def may_match(self, index: Index, focus: OxTerm) -> bool:
        """Whether what the query needs is there, as far as one walk from the focus node tells."""
        found: dict[str, Nodes] = {str(_THIS): {focus: None}}
        for subject, predicate, value in self.needs:
            if subject in found:
                ends = {end: None for node in found[subject] for end in index.objects(node, predicate)}
                if isinstance(value, ox.NamedNode):
                    ends = {value: None} if value in ends else {}
                else:
                    known = found.get(value)
                    ends = ends if known is None else {end: None for end in ends if end in known}
                    found[value] = ends
                if not ends:
                    return False
        return True


def reads_of(algebra: CompValue) -> Reads:
    """What a query that runs once reads."""
    paths, loose = [], []
    for pattern, visible, sign in _patterns(algebra.p, (), Sign.MAKES):
        try:
            paths.append(_path(pattern, visible))
        except NotUnderstood:
            loose.append(Loose(tuple(map(_end, pattern)), sign))
    needs = tuple(need for pattern in _mandatory(algebra.p) if (need := _need(pattern)))
    return Reads(tuple(dict.fromkeys(paths)), tuple(dict.fromkeys(loose)), needs)


def _need(pattern: _Pattern) -> Need | None:
    """A pattern of one property between a variable and a variable or a name."""
    subject, predicate, value = pattern
    if not isinstance(predicate, URIRef) or not isinstance(subject, Variable):
        return None
    by = ox.NamedNode(str(predicate))
    if isinstance(value, Variable):
        return str(subject), by, str(value)
    return (str(subject), by, ox.NamedNode(str(value))) if isinstance(value, URIRef) else None


def _end(term: Any) -> Node | Path:
    return _step(term) if isinstance(term, QueryPath) else term


def _patterns(part: CompValue, outer: tuple[_Pattern, ...], sign: Sign) -> Iterator[_Placed]:
    """Every triple pattern, with those that must match wherever it does."""
    visible = (*outer, *_mandatory(part))
    if part.name == "BGP":
        yield from ((triple, visible, sign) for triple in part.triples)
    elif part.name in ("Join", "Union", "LeftJoin"):
        yield from _patterns(part.p1, visible, sign if part.name != "Union" else Sign.UNKNOWN)
        yield from _patterns(part.p2, visible, sign if part.name == "Join" else Sign.UNKNOWN)
        yield from _in_expression(part.expr, visible, Sign.UNKNOWN)
    elif part.name in _WRAPPERS:
        yield from _patterns(part.p, visible, sign)
        asked = sign if part.name == "Filter" else Sign.UNKNOWN
        yield from _in_expression(part.expr, visible, asked)
    else:
        raise AssertionError(f"{part.name} runs not once")


def _in_expression(expression: Any, visible: tuple[_Pattern, ...], sign: Sign) -> Iterator[_Placed]:
    """The patterns inside EXISTS and NOT EXISTS."""
    if isinstance(expression, list | tuple):
        for item in expression:
            yield from _in_expression(item, visible, sign)
    elif isinstance(expression, CompValue):
        if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            prevents = expression.name == "Builtin_NOTEXISTS" and sign == Sign.MAKES
            yield from _negated(expression.graph, visible, Sign.PREVENTS if prevents else Sign.UNKNOWN)
            return
        for key, value in expression.items():
            if key != "_vars":
                conjunct = expression.name == "ConditionalAndExpression"
                yield from _in_expression(value, visible, sign if conjunct else Sign.UNKNOWN)


def _negated(pattern: CompValue, visible: tuple[_Pattern, ...], sign: Sign) -> Iterator[_Placed]:
    """Patterns in EXISTS: those that must match keep the sign, of the others nobody knows."""
    for triple, seen, inner in _patterns(pattern, visible, Sign.MAKES):
        yield triple, seen, sign if inner == Sign.MAKES else Sign.UNKNOWN


def _mandatory(part: CompValue) -> tuple[_Pattern, ...]:
    if part.name == "BGP":
        return tuple(part.triples)
    if part.name == "Join":
        return (*_mandatory(part.p1), *_mandatory(part.p2))
    if part.name == "LeftJoin":
        return _mandatory(part.p1)
    return _mandatory(part.p) if part.name in _WRAPPERS else ()


def _path(pattern: _Pattern, visible: tuple[_Pattern, ...]) -> Path:
    """The shortest way from the focus node over the pattern. Raises NotUnderstood when there is none."""
    subject, predicate, value = pattern
    ways: dict[Any, tuple[Path, ...]] = {_THIS: ()}
    while subject not in ways and value not in ways:
        found = dict(_next(ways, visible))
        if not found:
            raise NotUnderstood("a pattern that hangs on nothing but filters")
        ways |= found
    step = _step(predicate)
    parts = (*ways[subject], step) if subject in ways else (*ways[value], step.inverted())
    return parts[0] if len(parts) == 1 else Sequence(parts)


def _next(
    ways: dict[Any, tuple[Path, ...]], visible: Iterable[_Pattern]
) -> Iterator[tuple[Any, tuple[Path, ...]]]:
    """The variables that one more pattern leads to."""
    for subject, predicate, value in visible:
        if subject in ways and value not in ways and isinstance(value, Variable | BNode):
            yield value, (*ways[subject], _step(predicate))
        if value in ways and subject not in ways and isinstance(subject, Variable | BNode):
            yield subject, (*ways[value], _step(predicate).inverted())


def _step(predicate: Any) -> Path:
    """A predicate, variable or path of the query as one of ours."""
    if isinstance(predicate, Variable):
        return AnyStep()
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
    return AnyStep()  # a negated property set: wider than need be


__all__ = ["Loose", "Reads", "Sign", "reads_of"]
