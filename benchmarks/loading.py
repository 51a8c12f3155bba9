"""Loading over HTTP: ours against the same server's own upload of the same file, side by side in one run.

Each server gets the file in one request by its own way (Oxigraph: POST /store without a transaction;
Fuseki: POST to the dataset; RDF4J: POST /statements; Virtuoso, which takes no N-Quads there: PUT graph by
graph), then, emptied or anew, the same graphs by ``kg load``.  Sending and proving are timed apart, and so
is the most memory that ``kg load`` had.

    python benchmarks/loading.py 100000 1000000
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox
import requests

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from corpus import generate_quads  # noqa: E402  # found by the line above
from servers import STARTERS, Server  # noqa: E402

_CHILD = """
import json, resource, sys, time
from pathlib import Path
from kg.stores import loading, proving
from kg.stores.files import GraphFiles
from kg.stores.remote import RemoteStore
address, store, folder, user, password = sys.argv[1:]
files = GraphFiles(sorted(Path(folder).glob("*.trig")))
remote = RemoteStore(address, store=store, credentials=(user, password) if user else None, timeout=3600)
start = time.perf_counter()
loading.send(remote, files)
sent = time.perf_counter()
report = proving.prove(remote, files)
done = time.perf_counter()
forms = sum(sum(graph.rewritten.values()) for graph in report.graphs)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
held = sum(graph.held for graph in report.graphs)
print(json.dumps(dict(
    send=sent - start, prove=done - sent, equal=report.equal, triples=held, forms=forms, memory=memory
)))
"""


def write_graphs(size: int, folder: Path) -> int:
    """One TriG file for each graph and all of them as N-Quads, in a process of its own: it takes memory."""
    code = "import sys; from loading import write_here; write_here(int(sys.argv[1]), sys.argv[2])"
    subprocess.run([sys.executable, "-c", code, str(size), str(folder)], check=True, cwd=ROOT / "benchmarks")
    return sum(1 for _ in (folder / "all.nq").open("rb"))


def write_here(size: int, folder: str) -> None:
    """What :func:`write_graphs` does."""
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in generate_quads(size):
        graphs.setdefault(quad.graph_name.value, []).append(quad)  # type: ignore[union-attr]
    for name, quads in graphs.items():
        file = Path(folder) / f"{name.rpartition('/')[2]}.trig"
        ox.serialize(quads, file, format=ox.RdfFormat.TRIG)
    with (Path(folder) / "all.nq").open("wb") as whole:
        for quads in graphs.values():
            ox.serialize(quads, whole, format=ox.RdfFormat.N_QUADS)


def own_upload(server: Server, folder: Path) -> float:
    """Seconds that the server takes for the whole file by its own way."""
    start = time.perf_counter()
    if server.store == "virtuoso":
        for file in sorted(folder.glob("*.nt")):
            _post("PUT", server, f"{server.graphs}?graph={_name(file)}", file, "application/n-triples")
    else:
        address = {"oxigraph": f"{server.graphs}?no_transaction", "rdf4j": server.update}
        where = address.get(server.store, server.graphs)
        _post("POST", server, where, folder / "all.nq", "application/n-quads")
    return time.perf_counter() - start


def _name(file: Path) -> str:
    return f"https://w3id.org/aces/kg/graph/{file.stem}"


def _post(method: str, server: Server, address: str, file: Path, kind: str) -> None:
    with file.open("rb") as body:
        reply = requests.request(
            method, address, data=body, headers={"Content-Type": kind}, auth=server.auth, timeout=3600
        )
    assert reply.ok, f"{reply.status_code} {reply.text[:300]}"


def our_load(server: Server, folder: Path) -> dict[str, float]:
    """What ``kg load`` takes, in a process of its own."""
    import json

    user, password = server.credentials or ("", "")
    words = [sys.executable, "-c", _CHILD, server.dataset, server.store, str(folder), user, password]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def compare(store: str, folder: Path, quads: int) -> str:
    """One line of the table: both ways on servers of their own, of which neither holds anything before."""
    with tempfile.TemporaryDirectory() as place, STARTERS[store](Path(place)) as server:
        if store == "virtuoso":
            for file in folder.glob("*.trig"):
                triples = (quad.triple for quad in ox.parse(path=file, format=ox.RdfFormat.TRIG))
                ox.serialize(triples, file.with_suffix(".nt"), format=ox.RdfFormat.N_TRIPLES)
        upload = own_upload(server, folder)
    with tempfile.TemporaryDirectory() as place, STARTERS[store](Path(place)) as server:
        ours = our_load(server, folder)
    assert ours["equal"] and ours["triples"] == quads, ours
    ratio = upload / ours["send"]
    return (
        f"{store:<10} {quads:>9,} {upload:>9.1f} {ours['send']:>9.1f} {ratio:>7.2f} {ours['prove']:>9.1f} "
        f"{ours['memory']:>7.0f} {ours['forms']:>7.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Loading over HTTP, ours against the server's own upload.")
    parser.add_argument("sizes", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--store", choices=STARTERS, action="append")
    wanted = parser.parse_args()
    titles = ("store", "quads", "upload s", "send s", "ratio", "prove s", "MB", "forms")
    print("{:<10} {:>9} {:>9} {:>9} {:>7} {:>9} {:>7} {:>7}".format(*titles))
    for size in wanted.sizes:
        with tempfile.TemporaryDirectory() as folder:
            quads = write_graphs(size, Path(folder))
            for store in wanted.store or STARTERS:
                print(compare(store, Path(folder), quads), flush=True)


if __name__ == "__main__":
    main()
