"""Validation results told in the user's words: rules by name, labels before IRIs, then what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kg.model import Finding, Severity
from kg.shacl.judge import Result
from kg.terms import compact

_SEVERITIES: dict[Node, Severity] = {SH.Warning: "warning", SH.Info: "info"}
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_PLACEHOLDER = re.compile(r"\{[?$]\w+\}")
_HASHED = re.compile(r"[:/][0-9a-f]{32}\Z")
_LONGEST_VALUE = 80

Labels: TypeAlias = Callable[[Node], Iterable[Node]]
"""What stands as ``rdfs:label`` of a node."""


class Report:
    """Turns results about one graph into Findings."""

    def __init__(self, labels: Labels, shapes: Graph) -> None:
        """Rule names and message templates are those of ``shapes``."""
        self._labels, self._shapes = labels, shapes
        self._rules: dict[Node, str] = {}
        self._templates: dict[Node, list[str]] = {}

    def findings(self, results: Iterable[Result]) -> list[Finding]:
        """One Finding for each different result, by rule, focus and message."""
        found = {self._finding(result) for result in results}
        return sorted(found, key=lambda f: (f.rule, f.focus, f.message, f.severity))

    def _finding(self, result: Result) -> Finding:
        rule = self._rule(result.shape)
        told = min(result.messages, default=f"{rule} does not hold")
        message, fix = self._parted(told, result.shape)
        if result.value is not None and result.value != result.focus:
            message += f" (found: {self._shown(result.value)})"
        return Finding(
            rule=rule,
            severity=_SEVERITIES.get(result.severity, "violation"),
            message=message,
            fix=fix,
            focus=str(result.focus) if isinstance(result.focus, URIRef) else "",
            label=self._label(result.focus),
        )

    def _rule(self, shape: Node) -> str:
        """The local name of a shape, or of the nearest named one that it is part of."""
        if shape not in self._rules:
            level, seen = {shape}, {shape}
            while level and not any(isinstance(node, URIRef) for node in level):
                level = {s for node in level for s in self._shapes.subjects(None, node)} - seen
                seen |= level
            named = min((str(node) for node in level if isinstance(node, URIRef)), default="shape")
            self._rules[shape] = re.split(r"[#/]", named)[-1]
        return self._rules[shape]

    def _parted(self, told: str, shape: Node) -> tuple[str, str]:
        """What is wrong and what to do about it: the first sentence of the message, and the others.

        They are parted in the template, since a label that was filled in may hold a full stop.  What
        pySHACL says of a shape that has no message stays as it is.
        """
        templates = self._templates_of(shape)
        if not templates:
            return told, ""
        message, _, fix = told.partition(". ")
        for template in templates:
            end = template.partition(". ")[2]
            if end and not _PLACEHOLDER.search(end) and told.endswith(f". {end}"):
                message, fix = told.removesuffix(f". {end}"), end
        message = _IRI.sub(lambda match: self._named_iri(match[0]), message)
        return message.removesuffix("."), fix.removesuffix(".")

    def _templates_of(self, shape: Node) -> list[str]:
        if shape not in self._templates:
            speakers = [shape, *self._shapes.objects(shape, SH.sparql)]
            messages = (m for speaker in speakers for m in self._shapes.objects(speaker, SH.message))
            self._templates[shape] = sorted(str(message) for message in messages)
        return self._templates[shape]

    def _shown(self, node: Node) -> str:
        if isinstance(node, URIRef):
            return self._named(node)
        if not isinstance(node, Literal):
            return "a node without a name"
        words = " ".join(str(node).split())
        return repr(words if len(words) <= _LONGEST_VALUE else words[: _LONGEST_VALUE - 1] + "…")

    def _named_iri(self, text: str) -> str:
        """An IRI inside a message, with the punctuation behind it kept."""
        node = text.rstrip(".,;:)")
        return self._named(URIRef(node)) + text[len(node) :]

    def _named(self, node: URIRef) -> str:
        """The label with the prefixed name behind it, the label alone for a hash, else the name."""
        label, name = self._label(node), compact(str(node))
        if not label:
            return name
        return label if _HASHED.search(name) else f"{label} ({name})"

    def _label(self, node: Node) -> str:
        """The English or untagged label, else the first of the others, else an empty text."""
        labels = (label for label in self._labels(node) if isinstance(label, Literal))
        ranked = ((label.language not in (None, "en"), str(label)) for label in labels)
        return min(ranked, default=(True, ""))[1]
