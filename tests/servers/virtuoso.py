"""OpenLink Virtuoso 7, with its own settings and database in a folder."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from servers.process import Server, free_port, program, running

PASSWORD = "dba"
"""Of the new database that each server here makes; it listens on loopback alone."""

_SETTINGS = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
FileExtend = 200
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 20
CheckpointInterval = 60
CaseMode = 2
DirsAllowed = ., {folder}
NumberOfBuffers = 85000
MaxDirtyBuffers = 65000
MaxQueryMem = 1G
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}/vsp
MaxClientConnections = 10
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10
Charset = UTF-8
EnabledDavVSP = 0
HTTPProxyEnabled = 0
[AutoRepair]
BadParentLinks = 0
[URIQA]
DynamicLocal = 0
DefaultHost = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryExecutionTime = 300
DefaultQuery = ASK {{}}
"""


@contextmanager
def virtuoso(folder: Path, **settings: str) -> Iterator[Server]:
    """A Virtuoso server; writing needs the user ``dba`` by digest authentication.

    ``settings`` replaces lines of its settings file by name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vsp").mkdir(exist_ok=True)
    sql, http = free_port(), free_port()
    text = _SETTINGS.format(folder=folder, sql=sql, http=http)
    for name, value in settings.items():
        lines = [f"{name} = {value}" if x.startswith(f"{name} =") else x for x in text.splitlines()]
        text = "\n".join(lines)
    (folder / "virtuoso.ini").write_text(text, encoding="utf-8")
    base = f"http://127.0.0.1:{http}"
    server = Server(
        store="virtuoso",
        folder=folder,
        command=[program("virtuoso-t"), "+foreground", "+configfile", str(folder / "virtuoso.ini")],
        dataset=f"{base}/sparql",
        query=f"{base}/sparql",
        update=f"{base}/sparql-auth",
        graphs=f"{base}/sparql-graph-crud-auth",
        credentials=("dba", PASSWORD),
        digest=True,
        environment={"PATH": "/usr/bin:/bin", "HOME": str(folder), "VIRTUOSO_SQL_PORT": str(sql)},
    )
    with running(server):
        yield server


def isql(server: Server, *statements: str, timeout: float = 3600) -> list[str]:
    """Run SQL (or ``SPARQL ...``) as ``dba`` over the server's own protocol; the lines of values."""
    assert server.environment is not None
    port = server.environment["VIRTUOSO_SQL_PORT"]
    options = ["VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF", "ERRORS=STDOUT", "CSV=ON"]
    done = subprocess.run(
        [program("isql-vt"), f"127.0.0.1:{port}", "dba", PASSWORD, *options],
        input="".join(f"{statement};\n" for statement in statements),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0 and "*** Error" not in done.stdout, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if line.strip()]


def bulk_load(server: Server, files: Iterable[Path]) -> None:
    """Load N-Quads, TriG or N-Triples files with Virtuoso's own loader; each lies in the server's folder."""
    wanted = [f"ld_dir('{file.parent}', '{file.name}', 'urn:default')" for file in files]
    isql(server, *wanted, "rdf_loader_run()", "checkpoint")
    faults = isql(
        server, "SELECT ll_file, ll_error FROM DB.DBA.LOAD_LIST WHERE ll_state <> 2 OR ll_error > ''"
    )
    assert not faults, faults
