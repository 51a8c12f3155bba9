"""Text that is safe to show: nothing in it can drive a terminal or hide what is written."""

from __future__ import annotations

import unicodedata

# Letters and marks by category, but drawn as nothing: they make two names look the same.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")


def printable(text: str) -> str:
    r"""The text with every control, bidirectional and zero-width character written as an escape.

    Line feeds and tabs are controls too, so the result is always one line.

    >>> printable("a\x1b[31m\u202eb")
    'a\\x1b[31m\\u202eb'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if _is_shown(char) else _escaped(char) for char in text)


def _is_shown(char: str) -> bool:
    return (char.isprintable() and char not in _INVISIBLE) or unicodedata.category(char) == "Zs"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii") if ord(char) != 0x5C else char
