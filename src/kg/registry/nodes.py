"""What stands in a node of a registry file."""

from __future__ import annotations

from kg.yamltext import Mapping, Sequence, Text


def without_basis(node: Mapping) -> tuple[Mapping, list[str]]:
    """``{value: X, basis: curator}`` as X, and the keys whose basis is the curator."""
    plain, curated = Mapping(node.where), []
    for key, value in node:
        if isinstance(value, Mapping) and "value" in value:
            if text(value, "basis") == "curator":
                curated.append(str(key))
            inner = value.get("value")
            assert inner is not None
            plain.entries[key] = inner
        else:
            plain.entries[key] = value
    return plain, curated


def text(node: Mapping, key: str) -> str:
    """The text under a key; empty where there is none."""
    value = node.get(key)
    return str(value) if isinstance(value, Text) else ""


def names(node: Mapping, key: str) -> list[Text]:
    """The texts under a key, one or several, each with its place."""
    value = node.get(key)
    if isinstance(value, Sequence):
        return [v for v in value if isinstance(v, Text)]
    return [value] if isinstance(value, Text) else []


def texts(node: Mapping, key: str) -> list[str]:
    """The texts under a key, one or several."""
    return [str(v) for v in names(node, key)]
