"""Whether what is cited and who is reported can be meant: notes, dates, names in the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from kg.analysis.anachronisms import anachronisms
from kg.claims import Nodes
from kg.model import Claim, Finding
from kg.names import fold
from kg.registry import Registry
from kg.serialise.terms import OxTerm
from kg.shacl import Index
from kg.terms import ACES, PREFIXES, UNNAMED, compact, kind_and_name
from kg.validation.texts import texts_of_work
from kg.workspace import Workspace


def _aces(name: str) -> ox.NamedNode:
    return ox.NamedNode(ACES + name)


_COPY_OF, _NUMBER, _CITING, _CITED = map(_aces, ("copyOf", "number", "citingWork", "citedWork"))
_CITES, _STATED_IN, _CLAIMANT, _VOICE = _aces("cites"), _aces("statedIn"), _aces("claimant"), _aces("voice")
_ISSUED, _EARLIEST, _LATEST = _aces("issued"), _aces("earliest"), _aces("latest")
_SAID_ON, _AFFIRMS = _aces("saidOn"), _aces("affirms")
_PREDICATE, _OBJECT, _DATE = _aces("predicate"), _aces("object"), _aces("date")
_NAMING = (ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.NamedNode(PREFIXES["skos"] + "altLabel"))
_REPORTED = ox.NamedNode(PREFIXES["voice"] + "reported")
_MODALITY = _aces("modality")
_OF_WHAT_WAS = {ox.NamedNode(PREFIXES["modality"] + name) for name in ("assertion", "estimate")}


def check_citing(index: Index, workspace: Workspace, touched: Collection[str]) -> Iterator[Finding]:
    """What cannot be, or is worth a second look, in the citations and claims among some nodes."""
    for name in sorted(touched):
        node = ox.NamedNode(name)
        kind = kind_and_name(name)[0]
        if kind == "citation":
            yield from _missing_note(index, workspace, node)
            yield from _too_late(index, node)
        elif kind == "claim":
            yield from _said_too_late(index, node)
            yield from _too_early(index, node)
            yield from _unnamed_holder(index, workspace, node)


def _missing_note(index: Index, workspace: Workspace, citation: ox.NamedNode) -> Iterator[Finding]:
    for work in _named(index, citation, _CITING):
        texts = texts_of_work(index, workspace, work)
        for number in index.objects(citation, _NUMBER):
            if texts and not any(number.value in text.numbers for text in texts):
                told = f"no text of {compact(work.value)} has a note {number.value!r}"
                fix = 'write the number as it stands in the text, for example aces:number "12"'
                yield Finding("citation-number-is-in-text", "violation", told, fix, focus=citation.value)


def _too_late(index: Index, citation: ox.NamedNode) -> Iterator[Finding]:
    for work in _named(index, citation, _CITING):
        out = _out(index, work)
        for cited in _named(index, citation, _CITED):
            begun = _day(index, cited, _ISSUED, _EARLIEST)
            if out and begun and begun > out:
                told = f"{compact(cited.value)} is of {begun} at the earliest, the citing Work of {out}"
                yield Finding("citation-is-not-too-late", "warning", told, _LOOK_UP, focus=citation.value)


def _said_too_late(index: Index, claim: ox.NamedNode) -> Iterator[Finding]:
    for work in _named(index, claim, _STATED_IN):
        out = _out(index, work)
        said = _day(index, claim, _SAID_ON, _EARLIEST)
        if out and said and said > out:
            told = f"this was said on {said} at the earliest, and is stated in a Work of {out}"
            fix = "look up when it was said: aces:saidOn is the day of the speech, not of the event"
            yield Finding("claim-was-said-before-its-work", "warning", told, fix, focus=claim.value)


def _too_early(index: Index, claim: ox.NamedNode) -> Iterator[Finding]:
    """Works that were out for certain before what they are cited for."""
    about = max(_begins(index, claim), default="")
    for citation in index.objects(claim, _CITES) if about else ():
        for cited in _named(index, citation, _CITED):
            out = _day(index, cited, _ISSUED, _LATEST)
            if out and out < about and cited not in index.objects(claim, _CLAIMANT):
                told = f"this is about {about} at the earliest, and cites {compact(cited.value)} of {out}"
                yield Finding("citation-is-not-too-early", "warning", told, _LOOK_UP, focus=claim.value)


def _begins(index: Index, claim: ox.NamedNode) -> Iterator[str]:
    """The first possible days of what a claim speaks of, where it is told as something that was so."""
    if said := _day(index, claim, _SAID_ON, _EARLIEST):
        yield said
    if not _OF_WHAT_WAS & set(index.objects(claim, _MODALITY)):
        return
    for proposition in index.objects(claim, _AFFIRMS):
        if _DATE in index.objects(proposition, _PREDICATE) and (
            day := _day(index, proposition, _OBJECT, _EARLIEST)
        ):
            yield day


def _unnamed_holder(index: Index, workspace: Workspace, claim: ox.NamedNode) -> Iterator[Finding]:
    """Reported people whom no text of the claim's Work names."""
    if _REPORTED not in index.objects(claim, _VOICE):
        return
    texts = [t for work in _named(index, claim, _STATED_IN) for t in texts_of_work(index, workspace, work)]
    for holder in _named(index, claim, _CLAIMANT) if texts else ():
        if kind_and_name(holder.value)[0] != "actor" or holder.value == UNNAMED:
            continue
        names = {fold(_bare(name.value)) for by in _NAMING for name in index.objects(holder, by)}
        if not any(name in text.folded for name in names for text in texts):
            told = f"no text of the Work names {compact(holder.value)}, who is said to hold this"
            fix = "read again who says it, or give the actor the name that the text uses as an alias"
            yield Finding("claimant-is-named-in-text", "info", told, fix, focus=claim.value)


