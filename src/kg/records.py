"""The triples of additions as they were given, of who added and retracted what, and of what was retracted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from rdflib import Literal, URIRef
from rdflib.namespace import RDFS, XSD, Namespace

from kg.additions import Act, Given
from kg.analysis.credibility import grounds
from kg.analysis.standing import Standing, Voices
from kg.claims import ClaimsFile
from kg.claims.gists import Labels
from kg.model import Claim, Iri
from kg.registry import Registry
from kg.seeds import Retracted, Seeds
from kg.serialise import triples_of
from kg.terms import ACES, PREFIXES, iri, kind_and_name
from kg.triples import (
    Graphs,
    Triple,
    add_claims,
    add_grounds,
    add_propositions,
    add_registry,
    add_showings,
    add_standing,
)

RETRACTED = "retracted"
"""The graph of what was retracted; a store leaves it out unless it is asked for."""

_ACES = Namespace(ACES)
_NAMED_BY_CONTENT = ("proposition", "observation", "quantity", "time", "evidence")
_SELECTOR = URIRef(PREFIXES["oa"] + "hasSelector")
_MARKED = (RDFS.label, _ACES.gist, _ACES.quotation)


# --- additions -----------------------------------------------------------------------------------


def add_given(graphs: Graphs, seeds: Seeds) -> None:
    """The triples of all additions that stand, each in its own graph; what another graph says is left out.

    Nodes named by their content are described by the build, so what a file says of them is not said twice.
    """
    gone = seeds.retracted.files if seeds.retracted else ()
    aside = {claim.iri for file in gone for claim in file.claims} | set(seeds.held)
    made = _by_subject(graphs, {s for g in seeds.given for s in _named_by_content(g)})
    for given in seeds.given:
        _add_act(graphs, given.act, seeds.files)
        graphs[given.act.graph] |= set(_as_given(given, aside, made))
    _without_doubles(graphs, [given.act.graph for given in seeds.given])


def _add_act(graphs: Graphs, act: Act, files: Iterable[ClaimsFile]) -> None:
    """Who added what, when, and from which file."""
    node = iri("graph", act.graph)
    graphs.setdefault(act.graph, set())
    graphs.add(act.graph, node, str(RDFS.label), Literal(f"addition of {act.source} by {act.by}"))
    graphs.add(act.graph, node, ACES + "addedBy", Literal(act.by))
    graphs.add(act.graph, node, ACES + "addedFrom", Literal(act.source))
    graphs.add(act.graph, node, ACES + "addedOn", _moment(act))
    for file in files:
        for claim in file.claims if file.graph == act.graph else ():
            graphs.add(act.graph, claim.iri, ACES + "addedWith", node)


def _moment(act: Act) -> Literal:
    return Literal(act.when, datatype=XSD.dateTime, normalize=False)


def _named_by_content(given: Given) -> Iterator[Iri]:
    for quad in given.quads:
        node = str(getattr(quad.subject, "value", ""))
        if kind_and_name(node)[0] in _NAMED_BY_CONTENT:
            yield node


def _by_subject(graphs: Graphs, subjects: Collection[Iri]) -> dict[str, set[str]]:
    """The properties that the build gives to some nodes."""
    found: dict[str, set[str]] = {}
    for triples in graphs.values() if subjects else ():
        for s, p, _ in triples:
            if str(s) in subjects:
                found.setdefault(str(s), set()).add(str(p))
    return found


def _as_given(given: Given, aside: Collection[Iri], made: dict[str, set[str]]) -> Iterator[Triple]:
    """The triples of a file but those of claims set aside, and of what the build describes itself."""
    triples = list(triples_of(given.quads))
    selectors = {str(o) for s, p, o in triples if p == _SELECTOR and str(s) in made}
    for s, p, o in triples:
        node = str(s)
        if node in aside or str(p) in made.get(node, ()) or node in selectors - set(made):
            continue
        yield s, p, o  # type: ignore[misc]  # the parser gives IRIs for subject and property


def _without_doubles(graphs: Graphs, later: list[str]) -> None:
    """Every triple stands in one graph: the first that says it."""
    said = (
        set().union(*(triples for name, triples in graphs.items() if name not in later)) if later else set()
    )
    for name in later:
        graphs[name] -= said
        said |= graphs[name]


# --- retractions ---------------------------------------------------------------------------------


def add_retracted(graphs: Graphs, seeds: Seeds) -> None:
    """What no longer stands, in a graph of its own, its words marked with the reason."""
    retracted = seeds.retracted
    if retracted is None or not (retracted.files or retracted.given):
        return
    alone = Graphs()
    whole = {given.act.graph for given in retracted.given}
    add_registry(alone, _brought(retracted.registry, whole), seeds.texts)
    for given in retracted.given:
        _add_act(alone, given.act, retracted.files)
        alone[given.act.graph].update(_as_given(given, (), {}))
    for file in retracted.files:
        _add_file(alone, file, retracted.registry)
    _add_propositions(alone, seeds, retracted)
    marks = {claim.iri: _retraction(seeds, file, claim) for file in retracted.files for claim in file.claims}
    stands = set().union(*graphs.values())
    graphs[RETRACTED] = {_marked(t, marks) for found in alone.values() for t in found} - stands
    for node, act in marks.items():
        _add_retraction(graphs, node, act)


def _brought(registry: Registry, graphs: Collection[str]) -> Registry:
    """Those entries alone that some additions brought."""
    part = Registry(registry.vocabulary)
    part.entries = {node: entry for node, entry in registry.entries.items() if entry.graph in graphs}
    return part


def _add_file(alone: Graphs, file: ClaimsFile, registry: Registry) -> None:
    cited = {citation.iri: citation for claim in file.claims for citation in claim.cites}
    add_claims(alone, replace(file, citations=list(cited.values())))
    add_showings(alone, file, registry)


def _add_propositions(alone: Graphs, seeds: Seeds, retracted: Retracted) -> None:
    """What retracted claims alone state: nobody asserts it."""
    standing = {proposition for claim in seeds.claims for proposition in claim.propositions}
    gone = {p for file in retracted.files for claim in file.claims for p in claim.propositions} - standing
    nodes = replace(seeds, registry=retracted.registry, files=retracted.files).nodes()
    add_propositions(alone, gone, nodes, Labels(retracted.registry, nodes))
    for proposition in gone:
        add_standing(alone, proposition, Standing("unasserted", 0, 0, 0, 0), ())
        add_grounds(alone, proposition, grounds(Voices((), (), ()), {}, ()))


def _retraction(seeds: Seeds, file: ClaimsFile, claim: Claim) -> Act:
    found = seeds.log.retraction_of(claim.iri, file.graph)
    assert found is not None
    return found


def _marked(triple: Triple, marks: dict[Iri, Act]) -> Triple:
    """Words of a retracted claim that people are shown begin with the reason."""
    s, p, o = triple
    act = marks.get(str(s))
    if act is None or p not in _MARKED or not isinstance(o, Literal):
        return triple
    return s, p, Literal(f"[retracted: {act.reason}] {o}", lang=o.language, datatype=o.datatype)


def _add_retraction(graphs: Graphs, node: Iri, act: Act) -> None:
    graphs.add(RETRACTED, node, ACES + "retractionReason", Literal(act.reason))
    graphs.add(RETRACTED, node, ACES + "retractedBy", Literal(act.by))
    graphs.add(RETRACTED, node, ACES + "retractedOn", _moment(act))
    if act.replaced_by:
        graphs.add(RETRACTED, node, ACES + "replacedBy", replacement(act))


def replacement(act: Act) -> Iri:
    """The claim, or the graph of the addition, that stands in the place of what was retracted."""
    kind, colon, name = act.replaced_by.partition(":")
    return iri(kind, name) if colon else iri("graph", f"addition.{act.replaced_by}")


__all__ = ["RETRACTED", "add_given", "add_retracted", "replacement"]
