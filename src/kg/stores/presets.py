"""The stores that we know: where each takes queries, updates and graphs, and what each does to literals."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.stores.http import Address

NUMBERS, TRUTHS, TIMES = "numbers", "truth values", "times"
DERIVED, DURATIONS = "derived types", "durations"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a store takes queries, updates, graphs and quads; None where that is not known."""

    query: Address
    update: Address | None
    graphs: Address | None
    quads: Address | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of store.

    ``paths`` are the ends of its query, update and graph store addresses behind the dataset's.
    ``rewrites`` names the literals that it is known to write in another form of the same value;
    ``bulk`` are parameters that a long request with triples gets; ``quads``
    is the end of the address that takes quads of many graphs; ``also`` are other ends of addresses that
    people give; ``moving`` is the update that puts a graph in another's place; ``digest`` says that a
    password goes by digest authentication alone.
    """

    name: str
    title: str
    paths: tuple[str, str, str]
    rewrites: frozenset[str] = field(default_factory=frozenset)
    bulk: tuple[tuple[str, str], ...] = ()
    quads: str | None = None
    also: tuple[str, ...] = ()
    moving: str = "MOVE GRAPH <{source}> TO GRAPH <{target}>"
    digest: bool = False

    def addresses(self, dataset: Address) -> Addresses:
        """The three addresses of a dataset, which may also be given by one of them."""
        ends = sorted(filter(None, (*self.paths, *self.also)), key=len, reverse=True)
        end = next((end for end in ends if dataset.path.endswith(end)), "")
        path = dataset.path.removesuffix(end)
        query, update, graphs = (dataset.at(path + end) for end in self.paths)
        quads = None if self.quads is None else dataset.at(path + self.quads)
        return Addresses(query, update, graphs, quads)


# Fuseki 5.6 loses triples in MOVE, COPY and ADD when the target of a TDB2 dataset had any.
_MOVING_BY_QUERY = """DROP SILENT GRAPH <{target}> ;
INSERT {{ GRAPH <{target}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{source}> {{ ?s ?p ?o }} }} ;
DROP GRAPH <{source}>"""
_ALIKE = frozenset({NUMBERS, TRUTHS, TIMES})
PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            "oxigraph",
            "Oxigraph server",
            ("/query", "/update", "/store"),
            rewrites=_ALIKE | {DERIVED, DURATIONS},
            # Quicker from some 20,000 triples on, and slower below.
            bulk=(("no_transaction", ""),),
            quads="/store",
        ),
        Preset(
            "fuseki",
            "Apache Jena Fuseki with TDB2",
            ("/query", "/update", "/data"),
            rewrites=_ALIKE,
            also=("/sparql", "/get"),
            quads="/data",
            moving=_MOVING_BY_QUERY,
        ),
        Preset(
            "rdf4j",
            "Eclipse RDF4J server, GraphDB",
            ("", "/statements", "/rdf-graphs/service"),
            quads="/statements",
        ),
        Preset(
            "virtuoso",
            "OpenLink Virtuoso 7",
            ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
            rewrites=_ALIKE,
            also=("/sparql-graph-crud",),
            digest=True,
        ),
    )
}
PLAIN = Preset("plain", "a store of the Graph Store Protocol", ("/query", "/update", "/store"))
_PORTS = {3030: "fuseki", 8890: "virtuoso"}


def find_preset(dataset: Address, name: str | None = None) -> Preset:
    """The preset of that name, else the one that the address looks like, else the plain one.

    Raises UsageError for a name that is none.

    >>> from kg.stores.http import read_address
    >>> find_preset(read_address("http://localhost:7200/repositories/kg")).name
    'rdf4j'
    """
    if name is not None:
        if name not in PRESETS:
            raise UsageError(f"there is no store {name!r}", fix=f"use one of {', '.join(PRESETS)}")
        return PRESETS[name]
    if "/repositories/" in dataset.path:
        return PRESETS["rdf4j"]
    found = _PORTS.get(urlsplit(dataset.url).port or 0, "" if dataset.path else "oxigraph")
    return PRESETS.get(found, PLAIN)


def addresses_of(preset: Preset, dataset: Address) -> Addresses:
    """Where a dataset takes queries, updates and graphs.

    An address that nothing is known about is the query address itself; only one that ends in ``/query``
    then tells the others.
    """
    if preset is PLAIN and not dataset.path.endswith("/query"):
        return Addresses(dataset, None, None)
    return preset.addresses(dataset)


def query_address(endpoint: Address) -> Address:
    """The query address itself when it has a path, else what its store is known to have."""
    return endpoint if endpoint.path else find_preset(endpoint).addresses(endpoint).query
