"""Oxigraph server, from the package ``oxigraph``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers.process import Server, free_port, program, running


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    """An Oxigraph server with its data in a folder; ``--union-default-graph`` gives it a union."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    base = f"127.0.0.1:{free_port()}"
    command = [beside or program("oxigraph"), "serve", "--location", str(folder / "data"), "--bind", base]
    server = Server(
        store="oxigraph",
        folder=folder,
        command=[*command, *options],
        dataset=f"http://{base}",
        query=f"http://{base}/query",
        update=f"http://{base}/update",
        graphs=f"http://{base}/store",
    )
    with running(server):
        yield server
