import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, LimitError, RefusedError, UnreadableError
from kg.yamltext import Mapping, Text, read_yaml


def test_every_scalar_is_text_with_its_place() -> None:
    root, faults = read_yaml("a: 2015\nb: {c: yes}\n", "f.yaml")
    assert isinstance(root, Mapping) and not faults
    value = root.get("a")
    assert isinstance(value, Text) and value == "2015" and str(value.where) == "f.yaml:1:4"
    inner = root.get("b")
    assert isinstance(inner, Mapping) and inner.get("c") == "yes"


def test_a_key_that_stands_twice_is_a_fault_with_its_place() -> None:
    _, faults = read_yaml("a: 1\nb: 2\na: 3\n", "f.yaml")
    assert [(f.rule, str(f.where)) for f in faults] == [("key-stands-once", "f.yaml:3:1")]


def test_a_thousands_separator_in_braces_is_a_fault() -> None:
    _, faults = read_yaml("observes: {attacks: 15,000, by: x}\n", "f.yaml")
    assert [f.rule for f in faults] == ["key-has-a-value"]
    assert "thousands separators" in faults[0].fix


def test_yaml_that_does_not_parse_says_where() -> None:
    with pytest.raises(UnreadableError) as fault:
        read_yaml("a: [1, 2\nb: 3\n", "f.yaml")
    assert fault.value.where.startswith("f.yaml:2:")


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: !!python/object:os.system x\n"])
def test_anchors_aliases_and_tags_are_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        read_yaml(text, "f.yaml")


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(LimitError):
        read_yaml("[" * 1000 + "]" * 1000, "f.yaml")


@given(st.text())
def test_any_text_is_read_or_refused_with_an_error_of_ours(text: str) -> None:
    try:
        read_yaml(text, "f.yaml")
    except KgError as fault:
        assert "\n" not in fault.line()
