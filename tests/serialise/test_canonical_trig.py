"""One named graph as TriG: the same bytes for the same triples, and nothing lost."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from kg.errors import UsageError
from kg.serialise import canonical_trig, parse, to_rdflib
from running import environment
from strategies import graphs

GRAPH = "https://w3id.org/aces/kg/graph/facts"
Triples = list[tuple[Node, Node, Node]]
A, B, C = URIRef("https://w3id.org/aces/kg/actor/a"), URIRef("urn:b"), URIRef("urn:c")


def read_back(data: bytes) -> set[tuple[Node, ...]]:
    quads = parse(data, "trig", where="f")
    assert {quad.graph_name.value for quad in quads} <= {GRAPH}
    return {tuple(map(to_rdflib, (quad.subject, quad.predicate, quad.object))) for quad in quads}


@given(graphs)
def test_what_is_written_reads_back_equal(triples: Triples) -> None:
    assert read_back(canonical_trig(triples, GRAPH)) == set(triples)


@given(graphs, st.randoms())
def test_the_order_of_the_input_does_not_show(triples: Triples, order: random.Random) -> None:
    shuffled = [*triples, *triples[:3]]
    order.shuffle(shuffled)
    assert canonical_trig(shuffled, GRAPH) == canonical_trig(triples, GRAPH)


@given(graphs)
def test_writing_what_was_read_gives_the_same_bytes(triples: Triples) -> None:
    once = canonical_trig(triples, GRAPH)
    assert canonical_trig(read_back(once), GRAPH) == once  # type: ignore[arg-type]


def test_only_prefixes_in_use_are_declared_in_order() -> None:
    text = canonical_trig([(A, RDF.type, C), (A, B, Literal("xsd:x owl:Thing"))], GRAPH).decode()
    heads = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    assert heads == ["actor:", "graph:"]


def test_a_prefix_used_for_a_datatype_only_is_declared() -> None:
    text = canonical_trig([(A, B, Literal("2015-08-06", datatype=XSD.date))], GRAPH).decode()
    assert "@prefix xsd:" in text


def test_the_type_comes_first_and_predicates_are_sorted() -> None:
    text = canonical_trig(
        [(A, URIRef("urn:z"), C), (A, URIRef("urn:a"), C), (A, RDF.type, C)], GRAPH
    ).decode()
    assert text.index(" a <urn:c>") < text.index("<urn:a>") < text.index("<urn:z>")


def test_of_two_prefixes_that_fit_the_longer_namespace_is_taken() -> None:
    prefixes = {"short": "urn:x:", "long": "urn:x:y:"}
    text = canonical_trig([(URIRef("urn:x:y:1"), URIRef("urn:x:y:2"), A)], GRAPH, prefixes).decode()
    assert "long:1 long:2" in text


def test_an_empty_graph_is_an_empty_file() -> None:
    assert canonical_trig([], GRAPH) == b""


@pytest.mark.parametrize("triple", [(BNode(), B, C), (A, B, BNode())])
def test_a_blank_node_has_no_canonical_form(triple: tuple[Node, Node, Node]) -> None:
    with pytest.raises(UsageError, match="skolemise"):
        canonical_trig([triple], GRAPH)


@pytest.mark.parametrize("triple", [(Literal("s"), B, C), (A, Literal("p"), C), (A, BNode(), C)])
def test_a_term_in_the_wrong_place_is_refused(triple: tuple[Node, Node, Node]) -> None:
    with pytest.raises(UsageError):
        canonical_trig([triple], GRAPH)


WRITER = """
import sys
from rdflib import Literal, URIRef
from kg.serialise import canonical_trig
from kg.terms import PREFIXES
spaces = sorted(PREFIXES.values())
words = 'r\\u00e9sum\\u00e9 \\u06a9 '
triples = {(URIRef(s + 'a'), URIRef(p + 'p'), Literal(words + s, lang='ps')) for s in spaces for p in spaces}
sys.stdout.buffer.write(canonical_trig(triples, 'https://w3id.org/aces/kg/graph/facts'))
"""


@pytest.mark.parametrize(
    "host",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "TZ": "Asia/Kathmandu"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns"},
    ],
)
def test_the_host_does_not_show_in_the_bytes(host: dict[str, str], tmp_path: Path) -> None:
    def written(**changes: str) -> bytes:
        command = [sys.executable, "-c", WRITER]
        return subprocess.run(
            command, env=environment(**changes), cwd=tmp_path, stdout=subprocess.PIPE, check=True
        ).stdout

    expected = written(PYTHONHASHSEED="0")
    assert len(expected) > 10_000
    assert written(**host) == expected
