"""Commands that check: validate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import DOCUMENTS, SYNTAXES, Settings, cli, give, say
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.validation import Report


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "ttl", "sarif"]), default="text")
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "info"]),
    default="violation",
    show_default=True,
    help="The mildest finding that makes the exit code 1.",
)
@click.option("--syntax", type=SYNTAXES, default="ttl", help="What stdin (-) is written in.")
@DOCUMENTS
@click.option("--owl", is_flag=True, help="Check undeclared terms and consistency with HermiT (needs Java).")
@click.pass_obj
def validate(
    settings: Settings,
    files: tuple[Path, ...],
    form: str,
    fail_on: str,
    syntax: str,
    documents: tuple[Path, ...],
    owl: bool,
) -> None:
    """Validate files (claims YAML or RDF; - is stdin), or the whole graph.

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
        reports = [_validated(graph, file, syntax, documents) for file in files or (None,)]
        report = sorted_report(finding for one in reports for finding in one.findings)
    give(report.render(form))
    if report.at_least(fail_on):
        raise click.exceptions.Exit(1)


def _validated(graph: KnowledgeGraph, file: Path | None, syntax: str, documents: tuple[Path, ...]) -> Report:
    """The report on a file, on stdin, or on the whole graph."""
    if str(file) == "-":
        from kg.serialise import read_limited

        return graph.validate(read_limited(sys.stdin.buffer), syntax, documents=documents)
    return graph.validate(file, documents=documents)


@cli.command()
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Check a workspace as it lies on the disk: files, the built graph, names that look alike.

    kg doctor
    """
    from kg.display import printable
    from kg.doctor import examine
    from kg.errors import StoreError, WrongError

    states = set()
    for check in examine(settings.workspace()):
        give(f"{printable(check.line())}\n")
        states.add(check.state)
    if "damage" in states:
        raise StoreError("the built graph is damaged", fix="run: kg build")
    if "fault" in states:
        raise WrongError("something in the workspace is wrong", fix="mend what is called a fault above")
