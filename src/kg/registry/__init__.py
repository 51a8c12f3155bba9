"""Who is who: the curated identities of ``seeds/registry/*.yaml``, with their places in the files."""

from kg.registry.entries import CONCEPT_SCHEMES, DECISIONS, GRAPH, Document, Entry, Registry, Work
from kg.registry.reading import kinds_at_odds, load_registry

__all__ = [
    "CONCEPT_SCHEMES",
    "DECISIONS",
    "GRAPH",
    "Document",
    "Entry",
    "Registry",
    "Work",
    "kinds_at_odds",
    "load_registry",
]
