"""Every canned query on each kind of live store that holds the shipped graph: the rows of the embedded store.

The default graph of each is a union (Fuseki has to be told), the shapes included, which no query sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kg.queries.catalogue import catalogue
from kg.stores.answer import SHAPES_GRAPH
from kg.stores.files import GraphFiles
from kg.stores.loading import load
from kg.stores.local import LocalStore
from kg.stores.remote import RemoteStore
from servers import STARTERS, fuseki, oxigraph

pytestmark = pytest.mark.server
ROOT = Path(__file__).parents[2]
WITH_UNION = STARTERS | {
    "oxigraph": lambda folder: oxigraph(folder, "--union-default-graph"),
    "fuseki": lambda folder: fuseki(folder, union=True),
}
DIFFERS = {("virtuoso", "event-criticism"): "Virtuoso finds some of its rows only"}


def shipped() -> list[Path]:
    return sorted((ROOT / "triples").glob("*.trig"))


@cache
def embedded() -> LocalStore:
    quads = LocalStore.from_trig_files(shipped()).quads()
    return LocalStore.from_quads(quad for quad in quads if quad.graph_name.value != SHAPES_GRAPH)  # type: ignore[union-attr]


@pytest.fixture(scope="module", params=WITH_UNION)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    with WITH_UNION[request.param](tmp_path_factory.mktemp(request.param)) as server:
        remote = server.remote(timeout=240)
        report = load(remote, GraphFiles(shipped()))
        assert report.equal, report.text()
        yield remote


@pytest.mark.parametrize("name", catalogue())
def test_a_canned_query_gives_the_rows_of_the_embedded_store(
    name: str, store: RemoteStore, request: pytest.FixtureRequest
) -> None:
    if reason := DIFFERS.get((store.preset.name, name)):
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    query = catalogue()[name].text
    assert store.query(query) == embedded().query(query)
