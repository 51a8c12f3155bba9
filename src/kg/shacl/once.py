"""SPARQL constraints taken out of the shapes, each run once for all its focus nodes on an embedded store."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rdflib import Graph, Literal
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node, URIRef

from kg.errors import UsageError
from kg.serialise import from_rdflib, to_rdflib
from kg.serialise.terms import OxTerm
from kg.shacl.judge import Result
from kg.shacl.safety import runs_once
from kg.shacl.targets import focus_nodes, is_deactivated, nested_shapes
from kg.sparql.tokens import tokens

if TYPE_CHECKING:
    import pyoxigraph

_ALWAYS_DECLARED = {"rdf": str(RDF), "rdfs": str(RDFS), "owl": str(OWL)}
_FOCUS = "urn:kg:focus"
_PATH = ("$PATH", "?PATH")
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
_STEPS: dict[Node, str] = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A SPARQL constraint of one shape, ready to run, with the nodes it runs for."""

    shape: Node
    severity: Node
    messages: frozenset[str]
    query: str
    focus: frozenset[Node]


def take_out(shapes: Graph, data: Graph) -> tuple[list[Rule], Graph]:
    """The constraints that can be run once, and the shapes without these. The shapes must be hoisted."""
    # Below a deactivated shape nothing runs, below another property shape the focus nodes are its values.
    listed = set(shapes.objects(None, SH.property))
    rules, rest, elsewhere = [], Graph(), nested_shapes(shapes) | listed
    taken = set()
    for shape, constraint in shapes.subject_objects(SH.sparql):
        rule = None if shape in elsewhere else _rule(shape, constraint, shapes, data)
        if rule is not None:
            rules.append(rule)
            taken.add((shape, SH.sparql, constraint))
    for triple in shapes:
        if triple not in taken:
            rest.add(triple)
    return rules, rest


def _rule(shape: Node, constraint: Node, shapes: Graph, data: Graph) -> Rule | None:
    """A constraint as a rule; None where only the judge may run it."""
    if is_deactivated(shapes, shape) or is_deactivated(shapes, constraint):
        return None
    query = _query(shape, constraint, shapes)
    focus = focus_nodes(shape, shapes, data)
    # The store would rewrite a literal ("01" to "1"), so that it is not found again.
    if query is None or any(isinstance(node, Literal) for node in focus):
        return None
    speakers = (shape, constraint)
    return Rule(
        shape=shape,
        severity=next(shapes.objects(shape, SH.severity), SH.Violation),
        messages=frozenset(str(m) for speaker in speakers for m in shapes.objects(speaker, SH.message)),
        query=query,
        focus=frozenset(focus),
    )


# --- the query -----------------------------------------------------------------------------------


def _query(shape: Node, constraint: Node, shapes: Graph) -> str | None:
    """The query with its prefixes and path; None where it is not understood."""
    selects, prefixes = list(shapes.objects(constraint, SH.select)), _prefixes(constraint, shapes)
    if len(selects) != 1 or prefixes is None:
        return None
    text = str(selects[0])
    if any(token.text in _PATH for token in tokens(text)):
        path = next(shapes.objects(shape, SH.path), None)
        written = _path(path, shapes) if path is not None else None
        if written is None:
            return None
        text = _with_path(text, written)
    text = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in sorted(prefixes.items())) + text
    return text if runs_once(text) and _parses(with_focus(text, 0)) else None


def _with_path(query: str, path: str) -> str:
    for token in reversed(list(tokens(query))):
        if token.text in _PATH:
            query = query[: token.start] + path + query[token.start + len(token.text) :]
    return query


def _parses(query: str) -> bool:
    import pyoxigraph

    try:
        pyoxigraph.Store().query(query)
    except SyntaxError:
        return False
    return True


