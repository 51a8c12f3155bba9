"""The examples in the docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import kg

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(kg.__path__, "kg.") if module.name != "kg.__main__"
)
AT_LEAST = 25


def examples_of(name: str) -> list[doctest.DocTest]:
    return [test for test in doctest.DocTestFinder().find(importlib.import_module(name)) if test.examples]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_give_what_stands_there(name: str) -> None:
    runner = doctest.DocTestRunner()
    said: list[str] = []
    for test in examples_of(name):
        runner.run(test, out=said.append)
    assert "".join(said) == ""


def test_there_are_as_many_examples_as_there_should_be() -> None:
    run = [
        example
        for name in MODULES
        for test in examples_of(name)
        for example in test.examples
        if not example.options.get(doctest.SKIP)
    ]
    assert len(run) >= AT_LEAST
