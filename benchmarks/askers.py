"""The four engines that are asked, each over the same corpus: a way to ask, and how long loading took."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from rdflib import Graph

from kg.serialise import to_rdflib
from kg.stores.answer import Rows as Answered
from kg.stores.http import Address
from kg.stores.local import LocalStore
from kg.stores.protocol import read_answer
from timing import Ask, Rows

sys.path.append(str(Path(__file__).parents[1] / "tests"))

import servers  # the same servers that the tests start

_JSON = "application/sparql-results+json"
_TOO_SLOW = (408, 503, 504)
_CUT = "X-SQL-State"
"""The header by which Virtuoso says that time ran out and the rows are not all."""


@dataclass(frozen=True)
class Asker:
    """An engine with the corpus in it, and the seconds that loading took.

    ``revive`` is called after a question that took too long or failed: a server may still be at it, or gone.
    """

    name: str
    ask: Ask
    loading: float
    revive: Callable[[], None] = lambda: None


def embedded(store: LocalStore, loading: float) -> Asker:
    """Our own store, as ``kg query`` asks it."""

    def ask(text: str) -> Rows:
        answer = store.query(text)
        assert isinstance(answer, Answered)
        return answer.rows

    return Asker("embedded", ask, loading)


def rdflib(store: LocalStore) -> Asker:
    """rdflib's own engine over a graph in memory."""
    start, graph = time.perf_counter(), Graph()
    for quad in store.data:
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))

    def ask(text: str) -> Rows:
        return graph.query(text)  # type: ignore[return-value]

    return Asker("rdflib", ask, time.perf_counter() - start)


@contextmanager
def oxigraph(corpus: Path, folder: Path, limit: float) -> Iterator[Asker]:
    """Oxigraph server, loaded in bulk and optimised for reading."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    folder.mkdir()
    start, data = time.perf_counter(), folder / "data"
    for words in (["load", "--file", str(corpus)], ["optimize"]):
        subprocess.run([program, words[0], "--location", data, *words[1:]], check=True, capture_output=True)
    loading = time.perf_counter() - start
    options = ("--union-default-graph", "--timeout-s", str(round(limit)))
    with servers.oxigraph(folder, *options) as server:
        yield Asker("Oxigraph", _over_http(server.query, limit), loading, lambda: _restart(server))


@contextmanager
def virtuoso(corpus: Path, folder: Path, limit: float) -> Iterator[Asker]:
    """Virtuoso 7, loaded by its own bulk loader."""
    with servers.virtuoso(folder, MaxQueryExecutionTime=str(round(limit))) as server:
        copy = Path(shutil.copy(corpus, folder / "corpus.nq"))
        start = time.perf_counter()
        servers.bulk_load(server, [copy])
        loading = time.perf_counter() - start
        yield Asker("Virtuoso", _over_http(server.query, limit), loading, lambda: _restart(server))


def _restart(server: servers.Server) -> None:
    server.stop(kill=True)
    server.start()


def _over_http(address: str, limit: float) -> Ask:
    """Ask over a connection that stays open: JSON results, fetched whole and read into terms."""
    session, where = requests.Session(), Address(address, "", "", ())

    def ask(text: str) -> Rows:
        start = time.perf_counter()
        reply = session.post(address, data={"query": text}, headers={"Accept": _JSON})
        if reply.status_code in _TOO_SLOW or _CUT in reply.headers:
            raise TimeoutError
        if not reply.ok:
            raise RuntimeError(f"{reply.status_code} {reply.text[:300]}")
        if time.perf_counter() - start >= limit:  # Oxigraph cuts its answer off
            raise TimeoutError
        answer = read_answer(_JSON, reply.content, "select", where)
        assert isinstance(answer, Answered)
        return answer.rows

    return ask
