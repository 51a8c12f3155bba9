"""How deep, how long and of how many parts a query may be."""

from __future__ import annotations

import contextlib
import time

import pytest

from kg.errors import LimitError
from kg.sparql import check_read_only


def limited(query: str) -> LimitError:
    with pytest.raises(LimitError) as caught:
        check_read_only(query, ())
    assert caught.value.exit_code == 6
    assert caught.value.fix
    return caught.value


DEEP = {
    "groups": lambda n: "ASK " + "{" * n + "}" * n,
    "brackets": lambda n: "ASK {FILTER" + "(" * (n - 1) + "1" + ")" * (n - 1) + "}",
    "nodes": lambda n: "ASK {?s ?p " + "[:p " * (n - 1) + "1" + "]" * (n - 1) + "}",
    "negations": lambda n: "ASK {FILTER(" + "!" * (n - 2) + "1)}",
    "signs": lambda n: "ASK {FILTER(" + "-+" * ((n - 2) // 2) + "1)}",
    "inverses": lambda n: "ASK {?s " + "^" * (n - 1) + ":p ?o}",
    "mixed": lambda n: "ASK {FILTER(" + "!(" * ((n - 2) // 2) + "1" + ")" * ((n - 2) // 2) + ")}",
    "functions": lambda n: "ASK {FILTER(" + "STR(" * (n - 2) + "1" + ")" * (n - 2) + ")}",
    "paths": lambda n: "ASK {?s " + "(" * (n - 1) + ":p" + ")*" * (n - 1) + " ?o}",
    "data": lambda n: "ASK {VALUES ?x {" + "(" * (n - 2) + ")" * (n - 2) + "}}",
}


@pytest.mark.parametrize("make", DEEP.values(), ids=DEEP)
def test_nesting_stops_at_the_limit_and_not_before(make: object) -> None:
    assert callable(make)
    check_read_only(make(100), ())
    assert "nests deeper than 100" in limited(make(102)).what


def test_many_brackets_beside_each_other_are_not_deep() -> None:
    check_read_only("ASK {FILTER(" + "(1)&&" * 300 + "!!1)}", ())


LONG = {
    "unions": lambda n: "ASK {" + "{}UNION" * (n - 2) + "{}}",
    "sequences": lambda n: "ASK {?s " + ":p/" * n + ":p ?o}",
    "alternatives": lambda n: "ASK {?s " + ":p|" * n + ":p ?o}",
    "conjunctions": lambda n: "ASK {FILTER(" + "?x&&" * n + "1)}",
    "sums": lambda n: "ASK {FILTER(" + "1+" * n + "1)}",
    "subtractions of words": lambda n: "ASK {FILTER(" + "true-" * n + "1)}",
    "triples": lambda n: "ASK {" + "?s ?p ?o." * n + "}",
    "triples of words": lambda n: "ASK {" + "?s ?p true." * n + "}",
    "lists of values": lambda n: "ASK {FILTER(?x IN (" + "1," * n + "1))}",
    "nodes to describe": lambda n: "DESCRIBE " + "<urn:x> " * (n + 3) + "{}",
    "optional parts": lambda n: "ASK {" + "OPTIONAL{}" * (n - 1) + "}",
    "assignments": lambda n: "SELECT " + "(1 AS ?x)" * n + "{}",
}


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_five_hundred_of_one_kind_are_enough(make: object) -> None:
    assert callable(make)
    check_read_only(make(500), ())
    assert "more than 500" in limited(make(501)).what


def test_parts_of_many_kinds_add_up() -> None:
    parts = "OPTIONAL{FILTER(?x=1&&?y!=2||!?z)}"
    check_read_only("ASK {" + parts * 150 + "}", ())
    assert "more than 1500 parts" in limited("ASK {" + parts * 300 + "}").what


def test_rows_of_values_are_not_counted() -> None:
    check_read_only("ASK { VALUES (?x ?y) {" + "(<urn:a> 'b') " * 20_000 + "} ?x ?y ?z }", ())


def test_what_follows_the_rows_of_values_is_counted() -> None:
    limited("ASK { VALUES ?x { 1 2 } " + "{}UNION" * 501 + "{} }")


def test_a_query_over_a_megabyte_is_refused_unread() -> None:
    assert "1,000,000" in limited("ASK {} #" + "x" * 1_000_000).what
    check_read_only("ASK {} #" + "x" * 999_992, ())


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "a-",
        "_",
        "a",
        ".",
        "\\",
        "'",
        '"',
        "<",
        "<<",
        "'''",
        '"""',
        "?",
        "%",
        ":",
        "a:",
        "@",
        "#\n",
        "é",
        "\n",
    ],
)
def test_a_megabyte_of_anything_is_judged_in_seconds(piece: str) -> None:
    query = "ASK {" + piece * (990_000 // len(piece.encode()))
    start = time.process_time()
    with contextlib.suppress(LimitError):
        check_read_only(query, ())
    assert time.process_time() - start < 10