def _out(index: Index, work: ox.NamedNode) -> str:
    """The last day on which a Work may have come out, else the first on which a copy of it was posted."""
    copies = (_day(index, copy, _ISSUED, _LATEST) for copy in index.subjects(_COPY_OF, work))
    return _day(index, work, _ISSUED, _LATEST) or min(filter(None, copies), default="")


def cited_out_of_time(claims: Iterable[Claim], registry: Registry, nodes: Nodes) -> Iterator[Finding]:
    """Citations of a claims file that cannot be: a Work too old for what it is cited for, or too young."""
    for fault in anachronisms(claims, registry, nodes):
        work, claim = registry.label(fault.work), fault.claim
        if fault.kind == "impossible" and fault.time is not None:
            told = f"note {fault.citation.number} names {work}, which was out before {fault.time.edtf}"
            rule = "citation-is-not-too-early"
        elif fault.kind == "later-than-citing" and fault.time is not None:
            told = (
                f"note {fault.citation.number} names {work} of {fault.time.edtf}, younger than what cites it"
            )
            rule = "citation-is-not-too-late"
        else:
            continue
        yield Finding(rule, "warning", told, _LOOK_UP, claim.where, claim.iri, claim.gist)


_LOOK_UP = "look up the note: it names another Work, or one of the two dates is wrong"


def _bare(name: str) -> str:
    """A name without what stands behind it in brackets."""
    return name.partition(" (")[0]


def _named(index: Index, node: OxTerm, predicate: ox.NamedNode) -> list[ox.NamedNode]:
    return [value for value in index.objects(node, predicate) if isinstance(value, ox.NamedNode)]


def _day(index: Index, node: OxTerm, to_time: ox.NamedNode, bound: ox.NamedNode) -> str:
    """The first or last day of a node's time, as ISO writes it; empty where there is none to compare."""
    days = [day.value for time in index.objects(node, to_time) for day in index.objects(time, bound)]
    return min((day for day in days if day[:1].isdigit() and len(day) == 10), default="")
