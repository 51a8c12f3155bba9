"""The model as RDF: pure functions that fill named graphs with rdflib terms."""

from kg.triples.analysis import add_anachronism, add_disagreement, add_grounds, add_standing
from kg.triples.claims import add_claims, add_showings
from kg.triples.dataset import add_dataset
from kg.triples.graphs import Graphs, Triple
from kg.triples.inferred import add_inferred
from kg.triples.nodes import add_propositions
from kg.triples.registry import add_registry

__all__ = [
    "Graphs",
    "Triple",
    "add_anachronism",
    "add_claims",
    "add_dataset",
    "add_disagreement",
    "add_grounds",
    "add_inferred",
    "add_propositions",
    "add_registry",
    "add_showings",
    "add_standing",
]
