"""``g.retract``: nothing is deleted, what was retracted is left out, and shown with its reason on demand."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from addedworld import MANY, RIVAL, World, as_rdf
from kg.errors import UnknownNameError, UsageError, WrongError
from kg.graph import KnowledgeGraph, open_graph

Worlds = Callable[[str], World]
ACES = "https://w3id.org/aces/ontology#"
STATEMENT = "claim:ferry-2019.7cee91bb"
GIST = "Members in the grounding of the Marten: about 300."


def gists(graph: KnowledgeGraph) -> set[str]:
    answer = graph.sparql(f"SELECT ?gist {{ ?claim <{ACES}gist> ?gist }}")
    return {str(row[0]) for row in answer}  # type: ignore[union-attr]


@pytest.mark.parametrize("text", [RIVAL, MANY], ids=["one claim", "claims and registry"])
def test_an_addition_that_is_retracted_leaves_the_graph_as_it_was(text: str, world: World) -> None:
    before = world.files()
    receipt = world.add(text)
    world.graph.retract(receipt.id, "it was a try", by="the test")
    after = world.files()
    retracted = after.pop("triples/retracted.trig")
    assert after == before
    assert b'"it was a try"' in retracted
    assert world.is_what_the_seeds_give()


@pytest.mark.slow
def test_an_rdf_addition_is_retracted_like_any_other(worlds: Worlds) -> None:
    yaml, rdf, plain = worlds("yaml"), worlds("rdf"), worlds("plain")
    before = rdf.files()
    receipt = rdf.add(as_rdf(yaml, yaml.add(MANY), plain), "new.ttl")
    rdf.graph.retract(receipt.id, "it was a try", by="the test")
    assert {n: t for n, t in rdf.files().items() if n != "triples/retracted.trig"} == before
    assert rdf.is_what_the_seeds_give()


def test_a_claim_of_the_seeds_is_retracted_and_its_file_stays(world: World) -> None:
    seeds = world.files("seeds")
    receipt = world.graph.retract(STATEMENT, "they were fewer", by="the test")
    assert receipt.done
    assert receipt.changes is not None
    assert receipt.changes.no_facts == ("fact: members in the grounding of the Marten - is - about 300",)
    assert GIST not in gists(world.graph)
    assert {name: text for name, text in world.files("seeds").items() if "additions" not in name} == seeds
    assert world.is_what_the_seeds_give()


def test_what_was_retracted_is_shown_on_demand_with_its_reason(world: World) -> None:
    world.graph.retract(STATEMENT, "they were fewer", by="the test")
    whole = open_graph(world.root, with_retracted=True)
    assert f"[retracted: they were fewer] {GIST}" in gists(whole)
    answer = whole.query("event-list")
    assert answer
    told = whole.explain("event/marten-grounding", whole=True)
    from kg.explain import render

    assert "by the test: they were fewer" in " ".join(render(told, "text", None).split())
    assert "RETRACTED" not in render(world.graph.explain("event/marten-grounding", whole=True), "text", None)


def test_a_retraction_says_who_when_why_and_what_is_there_instead(world: World) -> None:
    new = next(iter(world.add(RIVAL).changes.new["claim"])).iri  # type: ignore[union-attr]
    world.graph.retract(STATEMENT, "they were fewer", replaced_by=new, by="Ada")
    rows = [tuple(row) for row in world.graph.log().rows]
    assert [str(cell) for cell in rows[1][1:]] == [
        "retract",
        STATEMENT,
        "Ada",
        "None",
        "they were fewer",
        new.replace("https://w3id.org/aces/kg/claim/", "claim:"),
    ]
    answer = open_graph(world.root, with_retracted=True).sparql(
        f"SELECT ?new ?by {{ ?old <{ACES}replacedBy> ?new ; <{ACES}retractedBy> ?by }}"
    )
    assert [tuple(map(str, row)) for row in answer] == [(new, "Ada")]  # type: ignore[union-attr]


def test_retracted_once_more_it_is_told(world: World) -> None:
    world.graph.retract(STATEMENT, "they were fewer", by="the test")
    before = world.files(".")
    again = world.graph.retract("ferry-2019.7cee91bb", "they were fewer", by="another")
    assert not again.done
    assert again.told.startswith(f"nothing was retracted: {STATEMENT} was retracted on")
    with pytest.raises(WrongError, match="a retraction stands as it is"):
        world.graph.retract(STATEMENT, "they were more")
    assert world.files(".") == before


def test_a_claim_whose_addition_was_retracted_is_retracted_with_it(world: World) -> None:
    receipt = world.add(RIVAL)
    assert receipt.changes is not None
    claim = receipt.changes.new["claim"][0].iri
    world.graph.retract(receipt.id[:8], "it was a try", by="the test")
    with pytest.raises(WrongError, match="was retracted on"):
        world.graph.retract(claim, "once more")
    with pytest.raises(WrongError, match="is retracted itself"):
        world.graph.retract(STATEMENT, "wrong", replaced_by=claim)
    with pytest.raises(WrongError, match=r"this file was added on .*, and retracted on .* it was a try"):
        world.add(RIVAL)


def test_a_claim_that_was_retracted_may_be_made_again_and_that_is_told(world: World) -> None:
    world.graph.retract(world.add(RIVAL).id, "it was a try", by="the test")
    receipt = world.add(RIVAL + "# meant after all\n")
    assert receipt.done
    assert "claim-was-retracted" in {finding.rule for finding in receipt.report.findings}
    assert "disputed: injured in the grounding of the Marten - is - 14" in str(receipt)
    assert world.is_what_the_seeds_give()


@pytest.mark.slow
def test_what_others_rest_on_is_not_retracted_before_them(world: World) -> None:
    actor = world.add("registry:\n  actors:\n    mira-oss: {label: Mira Oss, kind: Person}\n")
    other = world.add(RIVAL.replace("  affirms", "  claimant: mira-oss\n  affirms"))
    before = world.files(".")
    with pytest.raises(WrongError, match="others rest on it") as fault:
        world.graph.retract(actor.id, "there is no such person")
    assert [(f.rule, f.where.file) for f in fault.value.findings if f.where] == [
        ("name-is-known", f"seeds/additions/{other.id}.yaml")
    ]
    assert world.files(".") == before
    world.graph.retract(other.id, "it was a try", by="the test")
    assert world.graph.retract(actor.id, "there is no such person", by="the test").done
    assert world.add("registry:\n  actors:\n    mira: {label: Mira Oss, kind: Person}\n").done
    assert world.is_what_the_seeds_give()


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("claim:ferry-2019.7cee91bc", "did you mean 'claim:ferry-2019.7cee91bb'"),
        ("nothing of the kind", "there is no claim and no addition"),
        ("actor:ada-holm", "there is no claim and no addition"),
        ("0123456789abcdef0123456789abcdef", "there is no claim and no addition"),
    ],
)
def test_what_is_not_there_cannot_be_retracted(what: str, told: str, world: World) -> None:
    with pytest.raises(UnknownNameError, match=told):
        world.graph.retract(what, "wrong")
    with pytest.raises(UnknownNameError, match=told):
        world.graph.retract(STATEMENT, "wrong", replaced_by=what)
    assert not world.additions.exists()


def test_a_retraction_needs_a_reason_and_another_in_its_place(world: World) -> None:
    with pytest.raises(UsageError, match="needs its reason"):
        world.graph.retract(STATEMENT, " ")
    with pytest.raises(UsageError, match="nothing stands in its own place"):
        world.graph.retract(STATEMENT, "wrong", replaced_by=STATEMENT)


def test_what_was_retracted_is_not_handed_on(world: World) -> None:
    world.graph.retract(STATEMENT, "they were fewer", by="the test")
    names = world.graph.local.graph_names()
    assert not any(name.endswith("/retracted") for name in names)
    whole = open_graph(world.root, with_retracted=True)
    assert any(name.endswith("/retracted") for name in whole.local.graph_names())


def test_a_line_of_the_log_is_readable_by_itself(world: World) -> None:
    world.graph.retract(STATEMENT, "“fewer”, says the coastguard", by="Ådå")
    (line,) = (world.additions / "log.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["act"], told["what"], told["reason"], told["by"]) == (
        "retract",
        STATEMENT,
        "“fewer”, says the coastguard",
        "Ådå",
    )
