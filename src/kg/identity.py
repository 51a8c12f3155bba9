"""Decisions on who is the same as whom: how they are written, what they make one, where they contradict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date as Day
from typing import Literal

from kg.errors import WrongError
from kg.model import Finding, Iri, Where
from kg.names import suggestion
from kg.terms import REGISTERED_KINDS, SOMEONE, SOMEWHERE, UNNAMED, kind_and_name
from kg.yamltext import Mapping, Node, Sequence, Text

Verdict = Literal["same", "different", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure")
_KEYS = {*VERDICTS, "reason", "by", "date"}
_RELATION = {"same": "is the same as", "different": "is different from", "unsure": "may or may not be"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody holds of two things: one, two, or not to be told; of ``same`` the first is kept.

    ``in_entry`` marks what stands under ``different:`` in the entry of the first.
    """

    one: Iri
    other: Iri
    verdict: Verdict
    reason: str
    by: str = ""
    date: str = ""
    in_entry: bool = False
    where: Where | None = field(default=None, compare=False)

    @property
    def pair(self) -> frozenset[Iri]:
        """The two things, in no order."""
        return frozenset((self.one, self.other))

    def words(self) -> str:
        """The decision in words."""
        return f"{_named(self.one)} {_RELATION[self.verdict]} {_named(self.other)}"

    def told(self) -> str:
        """The decision in words, with its place."""
        return f"{self.words()} ({self.where or 'now'})"


def _named(node: Iri) -> str:
    return "/".join(kind_and_name(node))


# --- what follows --------------------------------------------------------------------------------


def kept_of(decisions: Iterable[Decision]) -> dict[Iri, Iri]:
    """For each thing that is one with another the thing that is kept.

    Of those that hang together it is the first that is never named second.

    >>> kept_of([Decision("a", "b", "same", "."), Decision("b", "c", "same", ".")])
    {'b': 'a', 'c': 'a'}
    """
    same = [decision for decision in decisions if decision.verdict == "same"]
    second = {decision.other for decision in same}
    links = _links(same)
    kept: dict[Iri, Iri] = {}
    for start in dict.fromkeys([d.one for d in same if d.one not in second] + [d.one for d in same]):
        if start not in kept and start not in kept.values():
            kept |= dict.fromkeys((node for node in _reached(start, links) if node != start), start)
    return kept


def contradictions(decisions: Iterable[Decision]) -> Iterator[Finding]:
    """Things that some decisions make one and another holds apart, and pairs that are decided twice."""
    decisions = list(decisions)
    links = _links(d for d in decisions if d.verdict == "same")
    for decision in decisions:
        path = _reached(decision.one, links).get(decision.other) if decision.verdict != "same" else None
        if path:
            told = ", ".join(step.told() for step in path)
            message = f"{told}, but {decision.told()}: {decision.reason}"
            yield Finding(
                "decisions-agree", "violation", message, "take one of these decisions back", decision.where
            )
    yield from _decided_twice(decisions)


def _decided_twice(decisions: list[Decision]) -> Iterator[Finding]:
    first: dict[frozenset[Iri], Decision] = {}
    for decision in decisions:
        earlier = first.setdefault(decision.pair, decision)
        twice = earlier is not decision and not (decision.in_entry and earlier.in_entry)
        if twice and (
            "same" not in (earlier.verdict, decision.verdict) or earlier.verdict == decision.verdict
        ):
            message = f"{decision.told()}, and that pair is decided already: {earlier.told()}"
            yield Finding("pair-is-decided-once", "violation", message, "keep one of them", decision.where)


def _links(same: Iterable[Decision]) -> dict[Iri, list[tuple[Iri, Decision]]]:
    links: dict[Iri, list[tuple[Iri, Decision]]] = {}
    for decision in same:
        links.setdefault(decision.one, []).append((decision.other, decision))
        links.setdefault(decision.other, []).append((decision.one, decision))
    return links


def _reached(start: Iri, links: dict[Iri, list[tuple[Iri, Decision]]]) -> dict[Iri, list[Decision]]:
    """Everything that is one with a thing, in the order found, each with the shortest way to it."""
    ways: dict[Iri, list[Decision]] = {start: []}
    waiting = [start]
    for node in waiting:
        for other, decision in links.get(node, ()):
            if other not in ways:
                ways[other] = [*ways[node], decision]
                waiting.append(other)
    return ways


