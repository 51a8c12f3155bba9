"""Deciding on who is the same as whom, and taking it back; the file's other lines stay as they were."""

from __future__ import annotations

import yaml

from kg.errors import UnreadableError, UsageError, WrongError
from kg.identity import Decision, Verdict, contradictions, read_decisions, unfit
from kg.model import Iri
from kg.registry import DECISIONS, kinds_at_odds
from kg.seeds import read_registry
from kg.serialise import write_atomically
from kg.terms import REGISTERED_KINDS, kind_and_name
from kg.vocabulary import load_vocabulary, ontology_files
from kg.workspace import Workspace
from kg.yamltext import read_yaml

_HEAD = """\
# Who is the same as whom, who is not, and where nobody can tell: a judgement each, with its reason.
# Of two that are the same the first is kept. Written by hand or by kg decide.
"""
_OF_PAIRS = ("decisions-agree", "pair-is-decided-once")
"""Faults that a decision may be taken back for."""


class Decisions:
    """The decisions of a workspace, as they stand in its registry."""

    def __init__(self, workspace: Workspace) -> None:
        """Read the registry. Raises UsageError for the packaged graph, WrongError when it has faults."""
        self.path = workspace.seeds / "registry" / f"{DECISIONS}.yaml"
        self.shown = workspace.show(self.path)
        vocabulary = load_vocabulary(ontology_files(workspace.ontology_folders))
        self.registry = read_registry(workspace, vocabulary, apart=True)
        faults = [f for f in self.registry.findings if f.severity == "violation" and f.rule not in _OF_PAIRS]
        if faults:
            raise WrongError("the registry is faulty", fix="mend that first", findings=faults)

    def decide(self, one: str, other: str, verdict: Verdict, reason: str, by: str, day: str = "") -> Decision:
        """Write a decision behind the others, durably; it takes effect with the next build.

        Raises UnknownNameError for a name that is not there, and WrongError when the two cannot be decided
        on or the decision contradicts another: the message names all that are part of it.
        """
        if not reason.strip():
            raise UsageError("a decision needs its reason", fix="write --reason TEXT")
        decision = Decision(*self._two(one, other), verdict, " ".join(reason.split()), by, day)
        decisions = [*self.registry.decisions, decision]
        for fault in (*contradictions(decisions), *kinds_at_odds(self.registry, [decision])):
            raise WrongError(f"refused: {fault.message}", where=str(fault.where or ""), fix=fault.fix)
        text = self._text() or _HEAD
        self._write(text + "\n" * (not text.endswith("\n")) + _entry(decision), decisions)
        return decision

    def undo(self, one: str, other: str) -> Decision:
        """Take the lines of a decision out of the file, durably.

        Raises UnknownNameError for a name that is not there, and WrongError when nothing was decided on the
        two, or when it stands in an entry of the registry.
        """
        pair = frozenset(self._two(one, other))
        found = [decision for decision in self.registry.decisions if decision.pair == pair]
        if not found:
            shown = " and ".join("/".join(kind_and_name(node)) for node in self._two(one, other))
            raise WrongError(f"nothing is decided on {shown}", fix="list what is: kg candidates --decided")
        decision = found[0]
        if decision.in_entry:
            fix = "take the line out there by hand"
            raise WrongError("this stands in the entry, under different:", where=str(decision.where), fix=fix)
        assert decision.where is not None
        text = _without(self._text(), decision.where.line)
        self._write(text, [d for d in self.registry.decisions if d is not decision])
        return decision

    def _two(self, one: str, other: str) -> tuple[Iri, Iri]:
        first = self.registry.find(one, REGISTERED_KINDS)
        own = kind_and_name(first)[0]
        second = self.registry.find(other, (own, *(kind for kind in REGISTERED_KINDS if kind != own)))
        problem = unfit(first, second)
        if problem:
            raise WrongError(problem, fix="name two things of one kind")
        return first, second

    def _text(self) -> str:
        return self.path.read_bytes().decode("utf-8") if self.path.exists() else ""

    def _write(self, text: str, decisions: list[Decision]) -> None:
        """Write the file when it says what it should: not every way to write a list can be added to."""
        if self._read(text) != [decision for decision in decisions if not decision.in_entry]:
            raise WrongError(
                "the file is written in a way that this cannot change", where=self.shown, fix="do it by hand"
            )
        write_atomically(self.path, text.encode())

    def _read(self, text: str) -> list[Decision] | None:
        """What a text for the file would say; None when it would not be right."""
        try:
            root, faults = read_yaml(text, self.shown)
        except UnreadableError:
            return None
        read, wrong = read_decisions(root, self.registry.find)
        return None if faults or wrong else read


def _entry(decision: Decision) -> str:
    one, other = ("/".join(kind_and_name(node)) for node in (decision.one, decision.other))
    entry: dict[str, object] = {decision.verdict: [one, other], "reason": decision.reason, "by": decision.by}
    if decision.date:
        entry["date"] = decision.date
    return str(
        yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, default_flow_style=None, width=110)
    )


def _without(text: str, number: int) -> str:
    """The text without the entry that begins in a line: what follows is set in deeper than its dash."""
    lines = text.splitlines(keepends=True)
    first = number - 1
    dash = len(lines[first]) - len(lines[first].lstrip())
    last = first
    for place in range(first + 1, len(lines)):
        if lines[place].strip():
            if len(lines[place]) - len(lines[place].lstrip()) <= dash:
                break
            last = place
    return "".join(lines[:first] + lines[last + 1 :])
