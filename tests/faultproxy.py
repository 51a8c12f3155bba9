"""A proxy on loopback that hurts: it cuts, stays down, dawdles, or answers with an error itself."""

from __future__ import annotations

import contextlib
import http.client
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class CuttingProxy:
    """Passes bytes on until so many have come from clients; then it resets every connection.

    With ``stays_down`` it refuses all others until it is mended, else it is a cut and nothing more.
    """

    def __init__(self, target: str, cut_after: int | None, *, stays_down: bool) -> None:
        where = urlsplit(target)
        self._target = (where.hostname or "", where.port or 0)
        self._left, self._stays_down = cut_after, stays_down
        self.cuts, self.passed, self.down = 0, 0, False
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    def mend(self) -> None:
        self._left, self.down = None, False

    def close(self) -> None:
        self._listening.close()
        self._reset_all()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if self.down:
                    _reset(client)
                    continue
                try:
                    server = socket.create_connection(self._target)
                except OSError:
                    _reset(client)
                    continue
                with self._lock:
                    self._open |= {client, server}
                for source, sink, counted in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pump, args=(source, sink, counted), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 14):
                if counted and self._must_cut(data, sink):
                    return
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _must_cut(self, data: bytes, sink: socket.socket) -> bool:
        with self._lock:
            self.passed += len(data)
            if self._left is None:
                return False
            if len(data) <= self._left:
                self._left -= len(data)
                return False
            rest, self._left = self._left, None
            self.cuts += 1
            self.down = self._stays_down
        with contextlib.suppress(OSError):
            sink.sendall(data[:rest])
        self._reset_all()
        return True

    def _reset_all(self) -> None:
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            _reset(end)


def _reset(end: socket.socket) -> None:
    """Close at once, as a broken line does: what is not yet sent is lost."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()


@contextmanager
def cutting(target: str, cut_after: int | None, *, stays_down: bool) -> Iterator[tuple[CuttingProxy, str]]:
    """The proxy before a server, and the target's address through it."""
    proxy = CuttingProxy(target, cut_after, stays_down=stays_down)
    try:
        yield proxy, urlsplit(target)._replace(netloc=f"127.0.0.1:{proxy.port}").geturl()
    finally:
        proxy.close()


@dataclass(frozen=True)
class Fault:
    """What the proxy answers itself, after a while if it is to dawdle; status 0 is a line that is cut."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"fault"
    wait: float = 0.0


Choose = Callable[[str, str, bytes], "Fault | None"]


class _Erring(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, target: str, choose: Choose) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target, self.choose, self.faults = urlsplit(target), choose, 0

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no fault here."""


class _Handler(BaseHTTPRequestHandler):
    server: _Erring
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.server.choose(self.command, self.path, body)
        if fault is None:
            self._pass_on(body)
            return
        self.server.faults += 1
        time.sleep(fault.wait)
        if not fault.status:
            _reset(self.connection)
            self.close_connection = True
            return
        self._send(fault.status, {"Content-Type": "text/plain", **fault.headers}, fault.body)

    def _pass_on(self, body: bytes) -> None:
        target = self.server.target
        line = http.client.HTTPConnection(target.hostname or "", target.port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        line.request(self.command, self.path, body or None, headers)
        reply = line.getresponse()
        kept = {
            n: v for n, v in reply.getheaders() if n.lower() not in ("transfer-encoding", "content-length")
        }
        content = reply.read()
        line.close()
        self._send(reply.status, kept, content)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer

    def log_message(self, format: str, *args: object) -> None:
        """Tests keep the screen clean."""


@contextmanager
def erring(target: str, choose: Choose) -> Iterator[tuple[_Erring, str]]:
    """A proxy that answers itself where ``choose`` gives a fault for method, path and body."""
    proxy = _Erring(target, choose)
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield proxy, urlsplit(target)._replace(netloc=f"127.0.0.1:{proxy.server_port}").geturl()
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()