def resolved(decisions: Iterable[Decision], kept: dict[Iri, Iri]) -> Iterator[tuple[Iri, Decision]]:
    """Each decision with what is kept of its first; those of ``same`` name the two as they were."""
    for decision in decisions:
        one, other = kept.get(decision.one, decision.one), kept.get(decision.other, decision.other)
        if decision.verdict == "same":
            yield one, decision
        elif one != other:
            yield one, replace(decision, one=one, other=other)


# --- how they are written ------------------------------------------------------------------------


def read_decisions(
    root: Node | None, find: Callable[[str, Iterable[str]], Iri]
) -> tuple[list[Decision], list[Finding]]:
    """The decisions of a file that is a list of them, and its faults; ``find`` knows the things."""
    decisions: list[Decision] = []
    findings: list[Finding] = []
    if root is not None and not isinstance(root, Sequence):
        findings.append(_fault("decision-form", "a file of decisions is a list of them", root.where, _FORM))
    for entry in root if isinstance(root, Sequence) else ():
        try:
            decisions.append(_decision(entry, find, findings))
        except _BadDecision as bad:
            findings.append(bad.finding)
    return decisions, findings


_FORM = "write - same: [event/one, event/other], with reason: and by: below it"


class _BadDecision(Exception):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def _fault(rule: str, message: str, where: Where, fix: str) -> Finding:
    return Finding(rule, "violation", message, fix, where)


def _bad(message: str, where: Where, fix: str, rule: str = "decision-form") -> _BadDecision:
    return _BadDecision(_fault(rule, message, where, fix))


def _decision(entry: Node, find: Callable[[str, Iterable[str]], Iri], findings: list[Finding]) -> Decision:
    if not isinstance(entry, Mapping):
        raise _bad("a decision names two things and gives a reason", entry.where, _FORM)
    for key, _ in entry:
        if key not in _KEYS:
            fix = suggestion(key, _KEYS) or f"known: {', '.join(sorted(_KEYS))}"
            findings.append(_fault("registry-key", f"{str(key)!r} is no key of a decision", key.where, fix))
    verdicts = [verdict for verdict in VERDICTS if verdict in entry]
    if len(verdicts) != 1:
        raise _bad("a decision is one of same, different and unsure", entry.where, _FORM)
    one, other = _two_things(entry, verdicts[0], find)
    for needed in ("reason", "by"):
        if not _words(entry, needed):
            what = f"the decision on {_named(one)} and {_named(other)} has no {needed}:"
            raise _bad(what, entry.where, f"write {needed}: ...", "decision-has-reason")
    return Decision(
        one, other, verdicts[0], _words(entry, "reason"), _words(entry, "by"), _day(entry), where=entry.where
    )


def _two_things(
    entry: Mapping, verdict: Verdict, find: Callable[[str, Iterable[str]], Iri]
) -> tuple[Iri, Iri]:
    names = entry.get(verdict)
    texts = [name for name in names if isinstance(name, Text)] if isinstance(names, Sequence) else []
    if len(texts) != 2 or not isinstance(names, Sequence) or len(names) != 2:
        raise _bad(f"{verdict}: names two things", entry.where, _FORM)
    one, other = (_found(text, find) for text in texts)
    problem = unfit(one, other)
    if problem:
        raise _bad(problem, texts[1].where, "name two things of one kind")
    return one, other


def unfit(one: Iri, other: Iri) -> str:
    """Why two things cannot be decided on, or an empty text."""
    if one == other:
        return f"{_named(one)} is named twice"
    kinds = {kind_and_name(node)[0] for node in (one, other)}
    if len(kinds) > 1:
        return f"{_named(one)} and {_named(other)} are of two kinds"
    if kinds - {*REGISTERED_KINDS}:
        return f"{_named(one)} is none of the kinds that are decided on: {', '.join(REGISTERED_KINDS)}"
    if {one, other} & {SOMEONE, SOMEWHERE, UNNAMED}:
        return f"{_named(one)} and {_named(other)} cannot be told apart or joined: one stands for anything"
    return ""


def _found(text: Text, find: Callable[[str, Iterable[str]], Iri]) -> Iri:
    try:
        return find(text, REGISTERED_KINDS)
    except WrongError as fault:
        raise _bad(fault.what, text.where, fault.fix, "name-is-known") from None


def _words(entry: Mapping, key: str) -> str:
    value = entry.get(key)
    return " ".join(value.split()) if isinstance(value, Text) else ""


def _day(entry: Mapping) -> str:
    text = entry.get("date")
    if text is None:
        return ""
    try:
        return Day.fromisoformat(str(text) if isinstance(text, Text) else "").isoformat()
    except ValueError:
        raise _bad("date: is a day", entry.where, "write date: 2024-05-31", "time-is-edtf") from None
