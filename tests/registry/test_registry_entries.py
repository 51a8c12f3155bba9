"""Who is who: entries of the registry as people write them."""

from __future__ import annotations

import pytest

from kg.registry import Entry
from kg.terms import ACES, iri
from smallworld import SmallWorld


def entry(small: SmallWorld, kind: str, name: str) -> Entry:
    registry = small.registry()
    assert registry.findings == []
    return registry.entries[iri(kind, name)]


def test_an_entry_has_its_kind_label_and_aliases(small: SmallWorld) -> None:
    found = entry(small, "actor", "tor-lind")
    assert (found.cls, found.label, found.aliases) == (ACES + "Person", "Tor Lind", ("Lind",))


def test_an_event_may_be_one_line(small: SmallWorld) -> None:
    found = entry(small, "event", "guild-charge")
    assert (found.label, found.cls) == ("a charge against the guild", ACES + "Event")


def test_an_event_may_be_a_mapping(small: SmallWorld) -> None:
    small.register("events", "storm: {label: the great storm, aliases: the storm, note: of 2018}")
    found = entry(small, "event", "storm")
    assert (found.label, found.aliases, found.note) == ("the great storm", ("the storm",), "of 2018")


def test_places_lie_within_one_another(small: SmallWorld) -> None:
    small.register(
        "places",
        "harbour: {label: Harbour, kind: Settlement, within: coast, basis: curator}",
        "coast: {label: Coast, kind: Region}",
    )
    found = entry(small, "place", "harbour")
    assert (found.within, found.by_curator) == (iri("place", "coast"), True)


def test_a_place_within_another_may_be_named_by_its_label(small: SmallWorld) -> None:
    small.register("places", "quay: {label: Quay, kind: Site, within: Kelp Point}")
    assert entry(small, "place", "quay").within == iri("place", "kelp-point")


def test_what_it_must_not_be_confused_with_is_kept_with_the_reason(small: SmallWorld) -> None:
    assert entry(small, "actor", "town").different == (
        (iri("actor", "coastguard"), "the town is not its coastguard"),
    )


def test_a_concept_is_a_label_or_a_label_with_a_definition(small: SmallWorld) -> None:
    small.register("concepts", "goal: {quiet: {label: quiet at sea, definition: No noise at night.}}")
    assert entry(small, "position", "harbour-master").label == "harbour master"
    found = entry(small, "goal", "quiet")
    assert (found.label, found.definition) == ("quiet at sea", "No noise at night.")


def test_a_work_has_its_bibliographic_facts(small: SmallWorld) -> None:
    small.register(
        "works",
        "tides-2018:",
        "  label: Tides",
        "  title: The Book of Tides",
        "  kind: book",
        "  authors: [Ada Holm, tor-lind]",
        "  publisher: coastguard",
        "  issued: 2018-37",
        "  url: https://example.org/tides",
        "  presents: guild-letter-2019",
        "  reliability: {grade: B, assessor: a reader, reason: it is careful}",
    )
    work = small.registry().work(iri("work", "tides-2018"))
    assert small.registry().findings == []
    assert (work.title, work.label, work.url) == ("The Book of Tides", "Tides", "https://example.org/tides")
    assert work.authors == (iri("actor", "ada-holm"), iri("actor", "tor-lind"))
    assert (work.publisher, work.presents) == (iri("actor", "coastguard"), iri("work", "guild-letter-2019"))
    assert work.issued is not None
    assert (work.issued.edtf, work.work_kind) == ("2018-37", iri("work-kind", "book"))
    assert (work.reliability, work.reliability_assessor) == (iri("reliability", "B"), "a reader")
    assert work.reliability_reason == "it is careful"


def test_a_work_without_a_title_has_its_label_for_one(small: SmallWorld) -> None:
    assert small.registry().work(iri("work", "ferry-2019")).title == "The Ferry at Old Sound"


def test_a_value_that_the_curator_knows_is_marked(small: SmallWorld) -> None:
    work = small.registry().work(iri("work", "ferry-2019"))
    assert work.issued is not None
    assert (work.issued.edtf, work.curated) == ("2019-03-03", ("issued",))


def test_a_value_that_the_text_gives_is_not(small: SmallWorld) -> None:
    small.replace("basis: curator", "basis: text", "seeds/registry/works.yaml")
    assert small.registry().work(iri("work", "ferry-2019")).curated == ()


def test_a_work_that_is_only_cited_has_no_document(small: SmallWorld) -> None:
    registry = small.registry()
    assert registry.work(iri("work", "guild-letter-2019")).documents == ()
    assert [d.name for d in registry.documents()] == ["ferry"]


def test_the_documents_of_a_work_are_its_copies(small: SmallWorld) -> None:
    small.add_copy("reprint", "Again.\n")
    documents = small.registry().documents()
    assert [d.name for d in documents] == ["ferry", "reprint"]
    assert {d.work for d in documents} == {iri("work", "ferry-2019")}


@pytest.mark.parametrize(
    ("kind", "name"), [("actor", "someone"), ("actor", "unnamed"), ("place", "somewhere")]
)
def test_someone_somewhere_and_the_unnamed_are_always_there(kind: str, name: str, small: SmallWorld) -> None:
    assert entry(small, kind, name).where.file == "ontology"


def test_a_registry_may_lack_files(small: SmallWorld) -> None:
    (small.root / "seeds" / "registry" / "events.yaml").unlink()
    registry = small.registry()
    assert registry.findings == []
    assert iri("event", "guild-charge") not in registry.entries


def test_every_node_has_a_label_its_local_name_at_least(small: SmallWorld) -> None:
    registry = small.registry()
    assert registry.label(iri("actor", "tor-lind")) == "Tor Lind"
    assert registry.label(iri("actor", "nobody-knows")) == "nobody-knows"
    assert registry.label("https://example.org/x") == "https://example.org/x"
