"""Commands that hand the graph over: export, load."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.cli.base import Settings, cli, give, say
from kg.errors import UsageError, WrongError

if TYPE_CHECKING:
    from kg.stores.comparing import Source
    from kg.stores.remote import RemoteStore
    from kg.stores.report import LoadReport

_RDF12 = ["nt", "nq", "ttl", "trig"]
_EXPORTS = [*_RDF12, "jsonld", "rdfxml", "nanopub", "zip"]
_STORES = ["oxigraph", "fuseki", "rdf4j", "virtuoso"]
T = TypeVar("T")


@cli.command()
@click.option("--format", "form", type=click.Choice(_EXPORTS), default="nq", show_default=True)
@click.option(
    "--rdf12", is_flag=True, help="RDF 1.2: one rdf:reifies for each Proposition (nt, nq, ttl, trig)."
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="A file, for nanopub a folder; else stdout."
)
@click.pass_obj
def export(settings: Settings, form: str, rdf12: bool, output: Path | None) -> None:
    """Write the whole graph in one file, or each claim as a nanopublication.

    kg export --format nq -o graph.nq
    """
    from kg.serialise import write_atomically

    if rdf12 and form not in _RDF12:
        raise UsageError(f"{form} is not written in RDF 1.2", fix=f"use --format {', '.join(_RDF12)}")
    if form == "nanopub":
        _export_nanopublications(settings, output)
        return
    content = _exported(settings, form, rdf12)
    if output is None:
        give(content)
    else:
        write_atomically(output, content)
        say(f"{len(content)} bytes written to {output}")


def _exported(settings: Settings, form: str, rdf12: bool) -> bytes:
    from kg.exports import bundle, to_reifiers
    from kg.serialise import export_bytes

    store = settings.graph().local
    if form == "zip":
        return bundle(store)
    return export_bytes(to_reifiers(store.quads()) if rdf12 else store, form)


def _export_nanopublications(settings: Settings, folder: Path | None) -> None:
    from kg.exports import nanopublications
    from kg.serialise import replace_folder_atomically

    if folder is None:
        raise UsageError("nanopublications go into a folder, one file each", fix="give one: -o FOLDER")
    if folder.exists() and (not folder.is_dir() or any(file.suffix != ".trig" for file in folder.iterdir())):
        raise UsageError("it holds other things and would be replaced", where=str(folder), fix="name another")
    files = {f"{name}.trig": text for name, text in nanopublications(settings.graph().local)}
    replace_folder_atomically(folder, files)
    say(f"{len(files)} nanopublications written to {folder}")


@cli.command(
    epilog="Name and password come from KG_STORE_USER and KG_STORE_PASSWORD, from ~/.netrc, or are asked for."
)
@click.option(
    "--to", "address", required=True, help="The dataset's address, such as http://localhost:3030/kg"
)
@click.option(
    "--store", type=click.Choice(_STORES), help="What kind of store it is; else told by the address."
)
@click.option("--query-url", help="Where the store takes queries, if elsewhere.")
@click.option("--update-url", help="Where the store takes updates, if elsewhere.")
@click.option("--graphs-url", help="Where the store takes graphs (Graph Store Protocol), if elsewhere.")
@click.option("--sync", is_flag=True, help="Send only what differs from what the store holds.")
@click.option("--dry-run", is_flag=True, help="With --sync: tell what would be sent, and send nothing.")
@click.option(
    "--verify-only", is_flag=True, help="Send nothing; compare the graph with what the store holds."
)
@click.option("--timeout", default=600.0, show_default=True, help="Seconds that one request may take.")
@click.pass_obj
def load(
    settings: Settings,
    address: str,
    store: str | None,
    query_url: str | None,
    update_url: str | None,
    graphs_url: str | None,
    sync: bool,
    dry_run: bool,
    verify_only: bool,
    timeout: float,
) -> None:
    """Load the graph into a live triple store, and prove that it holds it.

    kg load --to http://localhost:3030/kg --store fuseki
    """
    from kg.stores.credentials import refuse_secrets
    from kg.stores.files import GraphFiles
    from kg.stores.remote import RemoteStore

    if (dry_run and not sync) or (sync and verify_only):
        raise UsageError("these options do not go together", fix="kg load --sync, kg load --sync --dry-run")
    for url in (address, query_url, update_url, graphs_url):
        refuse_secrets(url or address)
    source = GraphFiles(settings.workspace().graph_files())

    def connect(credentials: tuple[str, str] | None) -> RemoteStore:
        return RemoteStore(
            address,
            store=store,
            query=query_url,
            update=update_url,
            graph_store=graphs_url,
            credentials=credentials,
            timeout=timeout,
        )

    if dry_run:
        _with_password(connect, lambda remote: _tell_changes(remote, source))
        return
    report = _with_password(connect, lambda remote: _loaded(remote, source, sync, verify_only))
    give(report.text())
    if not report.equal:
        raise WrongError(
            "the store does not hold this graph",
            where=report.address,
            fix="kg load puts it there; kg load --sync also takes out what is not in it",
        )


def _with_password(
    connect: Callable[[tuple[str, str] | None], RemoteStore], run: Callable[[RemoteStore], T]
) -> T:
    """Run it; when the store wants a password that was not given, ask for one where somebody can answer."""
    from kg.stores.faults import Unauthorised

    remote = connect(None)
    try:
        return run(remote)
    except Unauthorised as error:
        if remote.credentials is not None or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        say(f"{error.where} wants to know who you are")
    user = click.prompt("name", err=True)
    return run(connect((user, click.prompt("password", hide_input=True, err=True))))


def _tell_changes(remote: RemoteStore, source: Source) -> None:
    from kg.stores.syncing import changes

    found = changes(remote, source)
    add, remove = sum(change.add for change in found), sum(change.remove for change in found)
    lines = [change.text() for change in found]
    give("\n".join([*lines, f"all: {add} to add, {remove} to remove in {remote.address}"]) + "\n")


def _loaded(remote: RemoteStore, source: Source, sync: bool, verify_only: bool) -> LoadReport:
    from kg.cli.progress import bar
    from kg.stores.loading import load as load_all
    from kg.stores.proving import prove
    from kg.stores.syncing import sync as send_changes

    if verify_only:
        return prove(remote, source)
    with bar(source) as watch:
        try:
            return (send_changes if sync else load_all)(remote, source, watch)
        except KeyboardInterrupt as stop:
            say(f"kg: stopped: {stop}")
            raise
