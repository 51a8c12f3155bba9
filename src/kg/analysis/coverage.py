"""How much of a document its claims hold: sentences under evidence, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from kg.analysis.expressions import NameFinder, dates, numbers
from kg.claims import ClaimsFile
from kg.documents import Document, Sentence
from kg.model import Claim, Iri, Proposition, Span, Time, Where
from kg.names import fold
from kg.registry import Registry


@dataclass(frozen=True, slots=True)
class Loose:
    """A number, date or name in a sentence that no claim over that sentence holds in structure."""

    kind: str
    text: str
    where: Where
    reason: str = ""


@dataclass
class Coverage:
    """The audit of one document against its claims file.

    What stands in an excused sentence is excused with it: ``found`` and ``loose`` count the others.
    """

    document: str
    work: str
    sentences: int = 0
    under_claims: int = 0
    excused: int = 0
    bare: list[tuple[Where, str]] = field(default_factory=list)
    claims: int = 0
    structured: int = 0
    stated: int = 0
    found: dict[str, int] = field(default_factory=lambda: {"numbers": 0, "dates": 0, "names": 0})
    loose: list[Loose] = field(default_factory=list)
    floor: dict[str, float] = field(default_factory=dict)

    def share(self, what: str) -> float:
        """Percent of ``sentences`` under a claim, of claims ``structured``, of what is held."""
        if what == "sentences":
            return _percent(self.under_claims, self.sentences)
        if what == "structured":
            return _percent(self.structured, self.claims)
        return _percent(self.found[what] - sum(x.kind == what for x in self.loose), self.found[what])

    def shortfalls(self) -> list[str]:
        """Every floor that is not reached, in words; a bare sentence is one too."""
        found = [
            f"{what}: {self.share(what):.1f} % is below the floor of {floor:g} %"
            for what, floor in self.floor.items()
            if self.share(what) < floor
        ]
        if self.bare:
            found.append(f"{len(self.bare)} sentences have neither a claim nor a reason")
        return found


def _percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 100.0


def audit(file: ClaimsFile, registry: Registry, show: dict[str, str]) -> list[Coverage]:
    """The coverage of every document that a claims file reads; ``show`` gives each text's shown path."""
    finder = NameFinder(registry)
    return [_audit_text(file, text, registry, finder, show[name]) for name, text in file.texts.items()]


def _audit_text(
    file: ClaimsFile, text: Document, registry: Registry, finder: NameFinder, path: str
) -> Coverage:
    coverage = Coverage(text.name, file.work.name, floor=file.floor)
    claims = [c for c in file.claims if any(s.document == text.name for s in c.evidence)]
    coverage.claims = len(claims)
    coverage.structured = sum(bool(c.affirms or c.denies) for c in claims)
    coverage.stated = sum(bool(c.propositions) for c in claims)
    for sentence in text.sentences:
        over = [c for c in claims if _touches(c.evidence, sentence)]
        covers = [c for c in file.covers if _touches(c.spans, sentence)]
        coverage.sentences += 1
        where = Where(path, sentence.line)
        if not over:
            if covers:
                coverage.excused += 1
            else:
                coverage.bare.append((where, sentence.text))
            continue
        coverage.under_claims += 1
        held = _Held(over, file, registry)
        reasons = {fold(word): why for spans, word, why in file.leaves if _touches(spans, sentence)}
        coverage.loose += list(_loose(sentence, held, finder, coverage.found, where, reasons))
    return coverage


def _touches(spans: Iterable[Span], sentence: Sentence) -> bool:
    return any(a.overlaps(b) for a in spans for b in sentence.spans)


def _loose(
    sentence: Sentence,
    held: _Held,
    finder: NameFinder,
    found: dict[str, int],
    where: Where,
    reasons: dict[str, str],
) -> Iterator[Loose]:
    def loose(kind: str, text: str, is_held: bool) -> Iterator[Loose]:
        found[kind] += 1
        if not is_held:
            yield Loose(kind, text, where, reasons.get(fold(text), ""))

    names = finder.find(sentence.text)
    inside_names = [(n.start, n.start + len(n.text)) for n in names]
    taken = list(inside_names)
    for date in dates(sentence.text):
        if any(start <= date.start < end for start, end in inside_names):
            continue
        if not held.date(date.time, date.month) and _is_amount(date.text, held):
            continue
        taken.append((date.start, date.start + len(date.text)))
        yield from loose("dates", date.text, held.date(date.time, date.month))
    for number in numbers(sentence.text, taken):
        yield from loose("numbers", number.text, held.number(number.text, number.value))
    for name in names:
        yield from loose("names", name.text, any(node in held.nodes for node in name.nodes))


def _is_amount(text: str, held: _Held) -> bool:
    """Whether what looks like a year is an amount that a claim holds."""
    return text.isdigit() and held.number(text, Decimal(text))


class _Held:
    """What the claims over one sentence hold in structure."""

    def __init__(self, claims: list[Claim], file: ClaimsFile, registry: Registry) -> None:
        self.nodes: set[Iri] = set()
        self.times: list[Time] = []
        self.values: set[Decimal] = set()
        self.wordings: list[str] = []
        self.file, self.registry = file, registry
        for claim in claims:
            self._claim(claim)

    def _claim(self, claim: Claim) -> None:
        self.nodes |= {*claim.claimants, *claim.reported_by, *claim.addressees, *claim.about}
        self.nodes |= {node for node in (claim.valid_in, claim.said_in) if node}
        self.times += [time for time in (claim.said_on, claim.valid_during) if time]
        for proposition in claim.propositions:
            self._proposition(proposition)

    def _proposition(self, proposition: Proposition) -> None:
        for node in (proposition.subject, proposition.object):
            self._node(node)

    def _node(self, node: Iri) -> None:
        self.nodes.add(node)
        content = self.file.nodes
        if node in content.times:
            self.times.append(content.times[node])
        for quantity in content.quantities.get(node, ()):
            self.wordings.append(quantity.as_written.lower())
            bounds = (quantity.lower, quantity.upper, quantity.initial, quantity.final)
            self.values |= {bound for bound in bounds if bound is not None}
            self.values |= {Decimal(d) for d in re.findall(r"\d+(?:\.\d+)?", quantity.as_written)}
        if node in content.observations:
            for _, value in content.observations[node].dimensions:
                self._node(value)

    def date(self, expression: Time | None, month: int | None) -> bool:
        """Held by a time that lies within it, or that begins or ends with it."""
        if expression is None:
            return any(month in {d.month for d in (t.earliest, t.latest) if d} for t in self.times)
        return any(
            t.lies_within(expression)
            or (t.earliest is not None and t.earliest == expression.earliest)
            or (t.latest is not None and t.latest == expression.latest)
            for t in self.times
        )

    def number(self, text: str, value: Decimal | None) -> bool:
        """Held by a quantity with this value or bound; a vague number by one written with its word."""
        if value is not None:
            return value in self.values
        return any(text.lower() in words for words in self.wordings)
