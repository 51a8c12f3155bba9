"""Every fault of a claims file: its rule, its place, and how to mend it; all faults of a file at once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg.errors import RefusedError, UnreadableError, WrongError
from smallworld import CLAIMS, SmallWorld, violations


@dataclass(frozen=True)
class Fault:
    """One change that spoils the file: what is told, where, and a part of how to mend it."""

    name: str
    old: str
    new: str
    at: str
    rule: str
    fix: str = ""


LINKED = "affirms: {event/marten-grounding: {linkedTo: pilots-guild}}"
CROWD = "affirms: {event/marten-grounding: {members: about 300}}"
SUPPORT = "considers: {town: {supports: pilots-guild}}"
CROWD_CLAIM = f"- quote: About 300 people watched from the shore\n  {CROWD}"
QUESTION = "- quote: Who will pay for the ferry?\n  cover: question"
FAULTS = [
    # keys
    Fault(
        "a misspelt key of an entry",
        f"  claimant: tor-lind\n  {LINKED}",
        f"  claimnt: tor-lind\n  {LINKED}",
        "claimnt",
        "key-is-known",
        "did you mean 'claimant'?",
    ),
    Fault("a misspelt key of the file", "notes:", "nots:", "nots", "key-is-known", "did you mean 'notes'?"),
    Fault(
        "a key that a further claim cannot have",
        CROWD_CLAIM,
        f"{CROWD_CLAIM}\n  also: [{{quote: About 300, gist: Many came.}}]",
        "quote: About 300, ",
        "key-is-known",
    ),
    Fault(
        "a statement under a covered sentence",
        QUESTION,
        f"{QUESTION}\n  {SUPPORT.replace('town', 'coastguard')}",
        "considers: {coastguard",
        "key-is-known",
    ),
    Fault(
        "a quote on a group",
        QUESTION,
        "- under: What comes next\n  quote: Who will pay\n  claims: []",
        "quote: Who will pay",
        "key-is-known",
    ),
    Fault(
        "a key twice",
        "  certainty: possible",
        "  modality: estimate",
        "modality: estimate",
        "key-stands-once",
        "keep one",
    ),
    Fault(
        "a thousands separator",
        "members: about 300",
        "members: 1,300",
        "300}}",
        "key-has-a-value",
        "without thousands separators",
    ),
    # shapes of values
    Fault("a key without a value", "addressee: town", "addressee:", "addressee", "value-form"),
    Fault("an empty list", "addressee: town", "addressee: []", "addressee", "value-form"),
    Fault(
        "a time in brackets without quotes",
        "certainty: possible",
        "validDuring: [2014..2015]",
        "validDuring",
        "value-form",
        "quote text that begins with [ or {",
    ),
    Fault("a mapping for words", "addressee: town", "addressee: {town: yes}", "addressee", "value-form"),
    Fault("a list within a list", "addressee: town", "addressee: [[town]]", "addressee", "value-form"),
    Fault("words for a statement", SUPPORT, "considers: the town pays", "considers: the", "value-form"),
    Fault(
        "claims that are no list",
        QUESTION,
        "- under: What comes next\n  claims: x",
        "claims: x",
        "value-form",
    ),
    Fault("an entry that has no keys", QUESTION, "- Who will pay?", "Who will pay?", "entry-form"),
    Fault("an entry without a quote", QUESTION, "- cover: question", "cover", "entry-has-a-quote"),
    Fault(
        "a subject without properties",
        SUPPORT,
        "considers: {town: pilots-guild}",
        "town: p",
        "statement-form",
    ),
    Fault(
        "a property without an object", SUPPORT, "considers: {town: {supports: []}}", "supports", "value-form"
    ),
    Fault(
        "an object that is a mapping",
        SUPPORT,
        "considers: {town: {supports: {a: b}}}",
        "supports",
        "value-form",
    ),
    Fault("a number that is a list", "members: about 300", "members: {a: b}", "members", "value-form"),
    # terms of the ontology
    Fault(
        "a misspelt predicate",
        LINKED,
        LINKED.replace("linkedTo", "linkdTo"),
        "linkdTo",
        "predicate-is-known",
        "did you mean 'linkedTo'?",
    ),
    Fault(
        "a predicate that does not fit its subject",
        SUPPORT,
        "considers: {town: {perpetrator: pilots-guild}}",
        "perpetrator",
        "predicate-is-known",
    ),
    Fault(
        "a wrong type of event",
        "type: Occasion",
        "type: Ocasion",
        "Ocasion",
        "event-type-is-known",
        "did you mean 'Occasion'?",
    ),
    Fault(
        "a topic that is none",
        "addressee: town",
        "topic: finance",
        "finance",
        "name-is-known",
        "did you mean 'financing'?",
    ),
    Fault(
        "a modality that is none",
        "modality: prediction",
        "modality: predicton",
        "predicton",
        "value-is-known",
        "did you mean 'prediction'?",
    ),
    Fault(
        "a certainty that is none",
        "certainty: possible",
        "certainty: posible",
        "posible",
        "value-is-known",
        "did you mean 'possible'?",
    ),
    Fault(
        "a reason for leaving a sentence out that is none",
        "cover: question",
        "cover: questoin",
        "questoin",
        "cover-reason-is-known",
        "did you mean 'question'?",
    ),
    # names
    Fault(
        "an unknown actor",
        "claimant: pilots-guild",
        "claimant: pilot-guild",
        "pilot-guild",
        "name-is-known",
        "did you mean 'pilots-guild'?",
    ),
    Fault("an unknown subject", "{town: {supports", "{twon: {supports", "twon", "name-is-known", "'town'"),
    Fault(
        "an unknown event",
        "event/guild-charge",
        "event/gild-charge",
        "event/gild",
        "name-is-known",
        "'guild-charge'",
    ),
    Fault(
        "an unknown place",
        "place: kelp-point",
        "place: help-point",
        "help-point",
        "name-is-known",
        "'kelp-point'",
    ),
    Fault(
        "an unknown work",
        "1: coastguard-report-2019",
        "1: report-2019",
        "report-2019",
        "name-is-known",
        "-2019'",
    ),
    Fault(
        "a thing of a kind that cannot stand there",
        "place: kelp-point",
        "place: actor/town",
        "actor/town",
        "name-has-a-fitting-kind",
        "place/ID",
    ),
    Fault(
        "a name that nothing is like",
        "addressee: town",
        "addressee: xyzzy",
        "xyzzy",
        "name-is-known",
        "add it to seeds/registry/actors.yaml",
    ),
    # times and quantities
    Fault(
        "a day that no calendar has",
        "date: 2019-02-14",
        "date: 2019-02-30",
        "2019-02-30",
        "time-is-edtf",
        "write for example",
    ),
    Fault("words for a date", "date: 2020", "date: next year", "next year", "time-is-edtf"),
    Fault("an unknown date", "date: 2020", "date: unknown", "unknown", "time-is-edtf"),
    Fault(
        "words for a number", "about 300", "quite a lot", "quite a lot", "quantity-is-readable", "write for"
    ),
    # observations
    Fault(
        "a missing dimension",
        CROWD,
        "observes: [{attacks: 300, by: town, place: kelp-point}]",
        "{attacks",
        "observation-has-its-dimensions",
        "period: unstated where the words do not give it",
    ),
    Fault(
        "a misspelt dimension",
        CROWD,
        "observes: [{attacks: 3, by: town, place: unstated, period: 2019, baiss: us}]",
        "baiss",
        "dimension-is-known",
        "did you mean 'basis'?",
    ),
    Fault(
        "a misspelt measure",
        CROWD,
        "observes: [{atacks: 3, by: town, place: unstated, period: 2019}]",
        "{atacks",
        "observation-has-a-measure",
        "did you mean 'attacks'?",
    ),
    Fault(
        "two measures in one observation",
        CROWD,
        "observes: [{attacks: 3, plots: 2, by: town, place: unstated, period: 2019}]",
        "{attacks",
        "observation-has-a-measure",
    ),
    Fault("an observation that is none", CROWD, "observes: [many]", "many", "statement-form"),
    Fault(
        "a number that is no quantity",
        CROWD,
        "observes: [{attacks: [3, 4], by: town, place: unstated, period: 2019}]",
        "attacks: [",
        "value-form",
    ),
    Fault(
        "an observation in the place of a place",
        CROWD,
        "observes: [{attacks: 3, by: town, period: 2019, place: {attacks: 5}}]",
        "place: {attacks",
        "value-form",
    ),
    # what a claim may say
    Fault(
        "two denials in one claim",
        "denies: {event/marten-grounding: {linkedTo: pilots-guild}}",
        "denies: {event/marten-grounding: {linkedTo: [pilots-guild, town]}}",
        "{event/marten-grounding: {linkedTo: [",
        "denies-one-proposition",
        "also:",
    ),
    Fault(
        "a recommendation that affirms",
        SUPPORT,
        SUPPORT.replace("considers", "affirms"),
        "quote: The town of Old Sound",
        "conditional-only-considers",
        "write considers: instead",
    ),
    Fault(
        "a conditional that affirms",
        CROWD,
        f"{CROWD}\n  condition: if they came",
        "quote: About 300",
        "conditional-only-considers",
        "write considers: instead",
    ),
    Fault(
        "a claim that says nothing",
        f"  {CROWD}",
        "  topic: origins",
        "quote: About 300",
        "claim-has-gist",
        "write affirms:",
    ),
    # the words
    Fault(
        "a quote that is not in the text",
        "About 300 people watched",
        "About 300 people looked",
        "About 300 people looked",
        "quote-found-once",
        "line 5 has",
    ),
    Fault(
        "a quote that stands in the text twice",
        "quote: Who will pay for the ferry?",
        "quote: The",
        "The\n",
        "quote-found-once",
        "lengthen the quote",
    ),
    Fault(
        "what follows the three dots does not follow",
        "About 300 people watched",
        "About 300 ... sang",
        "About 300 ... sang",
        "quote-found-once",
    ),
    Fault(
        "a heading that there is not",
        QUESTION,
        "- under: What came next\n  claims:\n  - {quote: Who will pay, cover: question}",
        "Who will pay",
        "quote-found-once",
        "did you mean 'What comes next'?",
    ),
    Fault(
        "a note in the header that is not in the document",
        "2: guild-letter-2019",
        "3: guild-letter-2019",
        "3: guild",
        "citation-in-document",
    ),
    Fault(
        "a note in an entry that is not in the document",
        QUESTION,
        f"{QUESTION}\n  in: note 7",
        "Who will pay",
        "quote-found-once",
        "its notes are 1 to 2",
    ),
    Fault(
        "a citation of a note that is not there",
        "addressee: town",
        "cites: '7'",
        "'7'",
        "citation-in-document",
    ),
    Fault("a note without works", "1: coastguard-report-2019", "1: {a: b}", "1: {a", "value-form"),
    # the document
    Fault(
        "a document that has changed",
        "sha256: 3b08a7",
        "sha256: 4b08a7",
        "4b08a7",
        "document-unchanged",
        "write the new hash",
    ),
    Fault("a floor that is none", "sentences: 80", "sentence: 80", "sentence: 80", "floor-form", "sentences"),
    Fault("a floor that is no number", "sentences: 80", "sentences: ²", "sentences: ²", "floor-form"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_alone_with_its_rule_its_place_and_its_remedy(
    fault: Fault, small: SmallWorld
) -> None:
    small.replace(fault.old, fault.new)
    findings = small.load().findings
    assert violations(findings) == [(fault.rule, small.place(fault.at))]
    (told,) = [f for f in findings if f.severity == "violation"]
    assert fault.fix in told.fix


def test_the_file_without_a_change_has_no_fault(small: SmallWorld) -> None:
    assert violations(small.load().findings) == []


def test_an_ambiguous_name_is_told_with_its_candidates(small: SmallWorld) -> None:
    small.register("actors", "lind-ferries: {label: Lind Ferries, kind: Organisation, aliases: [Lind]}")
    small.replace("addressee: town", "addressee: Lind")
    (fault,) = small.load().findings
    assert (fault.rule, str(fault.where)) == ("name-is-known", small.place("Lind\n"))
    assert (fault.message, fault.fix) == (
        "'Lind' is ambiguous",
        "write one of: actor/lind-ferries, actor/tor-lind",
    )


def test_several_faults_of_a_file_are_all_told_at_once(small: SmallWorld) -> None:
    small.replace("claimant: pilots-guild", "claimant: pilot-guild")
    small.replace("date: 2019-02-14", "date: 2019-02-30")
    small.replace("About 300 people watched", "About 300 people looked")
    small.replace("cover: question", "cover: questoin")
    small.replace("notes:", "nots:")
    assert set(violations(small.load().findings)) == {
        ("name-is-known", small.place("pilot-guild")),
        ("time-is-edtf", small.place("2019-02-30")),
        ("quote-found-once", small.place("About 300 people looked")),
        ("cover-reason-is-known", small.place("questoin")),
        ("key-is-known", small.place("nots")),
    }


def test_two_faults_of_one_statement_are_both_told(small: SmallWorld) -> None:
    small.replace("{type: Occasion, place: kelp-point,", "{type: Ocasion, place: help-point,")
    assert violations(small.load().findings) == [
        ("event-type-is-known", small.place("Ocasion")),
        ("name-is-known", small.place("help-point")),
    ]


def test_a_text_that_has_changed_is_told_where_its_hash_stands(small: SmallWorld) -> None:
    small.replace("12 passengers", "13 passengers", "seeds/documents/ferry.txt")
    assert ("document-unchanged", small.place("3b08a7")) in violations(small.load().findings)


def test_quotes_that_no_longer_match_a_changed_text_are_listed(small: SmallWorld) -> None:
    small.replace("12 passengers", "13 passengers", "seeds/documents/ferry.txt")
    quotes = [told for told in violations(small.load().findings) if told[0] == "quote-found-once"]
    assert quotes == [("quote-found-once", small.place("The ferry Marten"))]


@pytest.mark.parametrize("text", ["claims: []\n", "", "- quote: x\n", "just words\n", "document: [ferry]\n"])
def test_a_file_that_does_not_say_which_document_it_reads_is_refused(text: str, small: SmallWorld) -> None:
    small.claims.write_text(text, encoding="utf-8")
    with pytest.raises(WrongError) as fault:
        small.load()
    assert violations(fault.value.findings) == [("claims-file-names-its-document", f"{CLAIMS}:1:1")]
    assert "document: ID" in fault.value.fix


def test_a_document_that_nobody_registered_is_refused_with_the_nearest(small: SmallWorld) -> None:
    small.replace("document: ferry", "document: fery")
    with pytest.raises(WrongError) as fault:
        small.load()
    assert violations(fault.value.findings) == [("name-is-known", small.place("fery"))]
    assert fault.value.fix == "did you mean 'ferry'?"


def test_yaml_that_does_not_parse_is_unreadable_and_says_where(small: SmallWorld) -> None:
    small.replace("cover: question", "cover: [question")
    with pytest.raises(UnreadableError) as fault:
        small.load()
    assert fault.value.where.startswith(f"{CLAIMS}:28:")
    assert fault.value.exit_code == 2


def test_a_colon_in_words_without_quotes_is_told_where_it_stands(small: SmallWorld) -> None:
    small.replace("quote: Who will pay for the ferry?", "quote: Who: will pay?")
    with pytest.raises(UnreadableError) as fault:
        small.load()
    assert fault.value.where == small.place(": will")


def test_an_alias_is_refused(small: SmallWorld) -> None:
    small.replace("addressee: town", "addressee: *town")
    with pytest.raises(RefusedError):
        small.load()
