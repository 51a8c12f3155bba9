"""Times: EDTF strings read, bounded and written in one canonical form.

Extended Date/Time Format, ISO 8601-2:2019, levels 0 to 2 as far as the ``edtf`` package reads them.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kg.errors import WrongError
from kg.model import Time, TimeMode

_SUB_YEAR_NAMES = {
    33: "first quarter of",
    34: "second quarter of",
    35: "third quarter of",
    36: "fourth quarter of",
    37: "early",
    38: "mid",
    39: "late",
    40: "first half of",
    41: "second half of",
}
_SUB_YEAR_MONTHS = {
    **{33 + i: (3 * i + 1, 3 * i + 3) for i in range(4)},
    **{37 + i: (4 * i + 1, 4 * i + 4) for i in range(3)},
    **{40 + i: (6 * i + 1, 6 * i + 6) for i in range(2)},
}
_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_APPROXIMATE = re.compile(r"[~%]")


@lru_cache(maxsize=4096)
def parse_time(text: str) -> Time:
    """Read an EDTF string.

    ``a/b`` means throughout, ``[a..b]`` at some time within, ``{a,b}`` each of them, ``X~`` about X (one
    unit of its precision to either side).  Raises WrongError when it is no EDTF or a day that no
    calendar has.

    >>> parse_time("2015-08").latest.isoformat()
    '2015-08-31'
    >>> parse_time("[2015-01-01..2015-12-31]").edtf
    '2015'
    """
    mode, parts = _split(text.strip())
    if not any(parts):
        raise _bad(text)
    if mode == "each":
        return _each(parts)
    first, last = _bounds(parts[0])[0] if parts[0] else None, _bounds(parts[-1])[1] if parts[-1] else None
    if first and last and first > last:
        raise WrongError(f"the time {text!r} ends before it begins", fix="swap its two ends")
    return Time(first, last, mode, canonical_edtf(first, last, mode))


def _each(parts: list[str]) -> Time:
    """Several dates, in the order of time whatever order they are written in."""
    dated = sorted((*_bounds(part), part) for part in dict.fromkeys(parts))
    earliest, latest = dated[0][0], max(last for _, last, _ in dated)
    return Time(earliest, latest, "each", "{" + ",".join(part for *_, part in dated) + "}")


def _split(text: str) -> tuple[TimeMode, list[str]]:
    """The mode and the dates of an interval or list; an open end is an empty string."""
    inner = text[1:-1].strip()
    if text.startswith("[") and text.endswith("]") and inner.count("..") == 1:
        return "within", [end.strip() for end in inner.split("..")]
    if text.startswith("{") and text.endswith("}") and ".." not in inner:
        return "each", [part.strip() for part in inner.split(",")]
    if text.count("/") == 1:
        ends = [end.strip() for end in text.split("/")]
        if all(ends):
            return "throughout", ["" if end == ".." else end for end in ends]
    return "within", [text]


@lru_cache(maxsize=4096)
def _bounds(text: str) -> tuple[date, date]:
    """First and last possible day of one date."""
    if (plain := _plain_bounds(text)) is not None:
        return plain
    parsed = _parse(text)
    try:
        earliest, latest = _day(parsed.lower_strict()), _day(parsed.upper_strict())
        if earliest is None or latest is None:
            raise _bad(text)
        return _widen(earliest, latest) if _APPROXIMATE.search(text) else (earliest, latest)
    except (ValueError, OverflowError):
        raise _bad(text) from None


def _plain_bounds(text: str) -> tuple[date, date] | None:
    """Those of a year, a month or a day, as most dates are; the parser takes milliseconds for each."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return date(year or 0, month or 1, day or 1), date(year or 0, month or 12, day or _days(year, month))
    except ValueError:  # what no calendar has is told as the parser tells it
        return None


def _days(year: int | None, month: int | None) -> int:
    return calendar.monthrange(year or 1, month)[1] if month else 31


def _parse(text: str) -> Any:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        return parse_edtf(text)
    except (EDTFParseException, ValueError, TypeError, AttributeError):
        raise _bad(text) from None


def _bad(text: str) -> WrongError:
    return WrongError(
        f"{text!r} is no EDTF time",
        fix="write for example 2015, 2015-08, 2015-08-06, 2014/2017, [2014..2015] or 2016-37 (early 2016)",
    )


