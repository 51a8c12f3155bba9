"""What was added and what was retracted: ``seeds/additions/log.jsonl``, one act a line, never changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from kg.errors import UnreadableError
from kg.model import Finding, Iri, Where
from kg.names import suggestion
from kg.terms import compact

LOG = "log.jsonl"
_ID = re.compile(r"[0-9a-f]{32}\Z")
_LISTS = ("documents", "held")


@dataclass(frozen=True, slots=True)
class Act:
    """One addition or retraction: what, when, by whom; from which file, or for what reason.

    ``what`` is the id of an addition, or ``claim:NAME``.  ``source`` is the file as it was named, ``kept``
    its name in ``seeds/additions``; ``held`` are claims of the file that were there already.
    """

    act: Literal["add", "retract"]
    what: str
    when: str
    by: str
    source: str = ""
    kept: str = ""
    documents: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    reason: str = ""
    replaced_by: str = ""
    where: Where | None = field(default=None, compare=False)

    @property
    def graph(self) -> str:
        """The local name of an addition's graph."""
        return f"addition.{self.what}"

    def line(self) -> str:
        """The act as a line of the log."""
        told = {name: value for name, value in asdict(self).items() if value and name != "where"}
        return json.dumps(told, ensure_ascii=False) + "\n"


@dataclass(frozen=True)
class Log:
    """All acts in their order, and what is wrong with the file they stand in."""

    acts: tuple[Act, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def added(self) -> list[Act]:
        """The additions."""
        return [act for act in self.acts if act.act == "add"]

    def addition(self, id_: str) -> Act | None:
        """The addition with an id."""
        return next((act for act in self.added if act.what == id_), None)

    def retraction(self, what: str) -> Act | None:
        """How a claim or an addition was retracted, if it was."""
        return next((act for act in self.acts if act.act == "retract" and act.what == what), None)

    def retraction_of(self, claim: Iri, graph: str) -> Act | None:
        """How a claim was retracted: by itself, or with the addition whose graph it stood in."""
        return self.retraction(compact(claim)) or self.retraction(graph.removeprefix("addition."))


def read_log(folder: Path, show: Callable[[Path], str]) -> Log:
    """The log in ``seeds/additions``; an empty one where nothing was ever added.

    Raises UnreadableError when it cannot be read; a line that is no act is a finding.
    """
    path = folder / LOG
    try:
        lines = path.read_bytes().decode("utf-8").splitlines()
    except FileNotFoundError:
        return Log()
    except OSError as fault:
        raise UnreadableError(f"cannot be read: {fault.strerror}", where=show(path)) from None
    except UnicodeDecodeError:
        raise UnreadableError("this is no UTF-8", where=show(path)) from None
    acts, findings = [], []
    for number, line in enumerate(lines, start=1):
        where, wrong = Where(show(path), number), _fault(line)
        if wrong:
            fix = "restore the line: the log is written by kg add and kg retract, and only grows"
            findings.append(Finding("log-line-is-an-act", "violation", wrong, fix, where))
        else:
            acts.append(_act(json.loads(line), where))
    return Log(tuple(acts), tuple(findings))


def _fault(line: str) -> str:
    """What is wrong with a line; empty when nothing is."""
    try:
        told = json.loads(line)
    except ValueError:
        return "this line is no JSON"
    if not isinstance(told, dict):
        return "this line is no JSON object"
    known = {name for name in Act.__dataclass_fields__ if name != "where"}
    for name, value in told.items():
        if name not in known:
            return f"an act has no {name!r}; {suggestion(name, known)}".rstrip("; ")
        if not _has_form(name, value):
            return f"{name!r} has a value of another form"
    missing = [name for name in ("act", "what", "when", "by") if not told.get(name)]
    if missing:
        return f"the act has no {missing[0]!r}"
    if told["act"] == "add" and not (
        _ID.match(told["what"]) and told.get("kept", "").startswith(told["what"])
    ):
        return "an addition has its hash for its id, and is kept under it"
    return "" if told["act"] in ("add", "retract") else f"there is no act {told['act']!r}"


def _has_form(name: str, value: object) -> bool:
    if name in _LISTS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, str)


def _act(told: dict[str, Any], where: Where) -> Act:
    lists = {name: tuple(told[name]) for name in _LISTS if name in told}
    return Act(**{**told, **lists}, where=where)
