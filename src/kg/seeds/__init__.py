"""Everything that people wrote, read whole: ontology, registry, documents, claims and additions."""

from kg.seeds.reading import read_registry, read_seeds, seeds_of_file
from kg.seeds.seeds import Retracted, Seeds

__all__ = ["Retracted", "Seeds", "read_registry", "read_seeds", "seeds_of_file"]
