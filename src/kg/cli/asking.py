"""Commands that ask the graph: query, sparql."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.base import AS_OF, GRAPHS, ROWS, WITH_RETRACTED, Settings, cli, give, output_width, write_answer
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


@cli.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    epilog="Entities are given by local name, label, alias or IRI.",
)
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="List the queries with their questions.")
@click.option("--format", "form", type=click.Choice(ROWS), default="table", show_default=True)
@click.option(
    "--why", is_flag=True, help="Under each row, the claims it rests on, with quotes and citations."
)
@click.option("--columns", help="Show these columns alone, parted by commas.")
@click.option("--endpoint", help="Ask a remote SPARQL endpoint instead of the embedded store.")
@AS_OF
@WITH_RETRACTED
@click.pass_context
def query(
    context: click.Context,
    name: str | None,
    listing: bool,
    form: str,
    why: bool,
    columns: str | None,
    endpoint: str | None,
    as_of: datetime | None,
    with_retracted: bool,
) -> None:
    """Run a canned query.

    kg query actor-claims --actor NAME
    """
    if listing or name is None:
        give(_catalogue_text())
        return
    from kg.results import Result

    values = _parameters(context.args)
    graph = context.obj.graph(endpoint, as_of, with_retracted)
    if why:
        give(_reasoned(graph, name, values, form, columns))
        return
    answer = graph.query(name, **values)
    if columns and isinstance(answer, Result):
        answer = answer.only(columns.split(","))
    write_answer(answer, form)


def _reasoned(
    graph: KnowledgeGraph, name: str, values: dict[str, str], form: str, columns: str | None
) -> str:
    """The answer with its reasons, as text where no other form is asked for."""
    if form not in ("table", "json"):
        raise UsageError(f"reasons cannot be written as {form}", fix="use --format table or json")
    answer = graph.why(name, **values)
    if columns:
        answer = replace(answer, result=answer.result.only(columns.split(",")))
    return answer.render("text" if form == "table" else form, output_width())


def _catalogue_text() -> str:
    """The questions under their themes, each with the parameters it takes."""
    from kg.queries import by_theme

    lines: list[str] = []
    for theme, queries in by_theme().items():
        lines += [*([""] if lines else []), theme.capitalize()]
        for item in queries:
            words = [f"--{p.name} {p.kind.upper()}" for p in item.parameters]
            asked = [w if p.required else f"[{w}]" for w, p in zip(words, item.parameters, strict=True)]
            lines += [" ".join([f"  {item.name}", *asked]), f"      {item.summary}"]
            lines += [f"      --{p.name}: {p.meaning}" for p in item.parameters]
    return "\n".join(lines) + "\n"


def _parameters(words: list[str]) -> dict[str, str]:
    """``--actor NAME`` or ``--actor=NAME`` as pairs. Raises UsageError for anything else."""
    values: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, mark, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise UsageError(f"{word!r} is no parameter", fix="write --NAME VALUE")
        if not mark:
            if not rest:
                raise UsageError(f"--{name} has no value", fix=f"write --{name} VALUE")
            value = rest.pop(0)
        values[name] = value
    return values


@cli.command()
@click.argument("text", required=False)
@click.option("-f", "--file", type=click.Path(path_type=Path), help="A file with the query; - is stdin.")
@click.option("--format", "form", type=click.Choice(ROWS + GRAPHS), default="table", show_default=True)
@click.option("--endpoint", help="Ask a remote SPARQL endpoint instead of the embedded store.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    help="Seconds after which the query is stopped; 0 is never.",
)
@AS_OF
@WITH_RETRACTED
@click.pass_obj
def sparql(
    settings: Settings,
    text: str | None,
    file: Path | None,
    form: str,
    endpoint: str | None,
    timeout: float,
    as_of: datetime | None,
    with_retracted: bool,
) -> None:
    """Run any SPARQL query that only reads.

    kg sparql 'SELECT DISTINCT ?class WHERE { ?node a ?class }'
    """
    if (text is None) == (file is None):
        raise UsageError("give one query", fix="kg sparql 'SELECT ...' or kg sparql -f FILE")
    words = text if text is not None else _read_query(file)
    graph = settings.graph(endpoint, as_of, with_retracted)
    write_answer(graph.sparql(words, timeout=timeout or None), form)


def _read_query(file: Path | None) -> str:
    from kg.errors import UnreadableError

    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else Path(str(file)).read_bytes()
        return data.decode("utf-8")
    except OSError as fault:
        raise UnreadableError(f"cannot be read: {fault.strerror}", where=str(file)) from None
    except UnicodeDecodeError:
        raise UnreadableError("this is no UTF-8", where=str(file)) from None


@cli.command()
@click.argument("thing")
@click.option("--all", "whole", is_flag=True, help="Tell every Proposition about the thing in full.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@AS_OF
@WITH_RETRACTED
@click.pass_obj
def explain(
    settings: Settings, thing: str, whole: bool, form: str, as_of: datetime | None, with_retracted: bool
) -> None:
    """Tell the whole reasoning behind a Proposition, an event or an actor.

    kg explain event/NAME
    """
    from kg.explain import render

    found = settings.graph(as_of=as_of, with_retracted=with_retracted).explain(thing, whole=whole)
    give(render(found, form, output_width()))
