"""Patterns that are matched in a time that grows with the text and no faster.

Python's engine tries again from every place where a repeat could have ended. Where one repeat stands in
another that takes time beyond all bounds; such patterns are matched by the store's engine, which never goes
back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]  # not typed, and the only parser there is
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pyoxigraph as ox

from kg.errors import RefusedError

Matcher = Callable[[str], bool]
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
_MANY = 8  # a repeat of at most so many times is no loop
_FLAGS = {re.IGNORECASE: "i", re.MULTILINE: "m"}


def matcher(pattern: str, flags: int = 0) -> Matcher:
    """Whether a pattern is found in a text. Raises ``re.error`` for what is no pattern, RefusedError for
    one that may run away and that the store's engine does not know.
    """
    compiled = re.compile(pattern, flags)
    if not may_run_away(pattern):
        return lambda text: compiled.search(text) is not None
    check_pattern(pattern)
    letters = "".join(letter for flag, letter in _FLAGS.items() if flags & flag)
    return lambda text: _found_by_store(pattern, letters, text) is True


def check_pattern(pattern: str) -> None:
    """Raises RefusedError for a pattern that may run away and that the store's engine does not know."""
    if may_run_away(pattern) and _found_by_store(pattern, "", "") is None:
        raise RefusedError(
            "this pattern may take for ever: it has a repeat in a repeat, and looks back or ahead",
            where=pattern,
            fix="write it without the inner repeat",
        )


def _found_by_store(pattern: str, flags: str, text: str) -> bool | None:
    """The same by the store; None where it does not know the pattern."""
    words = ", ".join(str(ox.Literal(part)) for part in (text, pattern, flags))
    (row,) = ox.Store().query(f"SELECT (REGEX({words}) AS ?found) {{}}")  # type: ignore[misc]
    found = row["found"]
    return None if found is None else bool(found.value == "true")


@lru_cache(maxsize=512)
def may_run_away(pattern: str) -> bool:
    """Whether a loop stands in a loop, and nothing marks where the inner one begins again.

    >>> may_run_away("^(a+)+$"), may_run_away(r"^[a-z]+([.][a-z]+)*$")
    (True, False)
    """
    try:
        return _has_loop_in_loop(list(parser.parse(pattern)))
    except (re.error, RecursionError, OverflowError):
        return False  # it does not compile, which is told elsewhere


def _has_loop_in_loop(items: Sequence[Any]) -> bool:
    for code, value in items:
        if code in _REPEATS and value[1] > _MANY:
            body = _unwrapped(list(value[2]))
            if _may_loop(body) and not _is_marked(body):
                return True
        if any(_has_loop_in_loop(part) for part in _parts(code, value)):
            return True
    return False


def _unwrapped(items: list[Any]) -> list[Any]:
    """The inside of a group that is all there is."""
    while len(items) == 1 and items[0][0] is codes.SUBPATTERN:
        items = list(items[0][1][3])
    return items


def _parts(code: Any, value: Any) -> list[list[Any]]:
    """The patterns inside an item."""
    if code in _REPEATS:
        return [list(value[2])]
    if code is codes.SUBPATTERN:
        return [list(value[3])]
    if code is codes.BRANCH:
        return [list(branch) for branch in value[1]]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [list(value[1])]
    return []


def _is_loop(item: Any) -> bool:
    return item[0] in _REPEATS and bool(item[1][1] > _MANY)


def _may_loop(items: Sequence[Any]) -> bool:
    """Whether a body can match one text in several ways: by a loop or a choice in it."""
    return any(
        _is_loop(item) or item[0] is codes.BRANCH or any(map(_may_loop, _parts(*item))) for item in items
    )


def _is_marked(body: Sequence[Any]) -> bool:
    """Whether a body begins with letters that stand nowhere else in it: it is seen where it begins."""
    first = _first_letters(body[0]) if body else None
    return first is not None and not any(_may_be(item, letter) for item in body[1:] for letter in first)


def _first_letters(item: Any) -> set[int] | None:
    """The letters with which a choice of fixed words begins, each with another; None for anything else."""
    code, value = item
    if code is codes.LITERAL:
        return {value}
    if code is codes.IN and all(one[0] is codes.LITERAL for one in value):
        return {one[1] for one in value}
    if code is codes.SUBPATTERN and len(value[3]) == 1:
        return _first_letters(value[3][0])
    if code is codes.BRANCH:
        words = [list(branch) for branch in value[1]]
        if all(word and all(c is codes.LITERAL for c, _ in word) for word in words):
            letters = {word[0][1] for word in words}
            return letters if len(letters) == len(words) else None
    return None


def _may_be(item: Any, letter: int) -> bool:
    """Whether something in an item may match a letter; where that is not known, it may."""
    code, value = item
    if code is codes.LITERAL:
        return bool(value == letter)
    if code is codes.IN and value[0][0] is not codes.NEGATE:
        return any(_may_be(one, letter) for one in value)
    if code is codes.RANGE:
        return bool(value[0] <= letter <= value[1])
    if code is codes.AT:
        return False
    parts = _parts(code, value)
    return not parts or any(_may_be(inner, letter) for part in parts for inner in part)


__all__ = ["check_pattern", "matcher", "may_run_away"]
