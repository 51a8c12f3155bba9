"""Commands that hand the graph over: export, load."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import Settings, cli, give, say
from kg.errors import WrongError

_EXPORTS = ["nt", "nq", "ttl", "trig", "jsonld", "rdfxml"]


@cli.command()
@click.option("--format", "form", type=click.Choice(_EXPORTS), default="nq", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="A file; stdout when left out.")
@click.pass_obj
def export(settings: Settings, form: str, output: Path | None) -> None:
    """Write the whole graph in one file.

    kg export --format nq -o graph.nq
    """
    from kg.serialise import export_bytes, write_atomically

    content = export_bytes(settings.graph().local, form)
    if output is None:
        give(content)
    else:
        write_atomically(output, content)
        say(f"{len(content)} bytes written to {output}")


@cli.command()
@click.option("--to", "address", required=True, help="The store's address, such as http://localhost:7878")
@click.pass_obj
def load(settings: Settings, address: str) -> None:
    """Load the graph into a live triple store and compare.

    kg load --to http://localhost:7878
    """
    from kg.stores.remote import RemoteStore

    report = RemoteStore(address).load(settings.graph().local)
    give(report.text())
    if not report.equal:
        raise WrongError("the store does not hold what was sent", where=report.address)
