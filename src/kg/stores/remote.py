"""A remote triple store: queries by the SPARQL Protocol, and the way to write to it."""

from __future__ import annotations

import http.client
import ssl
import urllib.error
from functools import cached_property

from kg.sparql import QueryForm, form_of, keywords
from kg.stores import http as door
from kg.stores.answer import Answer, Rows
from kg.stores.credentials import find_credentials
from kg.stores.faults import innermost, reason, refusal
from kg.stores.graphstore import GraphStore
from kg.stores.presets import Addresses, addresses_of, find_preset, query_address
from kg.stores.protocol import Request, read_answer, read_whole
from kg.stores.report import GRAPHS
from kg.terms import DATASET, PREFIXES

_GAVE_UP = "X-SQL-State"
"""The header by which Virtuoso says that its time ran out and the rows are not all."""
_PROBE = f"ASK {{ <{DATASET}> a <{PREFIXES['void']}Dataset> }}"
_COUNT = """SELECT ?graph (COUNT(*) AS ?held) WHERE {{
  GRAPH ?graph {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?graph), "{start}"))
}} GROUP BY ?graph"""


class RemoteStore:
    """A triple store at an address; it may or may not answer over the union of its graphs."""

    def __init__(
        self,
        endpoint: str,
        *,
        store: str | None = None,
        query: str | None = None,
        update: str | None = None,
        graph_store: str | None = None,
        credentials: tuple[str, str] | None = None,
        timeout: float = 60.0,
    ) -> None:
        """A store by its address.

        An ``endpoint`` with a path is the query address itself, unless ``store`` names a preset and so says
        what hangs on the dataset's address; ``http://HOST:PORT`` alone is read as the layout of Oxigraph
        (of Virtuoso at its port 8890).  ``query``, ``update`` and ``graph_store`` are the addresses that
        take queries, updates and graphs where they are not what the preset tells.  Without ``credentials``
        they are looked for where :func:`kg.stores.credentials.find_credentials` says.  ``timeout`` is in
        seconds.  Raises UsageError for what is no http or https URL, and for a ``store`` that is none.
        """
        given = door.read_address(endpoint)
        self.preset = find_preset(given, store)
        known = addresses_of(self.preset, given)
        if query:
            self.address = door.read_address(query)
        else:
            self.address = known.query if store else query_address(given)
        self._addresses = Addresses(
            self.address,
            door.read_address(update) if update else known.update,
            door.read_address(graph_store) if graph_store else known.graphs,
            None if graph_store else known.quads,
        )
        self.credentials = credentials or find_credentials(given)
        self.timeout = timeout

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
        return [] if self._ask(_PROBE, []) else sorted(self.held())

    def held(self, start: str = GRAPHS) -> dict[str, int]:
        """How many triples the store holds in each graph whose name begins so; in each of ours by default."""
        answer = self._ask(_COUNT.format(start=start), [])
        rows = answer.rows if isinstance(answer, Rows) else []
        return {str(graph): int(str(held)) for graph, held in rows if graph is not None and int(str(held))}

    def forget(self) -> None:
        """What the store answers over is asked anew: it was written to."""
        self.__dict__.pop("_graphs_to_name", None)

    def writer(self) -> GraphStore:
        """The graphs of this store, to be written."""
        return GraphStore(self.preset, self._addresses, self.credentials, self.timeout)

    def _ask(self, sparql: str, graphs: list[str]) -> Answer:
        form = form_of(sparql)
        request = Request(
            self.address,
            sparql,
            form,
            graphs,
            self.timeout,
            credentials=self.credentials,
            digest=self.preset.digest,
        )
        return door.with_retries(lambda: self._answer(request, form), self.address)

    def _answer(self, request: Request, form: QueryForm) -> Answer:
        try:
            with request.query().response as response:
                if response.headers[_GAVE_UP]:
                    raise door.timed_out(self.address, self.timeout)
                kind = response.headers.get_content_type()
                body = read_whole(response, self.address, self.timeout)
        except urllib.error.HTTPError as error:
            raise self._http_fault(error) from None
        except (http.client.HTTPException, OSError) as error:
            if isinstance(getattr(error, "reason", error), TimeoutError):
                raise door.timed_out(self.address, self.timeout) from None
            if isinstance(getattr(error, "reason", error), ssl.SSLCertVerificationError):
                raise door.untrusted(self.address, innermost(error)) from None
            raise door.Busy(reason(error)) from None
        return read_answer(kind, body, form, self.address)

    def _http_fault(self, error: urllib.error.HTTPError) -> Exception:
        with error:
            if error.code in door.BUSY:
                wait = door.retry_after(error.headers["Retry-After"])
                return door.Busy(f"the store is busy ({error.code})", wait)
            return refusal(error.code, error.read(10_000), self.address)
