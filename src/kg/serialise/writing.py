"""RDF out: one canonical form for files that are kept, and every format for export."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import IO, Protocol

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.term import Node

from kg.errors import UsageError
from kg.serialise.formats import rdf_format
from kg.serialise.terms import from_rdflib
from kg.terms import PREFIXES, RDF_TYPE

_WITHOUT_GRAPHS = ("ttl", "nt", "rdfxml")
# Strings and IRIs are stepped over; what is left with a colon is a prefixed name.
_PREFIXED = re.compile(
    rb'"(?:[^"\\]++|\\.)*+"|<[^>]*+>|(?<![A-Za-z0-9_.:\\-])(?P<prefix>[A-Za-z][A-Za-z0-9_.-]*):', re.DOTALL
)


class HasQuads(Protocol):
    """Anything that can list its quads, such as a store."""

    def quads(self) -> Iterable[ox.Quad]:
        """All quads."""
        ...


def canonical_trig(
    triples: Iterable[tuple[Node, Node, Node]], graph: str, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """TriG of one named graph: the same bytes for the same triples, in whatever order they come.

    Sorted by subject, then ``a`` before other predicates; only prefixes in use are declared.  Raises
    UsageError for blank nodes, which have no name that stays (skolemise first), and for invalid terms.
    """
    name = from_rdflib(URIRef(graph))
    quads = [
        ox.Quad(from_rdflib(s), from_rdflib(p), from_rdflib(o), name)  # type: ignore[arg-type]
        for s, p, o in set(triples)
    ]
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise UsageError(f"a blank node has no lasting name: {quad}", fix="skolemise the quads first")
    return _pretty(quads, "trig", prefixes)


def export(source: HasQuads | Iterable[ox.Quad], form: str, sink: IO[bytes]) -> None:
    """Write quads to ``sink`` as ttl, trig, nt, nq, jsonld or rdfxml, sorted.

    Formats without graph names get the union of all graphs.  Raises UsageError for a format that is
    none and for what RDF/XML cannot say.
    """
    library_format = rdf_format(form)
    quads = set(source if isinstance(source, Iterable) else source.quads())
    if form in _WITHOUT_GRAPHS:
        quads = {ox.Quad(q.subject, q.predicate, q.object, ox.DefaultGraph()) for q in quads}
    if form in ("ttl", "trig"):
        sink.write(_pretty(quads, form, PREFIXES))
        return
    try:
        ox.serialize(sorted(quads, key=_order), sink, library_format)
    except ValueError as error:
        raise UsageError(f"this cannot be written as {form}: {error}", fix="use nq or trig") from None


def export_bytes(source: HasQuads | Iterable[ox.Quad], form: str) -> bytes:
    """What :func:`export` writes, as bytes."""
    sink = io.BytesIO()
    export(source, form, sink)
    return sink.getvalue()


def graph_text(graph: Iterable[tuple[Node, Node, Node]], form: str) -> str:
    """The triples of an rdflib Graph as text in one of the formats, sorted."""
    quads = [ox.Quad(from_rdflib(s), from_rdflib(p), from_rdflib(o)) for s, p, o in graph]  # type: ignore[arg-type]
    return export_bytes(quads, form).decode()


def _order(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    predicate = quad.predicate.value
    return str(quad.graph_name), str(quad.subject), predicate != RDF_TYPE, predicate, str(quad.object)


def _pretty(quads: Iterable[ox.Quad], form: str, prefixes: Mapping[str, str]) -> bytes:
    """Turtle or TriG with the prefixes that are used, sorted: the library's own order is by chance."""
    known = _one_for_each_namespace(prefixes)
    text = io.BytesIO()
    ox.serialize(sorted(quads, key=_order), text, rdf_format(form), prefixes=known)
    body = b"".join(line for line in text.getvalue().splitlines(True) if not line.startswith(b"@prefix "))
    used = {match["prefix"].decode() for match in _PREFIXED.finditer(body) if match["prefix"]}
    head = "".join(f"@prefix {prefix}: <{known[prefix]}> .\n" for prefix in sorted(used & known.keys()))
    return head.encode() + body


def _one_for_each_namespace(prefixes: Mapping[str, str]) -> dict[str, str]:
    """Prefixes of which never two fit one IRI; of two that do, the longer namespace stays."""
    return {
        prefix: namespace
        for prefix, namespace in sorted(prefixes.items())
        if not any(
            other.startswith(namespace) and (other != namespace or name < prefix)
            for name, other in prefixes.items()
            if name != prefix
        )
    }
