"""The rules that only code can keep: a document's text, the form of a file, names, what only a build says."""

from __future__ import annotations

from kg.model import Severity
from kg.validation.rule import Rule


def _rules(severity: Severity, *rows: tuple[str, str, str, str, str]) -> list[Rule]:
    return [Rule(row[0], severity, *row[1:]) for row in rows]


_WORDS = _rules(
    "violation",
    (
        "quote-found-once",
        "quote stands once in the document",
        "Evidence is the exact words at one place; words that stand nowhere, or twice, point to none.",
        "Copy the words from the document; add ` ... ` and what follows, or section:, where they stand twice",
        "quote: with 77 attacks ... same period last year",
    ),
    (
        "entry-has-a-quote",
        "entry has a quote",
        "A claim that rests on no words cannot be checked by anyone.",
        "Write the exact words",
        "quote: three raids in one week",
    ),
    (
        "evidence-matches-text",
        "quote stands at its offsets",
        "The text from start to end is the quote, always; else nobody finds the words again.",
        "Write the offsets that the finding tells, in Unicode code points of the file as it is on disk",
        "oa:start 120 ; oa:end 164",
    ),
    (
        "document-unchanged",
        "text is the one that was read",
        "Offsets mean something in one text only: its SHA-256 says which.",
        "Restore the file; or write the new sha256 where it stands, and read every quote again",
        "sha256: 649dc6b3...",
    ),
    (
        "citation-in-document",
        "note is one of the document",
        "A note that is not there leads to no source.",
        "Write the number as it is printed",
        "cites: 12",
    ),
    (
        "citation-number-is-in-text",
        "number of a Citation stands in the text",
        "A number that no copy of the citing Work has leads to no note.",
        "Write the number as it stands in the text",
        'aces:number "12"',
    ),
)

_NAMES = _rules(
    "violation",
    (
        "name-is-known",
        "name is known",
        "A name that stands for nothing in the graph leads nowhere.",
        "Take the name that the finding suggests, or describe the new thing in the registry or the same file",
        'actor:ministry-of-works a aces:Organisation ; rdfs:label "Ministry of Works"@en',
    ),
    (
        "name-has-a-fitting-kind",
        "name is of a fitting kind",
        "An actor cannot stand where a place is asked for.",
        "Name a thing of the kind that the finding tells",
        "place: eastland",
    ),
    (
        "same-is-decided",
        "who is the same is decided in the registry",
        "Identity is a judgement with a reason; owl:sameAs would merge all that is said of both.",
        "Leave owl:sameAs out, and make one registry entry of both, with the other name under aliases:",
        "aliases: [Works Ministry]",
    ),
    (
        "classes-are-disjoint",
        "classes that exclude each other",
        "What is at once an actor and a place makes the whole graph inconsistent.",
        "Keep one of the two classes, or make two things of it",
        "actor:town a aces:Organisation . place:town a aces:Settlement",
    ),
    (
        "computed-not-asserted",
        "what is computed is not asserted",
        "Facts, standing and disagreements follow from claims; written by hand they rest on nothing.",
        "Make a claim of it, and the build adds what follows",
        "claim:report.1 aces:affirms proposition:7e18f737311b2dc3b2f269dd78396b03",
    ),
    (
        "predicate-is-known",
        "statement is one of the ontology",
        "Only what the ontology declares is found by queries and checked by rules.",
        "Take the name that the finding suggests",
        "affirms: {front: {memberOf: league}}",
    ),
    (
        "event-type-is-known",
        "type of event is one of the ontology",
        "Only the classes below aces:Event say what kind of event something was.",
        "Take the type that the finding suggests",
        "type: Clash",
    ),
    (
        "kind-is-known",
        "kind is one of the ontology",
        "The kind decides what can be said of a thing.",
        "Take the kind that the finding suggests",
        "kind: ArmedGroup",
    ),
    (
        "value-is-known",
        "value is one of the list",
        "Rules and queries know the values of the vocabulary and no others.",
        "Take one that the finding names",
        "certainty: likely",
    ),
    (
        "dimension-is-known",
        "dimension is known",
        "Numbers are compared by the dimensions of the ontology.",
        "Take the dimension that the finding suggests",
        "period: 2021",
    ),
    (
        "cover-reason-is-known",
        "reason for leaving a sentence out is on the list",
        "Coverage is audited by reasons of a closed list.",
        "Take a reason that the finding names",
        "cover: method",
    ),
)

