"""Whatever is given for a parameter of a canned query, the query that runs keeps its shape."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from algebra import shape
from kg.errors import UnknownNameError
from kg.graph import KnowledgeGraph, open_graph
from kg.queries.catalogue import Parameter, Query, catalogue
from strategies import HOSTILE

KG = "https://w3id.org/aces/kg"
BREAK_OUTS = (
    "x> } ; DROP ALL",
    'x" } INSERT DATA { <urn:a> <urn:b> 1 } #',
    "actor/x> } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o",
    f"{KG}/actor/x> }} SERVICE <http://127.0.0.1:9/> {{ ?s ?p ?o }} #",
    f"{KG}/actor/x\\u003E }} #",
    f"<{KG}/actor/pilots-guild>",
    "actor:pilots-guild } UNION { ?s ?p ?o",
    '") . ?s ?p ?o . FILTER("" = "',
    "' UNION SELECT * WHERE { ?s ?p ?o } #",
    "pilots-guild }\n VALUES ?actor { UNDEF",
)
VALUES = (*BREAK_OUTS, *HOSTILE)
ASKED = [
    pytest.param(query, parameter.name, id=f"{query.name}-{parameter.name}")
    for query in catalogue().values()
    for parameter in query.parameters
]


@pytest.fixture(scope="module")
def graph(corpus: Path) -> KnowledgeGraph:
    return open_graph(corpus)


def test_there_are_more_than_thirty_hostile_values() -> None:
    assert len(set(VALUES)) > 30


@pytest.mark.parametrize(("query", "name"), ASKED)
def test_a_hostile_value_never_changes_the_shape_of_a_query(
    query: Query, name: str, graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text is bound as it is, in the place of the example; anything else must be a name."""
    ran: list[str] = []
    monkeypatch.setattr(graph.local, "query", lambda text: ran.append(text) or True)
    others = {p.name: "2019" if is_text(p) else "pilots-guild" for p in query.parameters if p.required}
    for value in VALUES:
        with nullcontext() if is_text(query.parameter(name)) else pytest.raises(UnknownNameError):
            graph.query(query.name, **(others | {name: value}))
    assert len(ran) == (len(VALUES) if is_text(query.parameter(name)) else 0)
    assert {shape(text) for text in ran} <= {shape(query.text)}


def is_text(parameter: Parameter) -> bool:
    return parameter.kind in ("text", "number")
