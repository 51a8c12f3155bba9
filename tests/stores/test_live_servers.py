"""Every triple store that the tests start: it takes a graph, keeps it over a crash, and loads in bulk."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import requests

from servers import STARTERS, bulk_load, virtuoso
from servers.process import PORTS, free_port

pytestmark = pytest.mark.server
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }"


@pytest.mark.parametrize("name", STARTERS)
def test_a_store_takes_a_graph_and_holds_it_after_it_was_killed(name: str, tmp_path: Path) -> None:
    with STARTERS[name](tmp_path / name) as server:
        requests.put(
            server.graphs,
            params={"graph": "urn:g"},
            data='<urn:a> <urn:b> "c" .',
            headers={"Content-Type": "application/n-triples"},
            auth=server.auth,
            timeout=60,
        ).raise_for_status()
        server.change("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")
        server.stop(kill=True)
        server.start()
        rows = server.ask(COUNT).json()["results"]["bindings"]
    assert [row["n"]["value"] for row in rows] == ["2"]


def test_the_port_of_a_server_is_none_that_any_other_program_is_given() -> None:
    """A proxy of another test, say, which would then answer in its place."""
    with socket.create_server(("127.0.0.1", 0)) as given:
        assert max(PORTS) < given.getsockname()[1]
    assert all(PORTS[0] <= free_port() < PORTS[1] for _ in range(50))


def test_virtuoso_loads_files_in_bulk_into_the_graphs_they_name(tmp_path: Path) -> None:
    with virtuoso(tmp_path / "virtuoso") as server:
        file = server.folder / "some.nq"
        file.write_text(
            "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> 'd' <urn:g> .\n".replace("'", '"')
        )
        bulk_load(server, [file])
        rows = server.ask(COUNT).json()["results"]["bindings"]
    assert [row["n"]["value"] for row in rows] == ["2"]


def test_a_file_that_virtuoso_cannot_load_in_bulk_is_noticed(tmp_path: Path) -> None:
    with virtuoso(tmp_path / "virtuoso") as server:
        file = server.folder / "some.nq"
        file.write_text("<urn:a> <urn:b>")
        with pytest.raises(AssertionError, match=r"some\.nq"):
            bulk_load(server, [file])
