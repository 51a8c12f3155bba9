"""The two term models: rdflib's, our common tongue, and the parser's and store's. Only this module maps."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from kg.display import printable
from kg.errors import RefusedError, UsageError

Term: TypeAlias = URIRef | BNode | Literal
OxTerm: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

_STRING = "http://www.w3.org/2001/XMLSchema#string"
# rdflib logs an ill-typed literal with a traceback; where nobody set up logging it must not reach people.
logging.getLogger("rdflib").addHandler(logging.NullHandler())


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    """The rdflib term, its words unchanged; a plain string has no datatype.

    Raises RefusedError for what rdflib cannot hold: a triple term or a base direction of RDF 1.2.

    >>> to_rdflib(ox.Literal("x"))
    rdflib.term.Literal('x')
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple) or term.direction is not None:
        raise RefusedError("triple terms and base directions of RDF 1.2 are not taken", where=_shown(term))
    if term.language:
        return Literal(term.value, lang=term.language)
    if term.datatype.value == _STRING:
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def from_rdflib(term: Node) -> OxTerm:
    """The parser's term of an rdflib term. Raises UsageError for what is not a valid RDF term.

    >>> str(from_rdflib(Literal("x")))
    '"x"'
    """
    try:
        if isinstance(term, Literal):
            return _literal(term)
        if isinstance(term, BNode):
            return ox.BlankNode(str(term))
        if isinstance(term, URIRef):
            return ox.NamedNode(str(term))
    except ValueError as error:
        raise UsageError(f"this is no valid RDF term: {printable(str(error))}", where=_shown(term)) from error
    raise UsageError(f"a {type(term).__name__} cannot stand in a triple")


def _literal(term: Literal) -> ox.Literal:
    if term.language:
        return ox.Literal(str(term), language=term.language)
    if term.datatype is None:
        return ox.Literal(str(term))
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))


def _shown(term: object) -> str:
    text = printable(str(term))
    return text if len(text) <= 80 else f"{text[:79]}…"


def value_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph) -> str:
    """The IRI, label or text of a term; empty for the default graph and for a triple."""
    return "" if isinstance(term, ox.Triple | ox.DefaultGraph) else term.value


def triple_of(quad: ox.Quad) -> tuple[Term, Term, Term]:
    """A quad's triple in rdflib terms."""
    return to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)


def triples_of(quads: Iterable[ox.Quad]) -> Iterator[tuple[Term, Term, Term]]:
    """The triples of many quads in rdflib terms, each term made once."""
    known: dict[object, Term] = {}

    def term(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
        found = known.get(node)
        if found is None:
            found = known[node] = to_rdflib(node)
        return found

    return ((term(q.subject), term(q.predicate), term(q.object)) for q in quads)


def quad_of(triple: tuple[Node, Node, Node], graph: ox.NamedNode | None = None) -> ox.Quad:
    """A triple of rdflib terms as a quad of a graph, of the default graph when none is given."""
    subject, predicate, value = (from_rdflib(term) for term in triple)
    return ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]  # the library checks kinds


def quads_of(
    triples: Iterable[tuple[Node, Node, Node]], graph: ox.NamedNode, known: dict[Node, OxTerm]
) -> Iterator[ox.Quad]:
    """Many triples of rdflib terms as quads of a graph; ``known`` keeps each term that was turned round."""

    def term(node: Node) -> OxTerm:
        found = known.get(node)
        if found is None:
            found = known[node] = from_rdflib(node)
        return found

    for s, p, o in triples:
        yield ox.Quad(term(s), term(p), term(o), graph)  # type: ignore[arg-type]  # the library checks kinds
