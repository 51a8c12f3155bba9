"""The text cut into blocks: lines that belong together, and what their outer form says they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.documents.markers import PLAIN_DIGITS, SUPERSCRIPTS
from kg.documents.reading import folded
from kg.documents.text import Range, trimmed

Kind = Literal["text", "item", "heading", "caption", "furniture", "note", "entry"]
Form = Literal["raised", "bracketed", "plain", "numbered"]

_RULE = re.compile(r"([-*_=~–—•·])(?:\s*\1){2,}|[-*•·–—|]")
_PAGE = re.compile(r"(?:[-–—|]\s*)?(?:page\s*)?[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?(?:\s*[-–—|])?", re.I)
_CONTENTS = re.compile(r".{1,300}?(?:\.\s?){4,}\s*(?:[0-9]{1,4}|[ivxlc]{1,7})?")
_MARKDOWN = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"[-*+•·‣◦▪■–]\s+(?=\S)")
_COUNTED = re.compile(r"(?:\(?[0-9]{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_CAPTION = re.compile(
    r"[*_]{0,3}(?P<kind>Figure|Fig\.?|Table|Map|Chart|Graph|Exhibit|Box|Plate|Photo|Image)\s*"
    r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})?[A-Za-z]?)\s*(?:[:–—.]|-(?=\s))\s*\S",
    re.I,
)
_LABELS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (
        "raised",
        re.compile(
            r"<sup>\s?([0-9]{1,3}|[a-z])\s?</sup>\s*|\^\{([0-9]{1,3}|[a-z])\}\s*"
            rf"|([{SUPERSCRIPTS}]{{1,3}})\s*|\[\^([0-9]{{1,3}})\]:\s*"
        ),
    ),
    ("bracketed", re.compile(r"\[([0-9]{1,3}|[a-z])\]:?\s+(?=\S)")),
    ("plain", re.compile(r"([1-9][0-9]{0,2})\s+(?=[\"“‘'<*(\[]?[A-Z<])")),
    ("numbered", re.compile(r"([1-9][0-9]{0,2})[.)]\s+(?=\S)")),
)
_TAIL = re.compile(
    r"(?:<sup>[^<]{0,80}</sup>|\^\{[^}]{0,80}\}|\[\^?[0-9,–-]{1,20}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹,]{1,20}|\s"
    r"|(?<=[.,;:?!)\]”’\"'])[0-9]{1,3}|(?<=[.?!)”\"])[a-z]|[*_]|\\(?=[)\]])|(?<=[.?!:;])[)\]”’\"'»]{1,4})\Z"
)
_FIRST_WORD = re.compile(r"\S{1,60}")
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S{1,2000}>?\W?")
_LONGEST_CONTENTS_LINE = 400
_LONGEST_CAPTION = 400
_LONGEST_BOLD = 300
_FINAL = ".?!…。！？؟।"


@dataclass(frozen=True, slots=True)
class Label:
    """A number or letter at the beginning of a line, which may be the label of a note."""

    form: Form
    text: str
    end: int


@dataclass
class Block:
    """A run of lines; ``pieces`` are the ranges of its words, without bullets and heading signs."""

    kind: Kind
    pieces: list[Range]
    level: int = 0
    label: Label | None = None
    number: str = ""
    captioned: str = "figure"
    bold: bool = False

    @property
    def start(self) -> int:
        """Where its words begin."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.pieces[-1][1]

    def is_prose(self) -> bool:
        """Whether it is a paragraph or list item, as far as is known."""
        return self.kind in ("text", "item")


def cut(text: str, lines: Iterable[Range]) -> list[Block]:
    """The blocks of a text; ``lines`` are its lines' ranges without outer white space."""
    blocks: list[Block] = []
    chunk: list[Range] = []
    for line in [*lines, (len(text), len(text))]:
        if line[0] < line[1]:
            chunk.append(line)
        elif chunk:
            blocks += _chunk(text, chunk)
            chunk = []
    return blocks


def words_of(text: str, block: Block) -> str:
    """The words of a block as they are read."""
    return " ".join(folded(text[start:end]) for start, end in block.pieces)


