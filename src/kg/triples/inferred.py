"""Structure that the ontology and the registry imply, as triples."""

from __future__ import annotations

from rdflib.namespace import RDF, RDFS

from kg.registry import Registry
from kg.terms import ACES
from kg.triples.graphs import Graphs, Names, adder
from kg.vocabulary import Vocabulary

_ACES = Names(ACES)


def add_inferred(graphs: Graphs, registry: Registry, vocabulary: Vocabulary) -> None:
    """Structure alone into ``inferred``: the classes above a registered kind, places around places, and
    what lies above a class or property by way of others.
    """
    _add_hierarchies(graphs, vocabulary)
    for entry in registry.entries.values():
        add = adder(graphs, "inferred", entry.iri)
        for cls in vocabulary.ancestors(entry.cls) - {entry.cls}:
            if cls.startswith(ACES):
                add(RDF.type, cls)
        around = registry.entries.get(entry.within) if entry.within else None
        seen = {entry.iri, entry.within}
        while around is not None and around.within is not None and around.within not in seen:
            seen.add(around.within)
            add(_ACES.within, around.within)
            around = registry.entries.get(around.within)


def _add_hierarchies(graphs: Graphs, vocabulary: Vocabulary) -> None:
    """What the ontology says in several steps in one, so that no query needs a path of any length."""
    for name, parents in vocabulary.parents.items():
        upwards = RDFS.subPropertyOf if name in vocabulary.properties else RDFS.subClassOf
        for above in vocabulary.ancestors(name) - parents - {name}:
            if name.startswith(ACES) and above.startswith(ACES):
                graphs.add("inferred", name, str(upwards), above)
