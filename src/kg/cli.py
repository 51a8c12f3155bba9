"""The command line: translation only. Results go to stdout, all talk to stderr."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kg.errors import KgError, UsageError, WrongError

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.build import BuildReport
    from kg.graph import KnowledgeGraph
    from kg.model import Finding
    from kg.workspace import Workspace

_ROWS = ["table", "csv", "tsv", "json", "md"]
_GRAPHS = ["ttl", "nt", "jsonld"]
_EXPORTS = ["nt", "nq", "ttl", "trig", "jsonld", "rdfxml"]
_INTERRUPTED, _PIPE_CLOSED = 130, 141
_MOST_LINES = 60


class _PipeClosed(Exception):
    """Whoever read our output has seen enough."""


class _Commands(click.Group):
    """The commands; click itself would end a closed pipe with exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _PipeClosed from None


class _Settings:
    """What stands before the command: the workspace and whether a traceback is wanted."""

    def __init__(self, workspace: Path | None, debug: bool) -> None:
        self.named, self.debug = workspace, debug

    def workspace(self) -> Workspace:
        from kg.workspace import find_workspace

        return find_workspace(Path.cwd(), self.named)

    def graph(self, endpoint: str | None = None, as_of: datetime | None = None) -> KnowledgeGraph:
        from kg.graph import KnowledgeGraph

        return KnowledgeGraph(self.workspace(), endpoint, as_of.date() if as_of else None)


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
    context.obj = _Settings(workspace, debug)


def _say(line: str) -> None:
    click.echo(line, err=True)


def _give(result: str | bytes) -> None:
    """Write a result to stdout, whole: where nothing is buffered, one write may take a part of it."""
    sys.stdout.flush()
    text = result.encode(sys.stdout.encoding, "backslashreplace") if isinstance(result, str) else result
    rest = memoryview(text)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]


def _show(findings: Sequence[Finding]) -> None:
    from kg.validation import sorted_report

    lines = sorted_report(findings).render("text").splitlines()[:-1]
    for line in lines[:_MOST_LINES]:
        _say(line)
    if len(lines) > _MOST_LINES:
        _say(f"... and {len(lines) - _MOST_LINES} lines more")


# --- building ------------------------------------------------------------------------------------


@cli.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if triples/ is not what the seeds give.")
@click.pass_obj
def build(settings: _Settings, check: bool) -> None:
    """Build triples/ from seeds/, checked with SHACL.

    kg build --check
    """
    from kg.build import build as run

    report = run(settings.workspace(), check_only=check)
    end = "triples/ written" if report.changed else "triples/ is up to date"
    _give("\n".join([*_summary(report), end]) + "\n")


def _summary(report: BuildReport) -> list[str]:
    from kg.audit import coverage_line

    warned = sum(f.severity == "warning" for f in report.findings)
    width = max(len(name) for name in report.counts)
    lines = [f"{name:<{width}}  {count:>7}" for name, count in report.counts.items()]
    lines.append(f"{'SHACL':<{width}}  conforms ({warned} warning{'s' * (warned != 1)}; see: kg validate)")
    lines += [coverage_line(coverage) for coverage in report.coverage]
    steps = ", ".join(f"{step} {seconds:.2f} s" for step, seconds in report.seconds.items())
    return [*lines, f"time: {steps}"]


@cli.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def audit(settings: _Settings, form: str) -> None:
    """Show how much of each document its claims hold.

    kg audit --format json
    """
    from kg.audit import audit_seeds
    from kg.seeds import read_seeds

    seeds = read_seeds(settings.workspace())
    if seeds.faults():
        raise WrongError(f"the seeds are faulty: {len(seeds.faults())} faults", findings=seeds.faults())
    found = audit_seeds(seeds)
    _give(found.render(form))
    if found.shortfalls():
        raise WrongError("; ".join(found.shortfalls()))


