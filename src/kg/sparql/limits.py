"""How deep and how long a query may be, so that no engine breaks on it."""

from __future__ import annotations

from collections import Counter

from kg.errors import LimitError
from kg.sparql.tokens import Token, place

MAX_NESTING = 100
MAX_OF_ONE_KIND = 500
MAX_PARTS = 1500
_LONG_ROW = 3
# Each of these makes an engine's plan one step deeper or longer.
_PART_WORDS = frozenset(
    {"UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "GRAPH", "EXISTS", "VALUES", "LATERAL", "SELECT", "AS"}
)
_NO_PARTS = frozenset("()}]")
_PREFIX_SIGNS = frozenset("!^+-")


class Limits:
    """Counts depth and parts as tokens go by."""

    def __init__(self, query: str) -> None:
        """Nothing counted yet; ``query`` is kept to say where a limit was passed."""
        self.query = query
        self.depth = 0
        self.outside: list[int] = []
        self.data_depth: int | None = None
        self.after_values = False
        self.row = 0
        self.counts: Counter[str] = Counter()

    def take(self, token: Token) -> None:
        """Raises LimitError when this token is one too many."""
        text = token.text.upper() if token.kind == "word" else token.text
        if self.data_depth is None:
            self._count(text, token)
        if token.is_word("VALUES"):
            self.after_values = True
        if token.kind != "sign":
            self.depth = self.outside[-1] if self.outside else 0
        elif text in "{([":
            self._open(text)
        elif text in "})]":
            self._close()
        elif text[0] in _PREFIX_SIGNS:
            self.depth += len(text)
        if self.depth > MAX_NESTING:
            raise LimitError(
                f"the query nests deeper than {MAX_NESTING}",
                where=place(self.query, token.start),
                fix="write it flatter",
            )

    def _count(self, text: str, token: Token) -> None:
        """Count what makes a plan deeper, and lists of terms with nothing in between."""
        in_row = token.kind not in ("word", "sign")
        self.row = self.row + 1 if in_row else 0
        if self.row > _LONG_ROW:
            self._count_part("terms in a row", token)
        elif text in _PART_WORDS or (token.kind == "sign" and text not in _NO_PARTS):
            self._count_part(repr(text), token)

    def _count_part(self, kind: str, token: Token) -> None:
        self.counts[kind] += 1
        if self.counts[kind] > MAX_OF_ONE_KIND or self.counts.total() > MAX_PARTS:
            what = (
                f"{MAX_OF_ONE_KIND} {kind}" if self.counts[kind] > MAX_OF_ONE_KIND else f"{MAX_PARTS} parts"
            )
            raise LimitError(
                f"the query has more than {what}",
                where=place(self.query, token.start),
                fix="list values with VALUES, or ask in parts",
            )

    def _open(self, bracket: str) -> None:
        self.depth += 1
        self.outside.append(self.depth)
        if bracket == "{" and self.after_values:  # rows of data are no parts, however many
            self.after_values, self.data_depth = False, len(self.outside)

    def _close(self) -> None:
        if self.data_depth is not None and len(self.outside) <= self.data_depth:
            self.data_depth = None
        if self.outside:
            self.outside.pop()
        self.depth = self.outside[-1] if self.outside else 0
