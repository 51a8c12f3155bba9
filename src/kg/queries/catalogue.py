"""Canned queries and their headers (``#+`` lines of YAML, the form that grlc introduced)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import UnknownNameError, UnreadableError, UsageError
from kg.names import suggestion
from kg.yamltext import Mapping, Sequence, Text, read_yaml

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query asks for: ``kind`` is a kind of individual (``actor``, ``measure``, ...)."""

    name: str
    kind: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Query:
    """A canned query: the question it answers, and SPARQL that runs as it stands."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def theme(self) -> str:
        """What it is listed under: the first of its tags."""
        return self.tags[0]

    def parameter(self, name: str) -> Parameter:
        """A parameter by name. Raises UsageError with the parameters there are."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = [p.name for p in self.parameters]
        hint = suggestion(name, known) or (
            f"it takes {', '.join(known)}" if known else "it takes no parameters"
        )
        raise UsageError(f"the query {self.name} has no parameter {name!r}", fix=hint)


@lru_cache
def catalogue() -> dict[str, Query]:
    """All canned queries by name, sorted."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.rq"))}


def by_theme() -> dict[str, list[Query]]:
    """All canned queries by name under their themes, both sorted."""
    themes: dict[str, list[Query]] = {}
    for query in sorted(catalogue().values(), key=lambda query: (query.theme, query.name)):
        themes.setdefault(query.theme, []).append(query)
    return themes


def load_query(name: str) -> Query:
    """A canned query by name. Raises UnknownNameError with the nearest name."""
    queries = catalogue()
    if name not in queries:
        raise UnknownNameError(
            f"there is no query called {name!r}",
            fix=suggestion(name, queries) or "list them with: kg query --list",
        )
    return queries[name]


def rule(name: str) -> str:
    """The text of a query that defines a rule of the graph, such as ``facts``."""
    return (_FOLDER / "rules" / f"{name}.rq").read_text(encoding="utf-8")


def _read(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    lines = [line.removeprefix("#+").removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    header, faults = read_yaml("\n".join(lines), path.name)
    if faults or not isinstance(header, Mapping):
        raise UnreadableError("this query has no readable header", where=path.name)
    return Query(
        name=path.stem,
        summary=str(header.get("summary") or ""),
        description=str(header.get("description") or ""),
        tags=tuple(str(t) for t in _list(header.get("tags"))),
        parameters=tuple(_parameters(header.get("parameters"))),
        text=text,
    )


def _list(node: object) -> list[Text]:
    return [t for t in node if isinstance(t, Text)] if isinstance(node, Sequence) else []


def _parameters(node: object) -> list[Parameter]:
    found = []
    for name, value in node if isinstance(node, Mapping) else ():
        if isinstance(value, Mapping):
            found.append(
                Parameter(
                    str(name),
                    str(value.get("type") or ""),
                    value.get("required") == "true",
                    str(value.get("meaning") or ""),
                )
            )
    return found
