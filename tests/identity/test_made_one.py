"""What a decision does to the graph: one node with both names, and the same bytes once it is undone."""

from __future__ import annotations

import re

import pytest

from doubles import DECISIONS, ONE, OTHER, decided, graph_of
from kg.build import build
from kg.deciding import Decisions
from kg.errors import WrongError
from kg.graph import open_graph
from smallworld import SmallWorld

GONE, KEPT = "event:marten-stranding", "event:marten-grounding"


def decide(small: SmallWorld, one: str = ONE, other: str = OTHER, verdict: str = "same") -> None:
    Decisions(small.workspace).decide(one, other, verdict, "the two texts tell of one ferry", "the test")  # type: ignore[arg-type]


def undo(small: SmallWorld, one: str = ONE, other: str = OTHER) -> None:
    Decisions(small.workspace).undo(one, other)


def propositions_of(graph: dict[str, bytes], name: str) -> int:
    return len(re.findall(rf"aces:subject {name} ", graph["propositions"].decode()))


def test_a_decision_that_is_undone_leaves_the_same_bytes(small: SmallWorld) -> None:
    before = graph_of(small)
    decide(small)
    assert graph_of(small) != before
    undo(small)
    assert graph_of(small) == before


def test_so_does_each_of_a_chain_in_any_order(small: SmallWorld) -> None:
    before = graph_of(small)
    decide(small)
    first = graph_of(small)
    decide(small, OTHER, "event/marten-sinking")
    decide(small, "event/guild-charge", ONE, "unsure")
    undo(small, OTHER, "event/marten-sinking")
    undo(small, ONE, "event/guild-charge")
    assert graph_of(small) == first
    undo(small, OTHER, ONE)
    assert graph_of(small) == before


def test_the_other_name_is_nowhere_a_node(small: SmallWorld) -> None:
    decide(small)
    graph = graph_of(small)
    assert [name for name, data in graph.items() if re.search(rf"{GONE}\b", data.decode())] == []
    registry = graph["registry"].decode()
    assert 'skos:altLabel "the stranding of the Marten"' in registry
    assert 'skos:hiddenLabel "marten-stranding"' in registry
    assert (
        "marten-grounding and marten-stranding are one: the two texts tell of one ferry (the test)"
        in registry
    )


def test_what_both_are_said_to_be_is_one_proposition_that_two_works_support(small: SmallWorld) -> None:
    apart = graph_of(small)
    decide(small)
    joined = graph_of(small)
    told_of_other = propositions_of(apart, GONE)
    assert told_of_other == 4
    assert propositions_of(joined, KEPT) == propositions_of(apart, KEPT)
    assert propositions_of(joined, GONE) == 0
    count = re.compile(r"aces:workCount 2\b")
    assert len(count.findall(apart["analysis"].decode())) == 0
    # type, place, date, number of injured; who is linked with it is told by each, and denied by one
    assert len(count.findall(joined["analysis"].decode())) == 5


def test_a_number_inside_either_is_one_observation(small: SmallWorld) -> None:
    def injured(graph: dict[str, bytes]) -> int:
        return graph["propositions"].decode().count("aces:measure measure:injured")

    apart = injured(graph_of(small))
    decide(small)
    assert injured(graph_of(small)) == apart - 1


def test_numbers_that_differ_are_a_disagreement_once_the_two_are_one(small: SmallWorld) -> None:
    small.replace("injured: 12}\n- quote: Some", "injured: 15}\n- quote: Some", "seeds/claims/gazette.yaml")
    apart = graph_of(small)["analysis"].decode()
    decide(small)
    joined = graph_of(small)["analysis"].decode()
    assert joined.count("a aces:Disagreement") == apart.count("a aces:Disagreement") + 1


def test_a_claim_that_names_both_states_each_proposition_once(small: SmallWorld) -> None:
    small.replace(
        "event/marten-grounding-2016: {",
        "'event/marten-stranding, event/marten-grounding': {",
        "seeds/claims/gazette.yaml",
    )
    decide(small)
    claims = {str(claim.where): claim for claim in small.seeds().claims}
    claim = claims[small.place("quote: In 2016", "seeds/claims/gazette.yaml")]
    assert [p.predicate.rpartition("#")[2] for p in claim.affirms] == ["type", "place", "date"]


def test_what_the_text_relates_to_each_other_is_not_built_as_one(small: SmallWorld) -> None:
    small.replace("date: 2016}", "date: 2016, after: marten-stranding}", "seeds/claims/gazette.yaml")
    decide(small, OTHER, "event/marten-grounding-2016")
    with pytest.raises(WrongError) as fault:
        build(small.workspace)
    found = [(f.rule, str(f.where)) for f in fault.value.findings]
    assert [rule for rule, _ in found] == ["proposition-has-two-ends"]
    assert found[0][1].startswith("seeds/claims/gazette.yaml:")


def test_unsure_is_noted_at_both_and_counted_nowhere(small: SmallWorld) -> None:
    before = graph_of(small)
    decide(small, verdict="unsure")
    after = graph_of(small)
    same = {name for name in before if before[name] == after[name]}
    assert set(before) - same == {"registry", "dataset"}
    registry = after["registry"].decode()
    assert f"aces:perhapsSameAs {GONE}" in registry
    assert "Perhaps marten-stranding: the two texts tell of one ferry (the test)" in registry
    assert "Perhaps marten-grounding: the two texts tell of one ferry (the test)" in registry


def test_different_is_what_the_registry_stated_before(small: SmallWorld) -> None:
    decide(small, verdict="different")
    registry = graph_of(small)["registry"].decode()
    assert f"owl:differentFrom {GONE}" in registry
    assert "Not marten-grounding: the two texts tell of one ferry (the test)" in registry
    assert "sameAs" not in registry


@pytest.mark.slow
def test_a_built_and_validated_graph_is_the_same_after_a_decision_is_undone(small: SmallWorld) -> None:
    def triples() -> dict[str, bytes]:
        report = build(small.workspace)
        assert report.findings == []
        return {path.name: path.read_bytes() for path in small.workspace.triples.iterdir()}

    before = triples()
    decide(small)
    joined = triples()
    assert joined != before
    explained = open_graph(small.root).explain(OTHER)
    assert explained.iri.endswith("/marten-grounding")
    assert any("the two texts tell of one ferry" in line for line in explained.identity)
    undo(small)
    assert triples() == before


def test_the_file_keeps_what_people_wrote_in_it(small: SmallWorld) -> None:
    path = small.root / DECISIONS
    decided(small, "unsure: [event/guild-charge, event/marten-sinking]")
    written = f"# ours\n\n{path.read_text(encoding='utf-8')}  # behind it\n\n# the last word"
    path.write_text(written, encoding="utf-8")
    decide(small)
    decide(small, "event/marten-grounding-2016", ONE, "different")
    undo(small)
    undo(small, ONE, "event/marten-grounding-2016")
    assert path.read_text(encoding="utf-8") == f"{written}\n"
    undo(small, "event/marten-sinking", "event/guild-charge")
    assert path.read_text(encoding="utf-8") == "# ours\n\n\n# the last word\n"


def test_a_file_that_cannot_be_added_to_is_left_alone(small: SmallWorld) -> None:
    path = small.root / DECISIONS
    written = "[{unsure: [event/guild-charge, event/marten-sinking], reason: r, by: b}]\n"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(WrongError) as fault:
        decide(small)
    assert (fault.value.where, fault.value.fix) == (DECISIONS, "do it by hand")
    assert path.read_text(encoding="utf-8") == written
