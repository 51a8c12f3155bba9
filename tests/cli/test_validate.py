"""``kg validate``: a good and a bad file, in every format of the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from running import Run

Kg = Callable[..., Run]
KEYS = ["rule", "severity", "message", "fix", "file", "line", "column", "focus", "label"]
ADA = "https://w3id.org/aces/kg/actor/ada-holm"
GOOD = f'<{ADA}> <http://www.w3.org/2004/02/skos/core#altLabel> "Holm" .\n'
BAD = f"<{ADA}> <https://w3id.org/aces/ontology#alias> <https://w3id.org/aces/kg/actor/nobody> .\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.ttl"
    file.write_text(GOOD, encoding="utf-8")
    return file


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "bad.ttl"
    file.write_text(BAD, encoding="utf-8")
    return file


@pytest.fixture
def bad_claims(corpus: Path, tmp_path: Path) -> Path:
    """A claims file with an unknown actor; nothing is assembled of it, so it is told quickly."""
    text = (corpus / "seeds" / "claims" / "ferry.yaml").read_text(encoding="utf-8")
    file = tmp_path / "bad.yaml"
    file.write_text(text.replace("addressee: town", "addressee: twon"), encoding="utf-8")
    return file


def test_a_file_that_fits_into_the_graph_conforms(good: Path, kg: Kg) -> None:
    run = kg("validate", str(good))
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[-1].startswith("conforms: 0 violations")


def test_a_file_that_breaks_a_rule_does_not_conform(bad: Path, kg: Kg) -> None:
    run = kg("validate", str(bad), "--format", "json")
    assert (run.code, run.err) == (1, "")
    report = json.loads(run.out)
    assert list(report) == ["conforms", "findings"]
    assert report["conforms"] is False
    assert {finding["rule"] for finding in report["findings"]} >= {"property-is-declared"}
    assert all(list(finding) == KEYS for finding in report["findings"])
    assert {finding["file"] for finding in report["findings"]} == {str(bad)}


def test_the_text_report_names_rule_place_and_remedy(bad_claims: Path, kg: Kg) -> None:
    run = kg("validate", str(bad_claims))
    assert (run.code, run.err) == (1, "")
    first, fix, verdict = run.out.splitlines()
    assert first.startswith(f"{bad_claims}:24:14: violation: ")
    assert "'twon'" in first
    assert fix == "    did you mean 'town'?"
    assert verdict == "does not conform: 1 violation, 0 warnings, 0 info"


def test_the_json_report_has_the_keys_of_the_contract(bad_claims: Path, kg: Kg) -> None:
    run = kg("validate", str(bad_claims), "--format", "json")
    (finding,) = json.loads(run.out)["findings"]
    assert run.code == 1
    assert list(finding) == KEYS
    assert (finding["file"], finding["line"], finding["column"]) == (str(bad_claims), 24, 14)
    assert (finding["severity"], finding["focus"], finding["label"]) == ("violation", None, None)


def test_the_turtle_report_is_a_shacl_report(bad_claims: Path, kg: Kg) -> None:
    run = kg("validate", str(bad_claims), "--format", "ttl")
    graph = Graph().parse(data=run.out, format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    (result,) = graph.objects(report, SH.result)
    assert graph.value(report, SH.conforms).toPython() is False  # type: ignore[union-attr]
    assert graph.value(result, SH.resultSeverity) == SH.Violation
    assert "twon" in str(graph.value(result, SH.resultMessage))
    assert str(graph.value(result, SH.sourceShape)).startswith("https://w3id.org/aces/shapes#")
    assert isinstance(graph.value(result, SH.sourceShape), URIRef)


def test_the_sarif_report_points_into_the_file(bad_claims: Path, kg: Kg) -> None:
    report = json.loads(kg("validate", str(bad_claims), "--format", "sarif").out)
    assert report["version"] == "2.1.0"
    (run,) = report["runs"]
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert result["level"] == "error"
    assert place["artifactLocation"]["uri"] == str(bad_claims)
    assert place["region"] == {"startLine": 24, "startColumn": 14}
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [result["ruleId"]]


@pytest.mark.parametrize("form", ["json", "ttl", "sarif"])
def test_a_report_without_findings_is_well_formed_too(
    form: str, kg: Kg, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.validation.check_shapes", lambda store, workspace: [])
    run = kg("validate", str(good), "--format", form)
    assert run.code == 0
    if form == "ttl":
        graph = Graph().parse(data=run.out, format="turtle")
        assert next(graph.objects(None, SH.conforms)).toPython() is True  # type: ignore[attr-defined]
    elif form == "json":
        assert json.loads(run.out) == {"conforms": True, "findings": []}
    else:
        assert json.loads(run.out)["runs"][0]["results"] == []


def test_all_faults_of_a_file_are_told_at_once_in_its_order(bad_claims: Path, kg: Kg) -> None:
    text = bad_claims.read_text(encoding="utf-8")
    bad_claims.write_text(
        text.replace("linkedTo:", "linkdTo:").replace("date: 2020}", "date: 2020-13}"), encoding="utf-8"
    )
    findings = json.loads(kg("validate", str(bad_claims), "--format", "json").out)["findings"]
    told = " ".join(finding["message"] for finding in findings)
    assert all(word in told for word in ("linkdTo", "2020-13", "twon"))
    assert [finding["line"] for finding in findings] == sorted(finding["line"] for finding in findings)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.yaml", b"document: [ferry\nclaims: {\n", "x.yaml:2:"),
        ("x.yaml", b"\xff\xfe", "this is no UTF-8"),
        ("x.yaml", b"a: &x 1\nb: *x\n", "x.yaml:1:4: anchors and aliases are not read"),
        ("x.ttl", b"<urn:a> <urn:b>\n ;\n", "x.ttl:"),
        ("x.ttl", b"\xff", "x.ttl:"),
        ("x.trig", b"<urn:g> { <urn:a> <urn:b> }", "x.trig:1:"),
        ("x.nt", b"nonsense\n", "x.nt:1:"),
        ("x.nq", b"<urn:a> <urn:b> .\n", "x.nq:1:"),
        ("x.jsonld", b"{", "x.jsonld:1:"),
        ("x.jsonld", b'{"@context": "http://127.0.0.1:9/c"}', "would have to be fetched"),
        ("x.rdf", b"<!DOCTYPE x><rdf/>", "document types and entities are not read"),
        ("x.docx", b"PK", "x.docx"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_one_line(
    name: str, content: bytes, told: str, kg: Kg, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    run = kg("validate", str(file))
    assert run.is_one_line_fault(2), run
    assert told in run.err


def test_several_files_give_one_report(bad_claims: Path, kg: Kg, corpus: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_bytes(bad_claims.read_bytes())
    report = json.loads(kg("validate", str(bad_claims), str(other), "--format", "json").out)
    assert [finding["file"] for finding in report["findings"]] == [str(bad_claims), str(other)]


def test_the_whole_graph_conforms(kg: Kg) -> None:
    run = kg("validate", "--format", "json")
    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out) == {"conforms": True, "findings": []}


def test_a_quote_that_is_changed_in_the_built_graph_is_found(kg: Kg, scratch: Path) -> None:
    file = scratch / "triples" / "work.ferry-2019.trig"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('exact "The guild denied', 'exact "The guild denies'), encoding="utf-8")
    report = json.loads(kg("validate", "--format", "json", workspace=scratch).out)
    grounding = [f for f in report["findings"] if f["rule"] == "evidence-matches-text"]
    assert len(grounding) == 1
    assert report["conforms"] is False


def test_a_fact_that_nobody_asserts_is_found_in_the_built_graph(
    kg: Kg, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.validation.check_shapes", lambda store, workspace: [])
    with (scratch / "triples" / "facts.trig").open("a", encoding="utf-8") as file:
        file.write(
            "<https://w3id.org/aces/kg/graph/facts> { <https://w3id.org/aces/kg/event/marten-grounding> "
            "<https://w3id.org/aces/ontology#linkedTo> <https://w3id.org/aces/kg/actor/pilots-guild> }\n"
        )
    report = json.loads(kg("validate", "--format", "json", workspace=scratch).out)
    assert [finding["rule"] for finding in report["findings"]] == ["fact-has-a-claim"]


def test_a_text_that_changed_since_the_build_is_found(
    kg: Kg, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.validation.check_shapes", lambda store, workspace: [])
    file = scratch / "seeds" / "documents" / "ferry.txt"
    file.write_bytes(file.read_bytes() + b"!")
    report = json.loads(kg("validate", "--format", "json", workspace=scratch).out)
    assert [finding["rule"] for finding in report["findings"]] == ["document-unchanged"]


def test_a_text_that_is_not_held_is_told_and_not_checked(
    kg: Kg, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.validation.check_shapes", lambda store, workspace: [])
    (scratch / "seeds" / "documents" / "ferry.txt").unlink()
    run = kg("validate", "--format", "json", workspace=scratch)
    assert run.code == 0
    assert [finding["rule"] for finding in json.loads(run.out)["findings"]] == ["text-is-held"]


@pytest.mark.parametrize("start", ['"one"', "-3", "1.5", f"{'9' * 40}"])
def test_an_offset_that_no_text_has_is_a_finding_and_no_crash(kg: Kg, tmp_path: Path, start: str) -> None:
    node = "https://w3id.org/aces/kg/evidence/ferry.1-2"
    path = tmp_path / "odd.ttl"
    path.write_text(
        f"""@prefix oa: <http://www.w3.org/ns/oa#> .
        <{node}> a <https://w3id.org/aces/ontology#Evidence> ; oa:hasSource
          <https://w3id.org/aces/kg/document/ferry> ; oa:hasSelector <{node}.position> , <{node}.quote> .
        <{node}.position> a oa:TextPositionSelector ; oa:start {start} ; oa:end 2 .
        <{node}.quote> a oa:TextQuoteSelector ; oa:exact "x" .""",
        encoding="utf-8",
    )
    run = kg("validate", str(path), "--format", "json")
    assert run.code == 1
    assert "evidence-matches-text" in {f["rule"] for f in json.loads(run.out)["findings"]}


def test_a_graph_cannot_name_a_text_outside_the_folder_of_documents(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.ttl"
    path.write_text(
        f"""@prefix aces: <https://w3id.org/aces/ontology#> .
        <https://w3id.org/aces/kg/document/x> a aces:Document ; aces:sha256 "{"0" * 64}" ;
          aces:fileName "../registry/actors.yaml" .""",
        encoding="utf-8",
    )
    findings = json.loads(kg("validate", str(path), "--format", "json").out)["findings"]
    rules = {f["rule"] for f in findings if f["focus"] == "https://w3id.org/aces/kg/document/x"}
    assert "text-is-held" in rules
    assert "document-unchanged" not in rules
