"""Additions to the small corpus: a right one, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from additions import PREFIX_LINES
from rdflib import Graph, Literal, URIRef
from rdflib.term import Identifier

from kg.graph import KnowledgeGraph, open_graph
from kg.serialise import triples_of
from kg.terms import ACES, PREFIXES, compact
from kg.validation import Report, addition_of, validate_addition

CLAIM = URIRef(PREFIXES["claim"] + "ferry.added")
COMPUTED = {"byline", "quotation", "leadEvidence"}


@pytest.fixture(scope="session")
def graph(corpus: Path) -> KnowledgeGraph:
    return open_graph(corpus)


@pytest.fixture(scope="session")
def check(graph: KnowledgeGraph) -> Callable[[str], Report]:
    """The report on a text of Turtle, with our prefixes before it."""
    return lambda text: validate_addition(
        graph, addition_of((PREFIX_LINES + text).encode(), "ttl", "new.ttl")
    )


@pytest.fixture(scope="session")
def right(graph: KnowledgeGraph) -> str:
    """A claim that somebody may add: what a claim of the corpus says, under a name of its own."""
    whole = Graph()
    for triple in triples_of(graph.local.quads()):
        whole.add(triple)
    denies = URIRef(ACES + "denies")
    (old,) = whole.subjects(denies)
    lines = [f"{CLAIM.n3()} a aces:Claim"]
    for predicate, value in sorted(whole.predicate_objects(old)):
        name = str(predicate).removeprefix(ACES)
        if str(predicate).startswith(ACES) and name not in COMPUTED:
            lines.append(f"  aces:{name} {short(value)}")
    lines.append(f"  rdfs:label {Literal('The guild denies it.', lang='en').n3()}")
    return " ;\n".join(lines) + " .\n"


def short(term: Identifier) -> str:
    """A term as people write it: by a prefix where one fits."""
    return compact(str(term)) if isinstance(term, URIRef) else term.n3()
