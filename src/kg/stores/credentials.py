"""Who we are to a store: never from the command line, where everyone on the machine can read it."""

from __future__ import annotations

import os

from requests.utils import get_netrc_auth

from kg.errors import UsageError
from kg.stores.http import Address, read_address

USER, PASSWORD = "KG_STORE_USER", "KG_STORE_PASSWORD"


def find_credentials(address: Address) -> tuple[str, str] | None:
    """Name and password for a store: those that the address was made with, else the environment's, else
    those of the netrc file for its host (``NETRC`` or ``~/.netrc``); None when there are none.

    Raises UsageError when the environment has a name without a password.
    """
    if address.credentials is not None:
        return address.credentials
    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    if user:
        if password is None:
            raise UsageError(f"{USER} is set and {PASSWORD} is not", fix=f"set {PASSWORD} too")
        return user, password
    found = get_netrc_auth(address.url)
    return (found[0], found[1]) if found else None


def refuse_secrets(url: str) -> str:
    """The address, as it was typed. Raises UsageError when it holds a name or password."""
    if read_address(url).user:
        raise UsageError(
            "a name or password on the command line can be read by everyone on this machine",
            where=str(read_address(url)),
            fix=f"set {USER} and {PASSWORD}, write ~/.netrc, or type it when asked",
        )
    return url