def final_sign(text: str, start: int, end: int) -> str:
    """The last character that is no marker, markup or closing quote; a line feed when there is none."""
    tail = text[max(start, end - 120) : end]
    while found := _TAIL.search(tail):
        tail = tail[: found.start()]
    return tail[-1:] or "\n"


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether some words end as sentences do, markers and closing quotes behind the stop left aside."""
    return final_sign(text, start, end) in _FINAL


def is_address(text: str, block: Block) -> bool:
    """Whether a block is a web address and nothing else."""
    return block.end - block.start < 2010 and _ADDRESS.fullmatch(text, block.start, block.end) is not None


def has_address(text: str, block: Block) -> bool:
    """Whether a web address stands in a block."""
    return any(_ADDRESS.search(text, *piece) for piece in block.pieces)


def has_words(text: str, block: Block) -> bool:
    """Whether there is a letter in a block."""
    return any(character.isalpha() for character in text[block.start : block.end])


def _chunk(text: str, lines: Sequence[Range]) -> list[Block]:
    """Blocks of lines that no blank line parts."""
    contents = [_is_contents(text, line) for line in lines]
    if sum(contents) >= 2 and sum(contents) * 2 >= len(lines):
        return [Block("furniture", [line]) for line in lines]
    width = max(end - start for start, end in lines)
    blocks: list[Block] = []
    before: Range | None = None
    for line in lines:
        if before and not _shows_beginning(text, line) and _continues(text, blocks[-1], before, line, width):
            blocks[-1].pieces = [(blocks[-1].start, line[1])]
        else:
            blocks.append(_block(text, line))
        before = line if blocks[-1].is_prose() else None
    for block in blocks:
        _take_off_asterisks(text, block)
    return blocks


def _is_contents(text: str, line: Range) -> bool:
    return line[1] - line[0] <= _LONGEST_CONTENTS_LINE and _CONTENTS.fullmatch(text, *line) is not None


def _shows_beginning(text: str, line: Range) -> bool:
    """Whether the form of a line shows that something begins with it."""
    forms = (_MARKDOWN, _BULLET, _CAPTION, _COUNTED)
    if any(form.match(text, *line) for form in forms) or _is_page_sign(text, line):
        return True
    label = _label(text, line)
    return label is not None and label.form != "plain"


def _is_page_sign(text: str, line: Range) -> bool:
    return _RULE.fullmatch(text, *line) is not None or _PAGE.fullmatch(text, *line) is not None


def _block(text: str, line: Range) -> Block:
    """What a line begins."""
    start, end = line
    if _is_page_sign(text, line):
        return Block("furniture", [line])
    if found := _MARKDOWN.match(text, *line):
        return Block("heading", [(found.end(), _without_hashes(text, found.end(), end))], len(found.group(1)))
    if (found := _CAPTION.match(text, *line)) and end - start <= _LONGEST_CAPTION:
        return _caption(text, line, found)
    label = _label(text, line)
    if label is None and (found := _BULLET.match(text, *line)):
        return Block("item", [(found.end(), end)])
    if (label is None or label.form == "numbered") and _COUNTED.match(text, *line):
        return Block("item", [line], label=label)
    return Block("text", [line], label=label)


def _without_hashes(text: str, start: int, end: int) -> int:
    while end > start + 1 and (text[end - 1] == "#" or text[end - 1].isspace()):
        end -= 1
    return end


def _caption(text: str, line: Range, found: re.Match[str]) -> Block:
    start, end = line
    while start < end and text[start] in "*_":
        start += 1
    while end > start and text[end - 1] in "*_":
        end -= 1
    kind = found.group("kind").rstrip(".").casefold()
    captioned = "figure" if kind == "fig" else kind
    return Block("caption", [trimmed(text, start, end)], number=found.group("number"), captioned=captioned)


def _label(text: str, line: Range) -> Label | None:
    for form, pattern in _LABELS:
        if found := pattern.match(text, *line):
            label = next(group for group in found.groups() if group)
            return Label(form, label.translate(PLAIN_DIGITS), found.end())
    return None


def _continues(text: str, block: Block, before: Range, line: Range, width: int) -> bool:
    """Whether a line goes on with the block above it, judged by why the line before was broken."""
    if block.end - block.start < _LONGEST_BOLD and text.count("**", block.start, block.end) % 2:
        return True
    first_word = _FIRST_WORD.match(text, *line)
    length = before[1] - before[0]
    if length + 1 + (len(first_word.group()) if first_word else 0) > width:
        return True
    if ends_sentence(text, *before):
        return False
    if text[line[0]].islower() or block.kind == "item":
        return True
    return before[0] != block.start or length * 2 > width


def _take_off_asterisks(text: str, block: Block) -> None:
    """Leave out the asterisks of a heading, and of a short block that is bold throughout."""
    start, end = block.pieces[0]
    if block.kind not in ("heading", "text") or end - start > _LONGEST_BOLD:
        return
    for sign in ("***", "**", "__"):
        inner = text[start + len(sign) : end - len(sign)]
        bold = text.startswith(sign, start) and text.endswith(sign, start, end)
        if bold and inner.strip() and sign not in inner:
            block.pieces = [trimmed(text, start + len(sign), end - len(sign))]
            block.bold = True
            return
