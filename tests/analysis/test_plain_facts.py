"""Which plain triples a build writes: into ``facts``, into ``disputed``, or nowhere at all."""

from __future__ import annotations

import pytest
from rdflib import URIRef

from kg.assembly import assemble
from kg.terms import ACES, KG
from smallworld import SmallWorld

TEXT = "The ferry ran aground, and the town paid.\n"
EVENT = "event/marten-grounding"
SUPPORT = "{town: {supports: pilots-guild}}"


def plain(small: SmallWorld, *claims: str) -> dict[str, set[str]]:
    """The plain triples of the real assembly by graph; a node named by its content is shown by its label."""
    entries = "".join(f"- {{id: c{n}, quote: The ferry ran, {keys}}}\n" for n, keys in enumerate(claims))
    small.write(TEXT, entries)
    graphs = assemble(small.seeds(), "test")
    labels = {s: str(o) for s, p, o in graphs["propositions"] if str(p).endswith("#label")}
    return {
        name: {" ".join(_shown(term, labels) for term in triple) for triple in graphs[name]}
        for name in ("facts", "disputed")
    }


def _shown(term: object, labels: dict[URIRef, str]) -> str:
    assert isinstance(term, URIRef)
    words = str(term).removeprefix(ACES).rpartition("#")[2]
    return labels.get(term, words.removeprefix(KG).partition("/")[2] if term.startswith(KG) else words)


def facts(small: SmallWorld, *claims: str) -> set[str]:
    found = plain(small, *claims)
    assert found["disputed"] == set()
    return found["facts"]


def test_what_the_author_asserts_is_a_fact(small: SmallWorld) -> None:
    assert facts(small, f"affirms: {SUPPORT}") == {"town supports pilots-guild"}


def test_an_estimate_is_a_fact_too(small: SmallWorld) -> None:
    claim = "observes: [{attacks: 9, by: town, place: kelp-point, period: 2018}], modality: estimate"
    (fact,) = facts(small, claim)
    assert fact.endswith(" value 9")


def test_the_type_of_an_event_is_a_fact(small: SmallWorld) -> None:
    assert facts(small, f"affirms: {{{EVENT}: {{type: Bombing}}}}") == {"marten-grounding type Bombing"}


def test_what_a_presented_work_says_in_its_own_voice_is_a_fact(small: SmallWorld) -> None:
    small.replace("kind: news-item", "presents: guild-letter-2019", "seeds/registry/works.yaml")
    claim = f"affirms: {SUPPORT}, claimant: work/guild-letter-2019"
    assert facts(small, claim) == {"town supports pilots-guild"}


@pytest.mark.parametrize(
    "how",
    [
        "claimant: tor-lind",
        "claimant: unnamed",
        "claimant: work/guild-letter-2019",
        "certainty: likely",
        "certainty: possible",
        "modality: prediction",
        "qualifier: in part",
    ],
)
def test_what_is_alleged_hedged_predicted_or_qualified_is_no_fact(how: str, small: SmallWorld) -> None:
    assert facts(small, f"affirms: {SUPPORT}, {how}") == set()


@pytest.mark.parametrize(
    "claim",
    [
        f"denies: {SUPPORT}",
        f"considers: {SUPPORT}",
        f"considers: {SUPPORT}, modality: recommendation",
        f"considers: {SUPPORT}, condition: if they pay",
    ],
)
def test_what_is_denied_considered_recommended_or_conditional_is_in_neither_graph(
    claim: str, small: SmallWorld
) -> None:
    assert plain(small, claim) == {"facts": set(), "disputed": set()}


def test_a_judgement_is_never_a_fact(small: SmallWorld) -> None:
    small.register("concepts", "factor: {cost: cost, fear: fear}")
    claim = f"affirms: {{factor/fear: {{raises: factor/cost}}, {EVENT}: {{lowers: factor/fear}}}}"
    assert facts(small, claim) == set()


