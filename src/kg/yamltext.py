"""YAML as people write it for us: every scalar is text, and everything knows its place in the file.

No tags, anchors or aliases; a duplicate key is a fault, and so is a key without a value inside ``{}``
(which is what a thousands separator there turns into).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg.errors import LimitError, RefusedError, UnreadableError
from kg.model import Finding, Where

MOST_CHARACTERS = 16_000_000
MAX_DEPTH = 60


class Text(str):
    """A scalar: its text, and where it stands."""

    __slots__ = ("where",)
    where: Where

    def __new__(cls, value: str, where: Where) -> Text:
        """Make the text with its place."""
        text = super().__new__(cls, value)
        text.where = where
        return text


class Sequence(list["Node"]):
    """A list, and where it begins."""

    def __init__(self, items: list[Node], where: Where) -> None:
        """Keep the items and the place."""
        super().__init__(items)
        self.where = where


@dataclass
class Mapping:
    """Keys with their values in the order of the file; ``in_braces`` tells ``{}`` from indented lines."""

    where: Where
    entries: dict[Text, Node] = field(default_factory=dict)
    in_braces: bool = False

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return self.entries.get(key)  # type: ignore[call-overload,no-any-return]

    def __contains__(self, key: object) -> bool:
        """Whether the key is there."""
        return key in self.entries

    def __iter__(self) -> Iterator[tuple[Text, Node]]:
        """Pairs of key and value."""
        return iter(self.entries.items())

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self.entries)


Node = Text | Sequence | Mapping


def read_yaml(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """The content of a YAML text (None when it is empty) and the faults that do not stop the reading.

    ``file`` is the name that places show.  Raises UnreadableError when it does not parse, RefusedError
    for tags, anchors and aliases, LimitError when it is too large or too deep.
    """
    if len(text) > MOST_CHARACTERS:
        place = Where(file, text.count("\n", 0, MOST_CHARACTERS) + 1)
        what = f"the file has more than {MOST_CHARACTERS:,} characters"
        raise LimitError(what, where=str(place), fix="split it")
    _refuse_aliases(text, file)
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        where = Where(file, mark.line + 1, mark.column + 1) if mark else Where(file)
        raise UnreadableError(
            f"this is no YAML: {fault.problem or fault.context}",
            where=str(where),
            fix="check quotes, colons and indentation there",
        ) from None
    except (yaml.YAMLError, ValueError) as fault:
        line = str(fault).splitlines()[0]
        raise UnreadableError(f"this is no YAML: {line}", where=file) from None
    findings: list[Finding] = []
    return (None if root is None else _convert(root, file, findings)), findings


def read_yaml_file(path: Path, shown: str) -> tuple[Node | None, list[Finding]]:
    """As :func:`read_yaml`, from a file; ``shown`` is the path that messages show."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as fault:
        raise UnreadableError(f"cannot be read: {fault.strerror}", where=shown) from None
    except UnicodeDecodeError as fault:
        raise UnreadableError(
            f"this is no UTF-8 (byte {fault.start})", where=shown, fix="save the file as UTF-8"
        ) from None
    return read_yaml(text, shown)


def _refuse_aliases(text: str, file: str) -> None:
    """Walk the events before anything is composed: an alias can make a small file enormous."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            mark = event.start_mark
            where = str(Where(file, mark.line + 1, mark.column + 1)) if mark else file
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise RefusedError("anchors and aliases are not read", where=where, fix="write it out")
            if getattr(event, "tag", None) not in (None, "!"):
                raise RefusedError("tags are not read", where=where, fix="leave the tag out")
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise LimitError(f"nested deeper than {MAX_DEPTH} levels", where=where)
    except (yaml.YAMLError, ValueError):
        return  # composing meets the same fault and tells it with its place


def _convert(node: Any, file: str, findings: list[Finding]) -> Node:
    where = Where(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        return Text(node.value, where)
    if isinstance(node, yaml.SequenceNode):
        return Sequence([_convert(item, file, findings) for item in node.value], where)
    mapping = Mapping(where, in_braces=bool(node.flow_style))
    for key_node, value_node in node.value:
        key = _convert(key_node, file, findings)
        if not isinstance(key, Text):
            findings.append(_fault("key-is-text", "a key must be a word", "write key: value", where))
            continue
        if key in mapping:
            findings.append(
                _fault("key-stands-once", f"the key {key!r} stands here twice", "keep one", key.where)
            )
            continue
        if mapping.in_braces and isinstance(value_node, yaml.ScalarNode) and value_node.value == "":
            findings.append(
                _fault(
                    "key-has-a-value",
                    f"{key!r} has no value inside {{}}",
                    "write numbers without thousands separators, and quote text that holds a comma",
                    key.where,
                )
            )
            continue
        mapping.entries[key] = _convert(value_node, file, findings)
    return mapping


def _fault(rule: str, message: str, fix: str, where: Where) -> Finding:
    return Finding(rule, "violation", message, fix, where)
