r"""Documents: a text taken apart into sections, paragraphs, sentences, notes and markers.

>>> document = read_document("d", "One thing is so.[1] Another is not.\n\n[1] Smith 2020.\n")
>>> [sentence.text for sentence in document.sentences]
['One thing is so.', 'Another is not.']
>>> locate(document, "One thing is so").spans
(Span(document='d', start=0, end=15),)
"""

from kg.documents.assembly import read_document
from kg.documents.model import (
    Caption,
    Document,
    Entry,
    Marker,
    Note,
    Paragraph,
    ReadingText,
    Section,
    Sentence,
)
from kg.documents.places import QuoteError
from kg.documents.quotes import Located, locate, markers_for
from kg.documents.text import load_text

__all__ = [
    "Caption",
    "Document",
    "Entry",
    "Located",
    "Marker",
    "Note",
    "Paragraph",
    "QuoteError",
    "ReadingText",
    "Section",
    "Sentence",
    "load_text",
    "locate",
    "markers_for",
    "read_document",
]
