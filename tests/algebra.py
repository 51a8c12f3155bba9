"""The shape of a query, apart from the values that are bound in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery


@lru_cache(maxsize=64)
def shape(query: str) -> str:
    """The algebra of a query with every term of its VALUES blotted out."""
    return repr(_blotted(translateQuery(parseQuery(query)).algebra))


def _blotted(part: Any) -> Any:
    name = getattr(part, "name", "")
    if name == "values":
        return name, len(part.res)
    if isinstance(part, dict):
        return type(part).__name__, name, [(key, _blotted(value)) for key, value in sorted(part.items())]
    return [_blotted(p) for p in part] if isinstance(part, list | tuple) else repr(part)
