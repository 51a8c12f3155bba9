"""Commands on who is the same as whom: candidates, decide."""

from __future__ import annotations

from datetime import datetime

import click

from kg.cli.base import AS_OF, ROWS, Settings, cli, give, output_width, say, write_answer
from kg.errors import UsageError
from kg.terms import REGISTERED_KINDS


@cli.command()
@click.option("--kind", type=click.Choice(REGISTERED_KINDS), help="Compare things of this kind alone.")
@click.option(
    "--min", "least", type=click.IntRange(0, 100), help="The least score.  [default: 40; 0 with --decided]"
)
@click.option("--decided", is_flag=True, help="List the pairs that are decided on instead.")
@click.option("--why", is_flag=True, help="Under each pair, the claims behind what speaks for and against.")
@click.option("--format", "form", type=click.Choice(ROWS), default="table", show_default=True)
@AS_OF
@click.pass_obj
def candidates(
    settings: Settings,
    kind: str | None,
    least: int | None,
    decided: bool,
    why: bool,
    form: str,
    as_of: datetime | None,
) -> None:
    """List what may be one thing under two names, with what speaks for it and what against.

    kg candidates --kind event --why
    """
    found = settings.graph(as_of=as_of).candidates(kind, least, decided=decided)
    if not why:
        write_answer(found.result(), form)
    elif form in ("table", "json"):
        give(found.render("text" if form == "table" else form, output_width()))
    else:
        raise UsageError(f"reasons cannot be written as {form}", fix="use --format table or json")


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
