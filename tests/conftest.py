"""Shared set-up: where things are, and which tests need what a plain machine does not have."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from running import Run

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
CORPUS = ROOT / "tests" / "corpus"
NEEDS = {
    "server": "needs a live triple store",
    "java": "needs Java",
    "wheel": "builds and installs the wheel",
    "slow": "takes longer than a few seconds",
}

too_slow = [HealthCheck.too_slow]
settings.register_profile("default", deadline=None, max_examples=30, suppress_health_check=too_slow)
settings.register_profile("ci", deadline=None, suppress_health_check=too_slow)
settings.register_profile("soak", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--live", action="store_true", help="also run what needs servers, Java or a wheel")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--live"):
        return
    for item in items:
        for name, reason in NEEDS.items():
            if name in item.keywords:
                item.add_marker(pytest.mark.skip(reason=f"{reason}: run by .ci/run (pytest --live)"))


def pytest_collection_finish() -> None:
    """Thousands of tests are collected and stay: nobody need look through them for garbage again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data beside the checkout; tests that use it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared test data is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small corpus on another subject, copied and built: a workspace of its own, not to be changed."""
    from kg.build import build
    from kg.workspace import Workspace

    folder = tmp_path_factory.mktemp("corpus")
    shutil.copytree(CORPUS / "seeds", folder / "seeds")
    build(Workspace(folder))
    return folder


@pytest.fixture(scope="session")
def mills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus with ties, dates and numbers of every kind, built: not to be changed."""
    from kg.build import build
    from kg.workspace import Workspace

    folder = tmp_path_factory.mktemp("mills")
    shutil.copytree(ROOT / "tests" / "queries" / "mills" / "seeds", folder / "seeds")
    build(Workspace(folder))
    return folder


@pytest.fixture(scope="session", params=["corpus", "shipped"])
def built(request: pytest.FixtureRequest) -> Path:
    """A workspace with a built graph: the small corpus, then the graph that ships."""
    if request.param == "corpus":
        return Path(request.getfixturevalue("corpus"))
    assert (ROOT / "triples" / "facts.trig").exists(), "there is no graph to test; run: kg build"
    return ROOT


@pytest.fixture
def scratch(corpus: Path, tmp_path: Path) -> Path:
    """A copy of the built corpus that a test may spoil."""
    return Path(shutil.copytree(corpus, tmp_path / "scratch"))


@pytest.fixture
def kg(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Run]:
    """Run the command line in this process, on the small corpus or another workspace."""
    from kg.cli import main

    def run(*words: str, workspace: Path | None = corpus) -> Run:
        where = ["--workspace", str(workspace)] if workspace else []
        monkeypatch.setattr(sys, "argv", ["kg", *where, *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        said = capsys.readouterr()
        return Run(int(stop.value.code or 0), said.out, said.err)

    return run
