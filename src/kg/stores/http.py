"""How we talk to a remote store: addresses without secrets, bounded retries, no strange redirects."""

from __future__ import annotations

import os
import ssl
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPMessage
from importlib.metadata import version
from typing import IO, TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit, urlunsplit

from kg.display import printable
from kg.errors import LimitError, RemoteError, UsageError

TRIES = 5
MAX_WAIT = 30.0
BUSY = frozenset({429, 503})
FIRST_WAIT = 0.2
_AUTHORITIES = "REQUESTS_CA_BUNDLE"
"""The variable that names a file of certificates to trust, for all requests of ours."""

T = TypeVar("T")


def user_agent() -> str:
    """Who we are, told to every store."""
    return f"aces-kg/{version('aces-kg')} (https://w3id.org/aces/kg)"


@dataclass(frozen=True, slots=True)
class Address:
    """A URL taken apart: ``url`` without name, password and parameters, which are kept beside it."""

    url: str
    user: str
    password: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def credentials(self) -> tuple[str, str] | None:
        """Name and password, if the URL held them."""
        return (self.user, self.password) if self.user else None

    def at(self, path: str) -> Address:
        """The same store at another path."""
        return Address(_with_path(urlsplit(self.url), path), self.user, self.password, self.parameters)

    @property
    def path(self) -> str:
        """The path, without a slash at the end."""
        return urlsplit(self.url).path.rstrip("/")

    def __str__(self) -> str:
        """The URL as messages may show it."""
        return printable(self.url)


def read_address(url: str) -> Address:
    """Take a URL apart. Raises UsageError when it is none of http or https; no message shows a secret."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise UsageError("the store's address is no URL", fix="write http://HOST:PORT") from None
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(
            "the store's address must begin with http:// or https://", fix="write http://HOST:PORT"
        )
    bare = SplitResult(parts.scheme, f"[{host}]{port}" if ":" in host else host + port, parts.path, "", "")
    return Address(
        urlunsplit(bare),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        tuple(parse_qsl(parts.query, keep_blank_values=True)),
    )


def _with_path(parts: SplitResult, path: str) -> str:
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


class Busy(Exception):
    """An answer that asks to come again; ``wait`` in seconds when it says how long."""

    def __init__(self, reason: str, wait: float | None = None, *, cut: bool = False) -> None:
        """Keep why and how long, and whether the connection was cut while we were at it."""
        super().__init__(reason)
        self.wait, self.cut = wait, cut


class CutOff(RemoteError):
    """The store, or something before it, cuts the connection each time."""


def with_retries(ask: Callable[[], T], where: Address) -> T:
    """What ``ask`` gives, asking again after a Busy, at most five times and with growing pauses.

    Raises RemoteError when the store stays busy or unreachable or wants more than half a minute's wait.
    """
    pause = FIRST_WAIT
    for attempt in range(1, TRIES + 1):
        try:
            return ask()
        except Busy as busy:
            wait = pause if busy.wait is None else busy.wait
            if attempt == TRIES or wait > MAX_WAIT:
                asked = f", and wants {wait:.0f} seconds" if wait > MAX_WAIT else ""
                kind = CutOff if busy.cut else RemoteError
                raise kind(
                    f"{printable(str(busy))}, asked {attempt} times{asked}",
                    where=str(where),
                    fix="check the address, or try later",
                ) from None
            time.sleep(wait)
            pause *= 2
    raise AssertionError("the last try returns or raises")


def retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header, which may be a number or a date; None when it says nothing."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        wait = parsedate_to_datetime(value) - datetime.now(UTC)
    except (TypeError, ValueError):
        return None
    return max(0.0, wait.total_seconds())


def untrusted(where: Address, why: str) -> RemoteError:
    """The error for a store whose certificate nobody we trust has signed."""
    return RemoteError(
        f"the store's certificate is not trusted ({printable(why)})",
        where=str(where),
        fix=f"let the store have one that is, or name its authority in {_AUTHORITIES}",
    )


def timed_out(where: Address, seconds: float) -> LimitError:
    """The error for a store that is too slow."""
    return LimitError(
        f"no answer within {seconds:g} seconds", where=str(where), fix="ask for less, or allow more time"
    )


class _SameStoreOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirect within one host; a query or password goes nowhere else."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            fp.close()
            raise moved(read_address(req.full_url), newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def moved(where: Address, target: str) -> RemoteError:
    """The error for a redirect that is not followed."""
    shown = urlsplit(target).hostname or "another place"
    return RemoteError(
        f"it redirects to {printable(shown)}, which is not followed",
        where=str(where),
        fix="give that address if you trust it",
    )


def _trust() -> ssl.SSLContext:
    trust = ssl.create_default_context()
    if file := os.environ.get(_AUTHORITIES):
        try:
            trust.load_verify_locations(file)
        except OSError as fault:
            what = f"the certificates that {_AUTHORITIES} names cannot be read: {fault.strerror or fault}"
            raise UsageError(what, where=file, fix="name a file of certificates in PEM") from None
    return trust


def opener(where: Address, credentials: tuple[str, str] | None) -> urllib.request.OpenerDirector:
    """Opens addresses of one store: follows redirects within its host, answers a digest challenge.

    Raises UsageError when the certificates to trust cannot be read.
    """
    handlers: list[urllib.request.BaseHandler] = [_SameStoreOnly()]
    if where.url.startswith("https:"):
        handlers.append(urllib.request.HTTPSHandler(context=_trust()))
    if credentials is not None:
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, where.url, *credentials)
        handlers.append(urllib.request.HTTPDigestAuthHandler(passwords))
    return urllib.request.build_opener(*handlers)
