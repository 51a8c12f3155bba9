"""A server as a child process: started on a free port, awaited, restarted, stopped; its log is kept."""

from __future__ import annotations

import contextlib
import random
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import requests

if TYPE_CHECKING:
    from kg.stores.remote import RemoteStore

ROOT = Path(__file__).parents[2]
JARS = ROOT / ".servers"
PORTS = (15_000, 30_000)
PATIENCE = 120.0
"""Seconds that a server may take to start on a busy machine."""


@dataclass
class Server:
    """A running store: its addresses, who may write, and the process itself.

    ``dataset`` is what ``kg load --to`` is given, ``store`` what ``--store`` is given.
    """

    store: str
    folder: Path
    command: list[str]
    dataset: str
    query: str
    update: str
    graphs: str
    credentials: tuple[str, str] | None = None
    environment: dict[str, str] | None = None
    digest: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        """What the server said; it stays in the folder."""
        return self.folder / "server.log"

    @property
    def auth(self) -> requests.auth.AuthBase | None:
        """What requests needs to write."""
        if self.credentials is None:
            return None
        kind = requests.auth.HTTPDigestAuth if self.digest else requests.auth.HTTPBasicAuth
        return kind(*self.credentials)

    def start(self) -> None:
        """Start the process and wait until it answers a query."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, stdout=log, stderr=log, env=self.environment
            )
        self.wait_for(self.query, lambda reply: reply.status_code in (200, 400, 404))

    def wait_for(self, address: str, good: Callable[[requests.Response], bool]) -> None:
        """Ask an address until the reply is good. Raises AssertionError with the log's end."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            try:
                reply = requests.get(address, params={"query": "ASK {}"}, timeout=5)
                if good(reply) and self.process.poll() is None:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.1)
        end = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
        self.stop()
        raise AssertionError(f"{self.store} did not start:\n{end}")

    def stop(self, *, kill: bool = False) -> None:
        """End the process, at once if it is to be killed, and wait for it."""
        if self.process is None:
            return
        if kill:
            self.process.kill()
        else:
            self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def remote(self, dataset: str | None = None, timeout: float = 60) -> RemoteStore:
        """Our side of it, or of its address through a proxy."""
        from kg.stores.remote import RemoteStore

        return RemoteStore(
            dataset or self.dataset, store=self.store, credentials=self.credentials, timeout=timeout
        )

    def ask(self, sparql: str) -> requests.Response:
        """The answer of a query, in JSON."""
        reply = requests.post(
            self.query,
            data={"query": sparql},
            headers={"Accept": "application/sparql-results+json"},
            auth=self.auth,
            timeout=60,
        )
        reply.raise_for_status()
        return reply

    def change(self, sparql: str) -> None:
        """Run an update."""
        reply = requests.post(self.update, data={"update": sparql}, auth=self.auth, timeout=60)
        assert reply.ok, f"{reply.status_code} {reply.text[:500]}"


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server, started, while the block runs."""
    try:
        server.start()
        yield server
    finally:
        server.stop()


def free_port() -> int:
    """A port of loopback that is free just now, and that no program gets which asks for any port.

    Those get one of the upper half. One of them, a proxy of another test say, could take the port between
    this look and the server's own start, and its answers would then be taken for the server's.
    """
    while True:
        port = random.randrange(*PORTS)
        with contextlib.suppress(OSError), socket.socket() as free:
            free.bind(("127.0.0.1", port))
            return port


def jar(name: str) -> Path:
    """One of the files that ``.ci/servers`` fetches."""
    file = JARS / name
    assert file.exists(), f"{file} is not there; run: .ci/servers"
    return file


def program(name: str) -> str:
    """A program on the path."""
    found = shutil.which(name)
    assert found is not None, f"{name} is not installed; run: .ci/servers"
    return found
