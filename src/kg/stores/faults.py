"""What a remote store said no with, and why no answer came, as errors of ours without secrets."""

from __future__ import annotations

import http.client

from kg.display import printable
from kg.errors import KgError, LimitError, RemoteError
from kg.stores.http import Address

_ADVICE = {
    400: "it may not know a function or form that this uses",
    401: "set KG_STORE_USER and KG_STORE_PASSWORD, or write the password into ~/.netrc",
    403: "this user may not do that; set KG_STORE_USER and KG_STORE_PASSWORD to one who may",
    404: "check that the dataset exists and that this is its address",
    413: "ask for less, or let the store take longer requests",
    414: "ask for less",
    500: "see the store's own log",
    507: "make room on the store's disk",
}
_TOO_LONG, _UNKNOWN_USER = 413, 401


class TooLong(RemoteError):
    """The store does not take so much at once."""


class Unauthorised(RemoteError):
    """The store wants a name and a password, or others than it was given."""


def refusal(status: int, body: bytes, where: Address) -> KgError:
    """The error for a status that says no, with the first line of the store's own words."""
    if status in (408, 504):
        return LimitError(f"the store gave up ({status})", where=str(where), fix="ask for less")
    lines = body.decode("utf-8", "replace").strip().splitlines()
    words = printable(lines[0][:200]) if lines and not lines[0].startswith("<") else ""
    fix = _ADVICE.get(status, "check that the address is the store's")
    kinds: dict[int, type[RemoteError]] = {_TOO_LONG: TooLong, _UNKNOWN_USER: Unauthorised}
    kind = kinds.get(status, RemoteError)
    return kind(f"the store answered {status} {words}".rstrip(), where=str(where), fix=fix)


def reason(error: BaseException) -> str:
    """Why no answer came about, in words without addresses (which may hold passwords)."""
    if isinstance(error, http.client.IncompleteRead):
        return "the answer was cut off"
    return f"the store cannot be reached ({printable(innermost(error))})"


def innermost(error: BaseException) -> str:
    """What the fault behind a fault says of itself."""
    while isinstance(inner := getattr(error, "reason", None) or error.__context__, BaseException):
        error = inner
    return str(getattr(error, "strerror", None) or type(error).__name__)
