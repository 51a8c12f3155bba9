"""RDF out: one canonical form for files that are kept, and every format for export."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import IO, Protocol

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.term import Node

from kg.display import printable
from kg.errors import UsageError
from kg.serialise.formats import rdf_format
from kg.serialise.terms import OxTerm, from_rdflib, quads_of
from kg.terms import PREFIXES, RDF_TYPE

_WITHOUT_GRAPHS = ("ttl", "nt", "rdfxml")
# Strings and IRIs are stepped over; what is left with a colon is a prefixed name.
_PREFIXED = re.compile(
    rb'"(?:[^"\\]++|\\.)*+"|<[^<>\s]*+>|(?<![A-Za-z0-9_.:\\-])(?P<prefix>[A-Za-z][A-Za-z0-9_.-]*):', re.DOTALL
)
_XML_NAME_AT_END = re.compile(r"[^\W\d][\w.-]*\Z")
_NOT_IN_XML = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    assert isinstance(name, ox.NamedNode)
    found = set(triples)
    try:
        quads = list(quads_of(found, name, {}))
    except TypeError:
        quads = [_quad(triple, name) for triple in found]  # it says which
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise UsageError(f"a blank node has no lasting name: {quad}", fix="skolemise the quads first")
    return pretty(quads, "trig", prefixes)


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
        sink.write(pretty(quads, form, PREFIXES))
        return
    if form == "rdfxml":
        _check_xml_can_say(quads)
    ox.serialize(sorted(quads, key=_order), sink, library_format)


def _check_xml_can_say(quads: Iterable[ox.Quad]) -> None:
    """The library writes broken XML for a property without local name, a control character or a triple."""
    for quad in quads:
        text = "\0" if isinstance(quad.object, ox.Triple) else quad.object.value
        if not _XML_NAME_AT_END.search(quad.predicate.value) or _NOT_IN_XML.search(text):
            shown = printable(f"{quad.predicate} {quad.object}")[:100]
            raise UsageError(f"RDF/XML cannot say {shown}", fix="use ttl or nt")


def export_bytes(source: HasQuads | Iterable[ox.Quad], form: str) -> bytes:
    """What :func:`export` writes, as bytes."""
    sink = io.BytesIO()
    export(source, form, sink)
    return sink.getvalue()


def graph_text(graph: Iterable[tuple[Node, Node, Node]], form: str) -> str:
    """The triples of an rdflib Graph as text in one of the formats, sorted."""
    return export_bytes([_quad(triple, ox.DefaultGraph()) for triple in graph], form).decode()


def _quad(triple: tuple[Node, Node, Node], graph: OxTerm | ox.DefaultGraph) -> ox.Quad:
    subject, predicate, value = map(from_rdflib, triple)
    try:
        return ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]  # told at run time
    except TypeError:
        shown = " ".join(map(printable, map(str, triple)))
        raise UsageError(f"a term stands in a wrong place of a triple: {shown}") from None


def _order(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    predicate = quad.predicate.value
    return str(quad.graph_name), str(quad.subject), predicate != RDF_TYPE, predicate, str(quad.object)


def pretty(quads: Iterable[ox.Quad], form: str, prefixes: Mapping[str, str]) -> bytes:
    """Turtle or TriG of quads, sorted, with those of the prefixes that are used."""
    # The library's own order is by chance.
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
