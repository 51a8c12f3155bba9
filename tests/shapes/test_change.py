"""What a change affects is found, so that checking it alone tells what checking everything tells.

The graph that is changed conforms: then all findings afterwards are those of the change.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.model import Finding
from kg.serialise import quad_of, to_rdflib
from kg.shacl import Change, Validator, plain_shacl_findings
from kg.terms import ACES

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("cases/*/*.ttl"))
EDITS = 200

Edits: TypeAlias = Callable[[int], tuple[frozenset[ox.Triple], frozenset[ox.Triple]]]
"""The graph before and after the edit of a seed."""


def triples_of_graph(graph: Graph) -> frozenset[ox.Triple]:
    return frozenset(quad_of(triple).triple for triple in graph)


def store_of(triples: frozenset[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


@pytest.fixture(scope="session")
def validator(shapes: Graph) -> Validator:
    return Validator(shapes)


@pytest.fixture(scope="session")
def conforming(base: Graph, validator: Validator) -> Graph:
    """Ontology, context and every full valid case, as long as they conform together."""
    whole = base
    for case in sorted(HERE.glob("cases/*/valid.full.ttl")):
        more = whole + Graph().parse(case)
        if validator.findings(store_of(triples_of_graph(more))) == []:
            whole = more
    return whole


def of_change(
    validator: Validator, before: frozenset[ox.Triple], after: frozenset[ox.Triple]
) -> list[Finding]:
    return validator.findings_of(store_of(after), Change(after - before, before - after))


@pytest.fixture(scope="session")
def base_triples(base: Graph) -> frozenset[ox.Triple]:
    return triples_of_graph(base)


@pytest.mark.parametrize(
    "case",
    [pytest.param(c, marks=[pytest.mark.slow] if n % 5 else []) for n, c in enumerate(CASES)],
    ids=lambda case: f"{case.parent.name}/{case.stem}",
)
def test_an_added_case_gives_the_findings_of_the_whole(
    case: Path, validator: Validator, base_triples: frozenset[ox.Triple]
) -> None:
    after = base_triples | triples_of_graph(Graph().parse(case))
    assert of_change(validator, base_triples, after) == validator.findings(store_of(after))


def test_all_cases_are_there() -> None:
    assert len(CASES) > 170


# --- random edits --------------------------------------------------------------------------------


def edited(before: frozenset[ox.Triple], ontology: frozenset[ox.Triple], seed: int) -> frozenset[ox.Triple]:
    """The triples after a few edits of the data: some lost, added or exchanged, copied or forgotten."""
    chance = random.Random(seed)
    data = sorted(before - ontology, key=str)
    after = set(before)
    for _ in range(chance.randint(1, 4)):
        one, other = chance.choice(data), chance.choice(data)
        edit = chance.choice(["lose", "add", "exchange", "retarget", "copy", "forget"])
        if edit in ("lose", "exchange"):
            after.discard(one)
        if edit in ("add", "exchange"):
            after.add(ox.Triple(one.subject, one.predicate, other.object))
        if edit == "retarget":
            after.discard(one)
            after.add(ox.Triple(other.subject, one.predicate, one.object))
        if edit == "copy":
            new = ox.NamedNode(
                f"{one.subject.value}-{seed}" if isinstance(one.subject, ox.NamedNode) else "urn:x"
            )
            after |= {ox.Triple(new, t.predicate, t.object) for t in data if t.subject == one.subject}
        if edit == "forget":
            after -= {t for t in data if t.subject == one.subject}
    return frozenset(after)


@pytest.fixture(scope="session")
def edits(conforming: Graph, ontology: Graph) -> Edits:
    before, kept = triples_of_graph(conforming), triples_of_graph(ontology)
    return cache(lambda seed: (before, edited(before, kept, seed)))


@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=[pytest.mark.slow] if n % 5 else []) for n in range(EDITS)]
)
def test_a_random_edit_gives_the_findings_of_the_whole(seed: int, validator: Validator, edits: Edits) -> None:
    before, after = edits(seed)
    assert of_change(validator, before, after) == validator.findings(store_of(after))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(EDITS))
def test_a_random_edit_gives_the_findings_of_plain_pyshacl(
    seed: int,
    validator: Validator,
    shapes: Graph,
    edits: Edits,
) -> None:
    before, after = edits(seed)
    graph = Graph()
    for quad in store_of(after):  # the store writes 400.0 as 400, and both are to be asked of one graph
        graph.add(tuple(map(to_rdflib, (quad.subject, quad.predicate, quad.object))))
    assert of_change(validator, before, after) == plain_shacl_findings(graph, shapes)


@pytest.mark.slow
def test_the_edits_are_of_every_kind(validator: Validator, edits: Edits) -> None:
    found = [of_change(validator, *edits(seed)) for seed in range(EDITS)]
    assert sum(findings == [] for findings in found) > 10  # right by themselves, or of no account
    assert len({finding.rule for findings in found for finding in findings}) > 40
    new = [{str(t.subject) for t in after - before} for before, after in map(edits, range(EDITS))]
    elsewhere = [
        finding
        for findings, subjects in zip(found, new, strict=True)
        for finding in findings
        if f"<{finding.focus}>" not in subjects
    ]
    assert len(elsewhere) > 20  # an existing node broke, which the change did not speak of


def test_a_retyped_class_of_the_ontology_is_followed_to_its_instances(
    validator: Validator, conforming: Graph
) -> None:
    before = triples_of_graph(conforming)
    below = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    actor = ox.NamedNode(ACES + "Actor")
    lost = frozenset(t for t in before if t.predicate == below and t.object == actor)
    assert lost
    after = before - lost
    found = of_change(validator, before, after)
    assert found == validator.findings(store_of(after))
    assert found
