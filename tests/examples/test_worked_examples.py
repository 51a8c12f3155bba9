"""Hard sentences worked out in the claims format: the loader and the ontology must carry every one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.claims import load_claims
from kg.registry import Registry, load_registry
from kg.vocabulary import load_vocabulary, ontology_files
from kg.workspace import core_folder

REGISTRY = Path(__file__).parent / "registry"
DOCUMENTS = Path(__file__).parents[2] / "seeds" / "documents"
DOCUMENT_OF = {
    "001": "isk-brand-ctc",
    "002": "hstoday-allied-lethal",
    "003": "cass-resurgence-2024",
    "004": "csag-reemergence-2021",
}
HOW_MANY = 57


class _TextLoader(yaml.SafeLoader):
    """Every scalar as text, as claims files are read."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  the base class has it like this


@pytest.fixture(scope="module")
def registry() -> Registry:
    vocabulary = load_vocabulary(ontology_files([core_folder() / "ontology"]))
    registry = load_registry(REGISTRY, vocabulary, str)
    assert registry.findings == []
    return registry


@pytest.fixture(scope="module")
def examples(shared: Path) -> list[dict[str, Any]]:
    return yaml.load((shared / "examples.yaml").read_text(encoding="utf-8"), _TextLoader)


def test_there_are_as_many_examples_as_there_should_be(examples: list[dict[str, Any]]) -> None:
    assert len(examples) == HOW_MANY


@pytest.mark.parametrize("number", range(HOW_MANY))
def test_a_worked_example_loads_without_a_violation(
    number: int, examples: list[dict[str, Any]], registry: Registry, tmp_path: Path
) -> None:
    example = examples[number]
    content = {"document": DOCUMENT_OF[example["doc"]], "claims": example["claims"]}
    path = tmp_path / f"{example['n']}.yaml"
    path.write_text(
        yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8"
    )
    file = load_claims(path, path.name, registry, DOCUMENTS)
    faults = [f"{f.where}: {f.message}" for f in file.findings if f.severity == "violation"]
    assert faults == []
    assert file.claims or file.figures
    assert all(claim.evidence for claim in file.claims)
