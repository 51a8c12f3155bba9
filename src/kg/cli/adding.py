"""Commands that change the graph: add, retract, log."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import DOCUMENTS, ROWS, SYNTAXES, Settings, cli, give, output_width, say, show_findings

if TYPE_CHECKING:
    from kg.adding import Receipt

_AUTHOR = click.option(
    "--author", help="On whose word; else KG_AUTHOR, else git's user there, else the login name."
)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--syntax", type=SYNTAXES, help="What stdin (-) is written in.")
@DOCUMENTS
@_AUTHOR
@click.option("--dry-run", is_flag=True, help="Check the file, say what would change, and add nothing.")
@click.pass_obj
def add(
    settings: Settings,
    file: Path,
    syntax: str | None,
    documents: tuple[Path, ...],
    author: str | None,
    dry_run: bool,
) -> None:
    """Add a file (claims YAML or RDF; - is stdin), all of it or nothing.

    kg add claims.yaml
    """
    from kg.serialise import read_limited

    source: Path | bytes = read_limited(sys.stdin.buffer) if str(file) == "-" else file
    graph = settings.graph()
    receipt = graph.add(
        source,
        syntax or ("yaml" if str(file) == "-" else None),
        by=author,
        documents=documents,
        trial=dry_run,
    )
    _tell(receipt)


@cli.command()
@click.argument("what")
@click.option("--reason", required=True, help="Why it no longer stands.")
@click.option("--by", "new", help="The claim or addition that stands in its place.")
@_AUTHOR
@click.pass_obj
def retract(settings: Settings, what: str, reason: str, new: str | None, author: str | None) -> None:
    """Take back a claim or an addition; it is kept, and left out from now on.

    kg retract claim:NAME --reason "the speaker is another"
    """
    _tell(settings.graph().retract(what, reason, replaced_by=new, by=author))


def _tell(receipt: Receipt) -> None:
    show_findings(receipt.report.findings)
    give("".join(f"{line}\n" for line in receipt.lines()))


@cli.command()
@click.option("--format", "form", type=click.Choice(ROWS), default="table", show_default=True)
@click.pass_obj
def log(settings: Settings, form: str) -> None:
    """List what was added or retracted, by whom, when, and from which file.

    kg log --format csv
    """
    rows = settings.graph().log()
    give(rows.render(form, output_width()))
    if form == "table":
        say(f"{len(rows)} row{'s' * (len(rows) != 1)}")
