"""Each claim as a nanopublication: what it says, on which words it rests, where it comes from.

The assertion graph holds the claim, the Propositions that it affirms, denies or considers, and the times,
numbers and observations that these are made of.  It never holds the plain triple of a Proposition, which a
reader would take for a fact.  They are not signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.serialise.writing import pretty
from kg.stores.local import LocalStore
from kg.terms import ACES, DATASET, KG, PREFIXES, RDF_TYPE

NP = "http://www.nanopub.org/nschema#"
PROV = "http://www.w3.org/ns/prov#"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TYPE = ox.NamedNode(RDF_TYPE)
_COMPUTED = tuple(f"{KG}{kind}/" for kind in ("proposition", "observation", "quantity", "time"))
_GROUNDS = tuple(f"{KG}{kind}/" for kind in ("evidence", "citation"))
_PREFIXES = {**PREFIXES, "np": NP, "prov": PROV}


def nanopublications(store: LocalStore) -> Iterator[tuple[str, bytes]]:
    """The name of each claim and its nanopublication in TriG, sorted by name."""
    graphs = [name for name in store.graph_names() if name.startswith(f"{KG}graph/work.")]
    about = _by_subject(q for name in (*graphs, f"{KG}graph/propositions") for q in store.quads(name))
    claim = ox.NamedNode(f"{ACES}Claim")
    for node in sorted(about, key=str):
        if any(t.predicate == _TYPE and t.object == claim for t in about[node]):
            quads = list(_nanopublication(node, about))
            yield node.value.rpartition("/")[2], pretty(quads, "trig", _PREFIXES)


def _by_subject(quads: Iterable[ox.Quad]) -> dict[ox.NamedNode, list[ox.Triple]]:
    about: dict[ox.NamedNode, list[ox.Triple]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            about.setdefault(quad.subject, []).append(quad.triple)
    return about


def _closure(
    start: Iterable[ox.NamedNode], about: dict[ox.NamedNode, list[ox.Triple]], kinds: tuple[str, ...]
) -> list[ox.Triple]:
    """Everything said about the nodes and about what they lead to of these kinds."""
    waiting, seen, found = list(start), set[ox.NamedNode](), list[ox.Triple]()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for triple in about.get(node, ()):
            found.append(triple)
            if isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(kinds):
                waiting.append(triple.object)
    return found


def _nanopublication(claim: ox.NamedNode, about: dict[ox.NamedNode, list[ox.Triple]]) -> Iterator[ox.Quad]:
    base = f"{KG}nanopublication/{claim.value.rpartition('/')[2]}"
    this, head, assertion, provenance, publication = (
        ox.NamedNode(base + end) for end in ("", "#head", "#assertion", "#provenance", "#publication")
    )

    def say(
        graph: ox.NamedNode, subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal
    ) -> ox.Quad:
        return ox.Quad(subject, ox.NamedNode(predicate), value, graph)

    yield say(head, this, RDF_TYPE, ox.NamedNode(f"{NP}Nanopublication"))
    yield say(head, this, f"{NP}hasAssertion", assertion)
    yield say(head, this, f"{NP}hasProvenance", provenance)
    yield say(head, this, f"{NP}hasPublicationInfo", publication)
    said = _closure([claim], about, _COMPUTED)
    for triple in said:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, assertion)
    grounds = [
        triple.object
        for triple in about[claim]
        if isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(_GROUNDS)
    ]
    works = [t.object for t in about[claim] if t.predicate.value in (f"{ACES}statedIn", f"{ACES}saidIn")]
    for source in (*grounds, *works):
        if isinstance(source, ox.NamedNode):
            yield say(provenance, assertion, f"{PROV}wasDerivedFrom", source)
    for triple in _closure(grounds, about, _GROUNDS):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, provenance)
    yield say(publication, this, f"{PREFIXES['dcterms']}license", ox.NamedNode(_LICENCE))
    yield say(publication, this, f"{PREFIXES['dcterms']}isPartOf", ox.NamedNode(DATASET))
