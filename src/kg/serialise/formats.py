"""The RDF formats that are read and written, by name and by file suffix."""

from __future__ import annotations

from pathlib import PurePath

import pyoxigraph as ox

from kg.errors import UsageError

FORMATS: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_SUFFIXES = {
    ".ttl": "ttl",
    ".trig": "trig",
    ".nt": "nt",
    ".nq": "nq",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".rdf": "rdfxml",
    ".xml": "rdfxml",
    ".owl": "rdfxml",
}


def format_of(path: PurePath) -> str:
    """The format of a file by its suffix. Raises UsageError for a suffix that is none of RDF's.

    >>> format_of(PurePath("graph.TTL"))
    'ttl'
    """
    try:
        return _SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise UsageError(
            f"{path.suffix or 'a name without a suffix'!r} is no RDF format",
            where=str(path),
            fix=f"use one of {' '.join(_SUFFIXES)}",
        ) from None


def rdf_format(name: str) -> ox.RdfFormat:
    """The library's format by our name. Raises UsageError for a name that is none."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UsageError(f"there is no format {name!r}", fix=f"use one of {', '.join(FORMATS)}") from None
