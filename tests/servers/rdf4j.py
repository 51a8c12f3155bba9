"""Eclipse RDF4J server in Jetty, with a repository of its native store on disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from servers.process import Server, free_port, jar, program, running

_REPOSITORY = """
@prefix config: <tag:rdf4j.org,2023:config/> .
[] a config:Repository ;
  config:rep.id "kg" ;
  config:rep.impl [
    config:rep.type "openrdf:SailRepository" ;
    config:sail.impl [ config:sail.type "openrdf:NativeStore" ; config:native.tripleIndexes "spoc,posc,cspo" ]
  ] .
"""


@contextmanager
def rdf4j(folder: Path, *, memory: str = "1g") -> Iterator[Server]:
    """An RDF4J server with the repository ``kg``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tmp").mkdir(exist_ok=True)
    port = free_port()
    base = f"http://127.0.0.1:{port}/rdf4j-server"
    repository = f"{base}/repositories/kg"
    server = Server(
        store="rdf4j",
        folder=folder,
        command=[
            program("java"),
            f"-Xmx{memory}",
            f"-Dorg.eclipse.rdf4j.appdata.basedir={folder / 'data'}",
            f"-Djava.io.tmpdir={folder / 'tmp'}",
            "-jar",
            str(jar("jetty.jar")),
            *("--host", "127.0.0.1", "--port", str(port), "--path", "/rdf4j-server"),
            str(jar("rdf4j-server.war")),
        ],
        dataset=repository,
        query=repository,
        update=f"{repository}/statements",
        graphs=f"{repository}/rdf-graphs/service",
    )
    with running(server):
        server.wait_for(f"{base}/protocol", lambda reply: reply.ok)
        requests.put(
            repository,
            data=_REPOSITORY.encode(),
            headers={"Content-Type": "text/turtle"},
            timeout=60,
        ).raise_for_status()
        server.wait_for(repository, lambda reply: reply.ok)
        yield server
