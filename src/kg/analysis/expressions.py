"""Numbers, date expressions and registered names as they stand in a sentence."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.errors import WrongError
from kg.model import Iri, Time
from kg.registry import Registry
from kg.times import parse_time

_MONTHS = tuple(calendar.month_name)[1:]
_MONTH = "|".join(_MONTHS) + "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_PARTS = {"early": 37, "mid": 38, "late": 39}
_QUARTERS = {"first": 33, "second": 34, "third": 35, "fourth": 36, "last": 36}
_DATE = re.compile(
    rf"\b(?:(?P<iso>{_YEAR}-\d\d-\d\d)"
    rf"|(?P<day>\d{{1,2}})\s+(?P<dmonth>{_MONTH})\.?,?\s+(?P<dyear>{_YEAR})"
    rf"|(?P<mmonth>{_MONTH})\.?\s+(?P<mday>\d{{1,2}}),?\s+(?P<myear>{_YEAR})"
    rf"|(?P<month>{_MONTH})\.?(?:\s+of)?,?\s+(?P<ymonth>{_YEAR})"
    rf"|(?P<quarter>first|second|third|fourth|last)\s+quarter\s+of\s+(?P<qyear>{_YEAR})"
    rf"|(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s](?P<pyear>{_YEAR})"
    rf"|(?P<from>{_YEAR})\s?[-/]\s?(?P<to>{_YEAR}|\d\d)\b"
    rf"|(?P<year>{_YEAR})s?"
    rf"|(?P<lone>{'|'.join(m for m in _MONTHS if m not in ('May', 'March'))}))\b"
)
_SMALL_NUMBERS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER_WORDS = {word: value for value, word in enumerate(_SMALL_NUMBERS, start=2)} | {
    word: value for value, word in zip(range(30, 100, 10), _TENS, strict=True)
}
_SCALE_WORDS = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_VAGUE_WORDS = ("dozens", "hundreds", "thousands", "millions")
_NUMBER = re.compile(
    r"(?<![\w.,])(?<![A-Za-z]-)(?<!№ )(?<!\bpart )(?<!\bfigure )(?<!\btable )"  # a label is no amount
    r"\$?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<percent>\s?%)?"
    rf"(?:\s(?P<scale>{'|'.join(_SCALE_WORDS)}))?(?!\w)"
    rf"|\b(?P<tens>twenty|{'|'.join(_TENS)})-(?P<ones>one|{'|'.join(_SMALL_NUMBERS[:8])})\b"
    rf"|\b(?P<word>{'|'.join(_NUMBER_WORDS)}|a (?:hundred|thousand|million)|{'|'.join(_VAGUE_WORDS)}"
    rf"|(?<=estimated )thousand)(?:\s(?P<wordscale>{'|'.join(_SCALE_WORDS)}))?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NumberExpression:
    """A number as it stands in the words, with its value; a vague one (hundreds) has none."""

    text: str
    start: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date expression as it stands in the words; ``time`` is None for a month without a year."""

    text: str
    start: int
    time: Time | None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class NameExpression:
    """A registered name in the words and everything that carries it."""

    text: str
    start: int
    nodes: tuple[Iri, ...]


def dates(sentence: str) -> list[DateExpression]:
    """The date expressions of a sentence, the longest at each place."""
    return [_date(match) for match in _DATE.finditer(sentence)]


def _date(match: re.Match[str]) -> DateExpression:
    if match["lone"]:
        return DateExpression(match[0], match.start(), None, _month(match["lone"]))
    return DateExpression(match[0], match.start(), _first_time(_stamps(match)))


def _stamps(match: re.Match[str]) -> Iterator[str]:
    """What the words may mean, as EDTF, the likeliest first; the last of them is always a time.

    A text may give a day that no calendar has, and 2014-12 is a month where it is no range of years.
    """
    group = match.groupdict()
    month = group["dmonth"] or group["mmonth"] or group["month"]
    year = group["dyear"] or group["myear"] or group["ymonth"]
    day = group["day"] or group["mday"]
    if month:
        stamp = f"{year}-{_month(month):02d}"
        yield from (f"{stamp}-{int(day):02d}", stamp) if day else (stamp,)
    elif group["quarter"]:
        yield f"{group['qyear']}-{_QUARTERS[group['quarter'].lower()]}"
    elif group["part"]:
        yield f"{group['pyear']}-{_PARTS[group['part'].lower()]}"
    elif group["from"]:
        start, end = group["from"], group["to"]
        yield f"{start}/{end if len(end) == 4 else start[:2] + end}"
        yield from (f"{start}-{end}", start) if end <= "12" else (start,)
    else:
        stamp = group["iso"] or group["year"]
        yield from (stamp, stamp[:7], stamp[:4])


def _first_time(stamps: Iterable[str]) -> Time | None:
    for stamp in stamps:
        try:
            return parse_time(stamp)
        except WrongError:
            continue
    return None


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3]))


def numbers(sentence: str, taken: Iterable[tuple[int, int]] = ()) -> Iterator[NumberExpression]:
    """The numbers of a sentence outside the stretches that are ``taken`` (dates, names)."""
    stretches = list(taken)
    for match in _NUMBER.finditer(sentence):
        if not any(start <= match.start() < end for start, end in stretches):
            yield NumberExpression(match[0], match.start(), _value(match))


def _value(match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        scale = _SCALE_WORDS[match["scale"].lower()] if match["scale"] else 1
        return Decimal(match["digits"].replace(",", "")) * scale
    if match["tens"]:
        ones = _NUMBER_WORDS.get(match["ones"].lower(), 1)
        return Decimal(_NUMBER_WORDS[match["tens"].lower()] + ones)
    word = match["word"].lower().removeprefix("a ")
    if word in _VAGUE_WORDS:
        return None
    scale = _SCALE_WORDS[match["wordscale"].lower()] if match["wordscale"] else 1
    return Decimal(_NUMBER_WORDS.get(word) or _SCALE_WORDS[word]) * scale


class NameFinder:
    """Finds registered names of actors, places and Works in text, the longest at each place."""

    def __init__(self, registry: Registry) -> None:
        """Every label and alias that begins with a capital letter or a digit counts as a name."""
        self.nodes: dict[str, set[Iri]] = {}
        for entry in registry.entries.values():
            if entry.kind in ("actor", "place", "work") and entry.where.file != "ontology":
                for name in (entry.label, *entry.aliases):
                    if name and not name[0].islower():
                        self.nodes.setdefault(_straight(name), set()).add(entry.iri)
        names = sorted(self.nodes, key=lambda name: (-len(name), name))
        self._pattern = re.compile(
            rf"(?<![\w])(?:{'|'.join(re.escape(name) for name in names)})(?![\w])" if names else r"(?!)"
        )

    def find(self, sentence: str) -> list[NameExpression]:
        """The names of a sentence from left to right."""
        return [
            NameExpression(m[0], m.start(), tuple(sorted(self.nodes[m[0]])))
            for m in self._pattern.finditer(_straight(sentence))
        ]


def _straight(text: str) -> str:
    """Apostrophes made alike, one character for one, so that offsets stay."""
    return re.sub(r"[’‘`´]", "'", text)
