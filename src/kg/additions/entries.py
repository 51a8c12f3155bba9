"""Registry entries that an added RDF file brings: its actors, events, places, Works and concepts."""

from __future__ import annotations

from collections.abc import Iterator

from kg.additions.facts import Said, nodes_in
from kg.model import Iri, Time, Where
from kg.registry import CONCEPT_SCHEMES, Document, Entry, Work
from kg.terms import ACES, PREFIXES, RDF_TYPE, iri, kind_and_name
from kg.vocabulary import Vocabulary

_LABEL = PREFIXES["rdfs"] + "label"
_ALIAS = PREFIXES["skos"] + "altLabel"
_TITLE = PREFIXES["dcterms"] + "title"
_LANGUAGE = PREFIXES["dcterms"] + "language"
_KINDS = ("actor", "event", "place", "work", *CONCEPT_SCHEMES)
AS_GIVEN = ""
"""The graph of an entry whose triples stand in the file that gives it."""


def entries_in(said: Said, vocabulary: Vocabulary, file: str) -> Iterator[Entry]:
    """An entry for each thing of a registry's kinds to which the file gives a type or a further name."""
    times = nodes_in(said, ()).times
    for node in said.subjects(*_KINDS):
        if said.all(node, RDF_TYPE) or said.all(node, _ALIAS):
            yield _entry(said, vocabulary, node, file, times)


def _entry(said: Said, vocabulary: Vocabulary, node: Iri, file: str, times: dict[Iri, Time]) -> Entry:
    kind, name = kind_and_name(node)
    common = {
        "iri": node,
        "kind": kind,
        "name": name,
        "label": said.one(node, _LABEL) or name,
        "where": Where(file),
        "aliases": tuple(said.all(node, _ALIAS)),
        "within": said.one(node, "within") or None,
        "cls": _most_special(said.all(node, RDF_TYPE), vocabulary),
        "graph": AS_GIVEN,
    }
    if kind != "work":
        return Entry(**common)  # type: ignore[arg-type]
    return Work(
        **common,  # type: ignore[arg-type]
        title=said.one(node, _TITLE),
        work_kind=said.one(node, "workKind") or iri("work-kind", "report"),
        authors=tuple(said.all(node, "author")),
        publisher=said.one(node, "publisher") or None,
        issued=times.get(said.one(node, "issued")),
        url=said.one(node, "url"),
        presents=said.one(node, "presents") or None,
        reliability=said.one(node, "reliability") or None,
        documents=tuple(_documents(said, node, file, times)),
    )


def _most_special(classes: list[Iri], vocabulary: Vocabulary) -> Iri:
    """The class below all others that are given; the first of several."""
    ours = [cls for cls in classes if cls.startswith(ACES)] or classes
    above = {other for cls in ours for other in vocabulary.ancestors(cls) - {cls}}
    return next((cls for cls in ours if cls not in above), "")


def _documents(said: Said, work: Iri, file: str, times: dict[Iri, Time]) -> Iterator[Document]:
    for node in said.subjects("document"):
        if work in said.all(node, "copyOf"):
            yield Document(
                iri=node,
                name=kind_and_name(node)[1],
                work=work,
                file=said.one(node, "fileName"),
                sha256=said.one(node, "sha256"),
                language=said.one(node, _LANGUAGE),
                where=Where(file),
                url=said.one(node, "url"),
                posted=times.get(said.one(node, "issued")),
            )