_DECISIONS = [
    *_rules(
        "violation",
        (
            "decision-form",
            "decision has its form",
            "A decision names two things, says whether they are one, and gives its reason.",
            "Write it as the finding says, or let kg decide write it",
            "kg decide --help",
        ),
        (
            "decisions-agree",
            "decisions agree with one another",
            "Two things that are one with a third are one; they cannot be different as well.",
            "Take one of the decisions that the finding names back",
            "kg decide --help",
        ),
        (
            "pair-is-decided-once",
            "pair is decided once",
            "Of two decisions on one pair nobody knows which one holds.",
            "Keep one of them",
            "kg decide --help",
        ),
        (
            "kinds-fit",
            "kinds of what is one fit",
            "A person and a place are never one thing.",
            "Correct the kind of one of them, or take the decision back",
            "kind: ArmedGroup",
        ),
    ),
    *_rules(
        "warning",
        (
            "what-is-one-agrees",
            "entries of what is one agree",
            "Where two entries of one thing differ, one of them is wrong.",
            "Correct the entries; until then the kept one counts",
            "kind: ArmedGroup",
        ),
    ),
]

_ADDITIONS = [
    *_rules(
        "violation",
        (
            "thing-stays-as-it-is",
            "what is there stays as it is",
            "An addition adds claims; what others wrote of a thing is changed where it stands.",
            "Leave out what is said of the known thing, or change it in the registry",
            "seeds/registry/actors.yaml",
        ),
        (
            "iri-is-of-its-content",
            "name follows from the content",
            "Times, quantities, observations and evidence meet because everyone works out the same name.",
            "Take the name that the finding tells",
            "docs/identifiers.md",
        ),
        (
            "registry-name-is-new",
            "name in the registry is new",
            "Two entries under one name would be one thing that is described twice.",
            "Take another name, or add to the entry that is there",
            "ministry-of-works-2: Ministry of Works of the other country",
        ),
        (
            "addition-is-kept",
            "addition is kept as it was given",
            "The graph is built again from the files, so a file that is gone takes its claims with it.",
            "Restore the file from a copy",
            "seeds/additions/",
        ),
        (
            "addition-is-unchanged",
            "addition is unchanged",
            "Its name is the hash of its content: what was checked is what is there.",
            "Restore the file, and add what is new as another file",
            "kg add FILE",
        ),
        (
            "log-line-is-an-act",
            "line of the log is an act",
            "The log says what was added and retracted, by whom and when.",
            "Restore the line; the log is written by kg alone",
            "kg log",
        ),
    ),
    *_rules(
        "warning",
        (
            "claim-was-retracted",
            "claim was not retracted before",
            "What was taken back for a reason should come back only for another.",
            "Read the reason in kg log, and leave the claim out unless that was a mistake",
            "kg log",
        ),
        (
            "addition-is-recorded",
            "addition is recorded in the log",
            "Who added what, and when, is part of what the graph says.",
            "Give the file to kg add",
            "kg add FILE",
        ),
    ),
]

