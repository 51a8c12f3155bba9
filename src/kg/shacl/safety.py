"""Whether a SPARQL constraint means the same run once for all focus nodes as run for each of them.

SHACL puts the focus node in place of ``$this`` everywhere, in nested groups too; run once, ``$this`` is
joined in from outside, and a nested group is evaluated without it.  The two agree when every expression
and every optional part that speaks of ``$this`` stands beside a pattern that binds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from rdflib.namespace import XSD
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

_THIS = Variable("this")
_RESERVED = {Variable(name) for name in ("shapesGraph", "currentShape", "failure", "PATH")}
_WRAPPERS = ("Project", "Distinct", "OrderBy")
_NEVER_TWICE_THE_SAME = {"Builtin_RAND", "Builtin_UUID", "Builtin_STRUUID", "Builtin_BNODE", "Builtin_NOW"}


class _Unsafe(Exception):
    """Something that only the judge may run."""


@lru_cache(maxsize=1024)
def algebra_to_run_once(query: str) -> CompValue | None:
    """The algebra of a SELECT query that can be run once for all values of ``$this``, else None."""
    try:
        algebra: Any = prepareQuery(query).algebra
    except Exception:  # What does not parse, and how, is for the judge to say.
        return None
    try:
        _check_form(algebra)
        _bound(algebra.p)
    except _Unsafe:
        return None
    return algebra  # type: ignore[no-any-return]


def _check_form(algebra: CompValue) -> None:
    if algebra.name != "SelectQuery" or algebra.datasetClause or _THIS not in algebra.PV:
        raise _Unsafe
    for node in _inside(algebra):
        if isinstance(node, Variable):
            unsafe = node in _RESERVED
        else:
            # rdflib takes a function that it does not know for an error of the row, the store for its own.
            unknown = node.name == "Function" and not str(node.iri).startswith(str(XSD))
            unsafe = unknown or node.name in _NEVER_TWICE_THE_SAME
        if unsafe:
            raise _Unsafe


def _bound(part: CompValue) -> set[Variable]:
    """The variables that a pattern certainly binds. Raises _Unsafe for what is not understood."""
    if part.name in _WRAPPERS:
        return _bound(part.p)
    if part.name == "BGP":
        return {term for triple in part.triples for term in triple if isinstance(term, Variable)}
    if part.name == "Join":
        return _bound(part.p1) | _bound(part.p2)
    if part.name == "Union":
        return _bound(part.p1) & _bound(part.p2)
    if part.name == "LeftJoin":
        return _bound_left(part)
    if part.name == "Filter":
        bound = _bound(part.p)
        _check_expression(part.expr, bound)
        return bound
    if part.name == "Extend" and part.var != _THIS:
        bound = _bound(part.p)
        _check_expression(part.expr, bound)
        return bound
    raise _Unsafe


def _bound_left(part: CompValue) -> set[Variable]:
    left, right = _bound(part.p1), _bound(part.p2)
    if _speaks_of_this(part.p2) and _THIS not in left:
        raise _Unsafe
    _check_expression(part.expr, left | right)
    return left


def _check_expression(expression: Any, bound: set[Variable]) -> None:
    if _THIS not in bound and _speaks_of_this(expression):
        raise _Unsafe
    for node in _inside(expression):
        if isinstance(node, CompValue) and node.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            _check_exists(node.graph)


def _check_exists(pattern: CompValue) -> None:
    """In EXISTS the outer values are put in, so its outermost filters may speak of ``$this`` as well."""
    filters = []
    while pattern.name == "Filter":
        filters.append(pattern.expr)
        pattern = pattern.p
    bound = _bound(pattern) | {_THIS}
    for expression in filters:
        _check_expression(expression, bound)


def _speaks_of_this(part: Any) -> bool:
    return any(node == _THIS for node in _inside(part) if isinstance(node, Variable))


def _inside(part: Any) -> Iterator[CompValue | Variable]:
    """Every operator and variable in a piece of algebra, the piece itself included."""
    if isinstance(part, Variable):
        yield part
    elif isinstance(part, CompValue):
        yield part
        for key, value in part.items():
            if key != "_vars":
                yield from _inside(value)
    elif isinstance(part, list | tuple | set | frozenset):
        for item in part:
            yield from _inside(item)
