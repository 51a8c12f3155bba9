"""One entry of two that are decided to be one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Finding, Time
from kg.registry.entries import Entry, Work
from kg.vocabulary import Vocabulary

_OF_A_WORK = ("authors", "publisher", "issued", "url", "presents")
_GRADED = ("", "_assessor", "_reason")


def joined(kept: Entry, gone: Entry, vocabulary: Vocabulary) -> Entry:
    """One entry of two that are one: the first's own words, the second's where the first has none."""
    names = dict.fromkeys((*kept.aliases, gone.label, *gone.aliases))
    if isinstance(gone, Work) and isinstance(kept, Work):
        names |= dict.fromkeys(filter(None, (gone.title, gone.url)))
        kept = _joined_work(kept, gone)
        names.pop(kept.title, None)
        names.pop(kept.url, None)
    names.pop(kept.label, None)
    return replace(
        kept,
        cls=gone.cls if vocabulary.is_a(gone.cls, kept.cls) else kept.cls,
        aliases=tuple(names),
        was=(*kept.was, gone.name),
        note=" ".join(filter(None, (kept.note, gone.note))),
        by_curator=kept.by_curator or gone.by_curator,
        within=kept.within or gone.within,
    )


def _joined_work(kept: Work, gone: Work) -> Work:
    taken = [key for key in _OF_A_WORK if not getattr(kept, key)]
    changes = {key: getattr(gone, key) for key in taken}
    if not kept.reliability:
        changes |= {f"reliability{end}": getattr(gone, f"reliability{end}") for end in _GRADED}
    copies = (replace(document, work=kept.iri) for document in gone.documents)
    curated = (key for key in gone.curated if key in taken)
    return replace(kept, documents=(*kept.documents, *copies), curated=(*kept.curated, *curated), **changes)


def at_odds(kept: Entry, gone: Entry) -> Iterable[Finding]:
    """What the registry says of two things that are one, and cannot both be so."""
    for key in (*_OF_A_WORK, "within"):
        one, other = (getattr(entry, key, None) for entry in (kept, gone))
        meet = isinstance(one, Time) and isinstance(other, Time) and one.overlaps(other)
        if one and other and one != other and not meet:
            what = f"{kept.kind}/{kept.name} and {gone.kind}/{gone.name} are one, but differ in {key}:"
            fix = f"that of {kept.name} is taken; correct the entries if that is wrong"
            yield Finding("what-is-one-agrees", "warning", what, fix, gone.where, kept.iri, kept.label)
