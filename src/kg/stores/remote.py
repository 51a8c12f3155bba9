"""A remote triple store: queries by the SPARQL Protocol, loading by the Graph Store Protocol."""

from __future__ import annotations

import http.client
import urllib.error
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ReadTimeoutError
from urllib3.util.retry import Retry

from kg.display import printable
from kg.errors import KgError, LimitError, RemoteError, UsageError
from kg.sparql import QueryForm, form_of, keywords
from kg.stores import http as door
from kg.stores.answer import Answer, Rows
from kg.stores.protocol import Request, read_answer, read_whole
from kg.stores.report import GRAPHS, GraphCount, LoadReport
from kg.terms import DATASET, PREFIXES

if TYPE_CHECKING:
    from kg.stores.local import LocalStore

_PROBE = f"ASK {{ <{DATASET}> a <{PREFIXES['void']}Dataset> }}"
_COUNT = f"""SELECT ?graph (COUNT(*) AS ?held) WHERE {{
  GRAPH ?graph {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?graph), "{GRAPHS}"))
}} GROUP BY ?graph"""
_ADVICE = {
    400: "it may not know a function or form that this uses",
    401: "give name and password in the address",
    403: "give name and password in the address",
    413: "ask for less",
    414: "ask for less",
}


class RemoteStore:
    """A triple store at an address; it may or may not answer over the union of its graphs."""

    def __init__(self, endpoint: str, *, graph_store: str | None = None, timeout: float = 60.0) -> None:
        """A store by its address.

        ``http://HOST:PORT`` alone is read as Oxigraph's layout (``/query``, ``/store``); any other URL is
        the query address itself, and loading then needs ``graph_store`` unless it ends in ``/query``.
        ``timeout`` is in seconds.  Raises UsageError for what is no http or https URL.
        """
        address = door.read_address(endpoint)
        self.address = address if address.path else address.at("/query")
        self.timeout = timeout
        self._graph_store = door.read_address(graph_store) if graph_store else _store_beside(self.address)

    def query(self, sparql: str) -> Answer:
        """The answer of a query that only reads; its default graph is the union of ours but the shapes.

        Raises RemoteError when the store cannot be reached, refuses, or answers with anything but a whole
        result; LimitError when it is too slow or its answer too long.
        """
        named = [] if "FROM" in keywords(sparql) else self._graphs_to_name
        return self._ask(sparql, named)

    @cached_property
    def _graphs_to_name(self) -> list[str]:
        """The graphs to send with every query; none for a store whose default graph is the union."""
        return [] if self._ask(_PROBE, []) else sorted(self._held())

    def _held(self) -> dict[str, int]:
        """How many triples the store holds in each graph of ours."""
        answer = self._ask(_COUNT, [])
        rows = answer.rows if isinstance(answer, Rows) else []
        return {str(graph): int(str(held)) for graph, held in rows if graph is not None}

    def _ask(self, sparql: str, graphs: list[str]) -> Answer:
        form = form_of(sparql)
        request = Request(self.address, sparql, form, graphs, self.timeout)
        return door.with_retries(lambda: self._answer(request, form), self.address)

    def _answer(self, request: Request, form: QueryForm) -> Answer:
        try:
            with request.query().response as response:
                kind = response.headers.get_content_type()
                body = read_whole(response, self.address, self.timeout)
        except urllib.error.HTTPError as error:
            raise self._http_fault(error) from None
        except (http.client.HTTPException, OSError) as error:
            if isinstance(getattr(error, "reason", error), TimeoutError):
                raise door.timed_out(self.address, self.timeout) from None
            raise door.Busy(_reason(error)) from None
        return read_answer(kind, body, form, self.address)

    def _http_fault(self, error: urllib.error.HTTPError) -> Exception:
        with error:
            if error.code in door.BUSY:
                wait = door.retry_after(error.headers["Retry-After"])
                return door.Busy(f"the store is busy ({error.code})", wait)
            return _refusal(error.code, error.read(10_000), self.address)

    def load(self, source: LocalStore) -> LoadReport:
        """Put every named graph of ``source`` in place of what the store had there, then compare counts.

        The report also lists graphs of ours that the store holds and ``source`` does not.  Raises
        UsageError when the graph store's address is not known, RemoteError when the store refuses.
        """
        if self._graph_store is None:
            raise UsageError(
                "it is not known where this store takes graphs",
                where=str(self.address),
                fix="give the address of its graph store",
            )
        sent = {}
        with _session(self._graph_store) as session:
            for graph in source.graph_names():
                triples = {ox.Triple(q.subject, q.predicate, q.object) for q in source.quads(graph)}
                sent[graph] = len(triples)
                self._put(session, graph, triples, self._graph_store)
        self.__dict__.pop("_graphs_to_name", None)  # what the store answers over may be another now
        held = self._held()
        names = sorted(sent.keys() | held.keys())
        counts = tuple(GraphCount(name, sent.get(name, 0), held.get(name, 0)) for name in names)
        return LoadReport(str(self.address), counts)

    def _put(self, session: requests.Session, graph: str, triples: set[ox.Triple], to: door.Address) -> None:
        try:
            response = session.put(
                to.url,
                params=[*to.parameters, ("graph", graph)],
                data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES),
                headers={"Content-Type": "application/n-triples"},
                timeout=self.timeout,
                allow_redirects=False,
            )
        except requests.Timeout:
            raise door.timed_out(to, self.timeout) from None
        except requests.RequestException as error:
            raise RemoteError(_reason(error), where=str(to), fix="check the address, or try later") from None
        if response.is_redirect:
            raise door.moved(to, response.headers["Location"])
        if not response.ok:
            raise _refusal(response.status_code, response.content, to)


