"""From seeds to named graphs: everything that ``triples/`` holds, before it is written."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef
from rdflib.term import Node

from kg.analysis.anachronisms import anachronisms
from kg.analysis.credibility import grounds
from kg.analysis.disagreement import disagreements, rival_claims
from kg.analysis.independence import origins
from kg.analysis.references import WorkFinder, listed_works
from kg.analysis.standing import Entailment, standing_of, voices
from kg.claims import ClaimsFile
from kg.claims.gists import Labels
from kg.model import Proposition
from kg.queries.catalogue import rule
from kg.records import add_given, add_retracted
from kg.seeds import Seeds
from kg.serialise import canonical_trig, parse, quads_of, skolemise, triple_of
from kg.serialise.terms import OxTerm
from kg.stores.local import LocalStore
from kg.terms import ACES, iri
from kg.triples import (
    Graphs,
    add_anachronism,
    add_claims,
    add_dataset,
    add_disagreement,
    add_grounds,
    add_inferred,
    add_propositions,
    add_registry,
    add_showings,
    add_standing,
)
from kg.vocabulary import Contents, contents_of, ontology_files
from kg.workspace import Workspace

if TYPE_CHECKING:
    import pyoxigraph


def assemble(seeds: Seeds, version: str) -> Graphs:
    """All named graphs of the seeds but ``ontology`` and ``shapes``; ``version`` stands in ``dataset``."""
    graphs = Graphs()
    nodes = seeds.nodes()
    add_registry(graphs, seeds.registry, seeds.texts)
    finder = WorkFinder(seeds.registry)
    for file in seeds.files:
        add_claims(graphs, file)
        add_bibliography(graphs, file, finder)
        add_showings(graphs, file, seeds.registry)
    propositions, labels = _propositions(seeds), Labels(seeds.registry, nodes)
    add_propositions(graphs, propositions, nodes, labels)
    add_analysis(graphs, seeds, Entailment(propositions, seeds.vocabulary, seeds.registry, nodes), labels)
    add_facts(graphs, ontology_quads(seeds.workspace.ontology_folders))
    add_inferred(graphs, seeds.registry, seeds.vocabulary)
    add_given(graphs, seeds)
    add_dataset(graphs, version)
    add_retracted(graphs, seeds)
    return graphs


def add_analysis(graphs: Graphs, seeds: Seeds, entailment: Entailment, labels: Labels) -> None:
    """What follows from all claims together: standing, grounds, disagreements, citations that do not fit."""
    claims, origin = list(seeds.claims), origins(seeds.registry)
    found = disagreements(claims, entailment, seeds.captioned())
    rivals = rival_claims(found)
    for proposition, speaking in voices(claims, entailment).items():
        against = rivals.get(proposition, ())
        standing = standing_of(speaking, contested=bool(against))
        add_standing(graphs, proposition, standing, entailment.broader[proposition])
        add_grounds(graphs, proposition, grounds(speaking, origin, against))
    for disagreement in found:
        add_disagreement(graphs, disagreement, labels)
    for anachronism in anachronisms(claims, seeds.registry, entailment.nodes):
        add_anachronism(graphs, anachronism, labels)


def graph_version() -> str:
    """The version that the dataset states."""
    from importlib.metadata import version

    return version("aces-kg")


def graph_files(graphs: Graphs, workspace: Workspace) -> dict[str, bytes]:
    """One canonical TriG file for each named graph, by file name."""
    files = {}
    for name, triples in graphs.items():
        files[f"{name}.trig"] = canonical_trig(triples, URIRef(iri("graph", name)))
    for name, made in (
        ("ontology", ontology_quads(workspace.ontology_folders)),
        ("shapes", shapes_quads(workspace.shapes_folders)),
    ):
        files[f"{name}.trig"] = canonical_trig(map(triple_of, made), URIRef(iri("graph", name)))
    return files


def add_bibliography(graphs: Graphs, file: ClaimsFile, finder: WorkFinder) -> None:
    """The Works that the bibliographies of a Work's texts name, into ``work.NAME``."""
    for text in file.texts.values():
        for listed in listed_works(text, finder):
            graphs.add(file.graph, file.work.iri, ACES + "lists", listed)


def _propositions(seeds: Seeds) -> set[Proposition]:
    return {proposition for claim in seeds.claims for proposition in claim.propositions}


def add_facts(graphs: Graphs, ontology: list[pyoxigraph.Quad]) -> None:
    """The plain triples that ``facts.rq`` defines, into ``facts`` and ``disputed``."""
    from kg.sparql import bind

    read = {ACES + "standing", ACES + "entails"}
    needed = Graphs(propositions=graphs.get("propositions", set()))
    needed["analysis"] = {triple for triple in graphs.get("analysis", ()) if str(triple[1]) in read}
    store = LocalStore.from_quads([*quads(needed), *ontology])
    for name, standing in (("facts", "uncontested"), ("disputed", "disputed")):
        graphs.setdefault(name, set())
        answer = store.query(bind(rule("facts"), {"standing": URIRef(iri("standing", standing))}))
        if isinstance(answer, Graph):
            graphs[name] |= {(s, p, o) for s, p, o in answer}  # type: ignore[misc]


def ontology_quads(folders: Iterable[Path]) -> list[pyoxigraph.Quad]:
    """The ontology, skolemised, as quads of the graph ``ontology``."""
    return list(_turtle_quads(contents_of(ontology_files(folders)), "ontology"))


def shapes_quads(folders: Iterable[Path]) -> list[pyoxigraph.Quad]:
    """The shapes, skolemised, as quads of the graph ``shapes``."""
    return list(_turtle_quads(contents_of(ontology_files(folders)), "shapes"))


@lru_cache(maxsize=8)
def _turtle_quads(contents: Contents, graph: str) -> tuple[pyoxigraph.Quad, ...]:
    import pyoxigraph

    name = pyoxigraph.NamedNode(iri("graph", graph))
    parsed = [quad for file, data in contents for quad in parse(data, "ttl", where=file)]
    return tuple(pyoxigraph.Quad(q.subject, q.predicate, q.object, name) for q in skolemise(parsed))


def quads(graphs: Graphs, names: Iterable[str] | None = None) -> Iterable[pyoxigraph.Quad]:
    """The triples of some named graphs (all when none are named) as quads."""
    import pyoxigraph

    known: dict[Node, OxTerm] = {}
    for name in graphs if names is None else names:
        yield from quads_of(graphs.get(name, ()), pyoxigraph.NamedNode(iri("graph", name)), known)
