"""How the code is built: modules look one way only, know nothing of the subject, and say what they do."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "kg"
# Each imports only what stands before it: the shared tongue, reading and writing, what people wrote,
# what follows from it, what is made of it, and what it is used through.
ORDER = """
    model errors terms display tables yamltext names times quantities workspace
    serialise sparql stores exports shacl queries results
    documents vocabulary identity registry claims additions seeds deciding
    analysis audit triples records draft assembly
    explain why candidates validation adding pictures graph facts reasoning build doctor
    __init__ cli __main__
""".split()
# Aim at 300; what is longer is to be parted, and none may grow beyond this.
MOST_LINES = 400
# Whatever names things: decisions on who is the same as whom only refer to them.
REGISTRY = [f for f in (ROOT / "seeds" / "registry").glob("*.yaml") if f.stem != "decisions"]
VALUES_LINE = re.compile(r"^\s*VALUES \?\w+ \{.*\}$", re.MULTILINE)
FILES = sorted(SOURCE.rglob("*.py"))


def module_of(file: Path) -> str:
    """The module or package right under ``kg`` that a file belongs to."""
    return file.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports_of(file: Path) -> Iterator[tuple[int, str]]:
    """Every import of ours in a file, wherever it stands: line, and the module right under ``kg``."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").split(".")[0] == "kg":
            path = str(node.module).split(".")
            names = path[1:2] or [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name.split(".")[1] for a in node.names if a.name.startswith("kg.")]
        else:
            continue
        yield from ((node.lineno, name) for name in names)


def test_the_documented_order_names_every_module_once() -> None:
    assert sorted(ORDER) == sorted({module_of(file) for file in FILES})


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_a_module_imports_only_what_stands_before_it(file: Path) -> None:
    own = ORDER.index(module_of(file))
    wrong = [
        f"line {line}: {name}"
        for line, name in imports_of(file)
        if name != module_of(file) and ORDER.index(name) >= own
    ]
    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_a_module_imports_by_full_names(file: Path) -> None:
    assert not [n.lineno for n in ast.walk(tree_of(file)) if isinstance(n, ast.ImportFrom) and n.level]


def test_the_model_imports_nothing_of_ours() -> None:
    assert list(imports_of(SOURCE / "model.py")) == []


def test_only_the_flow_knows_the_flow() -> None:
    users = {module_of(file) for file in FILES if any(name == "build" for _, name in imports_of(file))}
    assert users == {"cli", "doctor"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_a_file_is_short_enough_to_be_read(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_the_linter_asks_for_a_docstring_on_everything_public() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert "D" in settings["select"]
    assert not {f"D10{n}" for n in range(8)} & set(settings["ignore"])
    assert not any(pattern.startswith("src") for pattern in settings["per-file-ignores"])


def test_types_are_checked_strictly_and_warnings_are_errors() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert tool["mypy"]["strict"] is True
    assert tool["pytest"]["ini_options"]["filterwarnings"][0] == "error"


# --- the code knows nothing of the subject -------------------------------------------------------


def names_of_the_subject() -> set[str]:
    """Every label and alias of the registry that is longer than three letters."""
    names: set[str] = set()
    for file in REGISTRY:
        entries = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        for entry in entries.values():
            if file.stem == "concepts":
                names |= {str(c if isinstance(c, str) else c["label"]) for c in entry.values()}
            else:
                names |= {entry} if isinstance(entry, str) else {entry["label"], *entry.get("aliases", ())}
    return {name for name in names if sum(map(str.isalpha, name)) > 3}


def test_no_name_of_the_subject_stands_in_code_or_shapes() -> None:
    names = names_of_the_subject()
    assert len(names) > 100
    files = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.rq"), *(ROOT / "shapes").glob("*.ttl")]
    texts = {file.name: VALUES_LINE.sub("", file.read_text(encoding="utf-8")) for file in files}
    whole = "\n".join(texts.values())
    found = [
        f"{file}: {name}"
        for name in names
        if name in whole
        for file, text in texts.items()
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]
    assert found == []


def test_no_local_name_of_the_subject_stands_in_code_or_shapes() -> None:
    """Local names of things, such as ``actor:NAME``, are names of the subject too."""
    known = {
        f"{file.stem.removesuffix('s')}:{name}"
        for file in REGISTRY
        if file.stem != "concepts"
        for name in yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    }
    found = []
    for file in (*SOURCE.rglob("*.py"), *SOURCE.rglob("*.rq"), *(ROOT / "shapes").glob("*.ttl")):
        text = VALUES_LINE.sub("", file.read_text(encoding="utf-8"))
        found += [
            f"{file.name}: {n}"
            for n in re.findall(r"\b(?:actor|place|event|work)[:/][\w-]+", text)
            if n.replace("/", ":") in known
        ]
    assert found == []
