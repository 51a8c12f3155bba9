"""The whole graph in one file, in every format, without losing a triple."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph

from running import Run

Kg = Callable[..., Run]
WITH_GRAPHS = {"nq": "nquads", "trig": "trig", "jsonld": "json-ld"}
UNIONS = {"nt": "nt", "ttl": "turtle", "rdfxml": "xml"}


@pytest.fixture(scope="module")
def there(corpus: Path) -> set[ox.Quad]:
    files = (corpus / "triples").glob("*.trig")
    return {quad for file in files for quad in ox.parse(path=file, format=ox.RdfFormat.TRIG)}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by rdflib's own parsers
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")
@pytest.mark.parametrize("form", WITH_GRAPHS)
def test_an_export_with_graph_names_parses_back_to_as_many_quads(
    form: str, kg: Kg, there: set[ox.Quad]
) -> None:
    run = kg("export", "--format", form)
    assert (run.code, run.err) == (0, "")
    dataset = Dataset()
    dataset.parse(data=run.out, format=WITH_GRAPHS[form])
    assert len({(s, p, o, str(g)) for s, p, o, g in dataset.quads()}) == len(there)


@pytest.mark.parametrize("form", UNIONS)
def test_an_export_without_graph_names_loses_no_triple(form: str, kg: Kg, there: set[ox.Quad]) -> None:
    run = kg("export", "--format", form)
    assert (run.code, run.err) == (0, "")
    assert len(Graph().parse(data=run.out, format=UNIONS[form])) == len({quad.triple for quad in there})
    assert len({quad.triple for quad in there}) == len(there)


@pytest.mark.parametrize("form", ["nq", "ttl"])
def test_an_export_is_the_same_bytes_every_time(form: str, kg: Kg) -> None:
    assert kg("export", "--format", form) == kg("export", "--format", form)


def test_an_export_to_a_file_is_what_goes_to_stdout(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "new" / "graph.nq"
    run = kg("export", "-o", str(file))
    assert (run.code, run.out) == (0, "")
    assert str(file) in run.err
    assert file.read_bytes().decode() == kg("export", "--format", "nq").out
    assert [path.name for path in file.parent.iterdir()] == ["graph.nq"]
