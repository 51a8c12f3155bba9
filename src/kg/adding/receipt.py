"""What came of an act, for people and programs: :class:`Receipt`."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from kg.adding.changes import Changes
from kg.additions import Act
from kg.display import printable
from kg.model import Iri
from kg.terms import compact
from kg.validation import Report

_MOST = 40


@dataclass(frozen=True)
class Receipt:
    """What was added or retracted, and what that changed.

    ``done`` is False where there was nothing to do, or where it was only tried.  ``act`` is the line of
    the log, ``report`` the findings, ``held`` are claims of the file that were there already, each with
    the claim it equals.  ``told`` says in one line what came of it.
    """

    done: bool
    told: str
    act: Act
    report: Report
    changes: Changes | None = None
    held: dict[Iri, Iri] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the addition, or what was retracted."""
        return self.act.what

    @property
    def file(self) -> str:
        """Where the file is kept, from the workspace; empty for a retraction."""
        return f"seeds/additions/{self.act.kept}" if self.act.kept else ""

    def lines(self, most: int | None = _MOST) -> list[str]:
        """The receipt as lines to read; of many changes the first."""
        lines = self.changes.lines() if self.changes else []
        cut = (
            [*lines[:most], f"... and {len(lines) - most} changes more"]
            if most and len(lines) > most
            else lines
        )
        held = [f"= {compact(new)} is there already, as {compact(old)}" for new, old in self.held.items()]
        return [printable(line) for line in (*held, *cut, self.told)]

    def __str__(self) -> str:
        """The receipt as text."""
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        """For notebooks: what came of it, what changed, and the findings."""
        items = "".join(f"<li>{escape(line)}</li>" for line in self.lines()[:-1])
        changed = f"<ul>{items}</ul>" if items else ""
        return f"<p>{escape(printable(self.told))}</p>{changed}{self.report._repr_html_()}"
