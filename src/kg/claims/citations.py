"""Notes and citations: which works a note names, and which citations a claim rests on."""

from __future__ import annotations

from collections.abc import Iterable

from kg.claims.forms import texts
from kg.claims.statements import StatementReader
from kg.documents import Document, Marker, markers_for
from kg.model import Citation, Iri, Span
from kg.names import suggestion
from kg.registry import Work
from kg.terms import iri, is_local_name
from kg.yamltext import Mapping, Node, Text


class Citations:
    """The citations of one Work: one for every note, one for every marker whose note we do not hold."""

    def __init__(
        self, work: Work, document: Document | None, notes: Node | None, statements: StatementReader
    ) -> None:
        """Read ``notes``, which maps a note's number to the works it names; faults go to ``statements``."""
        self.document, self.statements = document, statements
        self.by_number: dict[str, Citation] = {}
        numbers = note_numbers(document) if document else []
        works = self._works(notes, numbers)
        for number in numbers or list(works):
            node = iri("citation", f"{work.name}.{number}")
            named = works.get(_followed(document, number), ())
            self.by_number[number] = Citation(node, work.iri, number, named)

    def _works(self, notes: Node | None, numbers: list[str]) -> dict[str, tuple[Iri, ...]]:
        works = {}
        for key, value in notes if isinstance(notes, Mapping) else ():
            if (self.document is not None and key not in numbers) or not is_local_name(key):
                self._no_note(key, numbers)
            elif not texts(value):
                self.statements.fault("value-form", f"note {str(key)!r} needs the works it names", key.where)
            else:
                works[str(key)] = self.statements.names(value, ["work"])
        return works

    def _no_note(self, key: Text, known: Iterable[str]) -> None:
        what = f"the document has no note {str(key)!r}"
        self.statements.fault("citation-in-document", what, key.where, suggestion(key, known))

    def of_claim(self, keys: dict[str, Node], spans: tuple[Span, ...]) -> tuple[Citation, ...]:
        """What is written, else the markers inside or right behind the words, else the quoted note's own."""
        given = texts(keys.get("cites"))
        if given:
            written = [self._written(text, spans) for text in given if text != "none"]
            return tuple(citation for citation in written if citation)
        note = texts(keys.get("in"))
        if note and note[0].startswith("note "):
            numbers = [note[0].removeprefix("note ").strip()]
        elif self.document is not None:
            own = [span for span in spans if span.document == self.document.name]
            numbers = [_number(self.document, marker) for marker in markers_for(self.document, own)]
        else:
            numbers = []
        return tuple(dict.fromkeys(self.by_number[n] for n in numbers if n in self.by_number))

    def _written(self, text: Text, spans: tuple[Span, ...]) -> Citation | None:
        """A note label as printed; the one marked nearest behind the words where it is used twice."""
        if self.document is not None and spans:
            for marker in self.document.markers:
                if marker.label == text and marker.start >= spans[0].start:
                    return self.by_number[_number(self.document, marker)]
        if str(text) in self.by_number:
            return self.by_number[str(text)]
        self._no_note(text, self.by_number)
        return None


def _number(document: Document, marker: Marker) -> str:
    """The number of the Citation that a marker makes: its note's key, else its own label."""
    return document.notes[marker.note].key if marker.note is not None else str(marker.label)


def note_numbers(document: Document) -> list[str]:
    """Numbers of all notes and of all markers without one, each once, in the order of the text."""
    numbers = [_number(document, marker) for marker in document.markers]
    return list(dict.fromkeys([*numbers, *(note.key for note in document.notes)]))


def _followed(document: Document | None, number: str) -> str:
    """The key of the note that a note refers to by ibid, else its own."""
    for note in document.notes if document else ():
        if note.key == number and note.resolved is not None and document:
            return document.notes[note.resolved].key
    return number
