"""``kg validate FILE`` on files made to crash, to stall or to reach outside."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Canaries, run_limited
from running import Run

pytestmark = [pytest.mark.usefixtures("unchanged"), pytest.mark.slow]
RunKg = Callable[..., Run]
ReadAll = Callable[[list[Path]], list[Run]]
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e#">'
DESCRIBED = "<rdf:Description rdf:about='urn:a'><e:p>{}</e:p></rdf:Description></rdf:RDF>"
ENTITIES = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
LAUGHS = f"<!DOCTYPE r [<!ENTITY l0 'ha'>{ENTITIES}]>{RDF}{DESCRIBED.format('&l9;')}"
QUADRATIC = f"<!DOCTYPE r [<!ENTITY a '{'a' * 50_000}'>]>{RDF}{DESCRIBED.format('&a;' * 50_000)}"


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- malformed -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("bad.ttl", "<urn:a> <urn:b> .", "1:17"),
        ("bad.trig", "<urn:g> {\n <urn:a> <urn:b> [ }", "2:"),
        ("bad.nt", "<urn:a> <urn:b> <rel> .", "1:17"),
        ("bad.nq", "<urn:a> <urn:b> 'x' .", "1:17"),
        ("bad.jsonld", '{"urn:a": [}', "1:12"),
        ("bad.rdf", RDF + "\n<e:A></e:B></rdf:RDF>", "2:8"),
    ],
)
def test_a_malformed_file_is_one_line_with_its_place(
    run_kg: RunKg, tmp_path: Path, name: str, content: str, place: str
) -> None:
    path = written(tmp_path, name, content)
    run = run_kg("validate", path)
    assert run.is_one_line_fault(2), run
    assert f"kg: {path}:{place}" in run.err


# --- entities ------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [LAUGHS, QUADRATIC], ids=["exponential", "quadratic"])
def test_an_entity_bomb_is_refused_on_sight(run_kg: RunKg, tmp_path: Path, content: str) -> None:
    run = run_kg("validate", written(tmp_path, "bomb.rdf", content))
    assert run.is_one_line_fault(2), run
    assert "document types and entities are not read" in run.err


SIGHT = """
import resource, sys, time
from kg.errors import RefusedError
from kg.serialise import parse
data = open(sys.argv[1], "rb").read()
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
try:
    parse(data, "rdfxml", where="f")
except RefusedError:
    spent = time.perf_counter() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(spent < 0.1, grown < 100_000)
