"""SPARQL constraints, each run once for all its focus nodes on an embedded store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

from kg.serialise import to_rdflib
from kg.serialise.terms import OxTerm
from kg.shacl.index import Index
from kg.shacl.paths import NotUnderstood, Path
from kg.shacl.reads import Loose, Reads, reads_of
from kg.shacl.safety import algebra_to_run_once
from kg.sparql.tokens import tokens

_ALWAYS_DECLARED = {"rdf": str(RDF), "rdfs": str(RDFS), "owl": str(OWL)}
_PATH = ("$PATH", "?PATH")
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
_MOST_AT_ONCE = 500
"""Focus nodes in one query: for many more the planner reads the whole graph instead, which takes longer."""


@dataclass(frozen=True, eq=False)
class SparqlConstraint:
    """A query that gives a row for each fault, its messages, and what it reads from the focus node."""

    query: str
    messages: frozenset[str]
    reads: Reads

    def faults(self, index: Index, focus: Iterable[OxTerm]) -> Iterator[tuple[OxTerm, frozenset[str]]]:
        """Each focus node at fault with its messages. Raises NotUnderstood when the store gives up."""
        named = [node for node in focus if not isinstance(node, ox.BlankNode)]
        for start in range(0, len(named), _MOST_AT_ONCE):
            yield from self._rows(index, with_focus(self.query, named[start : start + _MOST_AT_ONCE]))
        for node in focus:
            if isinstance(node, ox.BlankNode):  # no VALUES can name it
                yield from self._rows(index, self.query, {"this": node})

    def new_faults(
        self, index: Index, loose: Loose, added: Iterable[ox.Triple]
    ) -> Iterator[tuple[OxTerm, frozenset[str]]]:
        """The faults, of whatever node, in which one of some triples matches a loose pattern."""
        rows = [row for triple in added if (row := loose.row(triple)) is not None]
        names = sorted(set().union(*rows))
        if rows:
            listed = " ".join(f"({' '.join(row[name] for name in names)})" for row in rows)
            head = " ".join(f"?{name}" for name in names)
            yield from self._rows(index, with_values(self.query, f"({head}) {{ {listed} }}"))

    def _rows(
        self, index: Index, query: str, fixed: Mapping[str, ox.BlankNode] | None = None
    ) -> Iterator[tuple[OxTerm, frozenset[str]]]:
        try:
            named = {ox.Variable(name): node for name, node in (fixed or {}).items()}
            rows: Any = index.store.query(query, use_default_graph_as_union=True, substitutions={**named})
            names = [variable.value for variable in rows.variables]
            for row in rows:
                found = {n: term for n, term in zip(names, row, strict=True) if term is not None}
                found |= fixed or {}
                words = {name: str(to_rdflib(term)) for name, term in found.items()}
                yield found["this"], frozenset(_fill(message, words) for message in self.messages)
        except (RuntimeError, ValueError) as fault:
            raise NotUnderstood(str(fault)) from None


def _fill(template: str, words: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), template)


def with_focus(query: str, nodes: Iterable[OxTerm]) -> str:
    """A query that takes ``$this`` from some nodes.

    >>> with_focus("SELECT $this WHERE { $this a ?c }", [ox.NamedNode("urn:a")])
    'SELECT $this WHERE { VALUES $this { <urn:a> } $this a ?c }'
    """
    return with_values(query, f"$this {{ {' '.join(map(str, nodes))} }}")


def with_values(query: str, values: str) -> str:
    """A query with a VALUES clause at the beginning of its outermost group."""
    start = _beginning(query)
    return f"{query[:start]} VALUES {values}{query[start:]}" if start else query


@lru_cache(maxsize=1024)
def _beginning(query: str) -> int:
    """Where the outermost group of a query begins; 0 where there is none."""
    depth = 0
    for token in tokens(query):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.text == "{" and depth == 0:
            return token.start + 1
    return 0


# --- from the shapes -----------------------------------------------------------------------------


def sparql_constraint(shapes: Graph, shape: Node, constraint: Node, path: Path | None) -> SparqlConstraint:
    """A SPARQL constraint of a shape. Raises NotUnderstood where only the judge may run it."""
    selects = list(shapes.objects(constraint, SH.select))
    if len(selects) != 1:
        raise NotUnderstood("not one query")
    text = _with_path(str(selects[0]), path)
    prefixes = sorted(_prefixes(constraint, shapes).items())
    text = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in prefixes) + text
    algebra = algebra_to_run_once(text)
    if algebra is None or not _parses(with_focus(text, [])):
        raise NotUnderstood("it may mean something else when it is run for all focus nodes at once")
    speakers = (shape, constraint)
    messages = frozenset(str(m) for speaker in speakers for m in shapes.objects(speaker, SH.message))
    return SparqlConstraint(text, messages, reads_of(algebra))


def _with_path(query: str, path: Path | None) -> str:
    for token in reversed(list(tokens(query))):
        if token.text in _PATH:
            if path is None:
                raise NotUnderstood("a path without a path")
            query = query[: token.start] + path.sparql() + query[token.start + len(token.text) :]
    return query


def _parses(query: str) -> bool:
    try:
        ox.Store().query(query)
    except SyntaxError:
        return False
    return True


def _prefixes(constraint: Node, shapes: Graph) -> dict[str, str]:
    """What ``sh:prefixes`` declares. Raises NotUnderstood where one prefix is declared twice, differently."""
    ontologies = set(shapes.subjects(RDF.type, OWL.Ontology))
    found = dict(_ALWAYS_DECLARED)
    for named in shapes.objects(constraint, SH.prefixes):
        imported = shapes.transitive_objects(named, OWL.imports)
        declarations = {d for ontology in imported for d in shapes.objects(ontology, SH.declare)}
        if named not in ontologies or not declarations:
            declarations |= {d for ontology in ontologies for d in shapes.objects(ontology, SH.declare)}
        for declaration in declarations:
            for prefix in shapes.objects(declaration, SH.prefix):
                for namespace in shapes.objects(declaration, SH.namespace):
                    if found.setdefault(str(prefix), str(namespace)) != str(namespace):
                        raise NotUnderstood(f"{prefix} is declared twice")
    return found
