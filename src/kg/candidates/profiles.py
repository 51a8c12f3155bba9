"""What the graph says of each thing, laid side by side: names, kinds, relations, dates, places, numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from kg.model import Iri
from kg.shacl import Index
from kg.terms import ACES, PREFIXES, RDF_TYPE, REGISTERED_KINDS, SOMEONE, SOMEWHERE, UNNAMED, kind_and_name

_LABEL, _ALIAS = PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel"
_HOLDING = (ACES + "affirms", ACES + "considers")
_OF_WORKS = tuple(ACES + name for name in ("author", "publisher", "issued", "workKind", "presents", "url"))
_NOBODY = {SOMEONE, SOMEWHERE, UNNAMED}
_TOLD_OF_NOTHING = ("truth", "stance", "outcome")
"""Kinds of values that say how something was, and nothing of what it is."""

Role = tuple[Iri, bool]
"""A predicate, and whether the thing is its subject."""
Bases = dict[Iri, tuple[Iri, ...]]
"""Values, each with the Propositions that give it; none where the registry does."""


@dataclass(slots=True)
class Profile:
    """One thing: what it is called, and what is affirmed or considered of it."""

    node: Iri
    label: str
    names: list[str] = field(default_factory=list)
    kinds: Bases = field(default_factory=dict)
    roles: dict[Role, Bases] = field(default_factory=dict)
    """Relations: the other ends in each role."""
    times: dict[Iri, Bases] = field(default_factory=dict)
    places: dict[Iri, Bases] = field(default_factory=dict)
    numbers: dict[Iri, Bases] = field(default_factory=dict)
    """Amounts by what is measured."""

    works: set[Iri] = field(default_factory=set)
    """The Works that speak of it."""

    def features(self) -> Iterator[tuple[Role, Iri]]:
        """Relations and places with their other ends."""
        yield from ((role, end) for role, ends in self.roles.items() for end in ends)
        yield from (((predicate, True), end) for predicate, ends in self.places.items() for end in ends)


class Profiles:
    """The profiles of a graph, and what it takes to compare them."""

    def __init__(self, index: Index) -> None:
        """Read a graph once, property by property."""
        self.index = index
        self.labels = {node: values[0] for node, values in self._texts(_LABEL).items()}
        self.by_node: dict[Iri, Profile] = {}
        self.claims: dict[Iri, set[Iri]] = defaultdict(set)
        """Which claims affirm or consider a Proposition."""
        for predicate in _HOLDING:
            for claim, proposition in self._ends(predicate):
                self.claims[proposition].add(claim)
        self._things()
        self._propositions()
        self._bibliography()
        self.sharing: dict[tuple[Role, Iri], list[Iri]] = defaultdict(list)
        """Which things have an end in a role."""
        for node, profile in self.by_node.items():
            for feature in profile.features():
                self.sharing[feature].append(node)

    # --- values ------------------------------------------------------------------------------------

    def label(self, node: Iri) -> str:
        """What a node is called."""
        return self.labels.get(node) or kind_and_name(node)[1] or node

    def span(self, time: Iri) -> tuple[date | None, date | None]:
        """First and last day of a Time."""
        first, last = (self._value(time, name) for name in ("earliest", "latest"))
        return (date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)

    def bounds(self, quantity: Iri) -> tuple[Decimal | None, Decimal | None]:
        """Least and greatest amount of a Quantity."""
        lower, upper = (self._value(quantity, name) for name in ("lowerBound", "upperBound"))
        return (Decimal(lower) if lower else None, Decimal(upper) if upper else None)

    def around(self, place: Iri) -> set[Iri]:
        """The places that a place lies within."""
        return {value.value for value in self.index.objects(ox.NamedNode(place), _aces("within"))}

    def is_a(self, cls: Iri, other: Iri) -> bool:
        """Whether a class is another or lies below it."""
        return ox.NamedNode(other) in self.index.above(ox.NamedNode(cls))

    def is_single(self, predicate: Iri) -> bool:
        """Whether a property has one value only, so that two contradict each other."""
        values = self.index.objects(ox.NamedNode(predicate), _aces("singleValued"))
        return any(value.value == "true" for value in values if isinstance(value, ox.Literal))

    def _value(self, node: Iri, name: str) -> str:
        return next((v.value for v in self.index.objects(ox.NamedNode(node), _aces(name))), "")

    def _ends(self, predicate: Iri) -> Iterator[tuple[Iri, Iri]]:
        for subject, value in self.index.ends(ox.NamedNode(predicate)):
            yield subject.value, value.value

    def _texts(self, predicate: Iri) -> dict[Iri, list[str]]:
        found: dict[Iri, list[str]] = defaultdict(list)
        for node, text in sorted(self._ends(predicate)):
            found[node].append(text)
        return found

    # --- reading -----------------------------------------------------------------------------------

    def _things(self) -> None:
        """The registered things with their names, and the kinds that the registry gives them."""
        aliases = self._texts(_ALIAS)
        for node, label in self.labels.items():
            if kind_and_name(node)[0] in REGISTERED_KINDS and node not in _NOBODY:
                self.by_node[node] = Profile(node, label, [label, *aliases.get(node, ())])
        for node, cls in sorted(self._ends(RDF_TYPE)):
            profile = self.by_node.get(node)
            if profile and cls.startswith(ACES) and kind_and_name(node)[0] != "event":
                profile.kinds[cls] = ()
        for place, around in sorted(self._ends(ACES + "within")):
            _add(self.by_node[place].roles, (ACES + "within", True), around, ())

    def _propositions(self) -> None:
        stated = dict(self._ends(ACES + "statedIn"))
        subjects, predicates, values = (
            dict(self._ends(ACES + name)) for name in ("subject", "predicate", "object")
        )
        measures, events = dict(self._ends(ACES + "measure")), dict(self._ends(ACES + "inEvent"))
        for proposition in sorted(self.claims):
            subject, predicate, value = (m.get(proposition, "") for m in (subjects, predicates, values))
            if subject in events and subject in measures:
                profile = self.by_node.get(events[subject])
                if profile:
                    _add(profile.numbers, measures[subject], value, (proposition,))
                continue
            works = {stated[claim] for claim in self.claims[proposition] if claim in stated}
            for end in (subject, value):
                if end in self.by_node:
                    self.by_node[end].works |= works
            self._take(self.by_node.get(subject), predicate, value, proposition)
            other = self.by_node.get(value)
            if other and subject not in _NOBODY:
                _add(other.roles, (predicate, False), subject, (proposition,))

    def _take(self, profile: Profile | None, predicate: Iri, value: Iri, proposition: Iri) -> None:
        """What a Proposition says of its subject."""
        kind = kind_and_name(value)[0]
        if profile is None or value in _NOBODY or kind in _TOLD_OF_NOTHING:
            return
        bases = (proposition,)
        if predicate == RDF_TYPE:
            profile.kinds[value] = profile.kinds.get(value, ()) + bases
        elif kind == "time":
            _add(profile.times, predicate, value, bases)
        elif kind == "place" and kind_and_name(profile.node)[0] == "event":
            _add(profile.places, predicate, value, bases)
        else:
            _add(profile.roles, (predicate, True), value, bases)

    def _bibliography(self) -> None:
        for predicate in _OF_WORKS:
            for work, value in sorted(self._ends(predicate)):
                profile = self.by_node.get(work)
                if profile is None:
                    continue
                if kind_and_name(value)[0] == "time":
                    _add(profile.times, predicate, value, ())
                elif predicate.endswith("workKind"):
                    profile.kinds = {value: ()}
                else:
                    _add(profile.roles, (predicate, True), value, ())


def _add(table: dict, key: object, value: Iri, bases: Iterable[Iri]) -> None:  # type: ignore[type-arg]
    ends = table.setdefault(key, {})
    ends[value] = (*ends.get(value, ()), *bases)


def _aces(name: str) -> ox.NamedNode:
    return ox.NamedNode(ACES + name)
