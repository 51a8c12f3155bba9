"""Named graphs as sets of rdflib triples, and how one subject's triples come into them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from rdflib import Literal, URIRef
from rdflib.namespace import Namespace

from kg.model import Iri

Term = URIRef | Literal
Triple = tuple[URIRef, URIRef, Term]


class Graphs(dict[str, set[Triple]]):
    """Named graphs by local name (``facts``, ``work.NAME``); a triple stands in one graph only."""

    def add(self, graph: str, subject: Iri, predicate: Iri, value: Term | Iri | None) -> None:
        """Add a triple; nothing for None and empty text. A plain string value is an IRI."""
        if value is None or value == "":
            return
        term = value if isinstance(value, URIRef | Literal) else _node(value)
        self.setdefault(graph, set()).add((_node(subject), _node(predicate), term))


class Names(Namespace):
    """A namespace that makes each of its terms once."""

    def __getattr__(self, name: str) -> URIRef:
        """The term of a local name."""
        term = super().__getattr__(name)
        self.__dict__[name] = term
        return term


@lru_cache(maxsize=2**17)
def _node(value: Iri) -> URIRef:
    """The term of an IRI, made once: most stand in many triples."""
    return URIRef(value)


def text(value: str, language: str | None = None) -> Literal | None:
    """A literal, or None for empty text."""
    return Literal(value, lang=language) if value else None


def adder(graphs: Graphs, graph: str, subject: Iri) -> Callable[[URIRef | Iri, Term | Iri | None], None]:
    """``add(predicate, value)`` for one subject in one graph."""

    def add(predicate: URIRef | Iri, value: Term | Iri | None) -> None:
        graphs.add(graph, subject, str(predicate), value)

    return add