def _day(bound: Any) -> date | None:
    """A bound of the parser as a date; None for an open end. Raises ValueError for an impossible day."""
    return None if isinstance(bound, float) else date(*bound[:3])


def _widen(earliest: date, latest: date) -> tuple[date, date]:
    """One unit of precision to either side: a year for whole years, a month for months, else a day."""
    if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31):
        return earliest.replace(year=earliest.year - 1), latest.replace(year=latest.year + 1)
    before, after = earliest - timedelta(days=1), latest + timedelta(days=1)
    if earliest.day == 1 and _is_month_end(latest):
        return before.replace(day=1), _month_end(after.year, after.month)
    return before, after


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _is_month_end(day: date) -> bool:
    return day == _month_end(day.year, day.month)


def canonical_edtf(earliest: date | None, latest: date | None, mode: TimeMode) -> str:
    """The shortest EDTF string with these bounds and this mode."""
    if mode == "within" and earliest and latest:
        single = _single(earliest, latest)
        if single:
            return single
    start, end = _ends(earliest, latest)
    return f"{start}/{end}" if mode == "throughout" else f"[{start}..{end}]".replace("....", "..")


def _single(earliest: date, latest: date) -> str:
    """One EDTF date (day, month, part of a year, year) with exactly these bounds, or an empty string."""
    if earliest == latest:
        return earliest.isoformat()
    if earliest.year != latest.year or earliest.day != 1 or not _is_month_end(latest):
        return ""
    months = (earliest.month, latest.month)
    if months == (1, 12):
        return f"{earliest.year:04d}"
    if earliest.month == latest.month:
        return f"{earliest.year:04d}-{earliest.month:02d}"
    parts = [code for code, span in _SUB_YEAR_MONTHS.items() if span == months]
    return f"{earliest.year:04d}-{parts[0]}" if parts else ""


def _ends(earliest: date | None, latest: date | None) -> tuple[str, str]:
    """Both ends in the coarsest precision that keeps the bounds."""
    if (earliest is None or (earliest.month, earliest.day) == (1, 1)) and (
        latest is None or (latest.month, latest.day) == (12, 31)
    ):
        size = 4
    elif (earliest is None or earliest.day == 1) and (latest is None or _is_month_end(latest)):
        size = 7
    else:
        size = 10
    return (
        earliest.isoformat()[:size] if earliest else "..",
        latest.isoformat()[:size] if latest else "..",
    )


def is_relative(text: str) -> bool:
    """Whether a time is as of the Work's date: it is ``former`` or holds ``now``.

    >>> is_relative("now/.."), is_relative("unknown")
    (True, False)
    """
    return text == "former" or re.search(r"\bnow\b", text) is not None


def resolve_relative(text: str, reference: Time) -> str:
    """Replace ``now`` and ``former`` by what they mean as of the Work's date.

    ``now`` is the Work's date (its first day where that date is open), ``former`` is at some time up to it.

    >>> resolve_relative("../now", parse_time("2018-04"))
    '../2018-04'
    """
    if not is_relative(text):
        return text
    start, end = _ends(reference.earliest, reference.latest)
    single = _single(reference.earliest, reference.latest) if reference.earliest and reference.latest else ""
    now = single or (start if start != ".." else end)
    if now == "..":
        raise WrongError(f"{text!r} needs the Work's date, which is not known", fix="write the time out")
    if re.search(r"-[3-4]\d$", now) and text != "now":
        now = end
    return f"[..{now}]" if text == "former" else re.sub(r"\bnow\b", now, text)


def describe(time: Time) -> str:
    """A time in words for labels: ``early 2016``, ``2014 to 2017``, ``within 2014 to 2015``.

    >>> describe(parse_time("2021-33"))
    'first quarter of 2021'
    """
    match = re.fullmatch(r"(\d{4})-(\d\d)", time.edtf)
    if match and int(match[2]) in _SUB_YEAR_NAMES:
        return f"{_SUB_YEAR_NAMES[int(match[2])]} {match[1]}"
    if time.mode == "each":
        return time.edtf.strip("{}").replace(",", " and ")
    if "/" not in time.edtf and ".." not in time.edtf:
        return time.edtf
    start, end = _ends(time.earliest, time.latest)
    lead = "" if time.mode == "throughout" else "within "
    if start == "..":
        return f"until {end}" if time.mode == "throughout" else f"by {end}"
    if end == "..":
        return f"since {start}" if time.mode == "throughout" else f"from {start}"
    return f"{lead}{start} to {end}"
