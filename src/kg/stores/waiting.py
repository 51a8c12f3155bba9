"""Waiting for an answer, and not for longer than somebody is willing to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from kg.errors import LimitError

Answer = TypeVar("Answer")


def within(seconds: float | None, ask: Callable[[], Answer]) -> Answer:
    """What a call gives, where it gives it in time; None is for as long as it takes.

    The store cannot be interrupted: what is not done in time is left to itself, in a thread that ends with
    the process at the latest.  Raises LimitError at the limit, and what the call raises.
    """
    if seconds is None:
        return ask()
    found: list[Answer] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            found.append(ask())
        except BaseException as fault:
            faults.append(fault)

    worker = threading.Thread(target=run, name=ABANDONED, daemon=True)
    worker.start()
    worker.join(seconds)
    if worker.is_alive():
        raise LimitError(
            f"the query was stopped after {seconds:g} s",
            fix="join every pattern to another, name what you look for, or give it longer: --timeout",
        )
    if faults:
        raise faults[0]
    return found[0]


ABANDONED = "kg-query"


def any_is_running() -> bool:
    """Whether a query that was given up still runs."""
    return any(thread.name == ABANDONED for thread in threading.enumerate())