"""


@pytest.mark.parametrize("content", [LAUGHS, QUADRATIC], ids=["exponential", "quadratic"])
def test_refusing_a_bomb_takes_a_tenth_of_a_second_and_no_memory(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, "bomb.rdf", content)
    run = run_limited(sys.executable, "-c", SIGHT, str(path), cwd=tmp_path)
    assert (run.code, run.out) == (0, "True True\n"), run


XXE = {
    "file": "<!DOCTYPE r [<!ENTITY x SYSTEM '{secret}'>]>" + RDF + DESCRIBED.format("&x;"),
    "web": "<!DOCTYPE r [<!ENTITY x SYSTEM '{url}'>]>" + RDF + DESCRIBED.format("&x;"),
    "parameter": "<!DOCTYPE r [<!ENTITY % x SYSTEM '{url}'> %x;]>" + RDF + DESCRIBED.format("&y;"),
    "subset": "<!DOCTYPE r SYSTEM '{url}'>" + RDF + DESCRIBED.format("z"),
    "public": "<?xml version='1.0'?><!DOCTYPE r PUBLIC '-//X//Y' '{url}'>" + RDF + DESCRIBED.format("z"),
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-7")


def encoded(text: str, encoding: str) -> bytes:
    """The text in an encoding; UTF-7 with the declaration and the signs that hide it from a search."""
    if encoding != "utf-7":
        return text.encode(encoding)
    rest = text.removeprefix("<?xml version='1.0'?>").replace("<", "+ADw-")
    return b"<?xml version='1.0' encoding='UTF-7'?>" + rest.encode()


def xxe_files(folder: Path, canaries: Canaries) -> list[Path]:
    places = {"secret": canaries.secret.as_uri(), "url": canaries.url}
    return [
        written(folder, f"{kind}.{encoding}.rdf", encoded(text.format(**places), encoding))
        for kind, text in XXE.items()
        for encoding in ENCODINGS
    ]


def test_no_external_entity_is_read_in_whatever_encoding(
    read_all: ReadAll, tmp_path: Path, canaries: Canaries
) -> None:
    runs = read_all(xxe_files(tmp_path, canaries))
    assert len(runs) == 25
    assert [run for run in runs if not run.is_one_line_fault(2)] == []
    assert canaries.are_alive()
    assert not any(canaries.told(run) for run in runs)


def test_the_command_line_reads_no_external_entity(run_kg: RunKg, tmp_path: Path, canaries: Canaries) -> None:
    for path in xxe_files(tmp_path, canaries)[:2]:
        run = run_kg("validate", path)
        assert run.is_one_line_fault(2), run
        assert not canaries.told(run)
    assert canaries.are_alive()


# --- what would be fetched -----------------------------------------------------------------------


REMOTE = (
    '{"@context": "URL", "name": "x"}',
    '{"@context": ["URL"]}',
    '{"@context": {"@import": "URL"}}',
    '{"@context": {"t": {"@id": "urn:t", "@context": "URL"}}, "t": {}}',
    r'{"\u0040context": "URL"}',
)


def test_a_remote_context_is_refused_by_its_address_and_not_fetched(
    run_kg: RunKg, read_all: ReadAll, tmp_path: Path, canaries: Canaries
) -> None:
    files = [
        written(tmp_path, f"remote{number}.jsonld", text.replace("URL", canaries.url))
        for number, text in enumerate(REMOTE)
    ]
    for run in (*read_all(files), run_kg("validate", files[0])):
        assert run.is_one_line_fault(2), run
        assert canaries.url in run.err
    assert canaries.are_alive()


def test_a_context_that_is_a_file_is_not_read(run_kg: RunKg, tmp_path: Path, canaries: Canaries) -> None:
    document = f'{{"@context": "{canaries.secret.as_uri()}"}}'
    run = run_kg("validate", written(tmp_path, "remote.jsonld", document))
    assert run.is_one_line_fault(2), run
    assert not canaries.told(run)


def test_imports_are_not_followed(run_kg: RunKg, tmp_path: Path, canaries: Canaries) -> None:
    owl = "http://www.w3.org/2002/07/owl#"
    imports = "".join(
        f"<urn:onto> <{owl}imports> <{place}> .\n" for place in (canaries.url, canaries.secret.as_uri())
    )
    text = f"<urn:onto> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{owl}Ontology> .\n{imports}"
    run = run_kg("validate", written(tmp_path, "onto.ttl", text))
    assert run.code in (0, 1, 2), run
    assert "Traceback" not in run.err
    assert canaries.are_alive()
    assert not canaries.told(run)


def test_a_module_named_in_an_ontology_is_not_imported(run_kg: RunKg, tmp_path: Path) -> None:
    trap = written(tmp_path, "canary_module.py", "from pathlib import Path\nPath('sprung').touch()\n")
    text = f"""<urn:onto> a <http://www.w3.org/2002/07/owl#Ontology> ;
  <http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module> "{trap.stem}" ."""
    run = run_kg("validate", written(tmp_path, "pm.ttl", text), PYTHONPATH=str(tmp_path))
    assert run.code in (0, 1, 2), run
    assert not (tmp_path / "sprung").exists()


# --- depth ---------------------------------------------------------------------------------------

DEEP = {
    "ttl": ("<urn:a> <urn:b> [ ", "<urn:a> <urn:b> ( "),
    "trig": ("<urn:g> {", "<urn:a> <urn:b> << "),
    "jsonld": ('{"urn:b":', "[", '{"@graph":[', '{"@context":{"a":'),
    "rdf": (f"{RDF}<e:A><e:p>",),
}


def deep_files(folder: Path) -> list[Path]:
    files = []
    for suffix, starts in DEEP.items():
        for number, start in enumerate(starts):
            piece = start.removeprefix("<urn:a> <urn:b> ").removeprefix(RDF)
            for depth in (300, 1_000, 10_000, 300_000):
                text = start.removesuffix(piece) + piece * depth
                files.append(written(folder, f"deep.{number}.{depth}.{suffix}", text))
    return files


def test_what_nests_too_deep_is_a_limit_at_any_depth(read_all: ReadAll, tmp_path: Path) -> None:
    runs = read_all(deep_files(tmp_path))
    assert len(runs) == 36
    assert [run for run in runs if not run.is_one_line_fault(6)] == []


@pytest.mark.parametrize("name", ["deep.0.300000.ttl", "deep.0.10000.jsonld", "deep.0.300000.rdf"])
def test_the_command_line_ends_with_the_code_of_a_limit(run_kg: RunKg, tmp_path: Path, name: str) -> None:
    deep_files(tmp_path)
    run = run_kg("validate", tmp_path / name)
    assert run.is_one_line_fault(6), run
    assert "deeper than 256" in run.err


# --- what is no text -----------------------------------------------------------------------------

NO_TEXT = (
    b"\xff\xfe\x00\x00",
    b"<urn:a> <urn:b> '\x00' .",
    b"<urn:a> <urn:b> '\xed\xa0\x80' .",
    b"\x80",
    b"\x1f\x8b\x08\x00gzip",
    b'{"urn:a": "\\ud800"}',
    bytes(range(256)),
)


def test_what_is_no_utf_8_text_is_unreadable(run_kg: RunKg, read_all: ReadAll, tmp_path: Path) -> None:
    files = [
        written(tmp_path, f"{number}.{suffix}", content)
        for number, content in enumerate(NO_TEXT)
        for suffix in ("ttl", "trig", "nt", "nq", "jsonld", "rdf")
    ]
    runs = [*read_all(files), run_kg("validate", files[0]), run_kg("validate", files[-1])]
    assert [run for run in runs if not run.is_one_line_fault(2)] == []


def test_a_file_that_is_not_there_or_no_file_is_one_line(run_kg: RunKg, tmp_path: Path) -> None:
    for path in (tmp_path / "none.ttl", tmp_path):
        assert run_kg("validate", path).is_one_line_fault(2)
