"""Live stores for the tests of stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.stores.files import GraphFiles
from kg.terms import KG
from servers import STARTERS, Server


@pytest.fixture(scope="module", params=STARTERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each kind of store in turn, running for all tests of a module."""
    with STARTERS[request.param](tmp_path_factory.mktemp(request.param)) as started:
        yield started


@pytest.fixture
def empty(server: Server) -> Server:
    """A running store without any graph of ours."""
    if server.process is None:
        server.start()
    remote = server.remote()
    with remote.writer() as writer:
        for graph in (*remote.held(KG), *remote.held("urn:")):
            writer.drop(graph)
    return server


@pytest.fixture(scope="session")
def files(corpus: Path) -> GraphFiles:
    """The built small corpus as a source."""
    return GraphFiles(sorted((corpus / "triples").glob("*.trig")))
