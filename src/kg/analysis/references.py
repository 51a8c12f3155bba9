"""Whether the notes and the bibliography of a document name the Works that the registry has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.claims import ClaimsFile
from kg.documents import Document
from kg.model import Iri, Where
from kg.names import fold
from kg.registry import Registry

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)
_ENOUGH_LETTERS = 10


class WorkFinder:
    """Finds the Works that a printed reference names: by a title, an alias or the whole of a URL."""

    def __init__(self, registry: Registry) -> None:
        """Take in the titles, aliases and URLs of all Works of a registry."""
        self._titles: dict[str, set[Iri]] = {}
        self._urls: dict[str, set[Iri]] = {}
        for work in registry.works():
            for name in (work.title, work.url, *work.aliases):
                if _URL.fullmatch(name):
                    self._urls.setdefault(_address(name), set()).add(work.iri)
                elif len(_words(name)) >= _ENOUGH_LETTERS:
                    self._titles.setdefault(_words(name), set()).add(work.iri)

    def find(self, text: str) -> tuple[Iri, ...]:
        """The Works named in a text, sorted; a title inside a longer title that is named is none."""
        words = f" {_words(text)} "
        named = [title for title in self._titles if f" {title} " in words]
        found = {
            work
            for title in named
            if not any(title != other and f" {title} " in f" {other} " for other in named)
            for work in self._titles[title]
        }
        for url in _URL.findall(text):
            found |= self._urls.get(_address(url), set())
        return tuple(sorted(found))


def _words(text: str) -> str:
    """Words alone: neither case nor punctuation counts, nor whether letters carry their apostrophes."""
    return re.sub(r"[\W_]+", " ", fold(text).replace("'", "")).strip()


def _address(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?|[/.,;]+$", "", url.casefold())


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A printed note or entry of the bibliography that does not fit, and why."""

    place: str
    text: str
    what: str
    where: Where


@dataclass
class References:
    """How the references of one document resolve to Works.

    ``merged`` gives for each Work that is printed in more than one form how many forms there are.
    """

    document: str
    notes: int = 0
    notes_matched: int = 0
    ibid: int = 0
    commenting: list[str] = field(default_factory=list)
    entries: int = 0
    entries_matched: int = 0
    unmatched: list[Mismatch] = field(default_factory=list)
    called_but_empty: list[str] = field(default_factory=list)
    never_called: list[str] = field(default_factory=list)
    cited: set[Iri] = field(default_factory=set)
    listed: set[Iri] = field(default_factory=set)
    merged: dict[Iri, int] = field(default_factory=dict)

    @property
    def cited_not_listed(self) -> list[Iri]:
        """Works that a note names and the bibliography does not; none where there is no bibliography."""
        return sorted(self.cited - self.listed) if self.entries else []

    @property
    def listed_not_cited(self) -> list[Iri]:
        """Works that the bibliography names and no note does."""
        return sorted(self.listed - self.cited)


def references(file: ClaimsFile, registry: Registry, show: dict[str, str]) -> list[References]:
    """The references of every document of a claims file that prints any; ``show`` gives shown paths."""
    finder = WorkFinder(registry)
    found = [_of_document(file, text, registry, finder, show[name]) for name, text in file.texts.items()]
    return [r for r in found if r.notes or r.entries or r.called_but_empty]


def listed_works(text: Document, finder: WorkFinder) -> set[Iri]:
    """The Works that the bibliography of a document names."""
    return {work for entry in text.bibliography for work in finder.find(entry.text)}


def _of_document(
    file: ClaimsFile, text: Document, registry: Registry, finder: WorkFinder, path: str
) -> References:
    given = {citation.number: set(citation.cited_works) for citation in file.citations}
    result = References(text.name, notes=len(text.notes), entries=len(text.bibliography))
    called = {marker.note for marker in text.markers}
    result.called_but_empty = [marker.label for marker in text.markers if marker.note is None]
    result.never_called = [note.key for i, note in enumerate(text.notes) if i not in called]
    forms: dict[Iri, set[str]] = {}
    for note in text.notes:
        works = given.get(note.key, set())
        result.cited |= works
        where = Where(path, text.line_of(note.spans[0].start))
        if note.ibid:
            result.ibid += 1
            continue
        named = set(finder.find(note.text))
        if not works and not named:
            result.commenting.append(note.key)
        elif named == works:
            result.notes_matched += 1
        result.unmatched += _mismatches(f"note {note.key}", note.text, works, named, registry, where)
        _printed(forms, note.text, works)
    for entry in text.bibliography:
        named = set(finder.find(entry.text))
        where = Where(path, text.line_of(entry.spans[0].start))
        result.listed |= named
        result.entries_matched += bool(named)
        if not named:
            result.unmatched.append(
                Mismatch("bibliography", entry.text, "names no Work that is known", where)
            )
        _printed(forms, entry.text, named)
    result.merged = {work: len(texts) for work, texts in sorted(forms.items()) if len(texts) > 1}
    return result


def _printed(forms: dict[Iri, set[str]], text: str, works: set[Iri]) -> None:
    """Note the form in which a Work is printed, where the words are of that Work alone."""
    if len(works) == 1:
        forms.setdefault(min(works), set()).add(_words(text))


def _mismatches(
    place: str, text: str, given: set[Iri], named: set[Iri], registry: Registry, where: Where
) -> Iterator[Mismatch]:
    for work in sorted(given - named):
        yield Mismatch(place, text, f"is given {registry.label(work)}, which its words do not name", where)
    for work in sorted(named - given):
        yield Mismatch(place, text, f"names {registry.label(work)}, which it is not given", where)