@cli.command()
@click.argument("document")
@click.option("--ids", is_flag=True, help="Write missing ids into the document's claims file instead.")
@click.pass_obj
def draft(settings: _Settings, document: str, ids: bool) -> None:
    """Print a worksheet of every sentence without a claim.

    kg draft DOCUMENT > worksheet.yaml
    """
    from kg.draft import worksheet, write_ids
    from kg.seeds import read_seeds

    workspace = settings.workspace()
    if ids:
        path = workspace.seeds / "claims" / f"{document}.yaml"
        _say(f"{write_ids(path, workspace.show(path))} ids written into {workspace.show(path)}")
        return
    _give(worksheet(read_seeds(workspace), document))


@cli.command()
@click.option("--new", "file", type=click.Path(path_type=Path), help="A claims file.")
@click.pass_obj
def facts(settings: _Settings, file: Path | None) -> None:
    """List the plain triples, or those a claims file would add.

    kg facts --new claims.yaml
    """
    from kg.facts import fact_lines

    _give("".join(f"{line}\n" for line in fact_lines(settings.graph(), file)))


_AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Count only Works that may have been out on this day; all that follows is computed anew.",
)

# --- asking --------------------------------------------------------------------------------------


@cli.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    epilog="Entities are given by local name, label, alias or IRI.",
)
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="List the queries with their questions.")
@click.option("--format", "form", type=click.Choice(_ROWS), default="table", show_default=True)
@click.option("--columns", help="Show these columns alone, parted by commas.")
@click.option("--endpoint", help="Ask a remote SPARQL endpoint instead of the embedded store.")
@_AS_OF
@click.pass_context
def query(
    context: click.Context,
    name: str | None,
    listing: bool,
    form: str,
    columns: str | None,
    endpoint: str | None,
    as_of: datetime | None,
) -> None:
    """Run a canned query.

    kg query actor-claims --actor NAME
    """
    if listing or name is None:
        _give(_catalogue_text())
        return
    from kg.results import Result

    values = _parameters(context.args)
    answer = context.obj.graph(endpoint, as_of).query(name, **values)
    if columns and isinstance(answer, Result):
        answer = answer.only(columns.split(","))
    _answer(answer, form)


def _catalogue_text() -> str:
    from kg.queries.catalogue import catalogue

    lines = []
    for item in catalogue().values():
        parameters = " ".join(
            f"--{p.name} {p.kind.upper()}" if p.required else f"[--{p.name} {p.kind.upper()}]"
            for p in item.parameters
        )
        lines.append(f"{item.name} {parameters}".rstrip())
        lines.append(f"    {item.summary}")
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
@click.option("--format", "form", type=click.Choice(_ROWS + _GRAPHS), default="table", show_default=True)
@click.option("--endpoint", help="Ask a remote SPARQL endpoint instead of the embedded store.")
@_AS_OF
@click.pass_obj
def sparql(
    settings: _Settings,
    text: str | None,
    file: Path | None,
    form: str,
    endpoint: str | None,
    as_of: datetime | None,
) -> None:
    """Run any SPARQL query that only reads.

    kg sparql 'SELECT DISTINCT ?class WHERE { ?node a ?class }'
    """
    if (text is None) == (file is None):
        raise UsageError("give one query", fix="kg sparql 'SELECT ...' or kg sparql -f FILE")
    words = text if text is not None else _read_query(file)
    _answer(settings.graph(endpoint, as_of).sparql(words), form)


def _read_query(file: Path | None) -> str:
    from kg.errors import UnreadableError

    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else Path(str(file)).read_bytes()
        return data.decode("utf-8")
    except OSError as fault:
        raise UnreadableError(f"cannot be read: {fault.strerror}", where=str(file)) from None
    except UnicodeDecodeError:
        raise UnreadableError("this is no UTF-8", where=str(file)) from None


def _answer(answer: Any, form: str) -> None:
    """Write rows, a truth value or a graph to stdout in the wanted form."""
    from kg.results import Result

    if isinstance(answer, bool):
        _give("true\n" if answer else "false\n")
    elif isinstance(answer, Result):
        _give(answer.render(form, _width()))
        if form == "table":
            _say(f"{len(answer)} row{'s' * (len(answer) != 1)}")
    else:
        _write_graph(answer, "ttl" if form == "table" else form)


