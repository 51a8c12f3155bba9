"""Blank nodes get the same IRIs every time, each graph its own, and naming ends in time."""

from __future__ import annotations

import random
import time

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LimitError
from kg.serialise import canonical, graph_hash, parse, skolemise

GENID = "https://w3id.org/aces/kg/.well-known/genid/"
P, Q = ox.NamedNode("urn:p"), ox.NamedNode("urn:q")
SHAPE = b"""
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> sh:or ( [ sh:path <urn:a> ] [ sh:path [ sh:inversePath <urn:b> ] ] ) .
<urn:t> sh:path [ sh:inversePath <urn:b> ] .
<urn:u> sh:path [ sh:inversePath <urn:b> ] .
"""

nodes = st.one_of(
    st.integers(0, 4).map(lambda n: ox.BlankNode(f"b{n}")),
    st.sampled_from([ox.NamedNode("urn:x"), ox.NamedNode("urn:y")]),
)
quads = st.lists(st.builds(ox.Quad, nodes, st.sampled_from([P, Q]), nodes), max_size=8)


def renamed(found: list[ox.Quad], order: random.Random) -> list[ox.Quad]:
    """The same graph with other blank node labels, in another order."""
    labels: dict[str, ox.BlankNode] = {}

    def other(term: object) -> object:
        return labels.setdefault(term.value, ox.BlankNode()) if isinstance(term, ox.BlankNode) else term

    copy = [ox.Quad(other(q.subject), q.predicate, other(q.object)) for q in found]  # type: ignore[arg-type]
    order.shuffle(copy)
    return copy


@given(quads, st.randoms())
def test_labels_and_order_do_not_show(found: list[ox.Quad], order: random.Random) -> None:
    copy = renamed(found, order)
    assert skolemise(copy) == skolemise(found)
    assert graph_hash(copy) == graph_hash(found)


@given(quads)
def test_no_blank_node_is_left_and_no_quad_lost(found: list[ox.Quad]) -> None:
    named = skolemise(found)
    assert len(named) == len(set(found))
    terms = [term for quad in named for term in (quad.subject, quad.object)]
    assert not any(isinstance(term, ox.BlankNode) for term in terms)
    assert len({t for t in terms if t.value.startswith(GENID)}) == len(
        {t for quad in found for t in (quad.subject, quad.object) if isinstance(t, ox.BlankNode)}
    )


def test_two_blank_nodes_that_say_the_very_same_stay_two() -> None:
    twins = parse(b"[ <urn:p> 1 ] . [ <urn:p> 1 ] .", "ttl", where="f")
    assert len({quad.subject for quad in skolemise(twins)}) == 2


def test_an_edit_elsewhere_renames_nothing() -> None:
    before = skolemise(parse(SHAPE, "ttl", where="f"))
    after = skolemise(parse(SHAPE + b"<urn:new> <urn:p> [ <urn:q> 5 ] .", "ttl", where="f"))
    assert set(before) < set(after)


def test_two_graphs_share_no_names() -> None:
    first = skolemise(parse(b"<urn:a> <urn:p> [ <urn:q> 1 ] .", "ttl", where="f"))
    second = skolemise(parse(b"<urn:b> <urn:p> [ <urn:q> 1 ] .", "ttl", where="f"))
    assert not {q.subject for q in first} & {q.subject for q in second}


def test_quads_without_blank_nodes_are_only_sorted() -> None:
    found = parse(b"<urn:b> <urn:p> 1 . <urn:a> <urn:p> 1 .", "ttl", where="f")
    assert skolemise(found) == [found[1], found[0]]


def test_a_hash_tells_graphs_apart() -> None:
    assert graph_hash(parse(b"[ <urn:p> 1 ] .", "ttl", where="f")) != graph_hash(
        parse(b"[ <urn:p> 2 ] .", "ttl", where="f")
    )


def clique(size: int) -> list[ox.Quad]:
    members = [ox.BlankNode() for _ in range(size)]
    return [ox.Quad(one, P, other) for one in members for other in members if one != other]


def test_look_alikes_are_named_in_a_process_of_their_own_just_the_same() -> None:
    seven = clique(7)
    dataset = ox.Dataset(seven)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    expected = graph_hash([ox.Quad(q.subject, q.predicate, q.object) for q in dataset])
    assert graph_hash(seven) == expected


def test_a_graph_made_to_never_end_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "MAX_SECONDS", 1.0)
    start = time.monotonic()
    with pytest.raises(LimitError, match="told apart"):
        skolemise(clique(12))
    assert time.monotonic() - start < 5
