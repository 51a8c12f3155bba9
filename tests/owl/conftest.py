"""What the tests of this folder need around them: a stand-in for Java, and canaries that must stay silent."""

from __future__ import annotations

import shlex
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


class FakeJava:
    """A ``java`` that answers as HermiT would and keeps the graph that it was given."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.seen = folder, folder / "seen.nt"

    def answers(self, stdout: str = "", stderr: str = "", code: int = 0) -> None:
        """From now on, this is what it writes about a graph, and how it ends."""
        lines = [
            "#!/bin/sh",
            'for last; do :; done; [ "$last" = --version ] && echo 9.9.9 && exit 0',
            f'cat "${{last#file://}}" > {shlex.quote(str(self.seen))}',
            f"printf %s {shlex.quote(stdout)}",
            f"printf %s {shlex.quote(stderr)} >&2",
            f"exit {code}",
        ]
        program = self.folder / "java"
        program.write_text("\n".join(lines) + "\n", encoding="utf-8")
        program.chmod(0o755)


@pytest.fixture
def fake_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeJava:
    """A stand-in for Java on PATH, which finds every graph consistent until it is told otherwise."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    fake = FakeJava(folder)
    fake.answers()
    return fake


class CanaryServer(ThreadingHTTPServer):
    """A server on this machine that notes every request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Noting)
        self.requests: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_port}/canary.owl"


class _Noting(BaseHTTPRequestHandler):
    server: CanaryServer

    def do_GET(self) -> None:
        self.server.requests.append(self.path)
        self.send_error(404)

    do_HEAD = do_POST = do_GET

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def canary_server() -> Iterator[CanaryServer]:
    """A server that nothing may ask."""
    server = CanaryServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def canary_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Path]:
    """The name of a Python module that leaves a file behind when anything imports it, and that file."""
    folder, trace = tmp_path / "modules", tmp_path / "imported"
    folder.mkdir()
    (folder / "aces_canary.py").write_text(f"open({str(trace)!r}, 'w').close()\n", encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return "aces_canary", trace
