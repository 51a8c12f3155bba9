"""Every canned query on each kind of live store gives the rows of the embedded store.

The small corpus is on every store, the shipped graph on those that answer over it in time.  The default
graph of each is a union (Fuseki has to be told), the shapes included, which no query sees.
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
# Known gaps: what Virtuoso does not answer alike yet over the shipped graph; the first anywhere.
DIFFERS = ["actor-names", "actor-ties", "claim-disagreements", "event-criticism", "event-critics", "event-timeline", "observation-rivals", "place-spread"]  # fmt: skip  # noqa: E501


@cache
def embedded(folder: Path) -> LocalStore:
    quads = LocalStore.from_trig_files(graph_files(folder)).quads()
    return LocalStore.from_quads(quad for quad in quads if quad.graph_name.value != SHAPES_GRAPH)  # type: ignore[union-attr]


def graph_files(folder: Path) -> list[Path]:
    return sorted((folder / "triples").glob("*.trig"))


CASES = [(name, "corpus") for name in WITH_UNION] + [
    (name, "shipped") for name in ("oxigraph", "fuseki", "virtuoso")
]


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


@pytest.mark.parametrize("name", catalogue())
def test_a_canned_query_gives_the_rows_of_the_embedded_store(
    name: str, held: tuple[RemoteStore, Path], request: pytest.FixtureRequest
) -> None:
    store, workspace = held
    if store.preset.name == "virtuoso" and name in DIFFERS[: None if workspace == ROOT else 1]:
        # Not strict: what differs hangs on the plan that Virtuoso happens to choose.
        request.applymarker(pytest.mark.xfail(strict=False, reason="Virtuoso answers other rows"))
    query = catalogue()[name].text
    assert store.query(query) == embedded(workspace).query(query)
