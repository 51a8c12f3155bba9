"""A SELECT query that gives more: the variables that its rows hide, beside the columns that it has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.sparql.tokens import Token, tokens

MARK = "because_"
"""What the name of an added column begins with where it holds many values, parted by spaces."""

_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


@dataclass(frozen=True, slots=True)
class _Select:
    """Where one SELECT stands in the list of tokens: its word, its body, and the end of its modifiers."""

    start: int
    opening: int
    closing: int
    end: int


def widened(query: str, names: Collection[str]) -> str:
    """The query with these variables in the head of each SELECT in whose body they stand.

    Where a SELECT forms groups, a column of its own holds all values of a variable in the group.  The
    limit of the outermost SELECT is left out, since there are more rows then.

    >>> widened("SELECT ?a WHERE { ?b ?p ?a } LIMIT 3", ["b"])
    'SELECT ?a ?b WHERE { ?b ?p ?a }'
    """
    found = list(tokens(query))
    selects = _selects(found)
    inserts: dict[int, str] = {}
    marked: dict[int, set[str]] = {}
    for select in sorted(selects, key=lambda s: s.closing - s.opening):
        head = {t.text[1:] for t in found[select.start : select.opening] if t.kind == "variable"}
        inner = [s for s in selects if select.opening < s.start < select.closing]
        body = {t.text[1:] for t in found[select.opening : select.closing] if t.kind == "variable"}
        below = set().union(*(marked[s.start] for s in inner))
        wanted = sorted((set(names) & body) | below)
        inserts[select.start], marked[select.start] = _columns(found, select, wanted, head)
    return _written(query, found, selects, inserts)


def _columns(found: list[Token], select: _Select, wanted: list[str], head: set[str]) -> tuple[str, set[str]]:
    """What is added to a head, and the names of the columns with many values."""
    if any(t.text == "*" for t in found[select.start : select.start + 3]):
        return "", {name for name in wanted if name.startswith(MARK)}
    if not _groups(found, select):
        added = [name for name in wanted if name not in head]
        return "".join(f" ?{name}" for name in added), {n for n in wanted if n.startswith(MARK)}
    parts, marked = [], set()
    for name in wanted:
        column = name if name.startswith(MARK) else MARK + name
        while column in marked or column == name:
            column += "_"
        value = f"?{name}" if name.startswith(MARK) else f"STR(?{name})"
        parts.append(f' (GROUP_CONCAT(DISTINCT {value}; SEPARATOR=" ") AS ?{column})')
        marked.add(column)
    return "".join(parts), marked


def _groups(found: list[Token], select: _Select) -> bool:
    """Whether a SELECT forms groups, by its modifiers or by what its head computes."""
    grouped = any(t.is_word("GROUP") for t in found[select.closing : select.end])
    return grouped or any(t.is_word(*_AGGREGATES) for t in found[select.start : select.opening])


def _selects(found: list[Token]) -> list[_Select]:
    """Every SELECT of a query, the outermost first."""
    result = []
    for start, token in enumerate(found):
        if token.is_word("SELECT"):
            opening = _body(found, start)
            closing = _closing(found, opening)
            result.append(_Select(start, opening, closing, _end(found, closing)))
    return result


def _body(found: list[Token], start: int) -> int:
    depth = 0
    for place in range(start, len(found)):
        depth += {"(": 1, ")": -1}.get(found[place].text, 0)
        if found[place].text == "{" and depth == 0:
            return place
    raise ValueError("a SELECT without a body")


def _closing(found: list[Token], opening: int) -> int:
    depth = 0
    for place in range(opening, len(found)):
        depth += {"{": 1, "}": -1}.get(found[place].text, 0)
        if depth == 0:
            return place
    raise ValueError("a group that nothing closes")


def _end(found: list[Token], closing: int) -> int:
    """Where the modifiers behind a body end."""
    depth = 0
    for place in range(closing + 1, len(found)):
        depth += {"{": 1, "}": -1}.get(found[place].text, 0)
        if depth < 0:
            return place
    return len(found)


def _written(query: str, found: list[Token], selects: list[_Select], inserts: dict[int, str]) -> str:
    outermost = selects[0]
    limits = [t for t in found[outermost.closing :] if t.is_word("LIMIT", "OFFSET")]
    text = query[: limits[0].start].rstrip() if limits else query
    for select in sorted(selects, key=lambda s: -s.opening):
        before = _last_of_head(found, select)
        at = before.start + len(before.text)
        text = text[:at] + inserts[select.start] + text[at:]
    return text


def _last_of_head(found: list[Token], select: _Select) -> Token:
    """The last token of the columns, before WHERE where it is written."""
    last = found[select.opening - 1]
    return found[select.opening - 2] if last.is_word("WHERE") else last
