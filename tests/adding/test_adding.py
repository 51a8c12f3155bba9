"""``g.add``: checked against the whole graph, kept as given; then the graph is what the seeds give."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from addedworld import MANY, QUOTE, RIVAL, YEAR_ON, World, as_rdf, year_on
from kg.adding import Receipt
from kg.additions import addition_id
from kg.errors import UnreadableError, UsageError, WrongError
from kg.graph import KnowledgeGraph
from kg.workspace import Workspace

Worlds = Callable[[str], World]


def rules(fault: WrongError) -> set[str]:
    return {finding.rule for finding in fault.findings if finding.severity == "violation"}


def gists(graph: KnowledgeGraph) -> Counter[str]:
    answer = graph.sparql("SELECT ?claim ?gist { ?claim <https://w3id.org/aces/ontology#gist> ?gist }")
    return Counter(str(row[1]) for row in answer)  # type: ignore[union-attr]


# --- what an addition gives ----------------------------------------------------------------------


@pytest.mark.parametrize("text", [RIVAL, MANY], ids=["one claim", "claims and registry"])
def test_after_an_add_the_graph_is_what_the_seeds_give(text: str, world: World) -> None:
    receipt = world.add(text)
    assert receipt.done
    assert world.is_what_the_seeds_give()
    assert (world.additions / f"{receipt.id}.yaml").read_text(encoding="utf-8") == text
    assert (world.root / "triples" / f"addition.{receipt.id}.trig").exists()


def test_what_was_added_takes_part_in_facts_standing_and_disagreement(world: World) -> None:
    before = world.plain()
    receipt = world.add(RIVAL)
    assert receipt.changes is not None
    assert "disputed: injured in the grounding of the Marten - is - 14" in receipt.changes.facts
    assert receipt.changes.no_facts == ("fact: injured in the grounding of the Marten - is - 12",)
    assert receipt.changes.standing == (
        "injured in the grounding of the Marten: 12: uncontested -> disputed",
    )
    assert world.plain() != before
    assert {f.rule for f in receipt.report.findings} >= {"claim-contradicts"}
    assert "12 passengers were injured" in str(receipt.report.findings)


def test_an_rdf_file_gives_the_graph_that_the_same_claims_in_yaml_give(worlds: Worlds) -> None:
    yaml, rdf, plain = worlds("yaml"), worlds("rdf"), worlds("plain")
    text = as_rdf(yaml, yaml.add(MANY), plain)
    receipt = rdf.add(text, "new.ttl")
    assert receipt.done
    assert rdf.is_what_the_seeds_give()
    made, read = (
        {name: text for name, text in w.files().items() if "addition." not in name and "dataset" not in name}
        for w in (yaml, rdf)
    )
    assert made == read


@pytest.mark.slow
@pytest.mark.parametrize("syntax", ["trig", "nt", "nq", "jsonld", "rdfxml"])
def test_an_rdf_file_may_have_any_syntax(syntax: str, worlds: Worlds) -> None:
    yaml, rdf, plain = worlds("yaml"), worlds("rdf"), worlds("plain")
    triples = list(ox.parse(as_rdf(yaml, yaml.add(RIVAL), plain).encode(), format=ox.RdfFormat.TURTLE))
    form = {
        "trig": ox.RdfFormat.TRIG,
        "nt": ox.RdfFormat.N_TRIPLES,
        "nq": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }[syntax]
    receipt = rdf.graph.add(ox.serialize(triples, format=form), syntax, by="the test")
    assert receipt.done
    assert rdf.plain() == yaml.plain()


@pytest.mark.slow
def test_every_triple_stands_in_one_graph_though_the_file_describes_what_is_known(worlds: Worlds) -> None:
    yaml, rdf, plain = worlds("yaml"), worlds("rdf"), worlds("plain")
    text = as_rdf(yaml, yaml.add(RIVAL), plain)
    known = (plain.root / "triples" / "registry.trig").read_text(encoding="utf-8")
    rdf.add(
        known
        + "\n"
        + ox.serialize(
            ox.parse(text.encode(), format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.TRIG
        ).decode(),
        "new.trig",
    )
    quads = [
        quad
        for path in (rdf.root / "triples").glob("*.trig")
        for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG)
    ]
    assert [t for t, n in Counter(quad.triple for quad in quads).items() if n > 1] == []
    assert rdf.is_what_the_seeds_give()


def test_who_added_what_and_when_stands_in_the_log_and_in_the_graph(world: World) -> None:
    receipt = world.graph.add(world.write("new.yaml", RIVAL), by="Ada <ada@example.org>")
    (line,) = (world.additions / "log.jsonl").read_text(encoding="utf-8").splitlines()
    act = json.loads(line)
    assert act["by"] == "Ada <ada@example.org>"
    assert act["source"].endswith("new.yaml")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", act["when"])
    answer = world.graph.sparql(
        "SELECT ?by ?on ?from WHERE { ?g <https://w3id.org/aces/ontology#addedBy> ?by ; "
        "<https://w3id.org/aces/ontology#addedOn> ?on ; <https://w3id.org/aces/ontology#addedFrom> ?from }"
    )
    assert [tuple(map(str, row)) for row in answer] == [(act["by"], act["when"], act["source"])]  # type: ignore[union-attr]
    assert receipt.id == addition_id(RIVAL.encode())


def test_a_text_can_be_added_without_a_file(world: World) -> None:
    assert world.graph.add(RIVAL, "yaml", by="the test").done
    assert [str(row[4]) for row in world.graph.log().rows] == ["-"]


def test_the_graph_that_was_open_sees_what_it_added(world: World) -> None:
    graph = world.graph
    before = gists(graph)
    graph.add(RIVAL, "yaml", by="the test")
    assert list(gists(graph) - before) == ["Injured in the grounding of the Marten: 14."]


# --- a new document ------------------------------------------------------------------------------


def test_a_new_document_comes_with_its_text_and_its_entry(world: World) -> None:
    text = world.write("year-on.txt", YEAR_ON)
    receipt = world.graph.add(world.write("new.yaml", year_on()), by="the test", documents=[text])
    assert receipt.done
    assert (world.root / "seeds" / "documents" / "year-on.txt").read_text(encoding="utf-8") == YEAR_ON
    assert world.is_what_the_seeds_give()
    assert "year-on" in [d.name for d in _documents(world)]


def _documents(world: World):  # type: ignore[no-untyped-def]
    from kg.seeds import read_seeds

    return read_seeds(world.workspace).registry.documents()


def test_without_its_text_it_is_refused_with_the_way_to_give_it(world: World) -> None:
    before = world.files()
    with pytest.raises(WrongError) as fault:
        world.add(year_on())
    assert "text-is-held" in rules(fault.value)
    assert any("--document year-on.txt" in finding.fix for finding in fault.value.findings)
    assert world.files() == before


def test_a_text_that_no_entry_names_is_refused(world: World) -> None:
    with pytest.raises(UsageError, match=r"no Document of this file is called other\.txt"):
        world.graph.add(RIVAL, "yaml", documents=[world.write("other.txt", "words")])


def test_a_text_that_is_not_the_one_of_the_entry_is_refused(world: World) -> None:
    text = world.write("year-on.txt", YEAR_ON + "More.\n")
    with pytest.raises(WrongError) as fault:
        world.graph.add(world.write("new.yaml", year_on()), documents=[text])
    assert "document-unchanged" in rules(fault.value)


def test_a_claim_about_a_document_that_is_not_held_is_refused(world: World) -> None:
    with pytest.raises(WrongError) as fault:
        world.add(RIVAL.replace("document: ferry", "document: nowhere"))
    assert rules(fault.value) == {"name-is-known"}


@pytest.mark.parametrize("form", ["yaml", "rdf"])
def test_a_claim_about_a_document_whose_text_is_gone_is_refused(form: str, worlds: Worlds) -> None:
    world, other, plain = worlds("world"), worlds("other"), worlds("plain")
    text = as_rdf(other, other.add(RIVAL), plain) if form == "rdf" else RIVAL
    (world.root / "seeds" / "documents" / "ferry.txt").unlink()
    with pytest.raises(WrongError) as fault:
        world.add(text, f"new.{'ttl' if form == 'rdf' else 'yaml'}")
    assert "text-is-held" in rules(fault.value)
    assert not world.additions.exists()


# --- what is refused -----------------------------------------------------------------------------

PREFIXES = "".join(
    f"@prefix {p}: <{n}> .\n"
    for p, n in {
        "aces": "https://w3id.org/aces/ontology#",
        "actor": "https://w3id.org/aces/kg/actor/",
        "claim": "https://w3id.org/aces/kg/claim/",
        "evidence": "https://w3id.org/aces/kg/evidence/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "time": "https://w3id.org/aces/kg/time/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }.items()
)
REFUSED = {
    "a fact": ("actor:ada-holm aces:memberOf actor:pilots-guild .", "computed-not-asserted"),
    "an analysis": ("actor:ada-holm aces:claimCount 3 .", "computed-not-asserted"),
    "an act": ('actor:ada-holm aces:addedBy "me" .', "computed-not-asserted"),
    "an axiom": ("aces:Person rdfs:subClassOf aces:Place .", "computed-not-asserted"),
    "another label": ('actor:ada-holm rdfs:label "Ada H."@de .', "thing-stays-as-it-is"),
    "more of a claim": ("claim:ferry-2019.7cee91bb aces:about actor:town .", "thing-stays-as-it-is"),
    "a time of another name": (
        'time:x a aces:Time ; rdfs:label "2019"@en ; aces:edtf "2019" ; aces:timeMode "within" ; '
        'aces:earliest "2019-01-01"^^xsd:date ; aces:latest "2019-12-31"^^xsd:date .',
        "iri-is-of-its-content",
    ),
    "evidence of another name": ("evidence:ferry.the-guild a aces:Evidence .", "iri-is-of-its-content"),
}


@pytest.mark.parametrize(("text", "rule"), REFUSED.values(), ids=REFUSED)
def test_what_an_addition_may_not_say_stops_it(text: str, rule: str, world: World) -> None:
    before = world.files("."), world.additions.exists()
    with pytest.raises(WrongError) as fault:
        world.add(PREFIXES + text, "new.ttl")
    assert rule in rules(fault.value)
    assert (world.files("."), world.additions.exists()) == before


@pytest.mark.slow
def test_a_further_name_may_be_added_and_finds_its_thing(world: World) -> None:
    assert world.add(PREFIXES + 'actor:pilots-guild skos:altLabel "Brotherhood" .', "new.ttl").done
    assert world.is_what_the_seeds_give()
    assert world.graph.query("actor-claims", actor="Brotherhood")
    text = RIVAL.replace("injured: 14", "linkedTo: Brotherhood")
    assert world.add(text).done


def test_the_findings_of_an_add_are_those_of_validation(world: World) -> None:
    file = world.write("new.yaml", RIVAL.replace("injured", "injurd"))
    with pytest.raises(WrongError) as fault:
        world.graph.add(file)
    assert fault.value.findings == world.graph.validate(file).findings
    assert any("did you mean" in finding.fix for finding in fault.value.findings)


@pytest.mark.parametrize(
    ("source", "syntax", "error"),
    [
        ("no-such-file.yaml", None, UnreadableError),
        ("[", "yaml", UnreadableError),
        ("<urn:a> <urn:b> .", "ttl", UnreadableError),
        (b"\xff", "yaml", UnreadableError),
        (b"\xff", "ttl", UnreadableError),
        (b"words", None, UsageError),
        ("words", "docx", UsageError),
        ("file.docx", None, UsageError),
        ("\ud800", "ttl", UnreadableError),
    ],
)
def test_what_cannot_be_read_is_told_as_such(
    source: str | bytes, syntax: str | None, error: type[Exception], world: World
) -> None:
    with pytest.raises(error):
        world.graph.add(source, syntax)
    with pytest.raises(error):
        world.graph.validate(source, syntax)


def test_the_packaged_graph_says_how_to_make_a_workspace() -> None:
    with pytest.raises(UsageError, match="make a workspace: a folder with seeds/"):
        KnowledgeGraph(Workspace(None)).add(RIVAL, "yaml")


# --- what is there already -----------------------------------------------------------------------


def test_the_same_file_twice_is_told_and_changes_nothing(world: World) -> None:
    first = world.add(RIVAL)
    before = world.files(".")
    again = world.add(RIVAL)
    assert (again.done, again.id) == (False, first.id)
    assert "this file was added on" in again.told
    assert world.files(".") == before


HELD = """- quote: About 300 people watched from the shore
  affirms: {event/marten-grounding: {members: about 300}}
