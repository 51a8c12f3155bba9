"""Writing to a store: triples by the Graph Store Protocol, the rest by SPARQL Update.

Each request can be sent twice without harm, but for a move; so all but a move are tried again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Any, Self, cast

import pyoxigraph as ox
import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3.exceptions import HTTPError

from kg.display import printable
from kg.errors import RemoteError, UsageError
from kg.stores import http as door
from kg.stores.faults import TooLong, innermost, reason, refusal
from kg.stores.presets import Addresses, Preset

_ABSENT = 404
_LONG = 4_000_000
"""From how many bytes on a request is a long one."""


class GraphStore:
    """The graphs of a store, to be written; use it as a context. One user, one connection at a time."""

    def __init__(
        self,
        preset: Preset,
        addresses: Addresses,
        credentials: tuple[str, str] | None,
        timeout: float,
    ) -> None:
        """A store of a kind at its addresses; ``timeout`` in seconds is for each request."""
        self._graphs, self._update, self._quads = addresses.graphs, addresses.update, addresses.quads
        self.preset, self.timeout = preset, timeout
        self.session = requests.Session()
        self.session.headers["User-Agent"] = door.user_agent()
        if credentials is not None:
            kind = HTTPDigestAuth if preset.digest else _BasicOrDigest
            self.session.auth = kind(*credentials)

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.session.close()

    @property
    def graphs(self) -> door.Address:
        """Where graphs go. Raises UsageError when that is not known."""
        if self._graphs is None:
            raise UsageError(
                "it is not known where this store takes graphs", fix="give --store, or give --graphs-url"
            )
        return self._graphs

    @property
    def updates(self) -> bool:
        """Whether the store is known to take updates."""
        return self._update is not None

    @property
    def takes_quads(self) -> bool:
        """Whether the store takes triples of many graphs in one request."""
        return self._quads is not None

    def add(self, graph: str, text: bytes) -> None:
        """Add N-Triples to a graph, in halves when the store finds that too long.

        Raises RemoteError or LimitError when the store does not take it.
        """
        self._add(self.graphs, [("graph", graph)], text, "application/n-triples")

    def add_quads(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads to their graphs, in halves when the store finds that too long.

        Raises RemoteError or LimitError when the store does not take them.
        """
        text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        if self._quads is None or text is None:
            raise UsageError("this store takes no quads", where=str(self.graphs), fix="add graph by graph")
        self._add(self._quads, [], text, "application/n-quads")

    def _add(self, to: door.Address, names: list[tuple[str, str]], text: bytes, kind: str) -> None:
        bulk = self.preset.bulk if len(text) > _LONG else ()
        try:
            self._write("POST", to, [*bulk, *names], text, kind)
        except (TooLong, door.CutOff) as error:
            # A proxy may close the line on a long request so early that its 413 is lost on the way.
            if isinstance(error, door.CutOff) and len(text) <= _LONG:
                raise
            middle = text.rfind(b"\n", 0, len(text) // 2) + 1 or text.find(b"\n") + 1
            if middle in (0, len(text)):
                raise
        else:
            return
        self._add(to, names, text[:middle], kind)
        self._add(to, names, text[middle:], kind)

    def replace(self, graph: str, body: Iterator[bytes]) -> None:
        """Put N-Triples in the place of a graph in one request, which is not tried again."""
        response = self._request(
            "PUT",
            self.graphs,
            params=[("graph", graph)],
            data=body,
            headers={"Content-Type": "application/n-triples"},
        )
        response.close()

    def drop(self, graph: str) -> None:
        """Take a graph away; one that is not there is no fault."""
        self._write("DELETE", self.graphs, [("graph", graph)], None, None)

    def _write(
        self,
        method: str,
        to: door.Address,
        params: list[tuple[str, str]],
        text: bytes | None,
        kind: str | None,
    ) -> None:
        def send() -> None:
            self._request(
                method,
                to,
                params=params,
                data=text,
                headers={"Content-Type": kind} if kind else {},
                absent_is_fine=method == "DELETE",
            ).close()

        door.with_retries(send, to)

    @contextmanager
    def triples(self, graph: str) -> Iterator[Iterator[ox.Triple]]:
        """The triples that the store holds in a graph, as they come. Raises RemoteError when they are cut."""

        def ask() -> requests.Response:
            return self._request(
                "GET",
                self.graphs,
                params=[("graph", graph)],
                headers={"Accept": "application/n-triples"},
                absent_is_fine=True,
            )

        with door.with_retries(ask, self.graphs) as response:
            response.raw.decode_content = True
            yield self._read(response)

    def _read(self, response: requests.Response) -> Iterator[ox.Triple]:
        if response.status_code in (_ABSENT, requests.codes.no_content):
            return
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if kind not in ("application/n-triples", "text/plain"):
            raise RemoteError(
                f"the store answered {printable(kind) or 'no type'}, not N-Triples",
                where=str(self.graphs),
                fix="check that this is its graph store's address",
            )
        body = cast(IO[bytes], _Whole(response, self.graphs))
        try:
            for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES):
                yield quad.triple
        except SyntaxError as error:
            raise RemoteError(
                f"the graph is cut off or no N-Triples: {printable(str(error.msg))}",
                where=str(self.graphs),
                fix="try again",
            ) from None

    def move(self, source: str, target: str) -> None:
        """Put one graph in the place of another. It is not tried again: a move of nothing empties."""
        self.update(self.preset.moving.format(source=source, target=target), again=False)

    def update(self, text: str, *, again: bool = True) -> None:
        """Run an update. Raises UsageError when it is not known where, RemoteError when it is refused."""
        where = self._update
        if where is None:
            raise UsageError(
                "it is not known where this store takes updates", fix="give --store, or give --update-url"
            )

        def send() -> None:
            self._request("POST", where, params=[], data={"update": text}).close()

        if again:
            door.with_retries(send, where)
        else:
            try:
                send()
            except door.Busy as busy:
                raise RemoteError(printable(str(busy)), where=str(where), fix="try again") from None

    def _request(
        self,
        method: str,
        to: door.Address,
        *,
        params: list[tuple[str, str]],
        data: Any = None,
        headers: dict[str, str] | None = None,
        absent_is_fine: bool = False,
    ) -> requests.Response:
        """One request. Raises Busy for what may pass, else an error of ours for what is not taken."""
        try:
            response = self.session.request(
                method,
                to.url,
                params=[*to.parameters, *params],
                data=data,
                headers=headers,
                timeout=self.timeout,
                allow_redirects=False,
                stream=True,
            )
        except requests.exceptions.SSLError as error:
            raise door.untrusted(to, innermost(error)) from None
        except requests.Timeout:
            raise door.timed_out(to, self.timeout) from None
        except requests.RequestException as error:
            raise door.Busy(reason(error), cut=_was_cut(error)) from None
        if response.is_redirect:
            raise door.moved(to, response.headers["Location"])
        if response.ok or (absent_is_fine and response.status_code == _ABSENT):
            return response
        with response:
            if response.status_code in door.BUSY:
                wait = door.retry_after(response.headers.get("Retry-After"))
                raise door.Busy(f"the store is busy ({response.status_code})", wait)
            raise refusal(response.status_code, response.raw.read(10_000, decode_content=True), to)


