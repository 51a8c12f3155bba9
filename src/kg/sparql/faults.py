"""What an engine says about a query that does not parse, in our words."""

from __future__ import annotations

import re

from kg.errors import UnreadableError

_PLACE = re.compile(r"error at (\d+):(\d+)")
_EXPECTED = re.compile(r"\b[A-Z][A-Z_]{2,}\b")


def syntax_fault(error: SyntaxError) -> UnreadableError:
    """The query parser's complaint as one of ours, in one line with line and column."""
    message = str(error.msg)
    place = _PLACE.search(message)
    where = f"query:{place[1]}:{place[2]}" if place else "query"
    if "Prefix not found" in message:
        return UnreadableError("a prefix is not declared", where=where, fix="write PREFIX name: <namespace>")
    if "IRI parsing failed" in message:
        return UnreadableError("an IRI is not valid", where=where, fix="write it in full, without spaces")
    expected = ", ".join(dict.fromkeys(_EXPECTED.findall(message)))[:100]
    return UnreadableError(
        "the query does not parse here", where=where, fix=f"expected {expected}" if expected else "mend it"
    )
