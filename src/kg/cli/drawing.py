"""Commands that draw: plot timeline, network, matrix, disagreements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from kg.cli.base import AS_OF, Settings, cli, say

_OUT = click.option(
    "--out", "-o", "out", type=click.Path(path_type=Path), required=True, help="The file: .svg or .png."
)


def _actor(words: str) -> Callable[[Any], Any]:
    return click.option("--actor", help=f"Only {words} this actor; all when left out.")


@cli.group()
def plot() -> None:
    """Draw a picture (needs the extra aces-kg[plot]).

    kg plot timeline --actor NAME --out FILE.svg
    """


@plot.command()
@_OUT
@_actor("events with a role for")
@click.option("--from", "start", help="The first day, month or year.")
@click.option("--to", "end", help="The last day, month or year.")
@AS_OF
@click.pass_obj
def timeline(
    settings: Settings,
    out: Path,
    actor: str | None,
    start: str | None,
    end: str | None,
    as_of: datetime | None,
) -> None:
    """Events in time, with what is not known of their dates.

    kg plot timeline --actor NAME --from 2015 --to 2017-06 --out FILE.svg
    """
    _draw(settings, "timeline", out, actor, as_of, start=_day(start, first=True), end=_day(end, first=False))


def _add_picture(picture: str, of_actor: str, told: str) -> None:
    """A command for a picture that takes an actor and a day, and nothing else."""

    @plot.command(picture, help=f"{told}\n\nkg plot {picture} --actor NAME --out FILE.svg")
    @_OUT
    @_actor(of_actor)
    @AS_OF
    @click.pass_obj
    def command(settings: Settings, out: Path, actor: str | None, as_of: datetime | None) -> None:
        _draw(settings, picture, out, actor, as_of)


_add_picture("network", "ties of", "Actors and the ties between them.")
_add_picture("matrix", "criticism of", "Who criticised whom, year by year.")
_add_picture(
    "disagreements", "numbers and events of", "Numbers and dates that differ, side by side with their ranges."
)


def _draw(
    settings: Settings,
    picture: str,
    out: Path,
    actor: str | None,
    as_of: datetime | None,
    **days: date | None,
) -> None:
    items = settings.graph(as_of=as_of).plot(picture, out, actor=actor, **days)
    empty = "" if items else "; there was nothing to show, and the picture says so"
    say(f"{out} written{empty}")


def _day(text: str | None, *, first: bool) -> date | None:
    """The first or the last day that a date may mean. Raises UsageError where it has none."""
    from kg.errors import KgError, UsageError
    from kg.times import parse_time

    if text is None:
        return None
    try:
        time = parse_time(text)
    except KgError as fault:
        raise UsageError(f"{text!r} is no date", fix="write a day, a month or a year: 2015-08") from fault
    day = time.earliest if first else time.latest
    if day is None:
        raise UsageError(f"{text!r} is open at that end", fix="write a day, a month or a year: 2015-08")
    return day
