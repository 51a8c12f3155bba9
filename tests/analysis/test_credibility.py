"""The grade that follows from who supports and who opposes a Proposition, and on what they rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from kg.analysis.credibility import Grounds, grounds
from kg.analysis.independence import Origin
from kg.analysis.standing import Voices, asserts
from kg.model import Citation, Claim
from kg.times import parse_time

ALONE: dict[str, Origin] = {}


def claim(work: str, *cited: str, **how: Any) -> Claim:
    """A claim of a Work, in its own voice and without reserve, that cites others."""
    cites = (Citation(f"citation:{work}", work, "1", cited),) if cited else ()
    settings: dict[str, Any] = {"claimants": (work,), "voice": "own", "cites": cites, **how}
    return Claim(iri=f"claim:{work}:{len(how)}", stated_in=work, evidence=(), gist="", **settings)


def reported(work: str, *cited: str) -> Claim:
    return claim(work, *cited, voice="reported")


def hedged(work: str, *cited: str) -> Claim:
    return claim(work, *cited, certainty="possible")


def qualified(work: str, *cited: str) -> Claim:
    return claim(work, *cited, qualifier="in part")


def predicted(work: str, *cited: str) -> Claim:
    return claim(work, *cited, modality="prediction")


def found(support: Sequence[Claim], denials: Sequence[Claim] = (), rivals: Sequence[Claim] = ()) -> Grounds:
    """The grounds of a Proposition that all of ``support`` affirms."""
    asserting = tuple(one for one in support if asserts(one))
    return grounds(Voices(tuple(support), tuple(denials), asserting), ALONE, rivals)


# --- 1: confirmed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "support",
    [
        [claim("a", "x"), claim("b", "y")],
        [claim("a"), claim("b")],
        [claim("a", "x", "y")],
        [claim("a"), reported("b")],
        [claim("a", modality="estimate"), hedged("b")],
    ],
)
def test_what_is_asserted_on_two_independent_roots_is_confirmed(support: list[Claim]) -> None:
    assert found(support).grade == "1"


# --- 2: probably true ----------------------------------------------------------------------------


def test_what_is_asserted_with_a_source_is_probably_true() -> None:
    assert found([claim("a", "x")]).grade == "2"


def test_what_is_asserted_by_several_on_one_root_is_probably_true() -> None:
    assert found([claim("a", "x"), claim("b", "x")]).grade == "2"


@pytest.mark.parametrize("say", [reported, hedged, qualified])
def test_what_is_only_reported_or_hedged_on_two_independent_roots_is_probably_true(say: Any) -> None:
    assert found([say("a", "x"), say("b", "y")]).grade == "2"


def test_two_roots_of_one_author_do_not_confirm() -> None:
    support = (claim("a", "x"), claim("b", "y"))
    origin = {name: Origin(frozenset({"writer"})) for name in ("x", "y")}
    assert grounds(Voices(support, (), support), origin).grade == "2"


# --- 3: possibly true ----------------------------------------------------------------------------


def test_what_is_asserted_without_a_source_is_possibly_true() -> None:
    assert found([claim("a")]).grade == "3"


@pytest.mark.parametrize("say", [claim, reported])
def test_what_fewer_roots_oppose_than_support_is_possibly_true(say: Any) -> None:
    graded = found([say("a", "x"), say("b", "y")], [claim("c")])
    assert (graded.grade, graded.opposing) == ("3", 1)


# --- 4: doubtful ---------------------------------------------------------------------------------


@pytest.mark.parametrize("say", [reported, hedged, qualified])
@pytest.mark.parametrize("cited", [[], ["x"]])
def test_what_is_only_reported_or_hedged_on_one_root_is_doubtful(say: Any, cited: list[str]) -> None:
    assert found([say("a", *cited)]).grade == "4"


def test_several_reports_of_one_root_are_doubtful_still() -> None:
    assert found([reported("a", "x"), reported("b", "x"), reported("c", "x")]).grade == "4"


def test_what_follows_from_a_more_precise_assertion_is_no_more_doubtful_than_that() -> None:
    finer = claim("a", "x")
    assert grounds(Voices((finer,), (), ()), ALONE).grade == "2"


# --- 5: improbable -------------------------------------------------------------------------------


@pytest.mark.parametrize("denials", [[claim("b")], [claim("b"), claim("c")], [reported("b")]])
def test_what_as_many_roots_oppose_as_support_or_more_is_improbable(denials: list[Claim]) -> None:
    graded = found([claim("a", "x")], denials)
    assert (graded.grade, graded.opposing) == ("5", len(denials))


def test_a_rival_value_opposes_as_a_denial_does() -> None:
    assert found([claim("a", "x")], rivals=[claim("b")]).grade == "5"


def test_denials_that_rest_on_one_root_oppose_once() -> None:
    support = [claim("a", "x"), claim("b", "y")]
    assert found(support, [claim("c", "z"), claim("d", "z")]).grade == "3"


def test_a_root_that_denies_it_and_holds_a_rival_value_opposes_once() -> None:
    assert found([claim("a"), claim("b")], [claim("c")], [claim("c")]).opposing == 1


def test_a_prediction_opposes_nothing() -> None:
    assert found([claim("a", "x")], [predicted("b")], [predicted("c")]).grade == "2"


def test_a_denial_of_another_time_opposes_nothing() -> None:
    support = [claim("a", "x", valid_during=parse_time("2014/2016"))]
    assert found(support, [claim("b", valid_during=parse_time("2017/.."))]).grade == "2"
    assert found(support, [claim("b", valid_during=parse_time("2016/.."))]).grade == "5"


# --- 6: cannot be judged -------------------------------------------------------------------------


@pytest.mark.parametrize("support", [[], [predicted("a", "x")], [claim("a", modality="recommendation")]])
def test_what_nobody_affirms_as_assertion_or_estimate_cannot_be_judged(support: list[Claim]) -> None:
    assert found(support).grade == "6"


def test_what_is_only_denied_cannot_be_judged() -> None:
    assert found([], [claim("a")]).grade == "6"


# --- what it rests on ----------------------------------------------------------------------------


def test_the_grounds_hold_what_stands_behind_it() -> None:
    behind = found([claim("a", "x"), claim("b")]).support
    assert (behind.roots, behind.independent, behind.unsourced) == (("b", "x"), ("b", "x"), ("b",))


def test_a_prediction_is_no_support() -> None:
    assert found([claim("a", "x"), predicted("b", "y")]).support.roots == ("x",)
