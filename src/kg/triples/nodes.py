"""Nodes that are named by their content, as triples: Propositions, observations, quantities, times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD

from kg import quantities, times
from kg.claims.gists import Labels
from kg.claims.statements import Nodes
from kg.model import Observation, Proposition, Quantity, Time
from kg.terms import ACES, KG, iri, observation_iri, proposition_iri, quantity_iri, time_iri
from kg.triples.graphs import Graphs, Names, adder, text

_ACES = Names(ACES)


def add_propositions(
    graphs: Graphs, propositions: Iterable[Proposition], nodes: Nodes, labels: Labels
) -> None:
    """Propositions, observations, quantities and times into ``propositions``."""
    for proposition in propositions:
        add = adder(graphs, "propositions", proposition_iri(proposition))
        add(RDF.type, _ACES.Proposition)
        add(RDFS.label, text(labels.of_proposition(proposition), "en"))
        add(_ACES.subject, proposition.subject)
        add(_ACES.predicate, proposition.predicate)
        add(_ACES.object, proposition.object)
    for observation in nodes.observations.values():
        _add_observation(graphs, observation, labels)
    for wordings in nodes.quantities.values():
        _add_quantity(graphs, wordings)
    for time in nodes.times.values():
        _add_time(graphs, time)


def _add_observation(graphs: Graphs, observation: Observation, labels: Labels) -> None:
    add = adder(graphs, "propositions", observation_iri(observation))
    add(RDF.type, _ACES.Observation)
    add(RDFS.label, text(labels.of_observation(observation), "en"))
    add(_ACES.measure, observation.measure)
    for predicate, value in observation.dimensions:
        add(URIRef(predicate), value if value.startswith(KG) else Literal(value))
    for predicate in observation.unstated:
        add(_ACES.unstated, predicate)
    add(_ACES.localTo, observation.local_to)


def _add_quantity(graphs: Graphs, wordings: set[Quantity]) -> None:
    first = min(wordings, key=lambda q: q.as_written)
    add = adder(graphs, "propositions", quantity_iri(first))
    add(RDF.type, _ACES.Quantity)
    add(RDFS.label, text(quantities.describe(wordings), "en"))
    add(_ACES.unit, iri("unit", first.unit))
    for name in ("lower", "upper", "initial", "final"):
        bound: Decimal | None = getattr(first, name)
        if bound is not None:
            add(_ACES[f"{name}Bound"], Literal(quantities.decimal_text(bound), datatype=XSD.decimal))
    for quantity in wordings:
        add(_ACES.comparator, iri("comparator", quantity.comparator))
        add(_ACES.asWritten, text(quantity.as_written))


def _add_time(graphs: Graphs, time: Time) -> None:
    add = adder(graphs, "propositions", time_iri(time))
    add(RDF.type, _ACES.Time)
    add(RDFS.label, text(times.describe(time), "en"))
    add(_ACES.edtf, text(time.edtf))
    add(_ACES.timeMode, text(time.mode))
    add(_ACES.earliest, _date(time.earliest))
    add(_ACES.latest, _date(time.latest))


def _date(day: date | None) -> Literal | None:
    return Literal(day.isoformat(), datatype=XSD.date) if day else None
