"""The form of a claims file: which keys it may have, and what shape the value of each must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from kg.model import Finding
from kg.names import suggestion
from kg.yamltext import Mapping as YamlMapping
from kg.yamltext import Node, Sequence, Text

Form = Literal["text", "texts", "mapping", "list", "any"]

FILE_KEYS: dict[str, Form] = {
    "document": "text",
    "sha256": "text",
    "also_in": "texts",
    "claimant": "texts",
    "notes": "mapping",
    "floor": "mapping",
    "claims": "list",
}
ADDED_KEYS: dict[str, Form] = {**FILE_KEYS, "registry": "mapping"}
STATEMENT_KEYS: dict[str, Form] = {
    "affirms": "mapping",
    "denies": "mapping",
    "considers": "mapping",
    "observes": "any",
}
OWN_KEYS: dict[str, Form] = {
    **STATEMENT_KEYS,
    "gist": "text",
    "qualifier": "text",
    "id": "text",
    "leaves": "mapping",
    "also": "list",
}
CLAIM_KEYS: dict[str, Form] = {
    **OWN_KEYS,
    "quote": "texts",
    "claimant": "texts",
    "reportedBy": "texts",
    "saidOn": "text",
    "saidIn": "text",
    "modality": "text",
    "certainty": "text",
    "validDuring": "text",
    "validIn": "text",
    "condition": "text",
    "addressee": "texts",
    "cites": "texts",
    "about": "texts",
    "topic": "texts",
    "inferred": "texts",
    "in": "text",
}
FURTHER_KEYS = {key: form for key, form in CLAIM_KEYS.items() if key not in ("quote", "also", "in")}
COVER_KEYS: dict[str, Form] = {"cover": "text", "quote": "texts", "in": "text", "leaves": "mapping"}
FIGURE_KEYS: dict[str, Form] = {"figure": "text", "quote": "texts"}
GROUP_KEYS: dict[str, Form] = {
    "under": "text",
    "claims": "list",
    **{key: form for key, form in CLAIM_KEYS.items() if key not in OWN_KEYS and key != "quote"},
}
_ASKS: dict[Form, str] = {
    "text": "takes one value",
    "texts": "takes a value or a list of values",
    "mapping": "takes key: value pairs",
    "list": "takes a list",
}


def faults_of_form(node: YamlMapping, forms: Mapping[str, Form], what: str) -> Iterator[Finding]:
    """Unknown keys of a mapping, and values that have another shape than their key asks for."""
    for key, value in node:
        if key not in forms:
            yield _fault("key-is-known", f"{str(key)!r} is no key of {what}", key, suggestion(key, forms))
        elif _is_empty(value, forms[key]):
            yield _fault("value-form", f"{str(key)!r} has no value", key, "give one, or leave the key out")
        elif not _has_form(value, forms[key]):
            yield _fault("value-form", f"{str(key)!r} {_ASKS[forms[key]]}", key, _fix(value))


def sound_entries(node: YamlMapping, forms: Mapping[str, Form]) -> dict[str, Node]:
    """The known keys of a mapping whose values have the right shape; statements in any shape."""
    return {
        str(key): value
        for key, value in node
        if key in STATEMENT_KEYS
        or (key in forms and not _is_empty(value, forms[key]) and _has_form(value, forms[key]))
    }


def _is_empty(value: Node, form: Form) -> bool:
    return not value if isinstance(value, Text) or form != "list" else False


def _has_form(value: Node, form: Form) -> bool:
    if form == "any":
        return True
    if form == "mapping":
        return isinstance(value, YamlMapping)
    if form == "list":
        return isinstance(value, Sequence)
    return isinstance(value, Text) or (form == "texts" and _is_list_of_words(value))


def _is_list_of_words(value: Node) -> bool:
    return isinstance(value, Sequence) and bool(value) and all(isinstance(v, Text) and v for v in value)


def _fix(value: Node) -> str:
    """A time such as ``[2014..2015]`` or words with a colon become a list or mapping when not quoted."""
    return "" if isinstance(value, Text) else "quote text that begins with [ or { or holds ': '"


def _fault(rule: str, message: str, key: Text, fix: str) -> Finding:
    return Finding(rule, "violation", message, fix, key.where)


def texts(node: Node | None) -> list[Text]:
    """One text or a list of texts, as a list."""
    if isinstance(node, Text):
        return [node]
    return [item for item in node if isinstance(item, Text)] if isinstance(node, Sequence) else []


def first_text(keys: Mapping[str, Node] | YamlMapping, key: str) -> Text | None:
    """The value of a key, the first where it is a list, None where it has none."""
    found = texts(keys.get(key))
    return found[0] if found else None
