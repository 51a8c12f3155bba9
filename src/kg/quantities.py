"""Quantities: the words of a number read into closed bounds, a comparator and a unit.

Conventions: "about N" is N give or take 10 %, "nearly N" up to 10 % less than N; a vague numeral has a
lower bound only (dozens 24, hundreds 200, thousands 2000, several 3, multiple, few and many 2); "more
than N" of countable things is N + 1 or more, of a share or a ratio N or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from kg.errors import WrongError
from kg.model import Quantity

_VAGUE = {
    "some": 1,
    "a couple": 2,
    "few": 2,
    "a few": 2,
    "many": 2,
    "multiple": 2,
    "several": 3,
    "dozens": 24,
    "tens": 20,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
    "tens of thousands": 20000,
    "hundreds of thousands": 200000,
    "millions": 2000000,
}
_SCALE = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_NUMBER = r"(\d{1,15}(?:\.\d{1,9})?)(?:\s+(thousand|million|billion|trillion))?"
_TENTH = Decimal("0.1")
_HELP = "write for example 77, at least 14, more than 150, about 2000, 98%, from 400 to 69 or hundreds"
_BOUNDED = re.compile(rf"(?:(at least|more than|over|up to|at most|less than|fewer than)\s+)?{_NUMBER}\Z")
_ABOUT = re.compile(rf"about\s+{_NUMBER}(?:-{_NUMBER})?(\s+or more)?\Z")
_NEARLY = re.compile(rf"nearly\s+{_NUMBER}\Z")
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|to)\s*{_NUMBER}\Z")
_CHANGE = re.compile(rf"from\s+{_NUMBER}\s+to\s+{_NUMBER}\Z")
_OR_MORE = re.compile(rf"{_NUMBER}\s+or more\Z")


def parse_quantity(text: str, unit: str = "one") -> Quantity:
    """Read a quantity as claims files write it; ``unit`` is that of the measure (``one`` or ``usd``).

    Raises WrongError when the words are no quantity.

    >>> parse_quantity("more than 150").lower
    Decimal('151')
    >>> q = parse_quantity("about 3750-4000"); (q.lower, q.upper)
    (Decimal('3375'), Decimal('4400'))
    """
    words = re.sub(r"\s+", " ", text.strip())
    plain, unit = _split_unit(words, unit)
    if words == "unknown":
        return Quantity(None, None, unit, "unknown", words)
    if plain.lower() in _VAGUE:
        return Quantity(Decimal(_VAGUE[plain.lower()]), None, unit, "at-least", words)
    for pattern, read in _READERS:
        match = pattern.match(plain)
        if match:
            lower, upper, comparator = read(match, unit)
            if lower is not None and upper is not None and lower > upper:
                raise WrongError(f"the quantity {text!r} has its bounds swapped", fix=_HELP)
            return Quantity(without_zeros(lower), without_zeros(upper), unit, comparator, words)
    match = _CHANGE.match(plain)
    if match:
        initial, final = _number(match, 1), _number(match, 3)
        return Quantity(None, None, unit, "change", words, without_zeros(initial), without_zeros(final))
    raise WrongError(f"{text!r} is no quantity", fix=_HELP)


Bounds = tuple[Decimal | None, Decimal | None, str]


def _split_unit(words: str, unit: str) -> tuple[str, str]:
    if "%" in words:
        return words.replace("%", ""), "percent"
    if words.endswith(" times"):
        return words.removesuffix(" times"), "times"
    if "$" in words:
        return words.replace("$", ""), "usd"
    return words, unit


def _number(match: re.Match[str], group: int) -> Decimal:
    scale = match[group + 1]
    return Decimal(match[group]) * (Decimal(10) ** _SCALE[scale] if scale else 1)


def _bounded(match: re.Match[str], unit: str) -> Bounds:
    number = _number(match, 2)
    step = Decimal(1) if unit == "one" and number == number.to_integral_value() else Decimal(0)
    word = match[1] or ""
    if word in ("more than", "over"):
        return number + step, None, "more-than"
    if word in ("less than", "fewer than"):
        return Decimal(0), number - step, "less-than"
    if word == "at least":
        return number, None, "at-least"
    if word in ("up to", "at most"):
        return Decimal(0), number, "up-to"
    return number, number, "exactly"


def _about(match: re.Match[str], unit: str) -> Bounds:
    low = _number(match, 1)
    high = _number(match, 3) if match[3] else low
    return low - low * _TENTH, None if match[5] else high + high * _TENTH, "about"


def _nearly(match: re.Match[str], unit: str) -> Bounds:
    number = _number(match, 1)
    return number - number * _TENTH, number, "about"


def _range(match: re.Match[str], unit: str) -> Bounds:
    return _number(match, 1), _number(match, 3), "between"


def _or_more(match: re.Match[str], unit: str) -> Bounds:
    return _number(match, 1), None, "at-least"


_READERS = (
    (_BOUNDED, _bounded),
    (_ABOUT, _about),
    (_NEARLY, _nearly),
    (_RANGE, _range),
    (_OR_MORE, _or_more),
)


def without_zeros(number: Decimal | None) -> Decimal | None:
    """Without exponent or trailing zeros, so that equal numbers are written alike."""
    if number is None:
        return None
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()


def decimal_text(number: Decimal) -> str:
    """A decimal as digits, never with an exponent."""
    return format(number, "f")


def describe(wordings: Iterable[Quantity]) -> str:
    """A quantity in the words that claims use for it; of several wordings the first by the alphabet.

    >>> describe([parse_quantity("about 2000"), parse_quantity("1800-2200")])
    '1800-2200'
    """
    return min(quantity.as_written for quantity in wordings)
