"""Whether a claim is there already: the same, the same told otherwise, or another under its name."""

from __future__ import annotations

from collections.abc import Iterator

from kg.additions import Given
from kg.model import Claim, Finding
from kg.seeds.seeds import Retracted, Seeds
from kg.terms import compact


def content_of(claim: Claim) -> tuple[object, ...]:
    """What makes a claim the claim that it is: two with equal content are one, whatever they are called."""
    sets = (claim.evidence, claim.claimants, claim.affirms, claim.denies, claim.considers, claim.reported_by)
    manner = (claim.voice, claim.modality, claim.certainty, claim.qualifier, claim.condition)
    times = (claim.said_on, claim.said_in, claim.valid_during, claim.valid_in)
    # Without a Proposition its gist is all that it says.
    words = () if claim.propositions else (claim.gist, *sorted((*claim.about, *claim.topics)))
    return (claim.stated_in, *map(frozenset, sets), manner, times, words)


def saying_of(claim: Claim) -> tuple[object, ...]:
    """Who says what of which Propositions, whatever else is told of it."""
    stances = (claim.claimants, claim.affirms, claim.denies, claim.considers)
    return (claim.stated_in, *map(frozenset, stances))


def share_words(one: Claim, other: Claim) -> bool:
    """Whether two claims rest on words that overlap."""
    return any(span.overlaps(held) for span in one.evidence for held in other.evidence)


def told_otherwise(claim: Claim, other: Claim) -> Finding:
    """The warning that another claim says the same."""
    what = f"{compact(other.iri)} says the same of the same words, and differs only in time, manner or scope"
    fix = "leave it out; or, where that one is wrong, retract it: kg retract OLD --by NEW"
    return Finding("claim-is-told-once", "warning", what, fix, claim.where, claim.iri, claim.gist)


def retracted_before(seeds: Seeds, retracted: Retracted, new: Given) -> Iterator[Finding]:
    """Claims of a new file that were made before and retracted, or that take the name of one that was."""
    gone = {c.iri: (c, file) for file in retracted.files for c in file.claims if file.graph != new.act.graph}
    said = {content_of(claim): claim for claim, _ in gone.values()}
    for file in seeds.files:
        for claim in file.claims if file.graph == new.act.graph else ():
            if claim.iri in gone:
                yield name_taken(claim, gone[claim.iri][0])
            elif (other := said.get(content_of(claim))) is not None:
                act = seeds.log.retraction_of(other.iri, gone[other.iri][1].graph)
                what = f"the same was said by {compact(other.iri)}, which was retracted"
                why = f"{what} on {act.when} by {act.by}: {act.reason}" if act else what
                fix = "leave it out, unless that was a mistake"
                yield Finding("claim-was-retracted", "warning", why, fix, claim.where, claim.iri, claim.gist)


def name_taken(claim: Claim, other: Claim) -> Finding:
    """The fault that another claim is called so."""
    what = f"{compact(claim.iri)} is another claim already (at {other.where})"
    fix = "give this one another id; what is wrong with the other is retracted: kg retract OLD --by NEW"
    return Finding("claim-id-is-unique", "violation", what, fix, claim.where, claim.iri, claim.gist)
