"""Real triple stores on loopback, for tests and benchmarks: each with its own folder and port.

``.ci/servers`` installs them. One that is not there fails the test that wants it: such tests run with
``--live`` alone.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from servers.fuseki import fuseki
from servers.oxigraph import oxigraph
from servers.process import Server
from servers.rdf4j import rdf4j
from servers.virtuoso import bulk_load, isql, virtuoso

__all__ = ["STARTERS", "Server", "bulk_load", "fuseki", "isql", "oxigraph", "rdf4j", "virtuoso"]

STARTERS: dict[str, Callable[[Path], AbstractContextManager[Server]]] = {
    "oxigraph": oxigraph,
    "fuseki": fuseki,
    "rdf4j": rdf4j,
    "virtuoso": virtuoso,
}
"""How each store is started, by the name of its preset."""
