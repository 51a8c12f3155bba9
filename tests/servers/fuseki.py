"""Apache Jena Fuseki with a TDB2 dataset on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers.process import Server, free_port, jar, program, running


@contextmanager
def fuseki(folder: Path, *options: str, union: bool = False, memory: str = "1g") -> Iterator[Server]:
    """A Fuseki server with the dataset ``/kg``, without or with a union default graph."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    port = free_port()
    base = f"http://127.0.0.1:{port}/kg"
    setting = ["--set", "tdb:unionDefaultGraph=true"] if union else []
    where = ["--localhost", "--port", str(port), "--tdb2", "--loc", str(folder / "data"), "--update"]
    server = Server(
        store="fuseki",
        folder=folder,
        command=[
            program("java"),
            f"-Xmx{memory}",
            "-cp",
            str(jar("fuseki.jar")),
            "org.apache.jena.fuseki.main.cmds.FusekiMainCmd",
            *setting,
            *where,
            *options,
            "/kg",
        ],
        dataset=base,
        query=f"{base}/query",
        update=f"{base}/update",
        graphs=f"{base}/data",
        environment={**os.environ, "FUSEKI_BASE": str(folder / "base")},
    )
    with running(server):
        yield server
