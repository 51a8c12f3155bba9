"""Commands that check: validate."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.base import Settings, cli, give, say
from kg.errors import UsageError


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "ttl", "sarif"]), default="text")
@click.option("--owl", is_flag=True, help="Check undeclared terms and consistency with HermiT (needs Java).")
@click.pass_obj
def validate(settings: Settings, files: tuple[Path, ...], form: str, owl: bool) -> None:
    """Validate files (claims YAML or RDF), or the whole graph.

    kg validate claims.yaml --format sarif
    """
    from kg.validation import sorted_report

    graph = settings.graph()
    if owl and files:
        raise UsageError("--owl checks the whole graph and takes no files", fix="leave the files out")
    if owl:
        from kg.reasoning import check_owl

        report = sorted_report(check_owl(graph, say=say))
    else:
        found = [f for file in files or (None,) for f in graph.validate(file).findings]
        report = sorted_report(found)
    give(report.render(form))
    if not report.conforms:
        raise click.exceptions.Exit(1)
