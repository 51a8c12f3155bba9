"""``kg candidates``: what may be one under two names, what only looks so, and what is said of either."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from doubles import ONE, OTHER, add_doubles, decided, graph_of
from kg.candidates import Candidate, Candidates
from kg.deciding import Decisions
from kg.errors import UsageError
from kg.graph import KnowledgeGraph, open_graph
from kg.terms import iri
from running import Run
from smallworld import SmallWorld, small_world

ROOT = Path(__file__).parents[2]
DOUBLE = (iri("event", "marten-grounding"), iri("event", "marten-stranding"))
LOOK_ALIKE = (iri("event", "marten-grounding"), iri("event", "marten-grounding-2016"))


def write(world: SmallWorld) -> SmallWorld:
    """The graph of a world, not validated, where a build would put it, with the ontology."""
    folder = world.workspace.triples
    folder.mkdir(exist_ok=True)
    for name, data in graph_of(world).items():
        (folder / f"{name}.trig").write_bytes(data)
    ontology = ROOT / "triples" / "ontology.trig"
    (folder / ontology.name).write_bytes(ontology.read_bytes())
    return world


@pytest.fixture(scope="module")
def doubles(tmp_path_factory: pytest.TempPathFactory) -> SmallWorld:
    """The small corpus with its doubles, built; not to be changed."""
    world = small_world(tmp_path_factory.mktemp("doubles"))
    add_doubles(world)
    return write(world)


@pytest.fixture(scope="module")
def graph(doubles: SmallWorld) -> KnowledgeGraph:
    return open_graph(doubles.root)


def pair(found: Candidates, ends: tuple[str, str]) -> Candidate:
    (candidate,) = [c for c in found if (c.one, c.other) == ends]
    return candidate


def ends(found: Candidates) -> list[tuple[str, str]]:
    return [(candidate.one, candidate.other) for candidate in found]


def test_one_event_under_two_names_is_found(graph: KnowledgeGraph) -> None:
    found = graph.candidates("event")
    assert ends(found)[0] == DOUBLE
    told = [ground.words for ground in found[0].speaks_for]
    assert told[:2] == [
        "names 89 alike: 'the grounding of the Marten' / 'the stranding of the Marten'",
        "both dated 2019-02-14",
    ]
    assert {"same place Kelp Point", "both: is linked with Pilots' Guild", "injured: 12"} <= set(told)
    assert found[0].speaks_against == ()


def test_another_year_in_a_like_name_speaks_against(graph: KnowledgeGraph) -> None:
    assert LOOK_ALIKE not in ends(graph.candidates())
    candidate = pair(graph.candidates(least=0), LOOK_ALIKE)
    assert "2 years apart: 2019-02-14 / 2016" in [ground.words for ground in candidate.speaks_against]


def test_every_ground_that_a_claim_gives_has_that_claim_with_its_words(graph: KnowledgeGraph) -> None:
    candidate = pair(graph.candidates("event"), DOUBLE)
    (ground,) = [g for g in candidate.speaks_for if g.words == "same place Kelp Point"]
    assert [(claim.work.label, [q.document for q in claim.quotes]) for claim in ground.claims] == [
        ("The Ferry at Old Sound", ["ferry"]),
        ("The gazette", ["gazette"]),
    ]
    assert all("at Kelp Point on 14 February" in claim.quotes[0].words for claim in ground.claims)


def test_what_the_registry_holds_apart_is_no_candidate_but_a_decided_pair(graph: KnowledgeGraph) -> None:
    apart = (iri("actor", "coastguard"), iri("actor", "town"))
    assert apart not in ends(graph.candidates(least=0))
    candidate = pair(graph.candidates(decided=True), apart)
    assert (candidate.verdict, candidate.reason) == ("different", "the town is not its coastguard")


@pytest.mark.parametrize("verdict", ["unsure", "different"])
def test_a_decided_pair_is_listed_no_more(verdict: str, doubles: SmallWorld, tmp_path: Path) -> None:
    world = small_world(tmp_path)
    add_doubles(world)
    decided(world, f"{verdict}: [{ONE}, {OTHER}]")
    found = open_graph(write(world).root)
    assert DOUBLE not in ends(found.candidates())
    candidate = pair(found.candidates("event", decided=True), DOUBLE)
    assert (candidate.verdict, candidate.reason) == (verdict, "the test says so")
    assert candidate.score > 80


def test_a_decision_counts_before_the_next_build(doubles: SmallWorld, tmp_path: Path) -> None:
    world = small_world(tmp_path)
    add_doubles(world)
    write(world)
    Decisions(world.workspace).decide(ONE, OTHER, "unsure", "nobody knows", "the test")
    assert DOUBLE not in ends(open_graph(world.root).candidates())


def test_what_is_one_is_compared_as_one(tmp_path: Path) -> None:
    world = small_world(tmp_path)
    add_doubles(world)
    decided(world, f"same: [{ONE}, {OTHER}]")
    graph = open_graph(write(world).root)
    found = graph.candidates(least=0)
    assert DOUBLE[1] not in {end for pair in ends(found) for end in pair}
    candidate = pair(graph.candidates("event", decided=True), DOUBLE)
    assert (candidate.verdict, candidate.reason, candidate.score) == ("same", "the test says so", 0)


def test_a_place_around_and_the_same_month_are_reason_enough_to_compare(small: SmallWorld) -> None:
    small.register("places", "rock: {label: the rock, kind: Site, within: kelp-point}")
    small.register("events", "loss: loss of cargo at sea")
    small.replace(
        "event/marten-grounding-2016: {type: Occasion, place: kelp-point, date: 2016}",
        "event/loss: {place: rock, date: 2019-02}",
        "seeds/claims/gazette.yaml",
    )
    found = open_graph(write(small).root).candidates(least=20)
    candidate = pair(found, (iri("event", "loss"), iri("event", "marten-grounding")))
    assert [ground.words for ground in candidate.speaks_for] == [
        "both dated 2019-02 / 2019-02-14",
        "told by two Works: The gazette / The Ferry at Old Sound",
        "the rock lies within Kelp Point",
    ]


def variants() -> Iterator[tuple[str, str, str, str]]:
    """A change of what the gazette says, what it says then, and what speaks against."""
    said = "{type: Occasion, place: kelp-point, date: 2019-02-14, injured: 12}"
    yield said, said.replace("2019-02-14", "2016-02-14"), "3 years apart: 2019-02-14 / ", "against"
    yield said, said.replace("2019-02-14", "2019-03-01"), "15 days apart: ", "against"
    yield said, said.replace("kelp-point", "quay"), "places differ: Kelp Point / the quay", "against"
    yield said, said.replace("kelp-point", "rock"), "the rock lies within Kelp Point", "for"
    yield said, said.replace("Occasion", "Clash"), "kinds differ: occasion / clash", "against"
    yield said, said.replace("12}", "40}"), "injured differ: 12 / 40", "against"
    yield said, said.replace("}", ", perpetrator: town}"), "differ in was carried out by: ", "against"
    yield said, said.replace("}", ", after: marten-grounding}"), "one stands to the other: ", "against"


@pytest.mark.parametrize(("old", "new", "words", "side"), list(variants()), ids=lambda value: value[-30:])
def test_each_thing_that_a_claim_says_otherwise_is_told(
    old: str, new: str, words: str, side: str, small: SmallWorld
) -> None:
    claims = "seeds/claims/gazette.yaml"
    small.register(
        "places",
        "quay: {label: the quay, kind: Site}",
        "rock: {label: the rock, kind: Site, within: kelp-point}",
    )
    small.replace(old, new, claims)
    small.replace("injured: 12}", "injured: 12, perpetrator: pilots-guild}")
    candidate = pair(open_graph(write(small).root).candidates(least=0), DOUBLE)
    grounds = candidate.speaks_for if side == "for" else candidate.speaks_against
    told = [ground for ground in grounds if ground.words.startswith(words)]
    assert len(told) == 1
    assert told[0].claims


def test_a_claim_that_names_both_side_by_side_speaks_against(small: SmallWorld) -> None:
    small.replace(
        "event/marten-grounding-2016: {type",
        "'event/marten-grounding, event/marten-stranding': {target: town, type",
        "seeds/claims/gazette.yaml",
    )
    candidate = pair(open_graph(write(small).root).candidates(least=0), DOUBLE)
    words = "one claim names both side by side: was aimed at town of Old Sound"
    (ground,) = [g for g in candidate.speaks_against if g.words == words]
    assert [claim.work.label for claim in ground.claims] == ["The gazette"]


def test_works_are_compared_by_author_date_and_title(small: SmallWorld) -> None:
    small.register(
        "works",
        "letter: {label: Letter of the Guild of Pilots, kind: group-statement, authors: [pilots-guild],",
        "  issued: 2019-02}",
        "letter-of-the-town: {label: Letter of the Town, kind: article, authors: [town], issued: 2012}",
    )
    found = open_graph(write(small).root).candidates("work", 0)
    same = pair(found, (iri("work", "guild-letter-2019"), iri("work", "letter")))
    assert same.score > 80
    assert "both: was written by Pilots' Guild" in [ground.words for ground in same.speaks_for]
    other = pair(found, (iri("work", "guild-letter-2019"), iri("work", "letter-of-the-town")))
    told = [ground.words for ground in other.speaks_against]
    assert other.score == 0
    assert "differ in was written by: Pilots' Guild / town of Old Sound" in told


# --- the command ---------------------------------------------------------------------------------


def test_the_rows_are_the_candidates(doubles: SmallWorld, kg: Callable[..., Run]) -> None:
    run = kg("candidates", "--kind", "event", "--format", "csv", workspace=doubles.root)
    first = next(csv.DictReader(io.StringIO(run.out)))
    assert (run.code, first["one"], first["other"], first["against"]) == (0, *DOUBLE, "")
    assert (
        "alike: 'the grounding of the Marten' / 'the stranding of the Marten'; both dated 2019-02-14;"
        in first["for"]
    )


def test_decided_pairs_have_their_decision_in_the_rows(doubles: SmallWorld, kg: Callable[..., Run]) -> None:
    run = kg("candidates", "--decided", "--format", "csv", workspace=doubles.root)
    (row,) = csv.DictReader(io.StringIO(run.out))
    assert (row["decision"], row["reason"]) == ("different", "the town is not its coastguard")


def test_why_shows_the_words_under_what_they_give(doubles: SmallWorld, kg: Callable[..., Run]) -> None:
    run = kg("candidates", "--kind", "event", "--why", workspace=doubles.root)
    assert run.out.startswith(f"{ONE} and {OTHER}: 100\n")
    assert "  for: both dated 2019-02-14 (+25)\n      Ada Holm, in The Ferry at Old Sound\n" in run.out
    told = json.loads(kg("candidates", "--why", "--format", "json", workspace=doubles.root).out)
    assert (told[0]["one"], told[0]["score"]) == (DOUBLE[0], 100)
    assert told[0]["speaks_for"][1]["claims"][0]["quotes"][0]["document"] == "ferry"


def test_reasons_are_text_or_json(doubles: SmallWorld, kg: Callable[..., Run]) -> None:
    run = kg("candidates", "--why", "--format", "csv", workspace=doubles.root)
    assert run.is_one_line_fault(2)
    assert "use --format table or json" in run.err


def test_nothing_found_is_an_empty_table(doubles: SmallWorld, kg: Callable[..., Run]) -> None:
    run = kg("candidates", "--kind", "place", workspace=doubles.root)
    assert (run.code, run.err) == (0, "0 rows\n")


def test_another_kind_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="use actor, event, place, work"):
        graph.candidates("claim")


def test_a_remote_graph_has_no_candidates(doubles: SmallWorld) -> None:
    with pytest.raises(UsageError):
        open_graph(doubles.root, endpoint="http://127.0.0.1:9").candidates()


# --- the graph that ships ------------------------------------------------------------------------


@pytest.mark.slow
def test_of_the_shipped_graph_a_few_pairs_are_candidates_and_none_that_is_decided() -> None:
    graph = open_graph(ROOT)
    found, decided = graph.candidates(), graph.candidates(decided=True)
    assert 0 < len(found) < 30
    assert {candidate.verdict for candidate in decided} == {"different", "unsure"}
    assert not set(ends(found)) & set(ends(decided))