def _prefixes(constraint: Node, shapes: Graph) -> dict[str, str] | None:
    """What ``sh:prefixes`` declares; None where one prefix is declared twice, differently."""
    ontologies = set(shapes.subjects(RDF.type, OWL.Ontology))
    found = dict(_ALWAYS_DECLARED)
    for named in shapes.objects(constraint, SH.prefixes):
        declarations = set(shapes.objects(named, SH.declare))
        if named not in ontologies or not declarations:
            declarations |= {d for ontology in ontologies for d in shapes.objects(ontology, SH.declare)}
        for declaration in declarations:
            for prefix in shapes.objects(declaration, SH.prefix):
                for namespace in shapes.objects(declaration, SH.namespace):
                    if found.setdefault(str(prefix), str(namespace)) != str(namespace):
                        return None
    return found


def _path(path: Node, shapes: Graph) -> str | None:
    """A SHACL path as a SPARQL path; None where it is not understood."""
    if isinstance(path, URIRef):
        return f"<{path}>"
    if (path, RDF.first, None) in shapes:
        return _joined(Collection(shapes, path), "/", shapes)
    for predicate, value in shapes.predicate_objects(path):
        if predicate == SH.alternativePath:
            return _joined(Collection(shapes, value), "|", shapes)
        inner = _path(value, shapes)
        if predicate == SH.inversePath and inner:
            return f"^{inner}" if isinstance(value, URIRef) else f"^({inner})"
        if predicate in _STEPS and inner:
            return f"({inner}){_STEPS[predicate]}"
    return None


def _joined(members: Iterable[Node], sign: str, shapes: Graph) -> str | None:
    paths = [_path(member, shapes) for member in members]
    return f"({sign.join(p for p in paths if p)})" if paths and all(paths) else None


def with_focus(query: str, number: int) -> str:
    """A query that takes ``$this`` from the focus nodes stored for a rule.

    >>> with_focus("SELECT $this WHERE { $this a ?c }", 0)
    'SELECT $this WHERE { GRAPH <urn:kg:focus> { <urn:kg:focus:0> <urn:kg:focus> $this } $this a ?c }'
    """
    depth = 0
    for token in tokens(query):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.text == "{" and depth == 0:
            pattern = f" GRAPH <{_FOCUS}> {{ <{_FOCUS}:{number}> <{_FOCUS}> $this }}"
            return query[: token.start + 1] + pattern + query[token.start + 1 :]
    return query


# --- running -------------------------------------------------------------------------------------


def run_once(rules: list[Rule], data: Graph | Iterable[pyoxigraph.Quad]) -> list[Result] | None:
    """The results of all rules; None when the store takes not every term, or gives up on a query."""
    try:
        store = _filled(rules, data)
        return [result for number, rule in enumerate(rules) for result in _results(store, number, rule)]
    except (UsageError, RuntimeError, ValueError):
        return None


def _filled(rules: list[Rule], data: Graph | Iterable[pyoxigraph.Quad]) -> pyoxigraph.Store:
    """A store with the data as its default graph; the focus nodes stand apart, where no pattern looks."""
    import pyoxigraph as ox

    known: dict[Node, OxTerm] = {}

    def term(node: Node) -> OxTerm:
        if node not in known:
            known[node] = from_rdflib(node)
        return known[node]

    store, focus = ox.Store(), ox.NamedNode(_FOCUS)
    if isinstance(data, Graph):
        store.extend(ox.Quad(term(s), term(p), term(o)) for s, p, o in data)  # type: ignore[arg-type]
    else:
        store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in data)
    for number, rule in enumerate(rules):
        name = ox.NamedNode(f"{_FOCUS}:{number}")
        store.extend(ox.Quad(name, focus, term(node), focus) for node in rule.focus)
    return store


def _results(store: pyoxigraph.Store, number: int, rule: Rule) -> Iterable[Result]:
    if not rule.focus:
        return
    rows: Any = store.query(with_focus(rule.query, number))
    names = [variable.value for variable in rows.variables]
    for row in rows:
        pairs = zip(names, row, strict=True)
        bound: dict[str, Node] = {name: to_rdflib(value) for name, value in pairs if value is not None}
        messages = frozenset(_fill(message, bound) for message in rule.messages)
        yield Result(rule.shape, rule.severity, bound["this"], messages)


def _fill(template: str, bound: dict[str, Node]) -> str:
    return _PLACEHOLDER.sub(lambda match: str(bound.get(match[1], match[0])), template)


__all__ = ["Rule", "run_once", "take_out", "with_focus"]
