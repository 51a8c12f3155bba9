"""What nobody asserts has its plain triple nowhere: in no graph that ships, and in nothing that is exported.

The rule is put once more here, as SPARQL over claims alone, so that it does not rest on computed standing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from engines import Engines
from kg.terms import PREFIXES
from running import Run

ROOT = Path(__file__).parents[2]
UNASSERTED = """
    FILTER NOT EXISTS {
      ?holding aces:affirms ?proposition ; aces:voice voice:own ; aces:certainty certainty:certain .
      ?holding aces:modality ?held .
      FILTER(?held IN (modality:assertion, modality:estimate))
      FILTER NOT EXISTS { ?holding aces:condition ?if }
      FILTER NOT EXISTS { ?holding aces:qualifier ?narrower }
    }
"""
JUDGEMENT = "?p aces:judgement true ."
PLACEHOLDER = """
    { ?proposition aces:subject ?end } UNION { ?proposition aces:object ?end }
    UNION { ?proposition aces:subject ?counted . ?counted ?dimension ?end . ?dimension aces:dimension true }
    FILTER(?end IN (actor:someone, place:somewhere))
"""
# How a claim can name a Proposition without asserting it.
WAYS = {
    "denied": "aces:denies ?proposition",
    "considered": "aces:considers ?proposition",
    "alleged": "aces:voice voice:reported ; aces:affirms ?proposition",
    "possible": "aces:certainty certainty:possible ; aces:affirms ?proposition",
    "likely": "aces:certainty certainty:likely ; aces:affirms ?proposition",
    "predicted": "aces:modality modality:prediction ; aces:affirms|aces:considers ?proposition",
    "recommended": "aces:modality modality:recommendation ; aces:affirms|aces:considers ?proposition",
    "conditional": "aces:condition ?when ; aces:affirms|aces:considers ?proposition",
    "qualified": "aces:qualifier ?part ; aces:affirms ?proposition",
}
NEVER = {"unasserted": UNASSERTED, "judgement": JUDGEMENT, "placeholder": PLACEHOLDER}
FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def stated(store: ox.Store, pattern: str, plain: bool) -> set[str]:
    """The Propositions that fit a pattern; only those whose plain triple is anywhere, where that is asked."""
    parts = "?proposition aces:subject ?s ; aces:predicate ?p ; aces:object ?o ."
    text = f"SELECT ?proposition WHERE {{ {parts} {'?s ?p ?o .' if plain else ''} {pattern} }}"
    answer = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    return {row["proposition"].value for row in answer}


def never_plain(store: ox.Store) -> set[str]:
    """The Propositions of which it has a plain triple and should not."""
    return {found for pattern in NEVER.values() for found in stated(store, pattern, plain=True)}


def exported(run: Run, form: str) -> ox.Store:
    """What an export holds, read by a parser that is not ours."""
    assert run.code == 0
    store = ox.Store()
    store.load(run.out.encode(), FORMATS[form])
    return store


# --- in the graph --------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_what_is_only_said_without_being_asserted_is_plain_in_no_graph_that_ships(way: str) -> None:
    store = Engines.ours(ROOT)
    pattern = f"?claim {WAYS[way]} . {UNASSERTED}"
    assert stated(store, pattern, plain=False)
    assert stated(store, pattern, plain=True) == set()


@pytest.mark.parametrize("kind", ["judgement", "placeholder"])
def test_a_judgement_or_what_is_about_someone_is_plain_in_no_graph_that_ships(kind: str) -> None:
    store = Engines.ours(ROOT)
    assert stated(store, NEVER[kind], plain=False)
    assert stated(store, NEVER[kind], plain=True) == set()


@pytest.mark.parametrize("built", ["corpus", pytest.param("shipped", marks=pytest.mark.slow)], indirect=True)
def test_nothing_that_is_never_plain_is_plain_in_any_graph(built: Path) -> None:
    assert never_plain(Engines.ours(built)) == set()


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_plain_triple_of_what_is_not_asserted_would_be_found_in_any_graph(way: str) -> None:
    store = ox.Store()
    store.extend(Engines.ours(ROOT))
    pattern = f"?claim {WAYS[way]} . {UNASSERTED}"
    name = min(stated(store, pattern, plain=False))
    parts = "aces:subject ?s ; aces:predicate ?p ; aces:object ?o"
    store.update(
        f"INSERT {{ GRAPH graph:registry {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ <{name}> {parts} }} }}",
        prefixes=PREFIXES,
    )
    assert stated(store, pattern, plain=True) == {name}


# --- in what is exported -------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_no_export_of_a_small_corpus_has_what_is_never_plain(form: str, kg: Callable[..., Run]) -> None:
    store = exported(kg("export", "--format", form), form)
    assert stated(store, "", plain=True)
    assert never_plain(store) == set()


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_no_export_of_the_graph_that_ships_has_what_is_never_plain(form: str, kg: Callable[..., Run]) -> None:
    store = exported(kg("export", "--format", form, workspace=ROOT), form)
    assert stated(store, "", plain=True) == stated(Engines.ours(ROOT), "", plain=True)
    assert never_plain(store) == set()