def _write_graph(graph: Graph, form: str) -> None:
    from kg.serialise import export_bytes, quad_of

    if form not in _GRAPHS:
        raise UsageError(f"a graph cannot be written as {form!r}", fix=f"use {', '.join(_GRAPHS)}")
    _give(export_bytes([quad_of(triple) for triple in graph], form))


def _width() -> int | None:
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


# --- checking ------------------------------------------------------------------------------------


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "ttl", "sarif"]), default="text")
@click.option("--owl", is_flag=True, help="Check undeclared terms and consistency with HermiT (needs Java).")
@click.pass_obj
def validate(settings: _Settings, files: tuple[Path, ...], form: str, owl: bool) -> None:
    """Validate files (claims YAML or RDF), or the whole graph.

    kg validate claims.yaml --format sarif
    """
    from kg.validation import sorted_report

    graph = settings.graph()
    if owl and files:
        raise UsageError("--owl checks the whole graph and takes no files", fix="leave the files out")
    if owl:
        from kg.reasoning import check_owl

        report = sorted_report(check_owl(graph, say=_say))
    else:
        found = [f for file in files or (None,) for f in graph.validate(file).findings]
        report = sorted_report(found)
    _give(report.render(form))
    if not report.conforms:
        raise click.exceptions.Exit(1)


# --- handing over --------------------------------------------------------------------------------


@cli.command()
@click.option("--format", "form", type=click.Choice(_EXPORTS), default="nq", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="A file; stdout when left out.")
@click.pass_obj
def export(settings: _Settings, form: str, output: Path | None) -> None:
    """Write the whole graph in one file.

    kg export --format nq -o graph.nq
    """
    from kg.serialise import export_bytes, write_atomically

    content = export_bytes(settings.graph().local, form)
    if output is None:
        _give(content)
    else:
        write_atomically(output, content)
        _say(f"{len(content)} bytes written to {output}")


@cli.command()
@click.option("--to", "address", required=True, help="The store's address, such as http://localhost:7878")
@click.pass_obj
def load(settings: _Settings, address: str) -> None:
    """Load the graph into a live triple store and compare.

    kg load --to http://localhost:7878
    """
    from kg.stores.remote import RemoteStore

    report = RemoteStore(address).load(settings.graph().local)
    _give(report.text())
    if not report.equal:
        raise WrongError("the store does not hold what was sent", where=report.address)


# --- the way out ---------------------------------------------------------------------------------


def main() -> NoReturn:
    """Run the command line; a fault is one line on stderr and the exit code of its kind."""
    _write_utf8()
    debug = "--debug" in sys.argv[1:]
    sys.exit(_guarded(lambda: cli.main(prog_name="kg", standalone_mode=False), debug))


def _write_utf8() -> None:
    """Results are the same bytes under every locale; only a terminal gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _guarded(run: Callable[[], object], debug: bool) -> int:
    try:
        result = run()
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as fault:
        fault.show()
        return fault.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _INTERRUPTED
    except (_PipeClosed, BrokenPipeError):
        # What is still buffered goes nowhere, so that nothing complains on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except (KgError, click.ClickException, RecursionError, OSError) as fault:
        if debug:
            traceback.print_exc()
        return _told(fault)


def _told(fault: Exception) -> int:
    """Tell a fault in one line, its findings before it; the exit code of its kind."""
    if isinstance(fault, WrongError) and fault.findings:
        _show(fault.findings)
    if isinstance(fault, KgError):
        line, code = fault.line(), fault.exit_code
    elif isinstance(fault, click.ClickException):
        context = getattr(fault, "ctx", None)
        path = context.command_path if context else "kg"
        line, code = f"{fault.format_message().rstrip('.')}; see: {path} --help", 2
    elif isinstance(fault, OSError):
        line, code = f"{fault.filename or 'the output'}: {fault.strerror or fault}", 4
    else:
        line, code = "the input is nested too deeply", 6
    _say(f"kg: {_printable(line)}")
    return code


def _printable(line: str) -> str:
    from kg.display import printable

    return printable(line)
