from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import times
from kg.errors import WrongError
from kg.terms import time_iri
from kg.times import canonical_edtf, describe, is_relative, parse_time, resolve_relative

BOUNDS = [
    ("2015-08-06", "2015-08-06", "2015-08-06", "within"),
    ("2015-08", "2015-08-01", "2015-08-31", "within"),
    ("2016-02", "2016-02-01", "2016-02-29", "within"),
    ("2016-37", "2016-01-01", "2016-04-30", "within"),
    ("2021-33", "2021-01-01", "2021-03-31", "within"),
    ("2014/2017", "2014-01-01", "2017-12-31", "throughout"),
    ("[2014..2015]", "2014-01-01", "2015-12-31", "within"),
    ("../2017-01", None, "2017-01-31", "throughout"),
    ("2015/..", "2015-01-01", None, "throughout"),
    ("[..2015]", None, "2015-12-31", "within"),
    ("{2020-02,2020-04}", "2020-02-01", "2020-04-30", "each"),
    ("2019~", "2018-01-01", "2020-12-31", "within"),
    ("2019-12~", "2019-11-01", "2020-01-31", "within"),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "mode"), BOUNDS)
def test_an_edtf_string_has_its_first_and_last_possible_day(
    text: str, earliest: str | None, latest: str | None, mode: str
) -> None:
    time = parse_time(text)
    assert (
        time.earliest and time.earliest.isoformat(),
        time.latest and time.latest.isoformat(),
        time.mode,
    ) == (earliest, latest, mode)


@given(st.integers(0, 10_000), st.none() | st.integers(0, 13), st.none() | st.integers(0, 32))
def test_a_plain_date_has_the_bounds_that_the_parser_gives_it(
    year: int, month: int | None, day: int | None
) -> None:
    text = f"{year:04}" + "".join(
        f"-{part:02}" for part in (month, day if month else None) if part is not None
    )

    def bounds(read: Callable[[str], tuple[date, date]]) -> tuple[date, date] | str:
        try:
            return read(text)
        except WrongError as fault:
            return str(fault)

    def parsed(text: str) -> tuple[date, date]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(times, "_plain_bounds", lambda text: None)
            return times._bounds.__wrapped__(text)

    assert bounds(times._bounds.__wrapped__) == bounds(parsed)


@pytest.mark.parametrize("text", ["2015-13", "2015-02-31", "2015-02-29", "last year", "", "20150806"])
def test_what_is_no_edtf_or_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(WrongError) as fault:
        parse_time(text)
    assert "write for example" in fault.value.fix


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2015", "[2015-01-01..2015-12-31]"),
        ("2021-33", "[2021-01..2021-03]"),
        ("2014-01/2017-12", "2014/2017"),
    ],
)
def test_two_spellings_of_one_time_are_one_node(one: str, other: str) -> None:
    assert time_iri(parse_time(one)) == time_iri(parse_time(other))


def test_throughout_a_year_is_not_at_some_time_in_it() -> None:
    assert time_iri(parse_time("2015/2015")) != time_iri(parse_time("2015"))


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_the_canonical_string_of_any_bounds_reads_back_to_them(one: date, other: date) -> None:
    earliest, latest = min(one, other), max(one, other)
    for mode in ("within", "throughout"):
        time = parse_time(canonical_edtf(earliest, latest, mode))
        assert (time.earliest, time.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("now", "2018-04"), ("../now", "../2018-04"), ("[..now]", "[..2018-04]"), ("former", "[..2018-04]")],
)
def test_now_and_former_are_as_of_the_works_date(text: str, meant: str) -> None:
    assert resolve_relative(text, parse_time("2018-04")) == meant


def test_now_of_a_work_with_an_open_date_is_its_first_possible_day() -> None:
    assert resolve_relative("now/..", parse_time("2021-11-04/..")) == "2021-11-04/.."


def test_a_time_is_described_in_words() -> None:
    assert [describe(parse_time(t)) for t in ("2016-37", "[..2015]", "2015/..")] == [
        "early 2016",
        "by 2015",
        "since 2015",
    ]


def test_a_list_of_dates_is_the_same_in_any_order() -> None:
    assert time_iri(parse_time("{2020-04,2020-02}")) == time_iri(parse_time("{2020-02,2020-04}"))


@pytest.mark.parametrize("text", ["{2020,soon,2021}", "{2020,}", "0001~", "9999~", "unknown", "y-17000"])
def test_a_faulty_part_or_a_day_out_of_all_calendars_is_refused(text: str) -> None:
    with pytest.raises(WrongError):
        parse_time(text)


@pytest.mark.parametrize(("text", "relative"), [("now/..", True), ("former", True), ("unknown", False)])
def test_only_now_and_former_are_relative(text: str, relative: bool) -> None:
    assert is_relative(text) is relative
