"""What the commands share: the group, what stands before a command, and the ways out of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import UsageError

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.graph import KnowledgeGraph
    from kg.model import Finding
    from kg.workspace import Workspace

ROWS = ["table", "csv", "tsv", "json", "md"]
GRAPHS = ["ttl", "nt", "jsonld"]
_MOST_LINES = 60


class PipeClosed(Exception):
    """Whoever read our output has seen enough."""


class _Commands(click.Group):
    """The commands; click itself would end a closed pipe with exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise PipeClosed from None


class Settings:
    """What stands before the command: the workspace and whether a traceback is wanted."""

    def __init__(self, workspace: Path | None, debug: bool) -> None:
        """The folder that was named, or None to look for one."""
        self.named, self.debug = workspace, debug

    def workspace(self) -> Workspace:
        """The named workspace, else the nearest upwards, else the packaged graph."""
        from kg.workspace import find_workspace

        return find_workspace(Path.cwd(), self.named)

    def graph(
        self, endpoint: str | None = None, as_of: datetime | None = None, with_retracted: bool = False
    ) -> KnowledgeGraph:
        """The built graph of the workspace, a remote one, or the view of a day."""
        from kg.graph import KnowledgeGraph

        workspace = self.workspace()
        if workspace.writable and workspace.under_way.exists():  # rarely so, and the journal loads slowly
            from kg.adding import is_behind

            if is_behind(workspace):
                say("kg: an addition was cut off: it stands in seeds/ and not yet in triples/; run: kg build")
        day = as_of.date() if as_of else None
        if endpoint:
            from kg.stores.credentials import refuse_secrets

            refuse_secrets(endpoint)
        return KnowledgeGraph(workspace, endpoint, day, with_retracted=with_retracted)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option("--workspace", type=click.Path(path_type=Path), help="A folder with seeds/.")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault.")
@click.version_option(package_name="aces-kg", prog_name="kg")
@click.pass_context
def cli(context: click.Context, workspace: Path | None, debug: bool) -> None:
    """Who claims what about whom, in which words, citing whom?

    A knowledge graph of actors, claims, events and sources. For example:

    Example: kg query actor-claims --actor NAME
    """
    context.obj = Settings(workspace, debug)


def say(line: str) -> None:
    """Talk: one line to stderr."""
    click.echo(line, err=True)


def give(result: str | bytes) -> None:
    """Write a result to stdout, whole: where nothing is buffered, one write may take a part of it."""
    sys.stdout.flush()
    text = result.encode(sys.stdout.encoding, "backslashreplace") if isinstance(result, str) else result
    rest = memoryview(text)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]


def show_findings(findings: Sequence[Finding]) -> None:
    """Findings to stderr, as many as a person reads."""
    from kg.validation import sorted_report

    lines = sorted_report(findings).render("text").splitlines()[:-1]
    for line in lines[:_MOST_LINES]:
        say(line)
    if len(lines) > _MOST_LINES:
        say(f"... and {len(lines) - _MOST_LINES} lines more")


AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Count only Works that may have been out on this day; all that follows is computed anew.",
)


SYNTAXES = click.Choice(["yaml", "ttl", "trig", "nt", "nq", "jsonld", "rdfxml"])
DOCUMENTS = click.option(
    "--document",
    "documents",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The text of a Document that a file registers; may be given again.",
)


WITH_RETRACTED = click.option(
    "--with-retracted", is_flag=True, help="Show what was retracted too, marked with the reason."
)


def write_answer(answer: Any, form: str) -> None:
    """Write rows, a truth value or a graph to stdout in the wanted form."""
    from kg.results import Result

    if isinstance(answer, bool):
        give("true\n" if answer else "false\n")
    elif isinstance(answer, Result):
        give(answer.render(form, output_width()))
        if form == "table":
            say(f"{len(answer)} row{'s' * (len(answer) != 1)}")
    else:
        _write_graph(answer, "ttl" if form == "table" else form)


def _write_graph(graph: Graph, form: str) -> None:
    from kg.serialise import export_bytes, quad_of

    if form not in GRAPHS:
        raise UsageError(f"a graph cannot be written as {form!r}", fix=f"use {', '.join(GRAPHS)}")
    give(export_bytes([quad_of(triple) for triple in graph], form))


def output_width() -> int | None:
    """The columns of the terminal; None where the output is none."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