@pytest.mark.parametrize(
    "statement",
    [
        "{someone: {finances: pilots-guild}}",
        "{town: {finances: someone}}",
        f"{{{EVENT}: {{perpetrator: someone}}}}",
        f"{{{EVENT}: {{place: somewhere}}}}",
    ],
)
def test_what_is_about_someone_or_somewhere_is_never_a_fact(statement: str, small: SmallWorld) -> None:
    assert facts(small, f"affirms: {statement}") == set()


def test_of_a_chain_only_the_most_precise_is_a_fact(small: SmallWorld) -> None:
    claims = [f"affirms: {{{EVENT}: {{date: {date}}}}}" for date in ("2015", "2015-08-06", "2015-08")]
    assert facts(small, *claims) == {"marten-grounding date 2015-08-06"}


def test_what_only_somebody_else_says_more_precisely_does_not_hide_the_fact(small: SmallWorld) -> None:
    finer = f"affirms: {{{EVENT}: {{date: 2015-08-06}}}}, claimant: tor-lind"
    assert facts(small, f"affirms: {{{EVENT}: {{date: 2015}}}}", finer) == {"marten-grounding date 2015"}


def test_two_values_of_which_neither_entails_the_other_are_both_facts_where_they_overlap(
    small: SmallWorld,
) -> None:
    first, second = "[2015-01..2015-08]", "[2015-06..2015-12]"
    claims = [f"affirms: {{{EVENT}: {{date: '{date}'}}}}" for date in (first, second)]
    assert len(facts(small, *claims)) == 2


def test_two_values_that_cannot_both_hold_go_to_disputed(small: SmallWorld) -> None:
    found = plain(small, *(f"affirms: {{{EVENT}: {{date: {date}}}}}" for date in ("2015", "2016")))
    assert found["facts"] == set()
    assert found["disputed"] == {"marten-grounding date 2015", "marten-grounding date 2016"}


def test_what_entails_one_another_both_ways_is_kept_both_ways(small: SmallWorld) -> None:
    small.register("places", "a: {label: Aa, kind: Site, within: b}", "b: {label: Bb, kind: Site, within: a}")
    claims = [f"affirms: {{{EVENT}: {{place: {place}}}}}" for place in ("a", "b")]
    assert facts(small, *claims) == {"marten-grounding place a", "marten-grounding place b"}


def test_what_a_claim_opposes_goes_to_disputed(small: SmallWorld) -> None:
    found = plain(small, f"affirms: {SUPPORT}", f"denies: {SUPPORT}, claimant: pilots-guild")
    assert found == {"facts": set(), "disputed": {"town supports pilots-guild"}}


def test_a_disputed_precise_value_leaves_the_broad_one_a_fact(small: SmallWorld) -> None:
    day = f"{{{EVENT}: {{date: 2015-08-06}}}}"
    found = plain(small, f"affirms: {{{EVENT}: {{date: 2015}}}}", f"affirms: {day}", f"denies: {day}")
    assert found == {
        "facts": {"marten-grounding date 2015"},
        "disputed": {"marten-grounding date 2015-08-06"},
    }


def test_a_denial_of_another_time_leaves_the_fact(small: SmallWorld) -> None:
    affirmation, denial = f"affirms: {SUPPORT}, validDuring: 2014", f"denies: {SUPPORT}, validDuring: 2018"
    assert facts(small, affirmation, denial) == {"town supports pilots-guild"}


def test_no_mirror_of_a_symmetric_relation_is_added(small: SmallWorld) -> None:
    assert facts(small, "affirms: {town: {alliedWith: pilots-guild}}") == {"pilots-guild alliedWith town"}


def test_what_only_follows_is_not_written(small: SmallWorld) -> None:
    assert facts(small, "affirms: {tor-lind: {leaderOf: pilots-guild}}") == {"tor-lind leaderOf pilots-guild"}


@pytest.mark.parametrize("unnamed", ["by: someone, place: kelp-point", "by: town, place: somewhere"])
def test_a_number_of_someone_or_of_somewhere_is_no_fact(small: SmallWorld, unnamed: str) -> None:
    assert facts(small, f"observes: [{{attacks: 9, {unnamed}, period: 2018}}]") == set()
