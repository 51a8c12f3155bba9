"""RDF in: every format through the same guards, every fault with file, line and column."""

from __future__ import annotations

import io
import re
from pathlib import PurePath

import pyoxigraph as ox

from kg.display import printable
from kg.errors import LimitError, UnreadableError
from kg.serialise.formats import rdf_format
from kg.serialise.guards import guarded
from kg.serialise.lengths import position

_PLACE = re.compile(r"^Parser error (?:at|from) line.*?(?:: |$)")
_LABEL = re.compile(r"\w(?:[\w.-]*[\w-])?", re.ASCII)
_ADVICE = {
    "ttl": "mend the Turtle there",
    "trig": "mend the TriG there",
    "nt": "write one triple a line, IRIs in full",
    "nq": "write one quad a line, IRIs in full",
    "jsonld": "mend the JSON-LD there",
    "rdfxml": "mend the RDF/XML there",
}


def parse(data: bytes, form: str, *, where: str, base: str | None = None) -> list[ox.Quad]:
    """The quads of an RDF text; ``form`` is ttl, trig, nt, nq, jsonld or rdfxml, ``where`` its file.

    Nothing is ever fetched.  Raises UnreadableError with ``file:line:column`` for a syntax fault or
    anything but UTF-8, RefusedError for document types and remote contexts, LimitError for length and
    nesting, UsageError for a format that is none.

    >>> len(parse(b"<urn:a> <urn:b> 1 .", "ttl", where="a.ttl"))
    1
    """
    library_format = rdf_format(form)
    data = guarded(data, form, where)
    try:
        quads = list(ox.parse(data, format=library_format, base_iri=base))
    except SyntaxError as error:
        place = f"{error.lineno}:{error.offset}" if error.lineno else _place_of_fault(data, form, base)
        raise syntax_fault(error, f"{where}:{place}", form) from None
    except MemoryError:  # a word that is longer than the parser's buffer
        raise LimitError("something in it is too long to be read", where=where, fix="split it") from None
    return _relabelled(quads) if form in ("jsonld", "rdfxml") else quads


def _relabelled(quads: list[ox.Quad]) -> list[ox.Quad]:
    """Other labels for blank nodes that only JSON-LD or RDF/XML can call so: what is written must be read."""
    new: dict[object, ox.BlankNode] = {
        node: ox.BlankNode()
        for quad in quads
        for node in (quad.subject, quad.object, quad.graph_name)
        if isinstance(node, ox.BlankNode) and not _LABEL.fullmatch(node.value)
    }
    if not new:
        return quads
    terms = ((new.get(q.subject, q.subject), new.get(q.object, q.object), q) for q in quads)
    return [
        ox.Quad(subject, q.predicate, value, new.get(q.graph_name, q.graph_name))
        for subject, value, q in terms
    ]


def syntax_fault(error: SyntaxError, where: str, form: str) -> UnreadableError:
    """The library's complaint as one of ours, in one line."""
    what = printable(_PLACE.sub("", str(error.msg)))
    return UnreadableError(what, where=where, fix=_ADVICE[form])


def file_fault(error: SyntaxError, path: PurePath, form: str) -> UnreadableError:
    """The same for a file that the store read by itself."""
    return syntax_fault(error, f"{path}:{error.lineno or 1}:{error.offset or 1}", form)


class _Dripping(io.BytesIO):
    """Hands the bytes over one tag or value at a time, so that it is known how far a parser came."""

    def __init__(self, data: bytes, stops: bytes) -> None:
        super().__init__(data)
        self.data, self.stops = data, re.compile(rb"[^%s]*+[%s]?+" % (stops, stops))
        self.start = self.end = 0

    def read(self, size: int | None = -1) -> bytes:
        """The next piece, however much is asked for."""
        self.start = self.end
        piece = self.stops.match(self.data, self.start)
        self.end = self.start if piece is None else piece.end()
        return self.data[self.start : self.end]


def _place_of_fault(data: bytes, form: str, base: str | None) -> str:
    """Where the parser stopped, for faults that it reports without a place."""
    drip = _Dripping(data, b">" if form == "rdfxml" else rb",{}\[\]")
    try:
        for _ in ox.parse(drip, format=rdf_format(form), base_iri=base):
            pass
    except SyntaxError:
        pass
    opening = data.rfind(b"<", drip.start, drip.end) if form == "rdfxml" else -1
    return position(data, opening if opening >= 0 else max(drip.end - 1, 0))
