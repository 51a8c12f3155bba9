"""Hostile input meets the command line in a process of its own, with limits and with canaries."""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from loopback import Reply, Server, serving
from running import Run, environment

GIGABYTE = 1 << 30
SECONDS = 30


def limited() -> None:
    """One gigabyte of memory, thirty seconds of computing: what runs away is stopped, and seen."""
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_limited(*command: str | bytes, cwd: Path, stdin: bytes = b"", **variables: str) -> Run:
    """Run a program under the limits."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(**variables),
        input=stdin,
        capture_output=True,
        timeout=3 * SECONDS,
        check=False,
        preexec_fn=limited,
    )
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture
def run_kg(corpus: Path, tmp_path: Path) -> Callable[..., Run]:
    """Run ``kg`` on the small corpus under the limits: ``run_kg("validate", file)``."""

    def run(
        *words: str | bytes | Path, workspace: Path = corpus, stdin: bytes = b"", **variables: str
    ) -> Run:
        kg = (sys.executable, "-m", "kg", "--workspace", str(workspace))
        given = [str(word) if isinstance(word, Path) else word for word in words]
        return run_limited(*kg, *given, cwd=tmp_path, stdin=stdin, **variables)

    return run


READER = """
import json, sys
from pathlib import Path
from kg.errors import KgError
from kg.serialise import format_of, parse
for name in sys.argv[1:]:
    try:
        parse(Path(name).read_bytes(), format_of(Path(name)), where=name)
        print(json.dumps([0, ""]))
    except KgError as error:
        print(json.dumps([error.exit_code, error.line()]), flush=True)
"""


@pytest.fixture
def read_all(tmp_path: Path) -> Callable[[list[Path]], list[Run]]:
    """Read many files in one process under the limits, as ``kg validate`` reads each of them."""

    def run(files: list[Path]) -> list[Run]:
        done = run_limited(sys.executable, "-c", READER, *map(str, files), cwd=tmp_path)
        assert (done.code, done.err) == (0, ""), done
        outcomes = [json.loads(line) for line in done.out.splitlines()]
        assert len(outcomes) == len(files)
        return [Run(code, "", f"kg: {line}") for code, line in outcomes]

    return run


@dataclass(frozen=True)
class Canaries:
    """A server that must not be asked and a file that must not be read."""

    server: Server
    secret: Path

    @property
    def url(self) -> str:
        return f"{self.server.url}/canary"

    def are_alive(self) -> bool:
        """Whether nobody asked the server. (What the file holds must not show; see ``told``.)"""
        return self.server.asked == []

    def told(self, run: Run) -> bool:
        """Whether what the file holds shows in what a program wrote."""
        return "s3cret" in run.out + run.err


@pytest.fixture
def canaries(tmp_path: Path) -> Iterator[Canaries]:
    """Fresh canaries; the server is up, so that a request would succeed."""
    secret = tmp_path / "secret.txt"
    secret.write_text("<urn:s3cret> <urn:s3cret> <urn:s3cret> .\n", encoding="utf-8")
    with serving(Reply(b"<urn:s3cret> <urn:s3cret> <urn:s3cret> .", kind="text/turtle")) as server:
        yield Canaries(server, secret)


@pytest.fixture
def unchanged(corpus: Path) -> Iterator[None]:
    """The built graph is the same bytes after the test, and answers."""

    def state() -> dict[str, str]:
        files = (corpus / "triples").iterdir()
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    before = state()
    yield
    assert state() == before