"""


def test_a_claim_that_is_there_already_is_named_and_not_doubled(world: World) -> None:
    receipt = world.add(RIVAL + HELD)
    assert [old.rpartition(".")[2] for old in receipt.held.values()] == ["7cee91bb"]
    assert world.is_what_the_seeds_give()
    assert gists(world.graph)["Members in the grounding of the Marten: about 300."] == 1


def test_a_claim_that_differs_in_its_manner_alone_is_told_apart_from_a_new_one(world: World) -> None:
    receipt = world.add("document: ferry\nclaims:\n" + HELD + "  certainty: likely\n")
    (told,) = [f for f in receipt.report.findings if f.rule == "claim-is-told-once"]
    assert told.message.startswith("claim:ferry-2019.7cee91bb says the same of the same words")


def test_a_file_of_nothing_new_is_told_and_not_kept(world: World) -> None:
    receipt = world.add("document: ferry\nclaims:\n" + HELD)
    assert not receipt.done
    assert receipt.told.startswith("nothing was added: all that")
    assert len(receipt.held) == 1
    assert not (world.additions / "log.jsonl").exists()


@pytest.mark.slow
def test_two_claims_of_the_same_words_have_names_of_their_own(world: World) -> None:
    ids = set()
    for number in (13, 14, 15):
        receipt = world.add(RIVAL.replace("injured: 14", f"injured: {number}"))
        ids |= _new_claims(receipt)
    assert len(ids) == 3
    assert world.is_what_the_seeds_give()


def _new_claims(receipt: Receipt) -> set[str]:
    assert receipt.changes is not None
    return {thing.iri for thing in receipt.changes.new["claim"]}


@pytest.mark.slow
def test_an_actor_that_two_files_describe_alike_is_one(world: World) -> None:
    actor = "registry:\n  actors:\n    mira-oss: {label: Mira Oss, kind: Person}\n"
    world.add(actor)
    assert world.add(actor + RIVAL).done
    with pytest.raises(WrongError) as fault:
        world.add(actor.replace("Person", "Organisation"))
    assert rules(fault.value) == {"registry-name-is-new"}
    assert world.is_what_the_seeds_give()


def test_a_trial_says_what_would_change_and_changes_nothing(world: World) -> None:
    before = world.files(".")
    receipt = world.graph.add(RIVAL, "yaml", trial=True)
    assert not receipt.done
    assert receipt.changes is not None
    assert receipt.changes.standing
    assert world.files(".") == before


# --- for people ----------------------------------------------------------------------------------


def test_receipt_and_report_are_shown_in_a_notebook_with_their_text_escaped(world: World) -> None:
    hostile = "registry:\n  actors:\n    mira-oss: {label: '<script>alert(1)</script>', kind: Person}\n"
    receipt = world.add(hostile)
    shown = receipt._repr_html_()
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown
    report = world.graph.validate(f"document: '<img src=x>'\nclaims:\n- quote: {QUOTE}\n", "yaml")
    assert "<img" not in report._repr_html_()
    assert "does not conform" in report._repr_html_()


# --- the seeds after hand edits ------------------------------------------------------------------


def test_a_kept_file_that_was_changed_stops_the_build(world: World) -> None:
    receipt = world.add(RIVAL)
    path = world.additions / f"{receipt.id}.yaml"
    path.write_text(RIVAL.replace("injured: 14", "injured: 16"), encoding="utf-8")
    with pytest.raises(WrongError) as fault:
        world.is_what_the_seeds_give()
    assert rules(fault.value) == {"addition-is-unchanged"}
    path.unlink()
    with pytest.raises(WrongError) as fault:
        world.is_what_the_seeds_give()
    assert rules(fault.value) == {"addition-is-kept"}


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"act": "add"}',
        '{"act": "add", "what": "../x", "when": "x", "by": "y", "kept": "../x"}',
        '{"act": "fly", "what": "a", "when": "b", "by": "c"}',
        '{"act": "retract", "wat": "a"}',
    ],
)
def test_a_line_of_the_log_that_is_no_act_stops_the_build(line: str, world: World) -> None:
    world.add(RIVAL)
    with (world.additions / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(WrongError) as fault:
        world.is_what_the_seeds_give()
    assert rules(fault.value) == {"log-line-is-an-act"}


def test_a_file_that_was_put_there_by_hand_is_told(world: World) -> None:
    from kg.seeds import read_seeds

    world.additions.mkdir(parents=True)
    (world.additions / "mine.yaml").write_text(RIVAL, encoding="utf-8")
    found = [f for f in read_seeds(world.workspace).findings if f.rule == "addition-is-recorded"]
    assert [(str(f.where), f.fix) for f in found] == [
        ("seeds/additions/mine.yaml:1:1", "run: kg add seeds/additions/mine.yaml")
    ]
