"""Where the rows of a picture come from: canned queries about one actor, or about all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.results import Result
from kg.terms import kind_and_name

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a picture is about: the node and what it is called."""

    node: str
    label: str

    @property
    def name(self) -> str:
        """Its local name, by which a command finds it and nothing else."""
        return kind_and_name(self.node)[1]


@dataclass(frozen=True, slots=True)
class Source:
    """Answers of canned queries, as rows of Python values."""

    query: Callable[..., object]
    actor: Subject | None = None
    as_of: date | None = None

    def rows(self, name: str) -> list[Row]:
        """The rows of a query about the actor, or about all where there is none."""
        answer = self.query(name, **({"actor": self.actor.node} if self.actor else {}))
        assert isinstance(answer, Result)  # canned queries that pictures ask are SELECTs
        return answer.dicts()

    def told(self, *names: str) -> str:
        """The commands that give the rows, for the caption."""
        asked = f" --actor {self.actor.name}" if self.actor else ""
        asked += f" --as-of {self.as_of}" if self.as_of else ""
        return f"Data: {'; '.join(f'kg query {name}{asked}' for name in names)}"


def told_apart(things: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each node is called; of two that are called alike each has its local name behind."""
    labels = dict(things)
    often = Counter(labels.values())
    return {
        node: label if often[label] == 1 else f"{label} ({kind_and_name(node)[1]})"
        for node, label in labels.items()
    }