def _store_beside(query: door.Address) -> door.Address | None:
    """Where a store in Oxigraph's layout takes graphs."""
    return query.at(query.path.removesuffix("/query") + "/store") if query.path.endswith("/query") else None


def _refusal(status: int, body: bytes, where: door.Address) -> KgError:
    if status in (408, 504):
        return LimitError(f"the store gave up ({status})", where=str(where), fix="ask for less")
    lines = body.decode("utf-8", "replace").strip().splitlines()
    words = printable(lines[0][:200]) if lines and not lines[0].startswith("<") else ""
    fix = _ADVICE.get(status, "check that the address is the store's")
    return RemoteError(f"the store answered {status} {words}".rstrip(), where=str(where), fix=fix)


def _reason(error: BaseException) -> str:
    """Why no answer came about, in words without addresses (which may hold passwords)."""
    if isinstance(error, http.client.IncompleteRead):
        return "the answer was cut off"
    while isinstance(inner := getattr(error, "reason", None) or error.__context__, BaseException):
        error = inner
    words = getattr(error, "strerror", None) or type(error).__name__
    return f"the store cannot be reached ({printable(str(words))})"


def _session(to: door.Address) -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = door.user_agent()
    session.auth = to.credentials
    retry = _BoundedRetry(
        total=door.TRIES - 1,
        status_forcelist=door.BUSY,
        allowed_methods={"PUT"},
        backoff_factor=door.FIRST_WAIT,
        raise_on_status=False,
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


class _BoundedRetry(Retry):
    """Waits as the store asks, but never longer than half a minute; a store that is slow stays slow."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: Any = None,
        error: Exception | None = None,
        _pool: Any = None,
        _stacktrace: Any = None,
    ) -> Self:
        if isinstance(error, ReadTimeoutError):
            raise error
        return super().increment(method, url, response, error, _pool, _stacktrace)

    def get_retry_after(self, response: Any) -> float | None:
        wait = super().get_retry_after(response)
        return None if wait is None else min(wait, door.MAX_WAIT)
