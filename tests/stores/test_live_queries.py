"""Every canned query on each kind of live store gives the rows of the embedded store.

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
CASES = [(store, what) for store in WITH_UNION for what in ("corpus", "shipped")]
# Over the shipped graph RDF4J takes most of a minute or more for these; over the small corpus it answers all.
SLOW = {("rdf4j", ROOT, "actor-story")}


@cache
def embedded(folder: Path) -> LocalStore:
    quads = LocalStore.from_trig_files(graph_files(folder)).quads()
    return LocalStore.from_quads(quad for quad in quads if quad.graph_name.value != SHAPES_GRAPH)  # type: ignore[union-attr]


def graph_files(folder: Path) -> list[Path]:
    return sorted((folder / "triples").glob("*.trig"))


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def held(
    request: pytest.FixtureRequest, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RemoteStore, Path]]:
    """A store, and the workspace whose graph it holds."""
    name, what = request.param
    workspace = corpus if what == "corpus" else ROOT
    with WITH_UNION[name](tmp_path_factory.mktemp(name)) as server:
        remote = server.remote(timeout=120)
        report = load(remote, GraphFiles(graph_files(workspace)))
        assert report.equal, report.text()
        yield remote, workspace


@pytest.mark.parametrize("query", catalogue())
def test_a_canned_query_gives_the_rows_of_the_embedded_store(
    query: str, held: tuple[RemoteStore, Path]
) -> None:
    store, workspace = held
    if (store.preset.name, workspace, query) in SLOW:
        pytest.skip("it takes this store too long over the shipped graph")
    text = catalogue()[query].text
    assert store.query(text) == embedded(workspace).query(text)
