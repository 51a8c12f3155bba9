"""Consistency of ontology and data, proved by HermiT (Java) through owlready2, and undeclared terms.

HermiT only proves; nothing it infers enters the graph.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.assembly import ontology_quads
from kg.errors import MissingProgramError
from kg.model import Finding, Iri
from kg.serialise import parse, value_of
from kg.terms import KG, PREFIXES, iri
from kg.vocabulary import NOT_SHIPPED

if TYPE_CHECKING:
    import pyoxigraph

    from kg.graph import KnowledgeGraph

_OWL, _RDF, _RDFS, _XSD = (PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd"))
_TYPE = _RDF + "type"
_PROPERTY_KINDS = {_OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
_BUILT_IN = (_OWL, _RDF, _RDFS, _XSD)
# HermiT rejects these datatypes; the values are kept by annotation properties or stand for themselves.
_UNSUPPORTED = {_XSD + name for name in ("date", "gYear", "gYearMonth")}
# owlready2 would fetch the one and import the other as a Python module.
_NEVER_LOADED = {
    _OWL + "imports",
    "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module",
}
_FACTS = iri("graph", "facts")
_NOT_DATA = {iri("graph", name) for name in ("ontology", "shapes")}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What HermiT says: whether there is a model, and the classes that can have no member."""

    consistent: bool
    unsatisfiable: tuple[Iri, ...] = ()


def java() -> str:
    """The path of the ``java`` program. Raises MissingProgramError when there is none."""
    found = shutil.which("java")
    if found is None:
        raise MissingProgramError(
            "HermiT needs Java, and there is no java here", fix="install a Java runtime (17 or newer)"
        )
    return found


