"""``kg validate --owl``: declarations, profile and HermiT's verdicts, told step by step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.assembly import ontology_quads
from kg.display import printable
from kg.model import Finding
from kg.reasoning.conflict import clashing
from kg.reasoning.declarations import not_followed, undeclared_terms
from kg.reasoning.hermit import hermit_version, prove
from kg.reasoning.profile import profile_faults
from kg.reasoning.vocabulary import OWL, RDF
from kg.serialise import parse, value_of
from kg.terms import KG, RDF_TYPE, compact, iri
from kg.vocabulary import NOT_SHIPPED

if TYPE_CHECKING:
    import pyoxigraph

    from kg.graph import KnowledgeGraph

_REGISTRY = iri("graph", "registry")
_FACTS_AND_STRUCTURE = {iri("graph", name) for name in ("facts", "registry", "inferred", "propositions")}
_NOT_DATA = {iri("graph", name) for name in ("ontology", "shapes")}
_REGISTERED = tuple(f"{KG}{kind}/" for kind in ("actor", "place", "event", "work"))


@dataclass(frozen=True, slots=True)
class Theory:
    """Something to prove: axioms that stand, and data that may clash with them or with each other."""

    name: str
    axioms: Sequence[pyoxigraph.Quad]
    data: Sequence[pyoxigraph.Quad]


def check_owl(graph: KnowledgeGraph, say: Callable[[str], None]) -> Iterator[Finding]:
    """Undeclared terms, profile faults and HermiT's verdict on each of the :func:`theories`; ``say`` is
    told each step.

    Raises MissingProgramError without Java and LimitError when HermiT takes longer than five minutes.
    """
    version = hermit_version()
    every = theories(graph)
    _, everything, strictly = every
    for name, findings in (
        ("undeclared terms", undeclared_terms(strictly.axioms, everything.data)),
        ("faults of the OWL 2 DL profile", profile_faults(strictly.axioms, everything.data)),
        ("imports, which are never followed", not_followed([*strictly.axioms, *everything.data])),
    ):
        found = list(findings)
        say(f"{name}: {len(found) or 'none'}")
        yield from found
    say(f"HermiT: {version}")
    for theory in every:
        faults = list(_proved(theory, say))
        yield from faults
        if faults and not theory.data:
            return


def theories(graph: KnowledgeGraph) -> list[Theory]:
    """What has to have a model: the ontology alone; with all data; and, under the strict axioms, with the
    uncontested facts and the structure around them.
    """
    ontology = ontology_quads(graph.workspace.ontology_folders)
    data = [quad for quad in graph.local.quads() if value_of(quad.graph_name) not in _NOT_DATA]
    certain = [quad for quad in data if value_of(quad.graph_name) in _FACTS_AND_STRUCTURE]
    return [
        Theory("the ontology alone", ontology, ()),
        Theory("the ontology with all data", ontology, data),
        Theory("uncontested facts under the strict axioms", [*ontology, *strict_quads(graph)], certain),
    ]


def _proved(theory: Theory, say: Callable[[str], None]) -> Iterator[Finding]:
    start = time.perf_counter()
    verdict = prove([*theory.axioms, *theory.data])
    size = f"{len(theory.axioms) + len(theory.data):,} triples, {time.perf_counter() - start:.1f} s"
    if not verdict.consistent:
        say(f"{theory.name}: INCONSISTENT ({size})")
        yield _clash(theory, say)
        return
    say(f"{theory.name}: consistent ({size})")
    if theory.data:
        return
    say(f"classes and properties that nothing can fit: {len(verdict.unsatisfiable) or 'none'}")
    for term in verdict.unsatisfiable:
        yield Finding(
            "term-is-satisfiable",
            "violation",
            f"nothing can ever fit {compact(term)}",
            "look at what stands above it, and at its domain and range",
            focus=term,
        )


def _clash(theory: Theory, say: Callable[[str], None]) -> Finding:
    """The finding for a theory without a model, with the triples that clash where they can be told."""
    rule, what = "graph-is-consistent", f"{theory.name} cannot all be true"
    if not theory.data:
        return Finding(rule, "violation", what, "undo the last change of an axiom in ontology/")
    say("    looking for the triples that clash, which may take minutes")
    triples = clashing(theory.axioms, theory.data)
    if not triples:
        return Finding(rule, "violation", what, "run kg validate, which names most faults")
    shown = "; ".join(_shown(quad) for quad in triples)
    return Finding(
        rule, "violation", f"{what}: {shown}", "mend one of these", focus=value_of(triples[0].subject)
    )


def _shown(quad: pyoxigraph.Quad) -> str:
    import pyoxigraph

    value = quad.object
    named = isinstance(value, pyoxigraph.NamedNode)
    words = compact(value_of(value)) if named else printable(str(value))
    return f"{compact(value_of(quad.subject))} {compact(value_of(quad.predicate))} {words}"


def strict_quads(graph: KnowledgeGraph) -> list[pyoxigraph.Quad]:
    """The axioms that are never shipped, and all registered individuals declared different."""
    files = [folder / NOT_SHIPPED for folder in graph.workspace.ontology_folders]
    quads = [q for file in files if file.exists() for q in parse(file.read_bytes(), "ttl", where=file.name)]
    registered = {value_of(quad.subject) for quad in graph.local.quads(_REGISTRY)}
    return quads + _all_different(sorted(name for name in registered if name.startswith(_REGISTERED)))


def _all_different(names: list[str]) -> list[pyoxigraph.Quad]:
    """One owl:AllDifferent axiom over all names."""
    from pyoxigraph import BlankNode, NamedNode, Quad

    if len(names) < 2:
        return []
    quads = []
    rest: NamedNode | BlankNode = NamedNode(RDF + "nil")
    for name in reversed(names):
        cell = BlankNode()
        quads.append(Quad(cell, NamedNode(RDF + "first"), NamedNode(name)))
        quads.append(Quad(cell, NamedNode(RDF + "rest"), rest))
        rest = cell
    node = BlankNode()
    quads.append(Quad(node, NamedNode(RDF_TYPE), NamedNode(OWL + "AllDifferent")))
    quads.append(Quad(node, NamedNode(OWL + "distinctMembers"), rest))
    return quads
