"""Citations that cannot bear what rests on them: a work older than what it is cited for, and the like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.claims.statements import Nodes
from kg.model import Citation, Claim, Iri, Time
from kg.registry import Registry, Work
from kg.terms import ACES, KG, RDF_TYPE, UNNAMED

_DATE, _GROUP, _FORMATION = ACES + "date", ACES + "group", ACES + "Formation"
_PERIOD, _EVENT = ACES + "inPeriod", ACES + "inEvent"
_KNOWN_AFTERWARDS = ("assertion", "estimate")

Kind = Literal["impossible", "doubtful", "later-than-citing", "second-hand"]


@dataclass(frozen=True, slots=True)
class Anachronism:
    """A citation that does not fit.

    ``impossible``: the Work was out for certain before ``node`` (an event, a formed actor, a period, the
    time of a statement) began at ``time``; ``doubtful``: it may have been; ``days`` lie between the last
    possible day of publication and the first possible one of ``time`` (0 when doubtful).
    ``later-than-citing``: the Work is younger than the one that cites it.  ``second-hand``: the words
    name another source than the Work cited.
    """

    kind: Kind
    claim: Claim
    citation: Citation
    work: Iri
    node: Iri
    time: Time | None = None
    days: int = 0


def anachronisms(claims: Iterable[Claim], registry: Registry, nodes: Nodes) -> list[Anachronism]:
    """Every citation of these claims that does not fit, by claim, cited Work and kind."""
    claims = list(claims)
    dates = _Dates(claims, registry, nodes)
    found = [fault for claim in claims for fault in _of_claim(claim, registry, dates)]
    return sorted(found, key=lambda f: (f.claim.iri, f.work, f.kind, f.node))


class _Dates:
    """When events happened and actors were formed, at the earliest, by what any claim affirms."""

    def __init__(self, claims: Iterable[Claim], registry: Registry, nodes: Nodes) -> None:
        self.registry, self.nodes = registry, nodes
        self.events: dict[Iri, list[Time]] = defaultdict(list)
        self.formations: dict[Iri, list[Iri]] = defaultdict(list)
        affirmed = {p for claim in claims for p in claim.affirms}
        for proposition in affirmed:
            if proposition.predicate == _DATE and proposition.object in nodes.times:
                self.events[proposition.subject].append(nodes.times[proposition.object])
        forming = {p.subject for p in affirmed if p.predicate == RDF_TYPE and p.object == _FORMATION}
        for proposition in affirmed:
            if proposition.predicate == _GROUP and proposition.subject in forming:
                self.formations[proposition.object].append(proposition.subject)

    def of(self, claim: Claim) -> Iterator[tuple[Iri, Time]]:
        """Everything with a time that a claim is about: events, periods, formed actors, what was said."""
        if claim.said_on is not None:
            yield claim.iri, claim.said_on
        if claim.modality not in _KNOWN_AFTERWARDS:
            return
        if claim.valid_during is not None and not self._is_now(claim, claim.valid_during):
            yield claim.iri, claim.valid_during
        for node in sorted(self._nodes_of(claim)):
            yield from ((node, time) for time in self._times(node, claim))

    def _is_now(self, claim: Claim, time: Time) -> bool:
        """Whether it begins with the claim's own Work: what holds now held when its source was written."""
        own = self.registry.date_of(self.registry.work(claim.stated_in))
        if own is None or own.earliest is None or time.earliest is None:
            return False
        return time.earliest >= own.earliest

    def _nodes_of(self, claim: Claim) -> set[Iri]:
        found = set(claim.about)
        for proposition in (*claim.affirms, *claim.denies):
            found |= {proposition.subject, proposition.object}
            if proposition.subject in self.nodes.observations:
                found |= {
                    value
                    for name, value in self.nodes.observations[proposition.subject].dimensions
                    if name in (_PERIOD, _EVENT)
                }
        return {node for node in found if node.startswith(KG)}

    def _times(self, node: Iri, claim: Claim) -> Iterator[Time]:
        """The times of a node: those that the claim itself gives, else the earliest that any claim gives."""
        if node in self.nodes.times:
            yield self.nodes.times[node]
            return
        own = [self.nodes.times[p.object] for p in claim.affirms if (p.subject, p.predicate) == (node, _DATE)]
        events = [node, *self.formations[node]] if node in self.formations else [node]
        known = own or [time for event in events for time in self.events.get(event, ())]
        yield from sorted(known, key=lambda time: time.earliest or date.min)[:1]


def _of_claim(claim: Claim, registry: Registry, dates: _Dates) -> Iterator[Anachronism]:
    times = list(dates.of(claim))
    for citation in claim.cites:
        if set(claim.claimants) & set(citation.cited_works):
            continue  # a title that the note prints is the Work's own claim
        for cited in citation.cited_works:
            work = registry.work(cited)
            yield from _too_old(claim, citation, work, times)
            yield from _too_young(claim, citation, work, registry)
        if citation.cited_works and _names_another_source(claim, citation, registry):
            yield Anachronism("second-hand", claim, citation, citation.cited_works[0], claim.claimants[0])


def _too_old(
    claim: Claim, citation: Citation, work: Work, times: Iterable[tuple[Iri, Time]]
) -> Iterator[Anachronism]:
    """One finding for a Work: the latest thing that it is too old for."""
    published = work.issued
    if published is None:
        return
    found = []
    for node, time in times:
        if time.earliest is None:
            continue
        if published.latest is not None and published.latest < time.earliest:
            days = (time.earliest - published.latest).days
            found.append(Anachronism("impossible", claim, citation, work.iri, node, time, days))
        elif published.earliest is not None and published.earliest < time.earliest:
            found.append(Anachronism("doubtful", claim, citation, work.iri, node, time))
    yield from sorted(found, key=lambda f: (-f.days, f.kind == "doubtful", f.node))[:1]


def _too_young(claim: Claim, citation: Citation, work: Work, registry: Registry) -> Iterator[Anachronism]:
    citing, cited = registry.work(claim.stated_in).issued, work.issued
    if citing is None or cited is None or citing.latest is None or cited.earliest is None:
        return
    if cited.earliest > citing.latest:
        days = (cited.earliest - citing.latest).days
        yield Anachronism("later-than-citing", claim, citation, work.iri, work.iri, cited, days)


def _names_another_source(claim: Claim, citation: Citation, registry: Registry) -> bool:
    """Whether the claim is reported of somebody who has no part in any Work that is cited for it."""
    if claim.voice != "reported":
        return False
    holders = {*claim.claimants, *([claim.said_in] if claim.said_in else [])}
    if holders <= {UNNAMED}:
        return False
    for cited in citation.cited_works:
        work = registry.work(cited)
        if holders & {work.iri, work.publisher, *work.authors}:
            return False
    return True
