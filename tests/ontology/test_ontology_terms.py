"""The ontology's own style: every term named once, defined in one sentence, and safe for honest sources."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

FOLDER = Path(__file__).parents[2] / "ontology"
ACES = Namespace("https://w3id.org/aces/ontology#")
KG = "https://w3id.org/aces/kg/"
ONTOLOGY = URIRef("https://w3id.org/aces/ontology")
FILES = sorted(path for path in FOLDER.glob("*.ttl") if path.name != "strict.ttl")
WORDS = (RDFS.label, SKOS.definition, SKOS.example, SKOS.scopeNote)
BREAKABLE = {
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.AsymmetricProperty,
    OWL.IrreflexiveProperty,
}


def _read() -> Graph:
    graph = Graph()
    for path in FILES:
        graph.parse(path)
    return graph


GRAPH = _read()
OURS = sorted({s for s in GRAPH.subjects(RDF.type) if str(s).startswith((str(ACES), KG))})
TERMS = [term for term in OURS if term in ACES]
STATABLE = sorted(GRAPH.subjects(ACES.statable, Literal(True)))
EVENT_TYPES = sorted(set(GRAPH.transitive_subjects(RDFS.subClassOf, ACES.Event)) - {ACES.Event})


def short(term: URIRef) -> str:
    return str(term).removeprefix(str(ACES)).removeprefix(KG)


def texts(term: URIRef, *properties: URIRef) -> list[str]:
    return [str(value) for prop in properties for value in GRAPH.objects(term, prop)]


def is_circular(term: URIRef) -> bool:
    """Whether a definition uses the very words that it should explain."""
    (label,), (definition,) = texts(term, RDFS.label), texts(term, SKOS.definition)
    local_name = re.split("[#/]", str(term))[-1]
    spelt_out = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local_name).replace("-", " ")
    return any(re.search(rf"\b{re.escape(w)}\b", definition, re.IGNORECASE) for w in (label, spelt_out))


def test_the_terms_are_found() -> None:
    assert len(TERMS) > 200
    assert len(OURS) > len(TERMS) + 100
    assert len(STATABLE) > 70
    assert len(EVENT_TYPES) > 30


def test_every_term_has_one_label() -> None:
    assert [short(term) for term in OURS if len(texts(term, RDFS.label)) != 1] == []


def test_every_term_has_one_definition() -> None:
    assert [short(term) for term in OURS if len(texts(term, SKOS.definition)) != 1] == []


def test_every_term_of_ours_has_an_example() -> None:
    assert [short(term) for term in TERMS if not any(map(str.strip, texts(term, SKOS.example)))] == []


def test_every_definition_is_one_sentence() -> None:
    sentence = re.compile(r"[A-Z](?:[^.!?]|[.!?](?! ))*\.")
    assert [short(t) for t in OURS for d in texts(t, SKOS.definition) if not sentence.fullmatch(d)] == []


def test_no_definition_uses_the_words_that_it_defines() -> None:
    assert [short(term) for term in OURS if is_circular(term)] == []


def test_every_term_says_which_ontology_defines_it() -> None:
    assert [short(t) for t in OURS if list(GRAPH.objects(t, RDFS.isDefinedBy)) != [ONTOLOGY]] == []


def test_notes_and_examples_name_terms_that_exist() -> None:
    named = {
        name for term in OURS for text in texts(term, *WORDS) for name in re.findall(r"\baces:(\w+)", text)
    }
    assert named - {short(term) for term in TERMS} == set()


def test_no_two_terms_of_a_kind_share_a_label() -> None:
    def kind(term: URIRef) -> str:
        return str(term).rpartition("/")[0] if term not in ACES else str(GRAPH.value(term, RDF.type))

    labels = Counter((kind(term), label) for term in OURS for label in texts(term, RDFS.label))
    assert [label for label, count in labels.items() if count > 1] == []


def test_all_words_are_in_english() -> None:
    said = [value for term in OURS for prop in WORDS for value in GRAPH.objects(term, prop)]
    assert [str(value) for value in said if not isinstance(value, Literal) or value.language != "en"] == []


def test_what_a_source_may_state_carries_no_axiom_that_two_sources_could_break() -> None:
    above = {term: set(GRAPH.transitive_objects(term, RDFS.subPropertyOf)) for term in STATABLE}
    kinds = {term: {k for p in above[term] for k in GRAPH.objects(p, RDF.type)} for term in STATABLE}
    assert [short(term) for term in STATABLE if kinds[term] & BREAKABLE] == []


def test_what_a_source_may_state_is_disjoint_with_nothing_and_counted_nowhere() -> None:
    named = {
        end
        for prop in (OWL.propertyDisjointWith, OWL.onProperty)
        for pair in GRAPH.subject_objects(prop)
        for end in pair
    }
    assert named & set(STATABLE) == set()
    assert (None, RDF.type, OWL.AllDisjointProperties) not in GRAPH


def test_no_two_event_types_exclude_each_other() -> None:
    members = {
        member
        for node in GRAPH.subjects(RDF.type, OWL.AllDisjointClasses)
        for member in GRAPH.items(GRAPH.value(node, OWL.members))
    }
    pairs = {end for pair in GRAPH.subject_objects(OWL.disjointWith) for end in pair}
    assert not (members | pairs) & set(EVENT_TYPES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_import_is_asked_for(path: Path) -> None:
    assert "imports" not in re.sub(r"^#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_header_is_one_and_complete() -> None:
    assert list(GRAPH.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    version = str(GRAPH.value(ONTOLOGY, OWL.versionInfo))
    assert str(GRAPH.value(ONTOLOGY, OWL.versionIRI)) == f"{ONTOLOGY}/{version}"
