"""What an engine says about a query that does not parse, in our words."""

from __future__ import annotations

import re

from kg.errors import UnreadableError
from kg.sparql.tokens import Token, place, tokens

_PLACE = re.compile(r"error at (\d+):(\d+)")
_OTHER_REASONS = {
    "IRI parsing failed": ("an IRI is not valid", "write it in full, without spaces"),
    "a variable that is unbound": ("a variable is asked for that GROUP BY leaves out", "group by it too"),
}


def syntax_fault(error: SyntaxError, query: str) -> UnreadableError:
    """The query parser's complaint as one of ours, in one line with line and column.

    An undeclared prefix is looked for first: it is the usual reason, and the parser seldom names it.  The
    grammar rules that the parser expected are not repeated: they seldom name what was forgotten.
    """
    if undeclared := _undeclared_prefix(query):
        prefix = undeclared.text.partition(":")[0]
        return UnreadableError(
            f"the prefix '{prefix}:' is not declared",
            where=place(query, undeclared.start),
            fix=f"write PREFIX {prefix}: <namespace> at the top",
        )
    message = str(error.msg)
    found = _PLACE.search(message)
    where = f"query:{found[1]}:{found[2]}" if found else "query"
    for words, (what, fix) in _OTHER_REASONS.items():
        if words in message:
            return UnreadableError(what, where=where, fix=fix)
    return UnreadableError("the query does not parse", where=where, fix="look at what stands just before")


def _undeclared_prefix(query: str) -> Token | None:
    """The first prefixed name whose prefix was not declared before it."""
    declared, declaring = {"_"}, False
    for token in tokens(query):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if declaring:
                declared.add(prefix)
            elif prefix not in declared:
                return token
        declaring = token.is_word("PREFIX")
    return None
