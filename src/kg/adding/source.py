"""What is to be added: a file, or a text with its syntax; and on whose word."""

from __future__ import annotations

import getpass
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from kg.additions import YAML, Act, Given, addition_id
from kg.errors import UnreadableError, UsageError
from kg.serialise import FORMATS, format_of, read_limited
from kg.workspace import Workspace

_SUFFIX = {"yaml": ".yaml", "jsonld": ".jsonld", "rdfxml": ".rdf"}
SYNTAXES = ("yaml", *FORMATS)


def read_source(source: str | Path | bytes, syntax: str | None, by: str) -> Given:
    """The addition that a file makes, or a text or bytes in a syntax (``yaml``, ``ttl``, ...).

    Raises UnreadableError when there is no such file, UsageError when its syntax is not known.
    """
    if syntax is not None and syntax not in SYNTAXES:
        raise UsageError(f"there is no syntax {syntax!r}", fix=f"use one of {', '.join(SYNTAXES)}")
    if isinstance(source, bytes) or (syntax is not None and not isinstance(source, Path)):
        if syntax is None:
            raise UsageError("bytes need their syntax", fix=f"give syntax: one of {', '.join(SYNTAXES)}")
        content = source if isinstance(source, bytes) else str(source).encode("utf-8", "surrogatepass")
        return _given(content, _SUFFIX.get(syntax, f".{syntax}"), "-", by)
    path = Path(source)
    suffix = _SUFFIX.get(syntax, f".{syntax}") if syntax else path.suffix.lower()
    if suffix not in YAML and not syntax:
        format_of(path)
    try:
        return _given(read_limited(path), suffix, str(source), by)
    except FileNotFoundError:
        raise UnreadableError("there is no such file", where=str(path)) from None
    except OSError as fault:
        raise UnreadableError(f"cannot be read: {fault.strerror}", where=str(path)) from None


def _given(content: bytes, suffix: str, source: str, by: str) -> Given:
    name = addition_id(content)
    return Given(Act("add", name, moment(), by, source=source, kept=f"{name}{suffix}"), content, source)


def moment() -> str:
    """Now, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def whoever(workspace: Workspace) -> str:
    """On whose word something is done: ``KG_AUTHOR``, else git's user there, else the login name."""
    if named := os.environ.get("KG_AUTHOR", "").strip():
        return named
    name, address = (_of_git(workspace, key) for key in ("user.name", "user.email"))
    if name or address:
        return f"{name} <{address}>".strip() if address else name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _of_git(workspace: Workspace, key: str) -> str:
    try:
        done = subprocess.run(
            ["git", "config", "--get", key], cwd=workspace.root, capture_output=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()
