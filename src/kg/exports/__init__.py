"""Other forms of the whole graph: RDF 1.2 with reifiers, nanopublications, a bundle with its description."""

from kg.exports.bundle import bundle
from kg.exports.nanopublications import nanopublications
from kg.exports.reifiers import from_reifiers, to_reifiers

__all__ = ["bundle", "from_reifiers", "nanopublications", "to_reifiers"]
