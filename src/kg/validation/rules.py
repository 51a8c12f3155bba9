"""The rules that findings are named after: those of the shapes, and those that only code can keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from kg.model import Severity
from kg.terms import SHAPE

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


def rules_of_shapes(shapes: Graph) -> list[Rule]:
    """The rules of a graph of shapes, by name: every shape of ours that has a message."""
    return sorted(
        (_of_shape(shapes, str(node)) for node in shapes.subjects(SH.message)), key=lambda r: r.name
    )


def _of_shape(shapes: Graph, node: str) -> Rule:
    shape = URIRef(node)
    says, _, mend = str(shapes.value(shape, SH.message)).partition(". ")
    mend, _, example = mend.partition(", for example ")
    severities: dict[object, Severity] = {SH.Warning: "warning", SH.Info: "info"}
    return Rule(
        node.removeprefix(SHAPE),
        severities.get(shapes.value(shape, SH.severity), "violation"),
        str(shapes.value(shape, SH.name) or node.removeprefix(SHAPE)),
        str(shapes.value(shape, SH.description) or ""),
        mend,
        example,
        says,
    )


def rules_by_name(names: Iterable[str], shapes: Graph) -> list[Rule]:
    """The rules with these names, each once; for one that nobody described only the name is told."""
    known = {rule.name: rule for rule in (*rules_of_shapes(shapes), *CODE_RULES)}
    return [known.get(n, Rule(n, "violation", n.replace("-", " "), "", "")) for n in sorted(set(names))]


def _rules_of_code() -> list[Rule]:
    told = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return [Rule(name, **({"severity": "violation"} | told[name])) for name in sorted(told)]


CODE_RULES = _rules_of_code()
"""The rules that are kept in code, by name, as ``rules.yaml`` tells them."""