_CLAIMS = _rules(
    "violation",
    (
        "claim-id-is-a-local-name",
        "id is a local name",
        "An id with other signs is no prefixed name.",
        "Use letters, digits, -, _ and inner dots",
        "id: three-raids",
    ),
    (
        "claim-id-is-unique",
        "id is unique in its file",
        "Two claims with one id would be one claim that says two things.",
        "Write another id:, or put the claims of one quote under also:",
        "id: three-raids-2",
    ),
    (
        "claims-file-names-its-document",
        "claims file names its document",
        "Quotes are looked up in that document.",
        "Write the document's name in the first line",
        "document: annual-report",
    ),
    (
        "work-has-one-claims-file",
        "Work has one claims file",
        "Two files on one Work would count each claim twice.",
        "Keep one, and list the other copies of the text in it",
        "also_in: [annual-report-web]",
    ),
    (
        "conditional-only-considers",
        "conditional claim only considers",
        "What holds only if something else does, or only should be, is neither affirmed nor denied.",
        "Write considers: instead; only causes (raises, lowers) may be affirmed",
        "considers: {event/raid: {occurred: true}}",
    ),
    (
        "denies-one-proposition",
        "claim denies one Proposition",
        "Of a denial of two things together nobody knows which one is denied.",
        "Put each further denial under also:",
        "also: [{denies: {event/raid: {occurred: true}}}]",
    ),
    (
        "statement-form",
        "statement has its form",
        "A statement is a subject with its properties.",
        "Write subject: {property: object}",
        "affirms: {front: {basedIn: valley}}",
    ),
    (
        "observation-has-a-measure",
        "observation has one measure",
        "A number says nothing without what was counted.",
        "Name exactly one measure",
        "observes: [{attacks: 77, by: front, place: unstated, period: 2021}]",
    ),
    (
        "quantity-is-readable",
        "quantity can be read",
        "Numbers are compared by their bounds.",
        "Write the number with its comparator as the finding says",
        "attacks: at least 14",
    ),
    (
        "time-is-edtf",
        "time can be read",
        "Times sort and compare by their first and last day.",
        "Write an EDTF string",
        "date: 2015-08",
    ),
)

_FORMS = _rules(
    "violation",
    (
        "entry-form",
        "entry has keys",
        "A claims file is a list of entries.",
        "Write keys and values",
        "- quote: three raids in one week",
    ),
    (
        "value-form",
        "value has its form",
        "Each key takes one value, a list, or keys and values of its own.",
        "Write what the finding says; quote text that begins with [ or {",
        "topic: [financing, rivalry]",
    ),
    (
        "key-is-known",
        "key is known",
        "A misspelt key would be passed over in silence.",
        "Take the key that the finding suggests",
        "claimant: unnamed",
    ),
    (
        "key-is-text",
        "key is a word",
        "A key names a property or a thing.",
        "Write key: value",
        "topic: financing",
    ),
    (
        "key-stands-once",
        "key stands once",
        "Of two values of one key YAML readers keep the last in silence.",
        "Keep one, or make a list",
        "topic: [financing, rivalry]",
    ),
    (
        "key-has-a-value",
        "key has a value inside braces",
        "A comma inside {} ends a value, so 3,000 would be read as 3.",
        "Write numbers without thousands separators, and quote text that holds a comma",
        "{deaths: 3000}",
    ),
    (
        "floor-form",
        "floor is a number of percent",
        "kg audit compares its counts with the floors.",
        "Write name: percent",
        "floor: {sentences: 75}",
    ),
    (
        "registry-entry",
        "registry entry has its form",
        "The registry says who is who: a name and a label at least.",
        "Write name: label, or name: {label: ...}",
        "ministry-of-works: Ministry of Works",
    ),
    (
        "registry-key",
        "key of a registry entry is known",
        "A misspelt key would be passed over in silence.",
        "Take the key that the finding suggests",
        "aliases: [Works Ministry]",
    ),
    (
        "document-has-file",
        "document has a file and its SHA-256",
        "The hash says which text was read.",
        "Write both",
        "documents: {annual-report: {file: annual-report.txt, sha256: 649dc6b3...}}",
    ),
    (
        "document-id-is-unique",
        "document is registered once",
        "One text is a copy of one Work.",
        "Keep one of the two entries",
        "documents: {annual-report-web: {...}}",
    ),
)

