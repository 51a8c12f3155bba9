"""An explanation as text: everything in words, nothing left to look up."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from kg.display import printable
from kg.explain.views import ClaimView, Explanation, FindingView, PropositionView, WorkView

DEFAULT_WIDTH = 100
_STANCES = {"affirms": "affirmed", "denies": "denied", "considers": "considered"}


def as_text(explanation: Explanation, width: int = DEFAULT_WIDTH) -> str:
    """The explanation in lines no longer than a width, where words allow it."""
    lines = [explanation.label, "=" * min(len(explanation.label), width)]
    lines += explanation.identity
    if explanation.kind != "proposition":
        lines += ["", _count(explanation)]
    for view in explanation.propositions:
        lines += ["", *_proposition(view, titled=explanation.kind != "proposition")]
    if explanation.others:
        lines += ["", "Other claims about it"]
        lines += [line for claim in explanation.others for line in claim_lines(claim)]
    return "\n".join(part for line in lines for part in wrapped(line, width)) + "\n"


def _count(explanation: Explanation) -> str:
    shown, hidden = len(explanation.propositions), explanation.left_out
    told = f"{shown + hidden} Propositions about it"
    return f"{told}; the {shown} most telling ones follow (all of them: --all)" if hidden else told


def wrapped(line: str, width: int) -> list[str]:
    """A line as several that are no wider, what follows set in; nothing in it can drive a terminal."""
    line = printable(line)
    indent = len(line) - len(line.lstrip(" "))
    hanging = " " * (indent + 2)
    return textwrap.wrap(line, width, subsequent_indent=hanging, break_on_hyphens=False) or [""]


def _proposition(view: PropositionView, *, titled: bool) -> Iterator[str]:
    if titled:
        yield view.label
        yield "-" * min(len(view.label), DEFAULT_WIDTH)
    yield f"standing: {view.standing} - {view.standing_means}"
    yield _fact(view)
    if view.grade:
        yield f"credibility: {view.grade} - {view.grade_rule}"
    yield _support(view)
    for root in view.roots:
        yield f"  root: {_work(root)}"
    for stance, verb in _STANCES.items():
        claims = [claim for claim in view.claims if claim.stance == stance]
        if claims:
            yield f"{verb} by {_number(len(claims), 'claim')}:"
            for claim in claims:
                yield from claim_lines(claim)
    if view.entails:
        yield f"it entails: {'; '.join(view.entails)}"
    if view.entailed_by:
        yield f"it follows from, and their claims support it: {'; '.join(view.entailed_by)}"
    for finding in view.findings:
        yield from _finding(finding)


def _fact(view: PropositionView) -> str:
    if view.fact == "facts":
        return "plain fact: yes, its triple stands in the graph of facts"
    if view.fact == "disputed":
        return "plain fact: disputed, its triple stands in the graph of disputed facts"
    return f"plain fact: no, {view.no_fact_because}"


def _support(view: PropositionView) -> str:
    counts = view.counts
    told = (
        f"support: {_number(counts['claimCount'], 'claim')}, {_number(counts['documentCount'], 'document')}, "
        f"{_number(counts['workCount'], 'Work')}, {_number(counts['rootCount'], 'independent root')}"
    )
    against = f"against: {_number(counts['deniedCount'], 'denial')}, " + _number(
        counts["opposingRootCount"], "independent root"
    )
    marks = [word for word, holds in (("unsourced", view.unsourced), ("circular", view.circular)) if holds]
    return "; ".join([told, against, *marks])


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _work(work: WorkView) -> str:
    reason = f", {work.reason}" if work.reason else ""
    return f"{work.label} (reliability {work.reliability}{reason})" if work.reliability else work.label


def _graded(work: WorkView) -> str:
    return f"{work.label} ({work.reliability.partition(' ')[0]})" if work.reliability else work.label


def claim_lines(claim: ClaimView, indent: str = "  ") -> Iterator[str]:
    """Who says it, in which words and where, in what manner, citing what."""
    through = f", reported by {', '.join(claim.reporters)}" if claim.reporters else ""
    yield f"{indent}{claim.byline}{through}, in {claim.work.label}"
    for quote in _once(claim):
        yield f"{indent}  {quote}"
    details = "; ".join((*claim.manner, *claim.scope))
    if details:
        yield f"{indent}  {details}"
    for citation in claim.citations:
        works = "; ".join(map(_graded, citation.works)) or "the text of the note is not held"
        yield f"{indent}  cites {citation.label}: {works}"


def _once(claim: ClaimView) -> Iterator[str]:
    """Each quote once, with every document and line where it stands."""
    places: dict[str, list[str]] = {}
    for quote in claim.quotes:
        places.setdefault(quote.words.replace("’", "'"), []).append(f"{quote.document}:{quote.line}")
    for words, standing in places.items():
        yield f"“{words}” ({', '.join(standing)})"
    if not places:
        yield claim.gist


def _finding(finding: FindingView) -> Iterator[str]:
    yield f"{finding.kind} ({finding.rule}): {finding.says}" + (f" - {finding.note}" if finding.note else "")
    for label, claims in finding.sides:
        stances = dict.fromkeys(_STANCES.get(claim.stance, claim.stance) for claim in claims)
        yield f"  {', '.join(stances)}: {label}"
        for claim in claims:
            yield from claim_lines(claim, "    ")
