"""Whatever is given for a parameter of a canned query, the query that runs keeps its shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from algebra import shape
from kg.errors import UnknownNameError
from kg.graph import KnowledgeGraph, open_graph
from kg.queries.catalogue import Query, catalogue
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
PARAMETERS = [(query, parameter) for query in catalogue().values() for parameter in query.parameters]
FIRST_OF_ITS_KIND = {parameter.kind: (query, parameter) for query, parameter in reversed(PARAMETERS)}
# A name is looked up by its kind, before any query is made: each kind meets all values, other queries a few.
NAMED = [
    pytest.param(query, p.name, full, id=f"{query.name}-{p.name}")
    for query, p in PARAMETERS
    if p.kind not in ("text", "number")
    for full in [FIRST_OF_ITS_KIND[p.kind] == (query, p)]
]
BOUND = [(q, p.name) for q, p in PARAMETERS if p.kind in ("text", "number")]
IDS = [f"{query.name}-{name}" for query, name in BOUND]


@pytest.fixture(scope="module")
def graph(corpus: Path) -> KnowledgeGraph:
    return open_graph(corpus)


def test_there_are_more_than_thirty_hostile_values() -> None:
    assert len(set(VALUES)) > 30


@pytest.mark.parametrize(("query", "name", "full"), NAMED)
def test_what_is_no_name_is_refused_before_any_query_is_made(
    query: Query, name: str, full: bool, graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.local, "query", lambda text: pytest.fail(f"asked: {text}"))
    for value in VALUES if full else BREAK_OUTS[:3]:
        with pytest.raises(UnknownNameError):
            graph.query(query.name, **(needed(query) | {name: value}))


@pytest.mark.parametrize(("query", "name"), BOUND, ids=IDS)
def test_a_hostile_text_changes_one_line_of_a_query_and_that_one_keeps_its_shape(
    query: Query, name: str, graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text is bound as it is, in the place of the example."""
    (example,) = (line for line in query.text.splitlines() if line.strip().startswith(f"VALUES ?{name} "))
    before, after = bound(query, name, "plain", graph, monkeypatch).split(alone(name, "plain"))
    for value in VALUES:
        text = bound(query, name, value, graph, monkeypatch)
        assert text.startswith(before)
        assert text.endswith(after)
        line = text[len(before) : len(text) - len(after)]
        assert "\n" not in line
        assert shape(f"SELECT * {{ {line} }}") == shape(f"SELECT * {{ {example} }}")


@pytest.mark.slow
@pytest.mark.parametrize(("query", "name"), BOUND, ids=IDS)
def test_a_hostile_text_never_changes_the_shape_of_a_query(
    query: Query, name: str, graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = {bound(query, name, value, graph, monkeypatch) for value in VALUES}
    assert {shape(text) for text in ran} == {shape(query.text)}


def needed(query: Query) -> dict[str, str]:
    """A value for each parameter that a query cannot do without."""
    return {
        p.name: "2019" if p.kind in ("text", "number") else "pilots-guild"
        for p in query.parameters
        if p.required
    }


def alone(name: str, value: str) -> str:
    return f'VALUES ?{name} {{ "{value}" }}'


def bound(query: Query, name: str, value: str, graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> str:
    """The text that is run."""
    ran: list[str] = []
    monkeypatch.setattr(graph.local, "query", lambda text: ran.append(text) or True)
    graph.query(query.name, **(needed(query) | {name: value}))
    (text,) = ran
    return text
