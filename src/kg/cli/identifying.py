"""Commands on who is the same as whom: decide."""

from __future__ import annotations

from datetime import datetime

import click

from kg.cli.base import Settings, cli, say
from kg.errors import UsageError


@cli.command()
@click.argument("one")
@click.argument("other")
@click.option("--same", "verdict", flag_value="same", help="They are one; the first is kept.")
@click.option("--different", "verdict", flag_value="different", help="They are two, however like.")
@click.option("--unsure", "verdict", flag_value="unsure", help="Looked at, and the texts do not tell.")
@click.option("--undo", "verdict", flag_value="undo", help="Take the decision on the two back.")
@click.option("--reason", default="", help="Why: the words of the texts that it rests on.")
@click.option("--by", default="curator", show_default=True, help="Who decides.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="When it was decided.")
@click.pass_obj
def decide(
    settings: Settings,
    one: str,
    other: str,
    verdict: str | None,
    reason: str,
    by: str,
    day: datetime | None,
) -> None:
    """Decide whether two things are one, in seeds/registry/decisions.yaml.

    kg decide event/ONE event/OTHER --unsure --reason 'neither text gives a date'
    """
    from kg.deciding import Decisions

    if verdict is None:
        raise UsageError("nothing is decided", fix="give --same, --different, --unsure or --undo")
    decisions = Decisions(settings.workspace())
    if verdict == "undo":
        decision = decisions.undo(one, other)
        say(f"taken out of {decisions.shown}: {decision.words()}; kg build makes the graph of it")
        return
    shown = day.date().isoformat() if day else ""
    decision = decisions.decide(one, other, verdict, reason, by, shown)  # type: ignore[arg-type]
    say(f"written into {decisions.shown}: {decision.words()}; kg build makes the graph of it")
