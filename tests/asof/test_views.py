"""The graph as of a day: what the Works that may have been out by then give, and no later one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

import kg as api
from kg.errors import UsageError, WrongError
from kg.graph import KnowledgeGraph
from kg.results import Result
from kg.terms import ACES, KG, PREFIXES, iri
from kg.workspace import Workspace
from running import Run
from smallworld import SmallWorld

Kg = Callable[..., Run]
ROOT = Path(__file__).parents[2]
TEXT = "The ferry ran aground, and the town paid.\n"
EVENT = "event/marten-grounding"
SUPPORT = "{town: {supports: pilots-guild}}"
WORKS = "seeds/registry/works.yaml"
BEFORE, AFTER = "2020-04-30", "2020-05-01"
SUMMARY = ("query", "work-summary", "--format", "csv")


def entries(*claims: str) -> str:
    return "".join(f"- {{id: c{n}, quote: The ferry ran, {keys}}}\n" for n, keys in enumerate(claims))


def say(small: SmallWorld, *claims: str, later: str = f"affirms: {SUPPORT}") -> None:
    """What the Work of 2019 claims, and what one of 1 May 2020 does."""
    small.write(TEXT, entries(*claims))
    small.add_work("gull", TEXT, entries(later))


def as_of(small: SmallWorld, day: str) -> KnowledgeGraph:
    return api.open(small.root, as_of=date.fromisoformat(day))


def rows(graph: KnowledgeGraph, pattern: str) -> list[dict[str, str]]:
    """The solutions of a pattern, as plain text, each once."""
    prefixes = "".join(f"PREFIX {name}: <{address}>\n" for name, address in PREFIXES.items())
    answer = graph.sparql(f"{prefixes}SELECT DISTINCT * WHERE {{ {pattern} }}")
    assert isinstance(answer, Result)
    return [{name: str(value) for name, value in row.items()} for row in answer.dicts()]


def works(graph: KnowledgeGraph) -> set[str]:
    """The local names of the Works that have claims."""
    found = rows(graph, "[] aces:statedIn ?work")
    return {row["work"].removeprefix(f"{KG}work/") for row in found}


def plain(graph: KnowledgeGraph) -> Mapping[str, set[str]]:
    """Facts and disputed triples; a node named by its content is shown by its label."""
    return {
        name: {
            f"{row['s']} {row['p'].removeprefix(ACES)} {row['o']}"
            for row in rows(
                graph,
                f"GRAPH <{iri('graph', name)}> {{ ?subject ?p ?object }} "
                "?subject rdfs:label ?s . ?object rdfs:label ?o",
            )
        }
        for name in ("facts", "disputed")
    }


def of_support(graph: KnowledgeGraph, prop: str) -> str:
    """One computed value of the Proposition that the town supports the guild."""
    (row,) = rows(
        graph,
        "?proposition aces:subject actor:town ; aces:predicate aces:supports ; "
        f"aces:object actor:pilots-guild ; aces:{prop} ?value",
    )
    return row["value"].rpartition("/")[2]


# --- which Works count ---------------------------------------------------------------------------


def test_a_work_issued_after_the_day_has_no_claims(small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}")
    assert works(as_of(small, BEFORE)) == {"ferry-2019"}


def test_a_work_issued_on_the_day_has_its_claims(small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}")
    assert works(as_of(small, AFTER)) == {"ferry-2019", "work-gull"}


@pytest.mark.parametrize(
    ("issued", "first"),
    [
        ("2020-05", "2020-05-01"),
        ("2020", "2020-01-01"),
        ("2020-21", "2020-03-01"),
        ("2019/2021", "2019-01-01"),
        ("'[2020-03-09..]'", "2020-03-09"),
    ],
)
def test_a_work_that_may_have_been_issued_by_the_day_has_its_claims(
    issued: str, first: str, small: SmallWorld
) -> None:
    say(small, f"affirms: {SUPPORT}")
    small.replace("issued: 2020-05-01", f"issued: {issued}", WORKS)
    earlier = date.fromordinal(date.fromisoformat(first).toordinal() - 1).isoformat()
    assert "work-gull" in works(as_of(small, first))
    assert "work-gull" not in works(as_of(small, earlier))


@pytest.mark.parametrize("issued", ["", "  issued: '[..2020-05-01]'\n"])
def test_a_work_that_may_be_of_any_age_has_its_claims_on_every_day(issued: str, small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}")
    small.replace("  issued: 2020-05-01\n", issued, WORKS)
    assert works(as_of(small, "1900-01-01")) == {"work-gull"}


@pytest.mark.parametrize(("day", "counts"), [("2019-02-27", False), ("2019-02-28", True)])
def test_a_work_without_a_date_has_that_of_the_work_it_presents(
    day: str, counts: bool, small: SmallWorld
) -> None:
    say(small, f"affirms: {SUPPORT}")
    small.replace("issued: 2020-05-01", "presents: guild-letter-2019", WORKS)
    assert ("work-gull" in works(as_of(small, day))) == counts


def test_a_work_with_a_date_keeps_it_whatever_it_presents(small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}")
    small.replace("issued: 2020-05-01", "issued: 2020-05-01\n  presents: guild-letter-2019", WORKS)
    assert "work-gull" not in works(as_of(small, BEFORE))


@pytest.mark.parametrize("said", ["saidOn: 2018-01-01", "saidIn: guild-letter-2019"])
def test_what_was_said_before_the_day_and_reported_after_it_does_not_count(
    said: str, small: SmallWorld
) -> None:
    say(small, f"affirms: {SUPPORT}", later=f"affirms: {SUPPORT}, claimant: pilots-guild, {said}")
    assert works(as_of(small, BEFORE)) == {"ferry-2019"}


@pytest.mark.parametrize("said", ["saidOn: 2031-01-01", "saidIn: work-gull"])
def test_what_was_reported_before_the_day_counts_whenever_it_is_dated(said: str, small: SmallWorld) -> None:
    small.add_work("gull", TEXT, entries(f"affirms: {SUPPORT}"))
    small.write(TEXT, entries(f"affirms: {SUPPORT}, claimant: pilots-guild, {said}"))
    assert works(as_of(small, BEFORE)) == {"ferry-2019"}


def test_before_every_work_there_are_no_claims_and_nobody_is_forgotten(small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}")
    graph = as_of(small, "2000-01-01")
    answer = graph.query("actor-claims", actor="Pilots' Guild")
    assert isinstance(answer, Result)
    assert (works(graph), len(answer), plain(graph)) == (set(), 0, {"facts": set(), "disputed": set()})


# --- what is computed anew -----------------------------------------------------------------------


def test_what_a_later_work_asserts_is_not_yet_a_fact(small: SmallWorld) -> None:
    say(small, f"considers: {SUPPORT}")
    fact = "town of Old Sound supports Pilots' Guild"
    assert plain(as_of(small, BEFORE))["facts"] == set()
    assert plain(as_of(small, AFTER))["facts"] == {fact}


def test_the_denial_of_a_later_work_does_not_yet_dispute(small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}", later=f"denies: {SUPPORT}")
    fact = "town of Old Sound supports Pilots' Guild"
    before, after = as_of(small, BEFORE), as_of(small, AFTER)
    assert (of_support(before, "standing"), of_support(after, "standing")) == ("uncontested", "disputed")
    assert plain(before) == {"facts": {fact}, "disputed": set()}
    assert plain(after) == {"facts": set(), "disputed": {fact}}


def test_the_more_precise_value_of_a_later_work_does_not_yet_hide_a_fact(small: SmallWorld) -> None:
    said = [f"affirms: {{{EVENT}: {{date: {day}}}}}" for day in ("2015", "2015-08-06")]
    say(small, said[0], later=said[1])
    words = "the grounding of the Marten date"
    assert plain(as_of(small, BEFORE))["facts"] == {f"{words} 2015"}
    assert plain(as_of(small, AFTER))["facts"] == {f"{words} 2015-08-06"}


@pytest.mark.parametrize("prop", ["rootCount", "claimCount", "workCount", "documentCount"])
def test_support_is_counted_by_the_works_of_the_day(prop: str, small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}")
    counts = [of_support(as_of(small, day), prop) for day in (BEFORE, AFTER)]
    assert counts == ["1", "2"]


def test_credibility_is_graded_by_the_works_of_the_day(small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}", later=f"denies: {SUPPORT}")
    before, after = (of_support(as_of(small, day), "credibility") for day in (BEFORE, AFTER))
    assert before < after


@pytest.mark.parametrize(("day", "found"), [(BEFORE, []), (AFTER, ["date"])])
def test_two_works_do_not_disagree_before_both_are_out(day: str, found: list[str], small: SmallWorld) -> None:
    said = [f"affirms: {{{EVENT}: {{date: {year}}}}}" for year in ("2015", "2016")]
    say(small, said[0], later=said[1])
    matters = [
        row["matter"] for row in rows(as_of(small, day), "?f a aces:Disagreement ; aces:matter ?matter")
    ]
    assert matters == found


def test_a_disagreement_among_earlier_works_is_there_already(small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}", f"denies: {SUPPORT}, claimant: pilots-guild")
    answer = as_of(small, BEFORE).query("claim-disagreements")
    assert isinstance(answer, Result)
    assert [str(row.matter) for row in answer] == ["polarity"]


# --- the view of all Works -----------------------------------------------------------------------


def by_graph(graph: KnowledgeGraph) -> dict[str, set[tuple[str, str, str]]]:
    """The triples of every graph but ``dataset``, which tells the version that was built."""
    found: dict[str, set[tuple[str, str, str]]] = {}
    for quad in graph.local.quads():
        triple = (str(quad.subject), str(quad.predicate), str(quad.object))
        found.setdefault(str(quad.graph_name), set()).add(triple)
    assert found.pop(f"<{iri('graph', 'dataset')}>")
    return found


def test_a_day_after_all_works_gives_the_built_graph(corpus: Path) -> None:
    assert by_graph(api.open(corpus, as_of=date(2030, 1, 1))) == by_graph(api.open(corpus))


@pytest.mark.slow  # reads every document and assembles the whole graph
def test_a_day_after_all_works_gives_the_graph_that_ships() -> None:
    view, built = by_graph(api.open(ROOT, as_of=date(2030, 1, 1))), by_graph(api.open(ROOT))
    assert view.keys() == built.keys()
    assert [name for name in built if view[name] != built[name]] == []


def test_a_view_has_shapes_to_be_validated_with(corpus: Path) -> None:
    assert api.open(corpus, as_of=date(2019, 3, 3)).validate().conforms


# --- the command line ----------------------------------------------------------------------------


def test_a_canned_query_is_asked_of_the_view(kg: Kg, small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}")
    before, after = (kg(*SUMMARY, "--as-of", day, workspace=small.root) for day in (BEFORE, AFTER))
    assert (before.code, after.code) == (0, 0)
    assert "The gull" not in before.out
    assert set(after.out.splitlines()) - set(before.out.splitlines()) == {"The gull,1,1,0,0"}


def test_sparql_is_asked_of_the_view(kg: Kg, small: SmallWorld) -> None:
    say(small, f"affirms: {SUPPORT}")
    question = f"ASK {{ ?claim <{ACES}statedIn> <{KG}work/work-gull> }}"
    answers = [kg("sparql", question, "--as-of", day, workspace=small.root).out for day in (BEFORE, AFTER)]
    assert answers == ["false\n", "true\n"]


@pytest.mark.parametrize("words", [("query", "work-summary"), ("sparql", "ASK {}")])
def test_a_remote_store_asked_as_of_a_day_ends_with_2(words: tuple[str, str], kg: Kg) -> None:
    run = kg(*words, "--as-of", BEFORE, "--endpoint", "http://127.0.0.1:9/")
    assert run.is_one_line_fault(2)
    assert "cannot be asked as of a day" in run.err


@pytest.mark.parametrize("words", [("query", "work-summary"), ("sparql", "ASK {}")])
@pytest.mark.parametrize("day", ["2020-13-01", "2019-02-29", "2020", "2020-05", "01/05/2020", "today", ""])
def test_what_is_no_day_ends_with_2(day: str, words: tuple[str, str], kg: Kg) -> None:
    run = kg(*words, "--as-of", day)
    assert run.is_one_line_fault(2)
    assert "--as-of" in run.err


def test_a_view_of_faulty_seeds_ends_with_1_and_names_the_fault(kg: Kg, small: SmallWorld) -> None:
    small.replace("quote: The guild denied", "quote: The guild never denied")
    run = kg(*SUMMARY, "--as-of", BEFORE, workspace=small.root)
    assert (run.code, run.out) == (1, "")
    assert "quote-found-once" in run.err


# --- from Python ---------------------------------------------------------------------------------


def test_a_view_needs_no_built_graph(small: SmallWorld) -> None:
    assert not (small.root / "triples").exists()
    assert works(as_of(small, "2019-03-03")) == {"ferry-2019"}


def test_a_remote_store_has_no_view(corpus: Path) -> None:
    with pytest.raises(UsageError, match="cannot be asked as of a day"):
        api.open(corpus, endpoint="http://127.0.0.1:9/", as_of=date(2020, 1, 1))


def test_the_packaged_graph_has_no_view() -> None:
    with pytest.raises(UsageError, match="no claims files"):
        KnowledgeGraph(Workspace(None), as_of=date(2020, 1, 1))


def test_a_view_of_faulty_seeds_is_refused_with_its_findings(small: SmallWorld) -> None:
    small.replace("quote: The guild denied", "quote: The guild never denied")
    with pytest.raises(WrongError) as fault:
        works(as_of(small, BEFORE))
    assert [finding.rule for finding in fault.value.findings] == ["quote-found-once"]
