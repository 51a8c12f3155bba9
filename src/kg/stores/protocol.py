"""One query by the SPARQL Protocol: how it is asked, and what its answer must look like."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from SPARQLWrapper import GET, POST, SPARQLWrapper

from kg.display import printable
from kg.errors import LimitError, RefusedError, RemoteError, UnreadableError
from kg.serialise import Term, parse, to_rdflib
from kg.sparql import QueryForm
from kg.stores import http as door
from kg.stores.answer import SHAPES_GRAPH, Answer, Rows
from kg.stores.forms import one_form
from kg.terms import PREFIXES

MAX_URL_QUERY = 2000
MAX_ANSWER = 512 * 1024 * 1024
_ROWS_TYPE = "application/sparql-results+json"
_ROWS_TYPES = (_ROWS_TYPE, "application/json")
# Stores write these as they like (22.0 for 22, 1 for true); rows are to be those of the embedded store.
_ONE_FORM = frozenset(PREFIXES["xsd"] + name for name in ("decimal", "boolean"))
_GRAPH_TYPES = {"application/n-triples": "nt", "text/turtle": "ttl", "application/rdf+xml": "rdfxml"}


class Request(SPARQLWrapper):
    """One query over HTTP: JSON or N-Triples wanted, POST when it is long, redirects bounded."""

    def __init__(
        self,
        address: door.Address,
        sparql: str,
        form: QueryForm,
        graphs: list[str],
        timeout: float,
        *,
        credentials: tuple[str, str] | None = None,
        digest: bool = False,
    ) -> None:
        """A query to an address; ``graphs`` are named as its dataset, the shapes not in the default graph.

        ``digest`` says that a password goes by digest authentication alone.
        """
        super().__init__(address.url, agent=door.user_agent())
        self.seconds = timeout
        # The library would guess the form, and guesses wrong on words inside strings.
        self.queryString, self.queryType = sparql, form.upper()
        self.setOnlyConneg(True)
        for name, value in address.parameters:
            self.addParameter(name, value)
        for graph in graphs:
            self.addParameter("named-graph-uri", graph)
            if graph != SHAPES_GRAPH:
                self.addParameter("default-graph-uri", graph)
        self._opener = door.opener(address, credentials)
        if credentials and not digest:
            self.setCredentials(*credentials)
        size = len(sparql) + sum(2 * len(graph) for graph in graphs)
        self.setMethod(POST if size > MAX_URL_QUERY else GET)

    def _getAcceptHeader(self) -> str:
        if self.queryType in ("SELECT", "ASK"):
            return _ROWS_TYPE
        return "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"

    def _query(self) -> tuple[http.client.HTTPResponse, str]:
        """Send it by our own opener: the library's would follow a redirect anywhere."""
        response = self._opener.open(self._createRequest(), timeout=self.seconds)
        return response, self.returnFormat


def read_whole(response: http.client.HTTPResponse, where: door.Address, seconds: float) -> bytes:
    """The whole body. Raises LimitError when it is too long or too slow, IncompleteRead when it is cut."""
    parts, size, deadline = [], 0, time.monotonic() + seconds
    while part := response.read1(1 << 16):
        parts.append(part)
        size += len(part)
        if size > MAX_ANSWER:
            raise LimitError(f"the answer is over {MAX_ANSWER:,} bytes", where=str(where), fix="ask for less")
        if time.monotonic() > deadline:
            raise door.timed_out(where, seconds)
    if response.length:  # read1 does not notice that less came than was announced
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(parts)


def read_answer(kind: str, body: bytes, form: QueryForm, where: door.Address) -> Answer:
    """The answer of a query of this form. Raises RemoteError when it is no whole result in our formats."""
    return _rows(kind, body, form, where) if form in ("select", "ask") else _graph(kind, body, where)


def _rows(kind: str, body: bytes, form: QueryForm, where: door.Address) -> Answer:
    if kind not in _ROWS_TYPES:
        raise _not_taken(kind, "query results in JSON", where)
    try:
        found = json.loads(body)
        if form == "ask":
            return bool(found["boolean"])
        columns = tuple(str(name) for name in found["head"]["vars"])
        rows = [_row(columns, binding) for binding in found["results"]["bindings"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _cut(where) from None
    return Rows(columns, rows)


def _row(columns: tuple[str, ...], binding: dict[str, Any]) -> tuple[Term | None, ...]:
    return tuple(_term(binding[name]) if name in binding else None for name in columns)


def _term(found: dict[str, Any]) -> Term:
    kind, value = found["type"], found["value"]
    if not isinstance(value, str):
        raise RefusedError("triple terms of RDF 1.2 are not taken", fix="ask for its parts")
    if kind == "uri":
        return URIRef(value)
    if kind == "bnode":
        return BNode(value)
    language, datatype = found.get("xml:lang"), found.get("datatype")
    if language:
        return Literal(value, lang=language)
    if datatype in (None, PREFIXES["xsd"] + "string"):
        return Literal(value)
    if datatype in _ONE_FORM:
        return to_rdflib(one_form(ox.Literal(value, datatype=ox.NamedNode(datatype))))
    return Literal(value, datatype=URIRef(datatype), normalize=False)


def _graph(kind: str, body: bytes, where: door.Address) -> Graph:
    if kind not in _GRAPH_TYPES:
        raise _not_taken(kind, "RDF", where)
    try:
        quads = parse(body, _GRAPH_TYPES[kind], where=str(where))
    except UnreadableError:
        raise _cut(where) from None
    graph = Graph()
    for quad in quads:
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return graph


def _not_taken(kind: str, wanted: str, where: door.Address) -> RemoteError:
    return RemoteError(
        f"the store answered {printable(kind)}, not {wanted}",
        where=str(where),
        fix="check that this is its query address",
    )


def _cut(where: door.Address) -> RemoteError:
    return RemoteError("the answer is cut off or no SPARQL result", where=str(where), fix="try again")
