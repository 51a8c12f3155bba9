"""What is told of one rule."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Severity

DOCS = "https://w3id.org/aces/docs/rules.md"
"""Where the rules are told; the heading of each is its name."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its title, why the rule is there, how to mend what breaks it, what a finding says."""

    name: str
    severity: Severity
    title: str
    why: str
    mend: str
    example: str = ""
    says: str = ""

    @property
    def link(self) -> str:
        """Where the rule is told at length."""
        return f"{DOCS}#{self.name}"
