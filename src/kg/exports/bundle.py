"""The built graph as one zip file: its graphs, what they are, the licence, and sums to check them by."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

import pyoxigraph as ox

from kg.serialise.writing import export_bytes, pretty
from kg.stores.local import LocalStore
from kg.terms import DATASET, KG, PREFIXES, RDF_TYPE

_EPOCH = (1980, 1, 1, 0, 0, 0)
_DCAT, _DCTERMS, _SPDX = PREFIXES["dcat"], PREFIXES["dcterms"], "http://spdx.org/rdf/terms#"
_LICENCE_IRI = "https://creativecommons.org/licenses/by/4.0/"
_KINDS = {"trig": "application/trig", "nq": "application/n-quads", "nt": "application/n-triples"}
LICENCE = f"""\
The graph, its ontology, its shapes and its claims are licensed under
Creative Commons Attribution 4.0 International (CC BY 4.0): {_LICENCE_IRI}

The quotations in it are short extracts of other people's texts, which belong to their publishers and are
not in this bundle.
"""


def bundle(store: LocalStore) -> bytes:
    """A zip file with the graph as N-Quads, as N-Triples without graph names and as one TriG file a graph;
    with VoID (``void.ttl``) and DCAT (``dcat.ttl``), the licence, ``manifest.json`` and ``SHA256SUMS``.

    The same bytes for the same graph.
    """
    files = {"graph.nq": export_bytes(store, "nq"), "graph.nt": export_bytes(store, "nt")}
    for name in store.graph_names():
        files[f"graphs/{name.rpartition('/')[2]}.trig"] = export_bytes(store.quads(name), "trig")
    void = [q.triple for q in store.quads(f"{KG}graph/dataset")]
    files["void.ttl"] = export_bytes([ox.Quad(t.subject, t.predicate, t.object) for t in void], "ttl")
    files["dcat.ttl"] = _catalogue(files)
    files["LICENCE.txt"] = LICENCE.encode()
    files["manifest.json"] = _manifest(files, store.counts())
    sums = "".join(f"{_sha256(data)}  {name}\n" for name, data in sorted(files.items()))
    return _zipped({**files, "SHA256SUMS": sums.encode()})


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _manifest(files: Mapping[str, bytes], counts: Mapping[str, int]) -> bytes:
    listed = [{"name": n, "bytes": len(data), "sha256": _sha256(data)} for n, data in sorted(files.items())]
    content = {"dataset": DATASET, "licence": _LICENCE_IRI, "triples": dict(sorted(counts.items()))}
    return (json.dumps({**content, "files": listed}, indent=2) + "\n").encode()


def _catalogue(files: Mapping[str, bytes]) -> bytes:
    """Each file that holds the graph as a distribution of the dataset, in DCAT."""
    dataset, found = ox.NamedNode(DATASET), list[ox.Quad]()
    xsd = PREFIXES["xsd"]

    def say(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        found.append(ox.Quad(subject, ox.NamedNode(predicate), value))

    say(dataset, RDF_TYPE, ox.NamedNode(f"{_DCAT}Dataset"))
    say(dataset, f"{_DCTERMS}license", ox.NamedNode(_LICENCE_IRI))
    for name, data in files.items():
        kind = _KINDS.get(name.rpartition(".")[2])
        if kind is None:
            continue
        file, checksum = ox.NamedNode(f"{KG}file/{name}"), ox.NamedNode(f"{KG}file/{name}#sha256")
        say(dataset, f"{_DCAT}distribution", file)
        say(file, RDF_TYPE, ox.NamedNode(f"{_DCAT}Distribution"))
        say(file, f"{_DCTERMS}title", ox.Literal(name))
        say(file, f"{_DCTERMS}license", ox.NamedNode(_LICENCE_IRI))
        media = ox.NamedNode(f"https://www.iana.org/assignments/media-types/{kind}")
        say(file, f"{_DCAT}mediaType", media)
        size = ox.Literal(str(len(data)), datatype=ox.NamedNode(f"{xsd}nonNegativeInteger"))
        say(file, f"{_DCAT}byteSize", size)
        say(file, f"{_SPDX}checksum", checksum)
        say(checksum, RDF_TYPE, ox.NamedNode(f"{_SPDX}Checksum"))
        say(checksum, f"{_SPDX}algorithm", ox.NamedNode(f"{_SPDX}checksumAlgorithm_sha256"))
        value = ox.Literal(_sha256(data), datatype=ox.NamedNode(f"{xsd}hexBinary"))
        say(checksum, f"{_SPDX}checksumValue", value)
    return pretty(found, "ttl", {**PREFIXES, "spdx": _SPDX})


def _zipped(files: Mapping[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, data)
    return sink.getvalue()
