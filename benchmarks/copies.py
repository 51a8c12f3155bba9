"""The seeds of a corpus once more, under other names: one copy, or a part of one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from kg.claims import ClaimsFile, Nodes
from kg.model import Claim, Iri, Observation, Proposition, Quantity, Span, Time, Where
from kg.registry import Entry, Work
from kg.seeds import Seeds
from kg.terms import KG, iri, kind_and_name, observation_iri, quantity_iri, time_iri

ITS_OWN = frozenset({"work", "document", "claim", "citation", "evidence", "figure", "event"})
SHARED = frozenset({"actor", "place"})
_UNCHANGED = (Time, Quantity, Where, Path)

Named = TypeVar("Named", bound=Entry)


class Copy:
    """One copy of the seeds: the first has the names of the shipped corpus, others a number before them."""

    def __init__(self, number: int, seeds: Seeds, shared: frozenset[Iri]) -> None:
        self.number, self.seeds, self.shared = number, seeds, shared
        self.every = seeds.nodes().observations
        self._observations: dict[Iri, Iri] = {}

    def files(self, share: float = 1.0, seed: int = 1) -> list[ClaimsFile]:
        """The claims files of this copy, with this share of their claims; ``seed`` says which."""
        return [self._file(file, lambda claim: _drawn(claim, seed) < share) for file in self.seeds.files]

    def _file(self, file: ClaimsFile, is_kept: Callable[[Claim], bool]) -> ClaimsFile:
        claims = [self.renamed(claim) for claim in file.claims if is_kept(claim)]
        cited = {citation.iri for claim in claims for citation in claim.cites}
        citations = [self.renamed(citation) for citation in file.citations]
        return ClaimsFile(
            self.name(file.name),
            file.path,
            self.entry(file.work),
            f"work.{self.name(file.name)}",
            texts={self.name(name): replace(text, name=self.name(name)) for name, text in file.texts.items()},
            claims=claims,
            citations=[c for c in citations if len(claims) == len(file.claims) or c.iri in cited],
            figures=[self.renamed(figure) for figure in file.figures],
            nodes=Nodes(
                file.nodes.times,
                file.nodes.quantities,
                {self.node(node): self.renamed(found) for node, found in file.nodes.observations.items()},
            ),
        )

    def name(self, name: str) -> str:
        """A local name as this copy has it."""
        return name if self.number == 1 else f"c{self.number}-{name}"

    def node(self, node: Iri) -> Iri:
        """An individual as this copy has it."""
        kind, name = kind_and_name(node)
        if kind == "observation":
            return self._observation(node)
        if kind not in ITS_OWN | SHARED or node in self.shared or self._is_core(node):
            return node
        return iri(kind, self.name(name))

    def _is_core(self, node: Iri) -> bool:
        entry = self.seeds.registry.entries.get(node)
        return entry is not None and entry.where.file == "ontology"

    def _observation(self, node: Iri) -> Iri:
        if node not in self._observations:
            self._observations[node] = observation_iri(self.renamed(self.every[node]))
        return self._observations[node]

    def entry(self, entry: Named) -> Named:
        """A registry entry as this copy has it, told apart by its label when it is of this copy alone."""
        found: Named = self.renamed(entry)
        if found.iri == entry.iri:
            return found
        changed: dict[str, Any] = {
            "name": self.name(found.name),
            "label": f"{found.label} ({self.number})",
            "aliases": tuple(f"{alias} ({self.number})" for alias in found.aliases),
        }
        if isinstance(found, Work):
            documents = tuple(replace(d, name=self.name(d.name)) for d in found.documents)
            changed |= {"title": f"{found.title} ({self.number})", "documents": documents}
        return replace(found, **changed)

    def renamed(self, value: Any) -> Any:
        """A value of the model with every individual in it as this copy has it."""
        if isinstance(value, str):
            return self.node(value) if value.startswith(KG) else value
        if isinstance(value, tuple | frozenset):
            return type(value)(self.renamed(part) for part in value)
        if not is_dataclass(value) or isinstance(value, _UNCHANGED):
            return value
        changed = {f.name: self.renamed(getattr(value, f.name)) for f in fields(value)}
        if isinstance(value, Span):
            changed["document"] = self.name(value.document)
        if isinstance(value, Observation):
            changed["dimensions"] = tuple(sorted(changed["dimensions"]))
        if isinstance(value, Proposition) and self.seeds.vocabulary.is_symmetric(value.predicate):
            changed["subject"], changed["object"] = sorted((changed["subject"], changed["object"]))
        return type(value)(**changed)


def _drawn(claim: Claim, seed: int) -> float:
    """A number from 0 to 1 that is always the same for a claim and a seed."""
    digest = hashlib.sha256(f"{seed} {claim.iri}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def iris(value: object) -> Iterator[Iri]:
    """Every individual of ours in a value of the model; times and quantities are named by their content."""
    if isinstance(value, str):
        if value.startswith(KG):
            yield value
    elif isinstance(value, Time):
        yield time_iri(value)
    elif isinstance(value, Quantity):
        yield quantity_iri(value)
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from iris(part)
    elif is_dataclass(value) and not isinstance(value, _UNCHANGED):
        for field in fields(value):
            yield from iris(getattr(value, field.name))


def deep(value: object, observations: Mapping[Iri, Observation]) -> Iterator[Iri]:
    """As :func:`iris`, with what the observations in it hold."""
    for node in iris(value):
        yield node
        if node in observations:
            yield from deep(observations[node], observations)