def _was_cut(error: BaseException | None) -> bool:
    """Whether a connection that stood was cut, which is not the same as one that never came about."""
    while error is not None:
        if isinstance(error, ConnectionResetError | BrokenPipeError | ConnectionAbortedError):
            return True
        error = error.__context__
    return False


class _Whole:
    """The body of a response to a parser, which must not take a cut for an end."""

    def __init__(self, response: requests.Response, where: door.Address) -> None:
        self._raw, self._where = response.raw, where

    def read(self, size: int = -1) -> bytes:
        """Some more of it. Raises RemoteError when it was cut."""
        try:
            return bytes(self._raw.read(size if size > 0 else 1 << 16))
        except (HTTPError, OSError) as error:
            raise RemoteError(
                f"the answer was cut off ({printable(innermost(error))})",
                where=str(self._where),
                fix="try again",
            ) from None


class _BasicOrDigest(AuthBase):
    """A password by basic authentication, by digest once the store asks for that."""

    def __init__(self, user: str, password: str) -> None:
        self._basic, self._digest = HTTPBasicAuth(user, password), HTTPDigestAuth(user, password)
        self._wants_digest = False

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._wants_digest:
            return cast(requests.PreparedRequest, self._digest(request))
        request.register_hook("response", self._challenged)  # type: ignore[no-untyped-call]
        return cast(requests.PreparedRequest, self._basic(request))

    def _challenged(self, response: requests.Response, **options: Any) -> requests.Response:
        wanted = response.headers.get("WWW-Authenticate", "").lower()
        if response.status_code != requests.codes.unauthorized or "digest" not in wanted:
            return response
        self._wants_digest = True
        self._digest(response.request.copy())  # which readies it for the challenge
        answer = self._digest.handle_401(response, **options)  # type: ignore[no-untyped-call]
        return cast(requests.Response, answer)
