"""RDF 1.2, nanopublications and the bundle: nothing is lost, nothing is asserted that is only claimed."""

from __future__ import annotations

import hashlib
import io
import json
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import WrongError
from kg.exports import from_reifiers, to_reifiers
from kg.serialise import FORMATS
from running import Run

Kg = Callable[..., Run]
ACES = "https://w3id.org/aces/ontology#"
KG = "https://w3id.org/aces/kg/"
REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"


@pytest.fixture(scope="module")
def there(corpus: Path) -> set[ox.Quad]:
    files = (corpus / "triples").glob("*.trig")
    return {quad for file in files for quad in ox.parse(path=file, format=ox.RdfFormat.TRIG)}


def read(text: str | bytes, form: str) -> list[ox.Quad]:
    return list(ox.parse(text if isinstance(text, bytes) else text.encode(), format=FORMATS[form]))


def union(quads: set[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in quads}


@pytest.mark.parametrize("form", ["nq", "trig", "jsonld"])
def test_a_format_with_graph_names_gives_back_the_same_dataset(
    form: str, kg: Kg, there: set[ox.Quad]
) -> None:
    assert set(read(kg("export", "--format", form).out, form)) == there


@pytest.mark.parametrize("form", ["nt", "ttl", "rdfxml"])
def test_a_format_without_graph_names_gives_back_the_same_union(
    form: str, kg: Kg, there: set[ox.Quad]
) -> None:
    assert {quad.triple for quad in read(kg("export", "--format", form).out, form)} == union(there)


# --- RDF 1.2 -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["nt", "nq", "ttl", "trig"])
def test_rdf_12_gives_back_the_same_once_reifiers_are_mapped_back(
    form: str, kg: Kg, there: set[ox.Quad]
) -> None:
    text = kg("export", "--format", form, "--rdf12").out
    quads = read(text, form)
    propositions = {q.subject for q in there if q.predicate.value == f"{ACES}predicate"}
    reifying = [quad for quad in quads if quad.predicate.value == REIFIES]
    assert len(reifying) == len(propositions) >= 10
    assert {quad.subject for quad in reifying} == propositions
    back = set(from_reifiers(quads))
    assert (back if form in ("nq", "trig") else {q.triple for q in back}) == (
        there if form in ("nq", "trig") else union(there)
    )
    assert "{|" not in text and "~" not in "".join(line for line in text.splitlines() if "reifies" in line)


def test_rdf_12_asserts_no_triple_that_is_only_proposed(kg: Kg, there: set[ox.Quad]) -> None:
    quads = read(kg("export", "--format", "nq", "--rdf12").out, "nq")
    proposed = {quad.object for quad in quads if isinstance(quad.object, ox.Triple)}
    asserted = {quad.triple for quad in quads}
    assert proposed & asserted == proposed & union(there)
    assert proposed - asserted


@pytest.mark.parametrize("form", ["jsonld", "rdfxml", "zip", "nanopub"])
def test_a_format_that_has_no_triple_terms_is_refused(form: str, kg: Kg) -> None:
    assert kg("export", "--format", form, "--rdf12").is_one_line_fault(2)


def test_a_proposition_that_lacks_a_part_is_told() -> None:
    part = ox.Quad(ox.NamedNode("urn:p"), ox.NamedNode(f"{ACES}subject"), ox.NamedNode("urn:s"))
    with pytest.raises(WrongError, match="urn:p"):
        list(to_reifiers([part]))
    other = ox.Quad(ox.NamedNode("urn:p"), ox.NamedNode(f"{ACES}subject"), ox.NamedNode("urn:t"))
    with pytest.raises(WrongError, match="two of"):
        list(to_reifiers([part, other]))


# --- nanopublications ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    from kg.exports import nanopublications
    from kg.graph import open_graph

    folder = tmp_path_factory.mktemp("nanopublications")
    found = {}
    for name, text in nanopublications(open_graph(corpus).local):
        found[name] = folder / f"{name}.trig"
        found[name].write_bytes(text)
    return found


def test_every_claim_is_one_nanopublication(published: dict[str, Path], there: set[ox.Quad]) -> None:
    claims = {q.subject.value for q in there if getattr(q.object, "value", "") == f"{ACES}Claim"}
    claims -= {claim for claim in claims if not claim.startswith(f"{KG}claim/")}
    assert {f"{KG}claim/{name}" for name in published} == claims


def test_the_official_library_takes_each_for_valid(published: dict[str, Path]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of rdflib's older names, which that library uses
        from nanopub import Nanopub

        for file in published.values():
            nanopublication = Nanopub(rdf=file)
            assert nanopublication.is_valid, file.name


def test_an_assertion_is_what_the_graph_says_of_the_claim(
    published: dict[str, Path], there: set[ox.Quad]
) -> None:
    proposed = {
        name: {q.subject: q.object for q in there if q.predicate.value == f"{ACES}{name}"}
        for name in ("subject", "predicate", "object")
    }
    for name, file in published.items():
        quads = read(file.read_bytes(), "trig")
        assertion = {q.triple for q in quads if str(q.graph_name).endswith("#assertion>")}
        claim = ox.NamedNode(f"{KG}claim/{name}")
        assert {t for t in assertion if t.subject == claim} == {
            q.triple for q in there if q.subject == claim and "graph/work." in str(q.graph_name)
        }
        assert assertion <= union(there)
        named = {t.object for t in assertion if t.subject == claim and t.object in proposed["subject"]}
        for node in named:
            parts = [proposed[part][node] for part in ("subject", "predicate", "object")]
            assert ox.Triple(*parts) not in assertion  # type: ignore[arg-type]
            held = {t.predicate.value for t in assertion if t.subject == node}
            assert {f"{ACES}{part}" for part in proposed} <= held


def test_nanopublications_go_into_a_folder_of_their_own(kg: Kg, tmp_path: Path) -> None:
    assert kg("export", "--format", "nanopub").is_one_line_fault(2)
    folder = tmp_path / "out"
    for _ in range(2):
        run = kg("export", "--format", "nanopub", "-o", str(folder))
        assert (run.code, run.out) == (0, "")
    (folder / "mine.txt").write_text("keep")
    assert kg("export", "--format", "nanopub", "-o", str(folder)).is_one_line_fault(2)
    assert (folder / "mine.txt").read_text() == "keep"


# --- the bundle ----------------------------------------------------------------------------------


def test_a_bundle_holds_the_graph_its_description_and_sums_that_are_right(
    kg: Kg, there: set[ox.Quad], tmp_path: Path
) -> None:
    file = tmp_path / "graph.zip"
    assert kg("export", "--format", "zip", "-o", str(file)).code == 0
    archive = zipfile.ZipFile(io.BytesIO(file.read_bytes()))
    files = {name: archive.read(name) for name in archive.namelist()}
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums.keys() == files.keys() - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == sum_ for name, sum_ in sums.items())
    manifest = json.loads(files["manifest.json"])
    assert sum(manifest["triples"].values()) == len(there)
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]}.items() <= sums.items()
    assert set(read(files["graph.nq"], "nq")) == there
    graphs = [read(data, "trig") for name, data in files.items() if name.startswith("graphs/")]
    assert {quad for quads in graphs for quad in quads} == there
    described = {quad.triple for quad in read(files["dcat.ttl"], "ttl")}
    sizes = {int(t.object.value) for t in described if t.predicate.value.endswith("byteSize")}  # type: ignore[union-attr]
    assert len(files["graph.nq"]) in sizes
    assert any(
        t.predicate.value.endswith("#triples") for t in {q.triple for q in read(files["void.ttl"], "ttl")}
    )
    assert b"CC BY 4.0" in files["LICENCE.txt"]


def test_a_bundle_is_the_same_bytes_every_time(kg: Kg, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        kg("export", "--format", "zip", "-o", str(tmp_path / name))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
