"""The triples of an added RDF file, by subject and property, and the nodes named by content among them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import zip_longest

import pyoxigraph as ox

from kg.claims import Nodes
from kg.errors import WrongError
from kg.model import Iri, Observation, Proposition, Quantity, Time
from kg.quantities import without_zeros
from kg.serialise import value_of
from kg.terms import ACES, RDF_TYPE, kind_and_name
from kg.times import canonical_edtf, parse_time

_MODES = ("within", "throughout", "each")


class Said:
    """What a file says, as text by subject and property; order is that of the values."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Over the triples of one file, or of several."""
        self._values: dict[str, dict[str, list[str]]] = {}
        for quad in quads:
            of_subject = self._values.setdefault(value_of(quad.subject), {})
            of_subject.setdefault(value_of(quad.predicate), []).append(value_of(quad.object))

    def subjects(self, *kinds: str) -> list[Iri]:
        """The individuals of some kinds of which anything is said, sorted."""
        return sorted(node for node in self._values if kind_and_name(node)[0] in kinds)

    def all(self, node: Iri, name: str) -> list[str]:
        """The values of a property, sorted; a name without a scheme is one of the ontology."""
        predicate = name if ":" in name else ACES + name
        return sorted(self._values.get(node, {}).get(predicate, ()))

    def one(self, node: Iri, name: str) -> str:
        """The first of them, or an empty text."""
        return next(iter(self.all(node, name)), "")

    def predicates(self, node: Iri) -> list[Iri]:
        """The properties that a subject has, sorted."""
        return sorted(self._values.get(node, ()))

    def is_a(self, node: Iri, name: str) -> bool:
        """Whether the file says of a node that it is of a class of the ontology."""
        return ACES + name in self.all(node, RDF_TYPE)


# --- nodes named by content ----------------------------------------------------------------------


def propositions_in(said: Said) -> dict[Iri, Proposition]:
    """The Propositions that are described whole, by IRI."""
    found = {}
    for node in said.subjects("proposition"):
        ends = [said.one(node, name) for name in ("subject", "predicate", "object")]
        if all(ends):
            found[node] = Proposition(*ends)
    return found


def nodes_in(said: Said, dimensions: Collection[Iri]) -> Nodes:
    """Times, quantities and observations that are described, under the IRIs that they have there.

    ``dimensions`` are the properties that fix an observation.
    """
    nodes = Nodes()
    for node in said.subjects("time"):
        if (time := _time(said, node)) is not None:
            nodes.times[node] = time
    for node in said.subjects("quantity"):
        if quantities := set(_quantities(said, node)):
            nodes.quantities[node] = quantities
    for node in said.subjects("observation"):
        nodes.observations[node] = _observation(said, node, dimensions)
    return nodes


def _time(said: Said, node: Iri) -> Time | None:
    mode = said.one(node, "timeMode")
    try:
        if mode == "each":
            return parse_time(said.one(node, "edtf"))
        bounds = [_day(said.one(node, name)) for name in ("earliest", "latest")]
    except (WrongError, ValueError):
        return None
    if mode not in _MODES:
        return None
    return Time(bounds[0], bounds[1], mode, canonical_edtf(bounds[0], bounds[1], mode))  # type: ignore[arg-type]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _quantities(said: Said, node: Iri) -> Iterator[Quantity]:
    """One quantity for each wording; what is no number is told by the shapes."""
    try:
        lower, upper, initial, final = (
            without_zeros(Decimal(text)) if text else None
            for text in (said.one(node, f"{name}Bound") for name in ("lower", "upper", "initial", "final"))
        )
    except InvalidOperation:
        return
    unit = kind_and_name(said.one(node, "unit"))[1]
    comparators = [kind_and_name(value)[1] for value in said.all(node, "comparator")] or [""]
    for words, comparator in zip_longest(said.all(node, "asWritten") or [""], comparators):
        yield Quantity(lower, upper, unit, comparator or comparators[0], words or "", initial, final)


def _observation(said: Said, node: Iri, dimensions: Collection[Iri]) -> Observation:
    pairs = sorted(
        (predicate, value)
        for predicate in said.predicates(node)
        if predicate in dimensions
        for value in said.all(node, predicate)
    )
    return Observation(
        said.one(node, "measure"),
        tuple(pairs),
        tuple(said.all(node, "unstated")),
        said.one(node, "localTo") or None,
    )