_WHOLE = _rules(
    "violation",
    (
        "fact-has-a-claim",
        "fact has a claim",
        "A plain fact is written only for what a claim asserts in its author's own voice, for certain.",
        "Run kg build; never edit triples/ by hand",
        "kg build",
    ),
    (
        "fact-is-written",
        "fact is written",
        "What is asserted and uncontested must be found as a plain triple.",
        "Run kg build; never edit triples/ by hand",
        "kg build",
    ),
    (
        "term-is-declared",
        "term is declared",
        "OWL reads what is not declared in silence.",
        "Take the term that the finding suggests, or declare it in ontology/",
        "aces:memberOf a owl:ObjectProperty",
    ),
    (
        "term-is-satisfiable",
        "term can have members",
        "A class or property that nothing can fit is a fault of the ontology.",
        "Look at what stands above it, and at its domain and range",
        "aces:Clash rdfs:subClassOf aces:Event",
    ),
    (
        "graph-is-consistent",
        "graph is consistent",
        "From what cannot all be true everything follows.",
        "Mend one of the triples that the finding names",
        "kg validate --owl",
    ),
    (
        "ontology-is-owl-2-dl",
        "ontology is OWL 2 DL",
        "A reasoner decides only what lies in the profile.",
        "Write the axiom another way",
        "aces:within a owl:ObjectProperty , owl:TransitiveProperty",
    ),
)

_SECOND_LOOK = [
    *_rules(
        "warning",
        (
            "name-is-new",
            "new thing has a new name",
            "Two entries for one actor split what is said of it.",
            "Use the known thing if it is the same; else state that the two differ",
            "actor:holme owl:differentFrom actor:holm",
        ),
        (
            "hedge-is-kept",
            "hedge of the words is kept",
            "What the words only hold possible must not become a fact.",
            "Give claimant, certainty, modality or condition, or a shorter quote",
            "certainty: possible",
        ),
        (
            "citation-is-not-too-late",
            "cited Work is not younger than the citing",
            "Nobody cites what is not out yet: the note was read wrongly, or a date is wrong.",
            "Look up the note, and the dates of both Works",
            "aces:citedWork work:open-letter",
        ),
        (
            "citation-is-not-too-early",
            "cited Work is not older than what it is cited for",
            "A Work cannot support what happened after it came out.",
            "Look up the note, and the date of what the claim tells",
            "aces:citedWork work:annual-report",
        ),
        (
            "claim-was-said-before-its-work",
            "what is reported was said before",
            "A Work reports what was said before it came out.",
            "Look up when it was said",
            "saidOn: 2016-03",
        ),
        (
            "nothing-is-fetched",
            "nothing is fetched",
            "Importing from the network, or a module of Python, would run what a stranger wrote.",
            "Copy what you need into ontology/",
            "ontology/own.ttl",
        ),
    ),
    *_rules(
        "info",
        (
            "name-stands-in-quote",
            "name stands in the quote",
            "What the words do not name, the reader inferred.",
            "Lengthen the quote, or list what is inferred",
            "inferred: [front]",
        ),
        (
            "claimant-is-named-in-text",
            "reported holder is named in the text",
            "Who is reported is nearly always named by the text that reports.",
            "Read again who says it, or give the actor the name that the text uses as an alias",
            "aliases: [the ministry]",
        ),
        (
            "text-is-held",
            "text is held",
            "Quotes of a text that is not held are not looked up.",
            "Put the file into seeds/documents, or leave it so",
            "seeds/documents/annual-report.txt",
        ),
        (
            "quote-in-copy",
            "quote stands in the other copy",
            "Each copy of a Work has its own evidence.",
            "Nothing to do, unless the copy has the words in another form",
            "also_in: [annual-report-web]",
        ),
        (
            "claim-contradicts",
            "claim contradicts others",
            "No fault: the graph shows both sides.",
            "Read both, and keep what the words say",
            "kg query claim-disagreements",
        ),
        (
            "claim-corroborates",
            "claim corroborates others",
            "No fault: another Work says the same.",
            "Nothing to do; check that the two do not copy one source",
            "kg query proposition-shared",
        ),
    ),
]

CODE_RULES = sorted(
    [*_WORDS, *_NAMES, *_DECISIONS, *_ADDITIONS, *_CLAIMS, *_FORMS, *_WHOLE, *_SECOND_LOOK],
    key=lambda rule: rule.name,
)
"""The rules that are kept in code, by name."""
