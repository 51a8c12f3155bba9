"""The nouns of ACES as frozen data classes; no input, no output, nothing of ours imported.

IRIs are plain strings here (:data:`Iri`); :mod:`kg.triples` turns them into RDF terms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Iri = str
Severity = Literal["violation", "warning", "info"]
Voice = Literal["own", "reported"]
TimeMode = Literal["within", "throughout", "each"]


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file: path as shown to people, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """The usual ``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check has to say, in the user's words.

    ``rule`` names the check (``claim-has-evidence``), ``focus`` is the IRI it is about and ``label``
    that IRI's label; ``message`` says what is wrong and ``fix`` how to mend it.
    """

    rule: str
    severity: Severity
    message: str
    fix: str = ""
    where: Where | None = None
    focus: Iri = ""
    label: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``text[start:end]`` of one document, in Unicode code points, end exclusive."""

    document: str
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether some character lies in both."""
        return self.document == other.document and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Time:
    """A time in canonical form: first and last possible day, and how they are meant.

    ``mode`` is ``within`` (at some time in it), ``throughout`` (all of it) or ``each`` (a list of dates,
    told apart by ``edtf``). ``None`` is an open end. ``edtf`` is the canonical EDTF string.
    """

    earliest: date | None
    latest: date | None
    mode: TimeMode
    edtf: str

    def overlaps(self, other: Time) -> bool:
        """Whether some day lies in both."""
        starts = [t.earliest for t in (self, other) if t.earliest]
        ends = [t.latest for t in (self, other) if t.latest]
        return not starts or not ends or max(starts) <= min(ends)

    def lies_within(self, other: Time) -> bool:
        """Whether every day of this time is a day of the other."""
        after_start = other.earliest is None or (
            self.earliest is not None and self.earliest >= other.earliest
        )
        before_end = other.latest is None or (self.latest is not None and self.latest <= other.latest)
        return after_start and before_end


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount by its closed bounds; a change has two ends instead. ``as_written`` keeps the words."""

    lower: Decimal | None
    upper: Decimal | None
    unit: str
    comparator: str
    as_written: str
    initial: Decimal | None = None
    final: Decimal | None = None

    def lies_within(self, other: Quantity) -> bool:
        """Whether every amount that this allows is allowed by the other, in the same unit."""
        if self.unit != other.unit or "change" in (self.comparator, other.comparator):
            return False
        above = other.lower is None or (self.lower is not None and self.lower >= other.lower)
        below = other.upper is None or (self.upper is not None and self.upper <= other.upper)
        return above and below


@dataclass(frozen=True, slots=True)
class Observation:
    """Something counted or measured, fixed by its dimensions (sorted pairs of property and value).

    A value is an IRI, or plain text for ``aces:basis``. ``unstated`` lists the dimensions that the words
    do not give; the observation is then local to ``local_to``, the Work.
    """

    measure: Iri
    dimensions: tuple[tuple[Iri, str], ...]
    unstated: tuple[Iri, ...] = ()
    local_to: Iri | None = None


@dataclass(frozen=True, slots=True, order=True)
class Proposition:
    """One atomic possible fact: three IRIs. It is neither true nor false by existing."""

    subject: Iri
    predicate: Iri
    object: Iri


@dataclass(frozen=True, slots=True)
class Citation:
    """A note number of a Work and the Works that the note names; none when we do not hold its text."""

    iri: Iri
    citing_work: Iri
    number: str
    cited_works: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What one Work says, or reports someone as saying, in one place."""

    iri: Iri
    stated_in: Iri
    evidence: tuple[Span, ...]
    gist: str
    claimants: tuple[Iri, ...]
    voice: Voice
    modality: str = "assertion"
    certainty: str = "certain"
    hedge: str = ""
    affirms: tuple[Proposition, ...] = ()
    denies: tuple[Proposition, ...] = ()
    considers: tuple[Proposition, ...] = ()
    reported_by: tuple[Iri, ...] = ()
    said_on: Time | None = None
    said_in: Iri | None = None
    valid_during: Time | None = None
    valid_in: Iri | None = None
    qualifier: str = ""
    condition: str = ""
    addressees: tuple[Iri, ...] = ()
    cites: tuple[Citation, ...] = ()
    about: tuple[Iri, ...] = ()
    topics: tuple[Iri, ...] = ()
    inferred: tuple[str, ...] = ()
    where: Where | None = field(default=None, compare=False)

    @property
    def propositions(self) -> tuple[Proposition, ...]:
        """Everything that the claim affirms, denies or considers."""
        return self.affirms + self.denies + self.considers


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a Work: its number and the caption's place; its data is not in the text."""

    iri: Iri
    work: Iri
    number: str
    caption: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """A stretch of text that no claim is made of, with the reason."""

    reason: str
    spans: tuple[Span, ...]
    leaves: tuple[tuple[str, str], ...] = ()
    where: Where | None = field(default=None, compare=False)
