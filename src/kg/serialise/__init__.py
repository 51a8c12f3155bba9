"""The one door for RDF in and out: guarded parsing, canonical bytes, rdflib terms, atomic files."""

from kg.serialise.canonical import graph_hash, skolemise
from kg.serialise.files import (
    prepared_folder,
    remove_leftovers,
    replace_folder_atomically,
    write_atomically,
)
from kg.serialise.formats import FORMATS, format_of
from kg.serialise.lengths import check_lengths, read_limited
from kg.serialise.reading import parse
from kg.serialise.terms import (
    Term,
    from_rdflib,
    quad_of,
    quads_of,
    to_rdflib,
    triple_of,
    triples_of,
    value_of,
)
from kg.serialise.writing import canonical_trig, export, export_bytes, graph_text

__all__ = [
    "FORMATS",
    "Term",
    "canonical_trig",
    "check_lengths",
    "export",
    "export_bytes",
    "format_of",
    "from_rdflib",
    "graph_hash",
    "graph_text",
    "parse",
    "prepared_folder",
    "quad_of",
    "quads_of",
    "read_limited",
    "remove_leftovers",
    "replace_folder_atomically",
    "skolemise",
    "to_rdflib",
    "triple_of",
    "triples_of",
    "value_of",
    "write_atomically",
]
