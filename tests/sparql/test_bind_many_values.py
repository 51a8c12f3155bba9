"""Ten thousand random texts go through one query and come back to the letter."""

from __future__ import annotations

import random

from rdflib import Literal

from kg.sparql import bind, check_read_only
from kg.stores.answer import Rows
from kg.stores.local import LocalStore
from strategies import HOSTILE

QUERY = "SELECT ?x WHERE {\n  VALUES ?x { 'example' }\n}"
ALPHABET = [*HOSTILE, *map(chr, range(1, 0x250)), "\ufffd", "\uffff", "\U0010ffff", "\u2066", "\ufeff"]


def test_ten_thousand_random_texts_come_back_to_the_letter() -> None:
    chance = random.Random(24)
    texts = ["".join(chance.choices(ALPHABET, k=chance.randint(0, 12))) for _ in range(10_000)]
    store = LocalStore.from_quads([])
    for start in range(0, len(texts), 2_000):
        terms = [Literal(text) for text in texts[start : start + 2_000]]
        query = bind(QUERY, {"x": terms})
        assert check_read_only(query, ()) == "select"
        answer = store.query(query)
        assert isinstance(answer, Rows)
        assert [row[0] for row in answer.rows] == terms
