"""The names of nodes that are made from content can be made by others: a few lines suffice."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping

import pyoxigraph as ox

ACES = "https://w3id.org/aces/ontology#"
KG = "https://w3id.org/aces/kg/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

Graphs = Mapping[str, set[ox.Triple]]
Described = Mapping[str, Mapping[str, list[str]]]


def hashed(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:32]


def nodes_of(kind: str, graphs: Graphs) -> dict[str, dict[str, list[str]]]:
    """The nodes of a kind by local name, as the graph of content-named nodes describes them."""
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in graphs["propositions"]:
        if triple.subject.value.startswith(f"{KG}{kind}/"):
            name = triple.subject.value.removeprefix(f"{KG}{kind}/")
            nodes[name][triple.predicate.value].append(triple.object.value)
    return nodes


def test_a_proposition_is_named_by_the_hash_of_its_three_iris(graphs: Graphs) -> None:
    propositions = nodes_of("proposition", graphs)
    parts = (ACES + "subject", ACES + "predicate", ACES + "object")
    assert {
        name: hashed([value for part in parts for value in node[part]]) for name, node in propositions.items()
    } == {name: name for name in propositions}
    assert len(propositions) >= 10


def test_an_observation_is_named_by_the_hash_of_its_sorted_dimensions(graphs: Graphs) -> None:
    observations = nodes_of("observation", graphs)
    assert {
        name: hashed(
            sorted(
                f"{prop} {value}"
                for prop, values in node.items()
                if prop not in (TYPE, LABEL)
                for value in values
            )
        )
        for name, node in observations.items()
    } == {name: name for name in observations}
    assert len(observations) >= 2


def test_every_name_of_ours_prints_as_a_prefixed_name(quads: list[ox.Quad]) -> None:
    local = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-]))*\Z")
    names = {
        term.value.removeprefix(KG)
        for quad in quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, ox.NamedNode) and term.value.startswith(KG) and not is_skolem(term)
    }
    # A scheme of concepts is named KIND, everything else KIND/NAME.
    assert [name for name in names if not all(map(local.match, name.split("/")))] == []
    assert {name.count("/") for name in names} == {0, 1}


def is_skolem(node: ox.NamedNode) -> bool:
    """Whether it stands for a blank node of the hand-written files."""
    return "/.well-known/genid/" in node.value


def test_every_individual_has_a_label(described: Described) -> None:
    unlabelled = {node for node in described if node.startswith(KG) and LABEL not in described[node]}
    selectors = {node for node in unlabelled if node.endswith((".position", ".quote"))}
    # What the ontology itself names is described here only by what is inferred of it.
    of_the_ontology = {node for node in unlabelled if set(described[node]) == {TYPE}}
    graph_names = {node for node in unlabelled if node.startswith(f"{KG}graph/")}
    assert unlabelled - selectors - of_the_ontology - graph_names == set()
