"""Two documents that are copies of one Work: evidence in both, claims once."""

from __future__ import annotations

from kg.seeds import read_seeds
from smallworld import SmallWorld, violations

TEXT = "The mill burned in 2018. The town paid.\n"
COPY = "(Reprinted.) The mill burned in 2018.\n"
HEAD = "also_in: [reprint]\n"


def test_a_quote_has_evidence_in_the_document_and_in_its_copy(small: SmallWorld) -> None:
    small.add_copy("reprint", COPY)
    small.write(TEXT, "- {quote: The mill burned, topic: origins, gist: It burned.}\n", HEAD)
    (claim,) = small.loads().claims
    assert [(s.document, s.start) for s in claim.evidence] == [("ferry", 0), ("reprint", 13)]


def test_a_quote_that_a_copy_lacks_is_listed_and_is_no_fault(small: SmallWorld) -> None:
    small.add_copy("reprint", COPY)
    small.write(TEXT, "- {quote: The town paid, topic: financing, gist: The town paid.}\n", HEAD)
    file = small.loads()
    assert [s.document for s in file.claims[0].evidence] == ["ferry"]
    (missing,) = file.findings
    assert (missing.rule, missing.severity) == ("quote-in-copy", "info")
    assert str(missing.where) == small.place("The town paid,")
    assert "reprint" in missing.message


def test_a_quote_that_only_a_copy_has_is_evidence_in_that_copy_alone(small: SmallWorld) -> None:
    small.add_copy("reprint", COPY)
    small.write(TEXT, "- {quote: Reprinted, topic: origins, gist: It is a reprint.}\n", HEAD)
    file = small.loads()
    assert [(s.document, s.start) for s in file.claims[0].evidence] == [("reprint", 1)]
    assert [(f.rule, f.severity) for f in file.findings] == [("quote-in-copy", "info")]


def test_a_quote_that_no_copy_has_is_a_fault(small: SmallWorld) -> None:
    small.add_copy("reprint", COPY)
    small.write(TEXT, "- {quote: The bridge burned, topic: origins, gist: It burned.}\n", HEAD)
    assert violations(small.load().findings) == [("quote-found-once", small.place("The bridge burned,"))]


def test_a_copy_that_is_no_document_of_the_work_is_a_fault(small: SmallWorld) -> None:
    small.write(TEXT, "- {quote: The mill burned, topic: origins, gist: It burned.}\n", HEAD)
    assert violations(small.load().findings) == [("name-is-known", small.place("reprint]"))]


def test_a_copy_that_has_changed_is_a_fault_of_the_registry(small: SmallWorld) -> None:
    small.add_copy("reprint", COPY)
    small.write(TEXT, "- {quote: The mill burned, topic: origins, gist: It burned.}\n", HEAD)
    path = small.root / "seeds" / "documents" / "reprint.txt"
    path.write_text(COPY.replace("2018", "2019"), encoding="utf-8")
    (fault,) = small.load().findings
    assert (fault.rule, str(fault.where)) == (
        "document-unchanged",
        small.place("reprint: {", "seeds/registry/works.yaml"),
    )


def test_two_claims_files_for_one_work_are_a_fault(small: SmallWorld) -> None:
    small.add_copy("reprint", COPY)
    other = small.claims.with_name("reprint.yaml")
    other.write_text(
        "document: reprint\nclaims:\n- {quote: The mill burned, topic: origins, gist: It burned.}\n",
        encoding="utf-8",
    )
    faults = read_seeds(small.workspace).faults()
    assert violations(faults) == [("work-has-one-claims-file", "seeds/claims/reprint.yaml:1:1")]
    assert "seeds/claims/ferry.yaml" in faults[0].message
    assert "also_in" in faults[0].fix