def hermit_version() -> str:
    """The version that HermiT itself prints."""
    import owlready2

    jar = Path(owlready2.__file__).parent / "hermit"
    path = f"{jar}:{jar / 'HermiT.jar'}"
    command = [java(), "-cp", path, "org.semanticweb.HermiT.cli.CommandLine", "--version"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return (run.stdout or run.stderr).strip().splitlines()[0]


def prove(quads: Iterable[pyoxigraph.Quad]) -> Verdict:
    """Whether an ontology with its data has a model. Raises MissingProgramError without Java."""
    import owlready2
    import pyoxigraph

    java()
    triples = [q.triple for q in quads if _can_be_reasoned_on(q)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nt"
        pyoxigraph.serialize(triples, str(path), format=pyoxigraph.RdfFormat.N_TRIPLES)
        world = owlready2.World()
        ontology = world.get_ontology(path.as_uri()).load(only_local=True)
        try:
            with ontology:
                owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return Verdict(False)
        nothing = [c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing]
        return Verdict(True, tuple(sorted(nothing)))


def _can_be_reasoned_on(quad: pyoxigraph.Quad) -> bool:
    import pyoxigraph

    if value_of(quad.predicate) in _NEVER_LOADED:
        return False
    value = quad.object
    return not (isinstance(value, pyoxigraph.Literal) and value.datatype.value in _UNSUPPORTED)


def check_owl(graph: KnowledgeGraph, say: Callable[[str], None]) -> Iterator[Finding]:
    """Undeclared terms, profile faults and HermiT's verdicts: ontology alone, with all data, and the
    uncontested facts under the strict axioms; ``say`` is told each step.
    """
    ontology = ontology_quads(graph.workspace.ontology_folders)
    data = [q for q in graph.local.quads() if value_of(q.graph_name) not in _NOT_DATA]
    yield from undeclared_terms(ontology, data)
    yield from profile_faults(ontology)
    say(f"HermiT: {hermit_version()}")
    strict = strict_quads(graph)
    facts = [q for q in data if value_of(q.graph_name) == _FACTS]
    for name, quads in (
        ("the ontology alone", ontology),
        ("the ontology with all data", [*ontology, *data]),
        ("uncontested facts under the strict axioms", [*ontology, *strict, *facts, *_structure(data)]),
    ):
        verdict = prove(quads)
        say(f"{name}: {'consistent' if verdict.consistent else 'INCONSISTENT'}")
        if not verdict.consistent:
            yield Finding(
                "graph-is-consistent", "violation", f"{name} has no model", "look for the axiom it breaks"
            )
        for cls in verdict.unsatisfiable:
            yield Finding("class-is-satisfiable", "violation", f"{cls} can have no member", focus=cls)


def _structure(data: Iterable[pyoxigraph.Quad]) -> Iterator[pyoxigraph.Quad]:
    kept = {iri("graph", name) for name in ("registry", "inferred", "propositions")}
    return (q for q in data if value_of(q.graph_name) in kept)


def strict_quads(graph: KnowledgeGraph) -> list[pyoxigraph.Quad]:
    """The axioms that are never shipped, and all registered individuals declared different."""
    import pyoxigraph

    quads = []
    for folder in graph.workspace.ontology_folders:
        file = folder / NOT_SHIPPED
        if file.exists():
            quads += parse(file.read_bytes(), "ttl", where=file.name)
    kinds = (f"{KG}actor/", f"{KG}place/", f"{KG}event/", f"{KG}work/")
    registered = sorted(
        {
            value_of(q.subject)
            for q in graph.local.quads()
            if value_of(q.graph_name) == iri("graph", "registry") and value_of(q.subject).startswith(kinds)
        }
    )
    return quads + _all_different(registered, pyoxigraph)


def _all_different(names: list[Iri], ox) -> list[pyoxigraph.Quad]:  # type: ignore[no-untyped-def]
    """One owl:AllDifferent axiom over all names."""
    if len(names) < 2:
        return []
    node = ox.BlankNode("alldifferent")
    cells = [ox.BlankNode(f"member{i}") for i in range(len(names))]
    nil = ox.NamedNode(_RDF + "nil")
    quads = [
        ox.Quad(node, ox.NamedNode(_TYPE), ox.NamedNode(_OWL + "AllDifferent")),
        ox.Quad(node, ox.NamedNode(_OWL + "distinctMembers"), cells[0]),
    ]
    for cell, name, rest in zip(cells, names, [*cells[1:], nil], strict=True):
        quads.append(ox.Quad(cell, ox.NamedNode(_RDF + "first"), ox.NamedNode(name)))
        quads.append(ox.Quad(cell, ox.NamedNode(_RDF + "rest"), rest))
    return quads


def undeclared_terms(
    ontology: Iterable[pyoxigraph.Quad], data: Iterable[pyoxigraph.Quad]
) -> Iterator[Finding]:
    """Properties and classes in use that the ontology does not declare: OWL reads such triples in silence."""
    ontology = list(ontology)
    declared = {value_of(q.subject) for q in ontology if value_of(q.predicate) == _TYPE}
    used: set[tuple[str, Iri]] = set()
    for quad in (*ontology, *data):
        used.add(("property", value_of(quad.predicate)))
        if value_of(quad.predicate) == _TYPE:
            used.add(("class", value_of(quad.object)))
    for what, term in sorted(used):
        if term not in declared and not term.startswith(_BUILT_IN):
            yield Finding(
                "term-is-declared",
                "violation",
                f"the {what} {term} is used and not declared",
                "declare it in ontology/, or mend its spelling",
                focus=term,
            )


def profile_faults(ontology: Iterable[pyoxigraph.Quad]) -> Iterator[Finding]:
    """What takes an ontology out of OWL 2 DL and can be seen without an OWL parser: a property of two
    kinds, a transitive property where only simple ones may stand, reserved vocabulary.

    OWL 2 Structural Specification, sections 5.8.1, 11.2 and 2.4.
    """
    types: dict[Iri, set[Iri]] = {}
    below: dict[Iri, set[Iri]] = {}
    used: set[Iri] = set()
    for quad in ontology:
        used.add(value_of(quad.predicate))
        if value_of(quad.predicate) == _TYPE:
            types.setdefault(value_of(quad.subject), set()).add(value_of(quad.object))
        if value_of(quad.predicate) == _RDFS + "subPropertyOf":
            below.setdefault(value_of(quad.object), set()).add(value_of(quad.subject))
    for term, kinds in sorted(types.items()):
        if len(kinds & _PROPERTY_KINDS) > 1:
            yield _profile(f"{term} is declared as two kinds of property", term)
    only_simple = {_OWL + n for n in ("FunctionalProperty", "AsymmetricProperty", "IrreflexiveProperty")}
    for term in sorted(_composite(types, below)):
        if types.get(term, set()) & only_simple:
            yield _profile(f"{term} is transitive and must be simple", term)
    for term in sorted(used & {_RDF + n for n in ("subject", "predicate", "object", "Statement")}):
        yield _profile(f"{term} is reserved vocabulary", term)


def _composite(types: dict[Iri, set[Iri]], below: dict[Iri, set[Iri]]) -> set[Iri]:
    """Transitive properties and everything above them."""
    found = {t for t, kinds in types.items() if _OWL + "TransitiveProperty" in kinds}
    while above := {t for t, subs in below.items() if subs & found} - found:
        found |= above
    return found


def _profile(message: str, term: Iri) -> Finding:
    return Finding("ontology-is-owl-2-dl", "violation", message, "write it another way", focus=term)
