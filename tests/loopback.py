"""HTTP servers on loopback: one that answers by script, one that must never be asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Reply:
    """What the server says next; ``announced`` is the length it promises, ``wait`` how long it dawdles."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/sparql-results+json"
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None
    wait: float = 0.0
    hang_up: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    parameters: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


class Server(ThreadingHTTPServer):
    """Answers by script; the last reply is given again and again."""

    daemon_threads = True

    def __init__(self, replies: list[Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies, self.asked = list(replies), list[Asked]()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no fault here."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def _answer(self) -> None:
        chunked = "chunked" in self.headers.get("Transfer-Encoding", "")
        body = self._chunks() if chunked else self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        form = self.headers.get("Content-Type") == "application/x-www-form-urlencoded"
        parameters = parse_qs(url.query) | (parse_qs(body.decode()) if form else {})
        self.server.asked.append(Asked(self.command, url.path, parameters, dict(self.headers), body))
        reply = self.server.replies[0] if len(self.server.replies) == 1 else self.server.replies.pop(0)
        time.sleep(reply.wait)
        if reply.hang_up:
            self.close_connection = True
            return
        self.send_response(reply.status)
        length = len(reply.body) if reply.announced is None else reply.announced
        for name, value in {
            "Content-Type": reply.kind,
            "Content-Length": str(length),
            **reply.headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = reply.announced is not None

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    do_DELETE = do_GET = do_POST = do_PUT = do_HEAD = do_OPTIONS = _answer

    def log_message(self, format: str, *args: object) -> None:
        """Tests keep the screen clean."""


@contextmanager
def serving(*replies: Reply) -> Iterator[Server]:
    """A server with these replies, while the block runs."""
    server = Server(list(replies) or [Reply()])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
