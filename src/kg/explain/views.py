"""What an explanation is made of: claims, Propositions and findings with all that they rest on, in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Iri


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, and the line on which they begin."""

    document: str
    line: str
    words: str


@dataclass(frozen=True, slots=True)
class WorkView:
    """A Work with how far it can be trusted, and why."""

    iri: Iri
    label: str
    reliability: str
    reason: str


@dataclass(frozen=True, slots=True)
class CitationView:
    """A note, and the Works that it names; none when its text is not held."""

    label: str
    works: tuple[WorkView, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Who says what in which words, how surely, of what time and place, citing whom."""

    iri: Iri
    stance: str
    claimants: tuple[str, ...]
    byline: str
    """The claimants in one line, joint authors in the order in which they sign."""
    reporters: tuple[str, ...]
    work: WorkView
    gist: str
    quotes: tuple[Quote, ...]
    manner: tuple[str, ...]
    """Voice, modality, certainty, and what qualifies it, as far as it is not plain assertion."""
    scope: tuple[str, ...]
    """When and where it holds, and when, in what and to whom it was said."""
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A disagreement, a near miss or a citation that does not fit, with its rule and its sides."""

    kind: str
    rule: str
    says: str
    sides: tuple[tuple[str, tuple[ClaimView, ...]], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PropositionView:
    """A Proposition with everything that speaks for and against it, and what follows."""

    iri: Iri
    label: str
    standing: str
    standing_means: str
    fact: str
    """The graph in which its plain triple stands, else an empty text."""
    no_fact_because: str
    grade: str
    grade_rule: str
    counts: dict[str, int]
    roots: tuple[WorkView, ...]
    unsourced: bool
    circular: bool
    claims: tuple[ClaimView, ...]
    entails: tuple[str, ...]
    entailed_by: tuple[str, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thing, what it is called and how it is known, and the Propositions about it, disputes first."""

    iri: Iri
    kind: str
    label: str
    identity: tuple[str, ...] = ()
    propositions: tuple[PropositionView, ...] = ()
    left_out: int = 0
    others: tuple[ClaimView, ...] = field(default=())
    """Claims that are about the thing and state nothing of it."""
