"""The text cut into blocks: lines that belong together, and what their outer form says they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.documents.markers import SUPERSCRIPTS
from kg.documents.text import Range

Kind = Literal["text", "item", "heading", "caption", "furniture", "note", "entry"]
Form = Literal["", "raised", "bracketed", "plain", "numbered"]

_RULE = re.compile(r"([-*_=~–—•·])(?:\s*\1){2,}|[-*•·–—|]")
_PAGE = re.compile(r"(?:[-–—|]\s*)?(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—|])?", re.I)
_CONTENTS = re.compile(r".{1,300}?(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,7})?")
_MARKDOWN = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"[-*+•·‣◦▪■–]\s+(?=\S)")
_COUNTED = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_CAPTION = re.compile(
    r"[*_]{0,3}(?P<kind>Figure|Fig\.?|Table|Map|Chart|Graph|Exhibit|Box|Plate|Photo|Image)\s*"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})?[A-Za-z]?)\s*(?:[:–—.]|-(?=\s))\s*\S",
    re.I,
)
_LABELS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (
        "raised",
        re.compile(
            r"<sup>\s?(?P<label>\d{1,3}|[a-z])\s?</sup>\s*|\^\{(?P<caret>\d{1,3}|[a-z])\}\s*"
            rf"|(?P<high>[{SUPERSCRIPTS}]{{1,3}})\s*|\[\^(?P<foot>\d{{1,3}})\]:\s*"
        ),
    ),
    ("bracketed", re.compile(r"\[(?P<label>\d{1,3}|[a-z])\]:?\s+(?=\S)")),
    ("plain", re.compile(r"(?P<label>[1-9]\d{0,2})\s+(?=[\"“‘'<*(\[]?[A-Z<])")),
    ("numbered", re.compile(r"(?P<label>[1-9]\d{0,2})[.)]\s+(?=\S)")),
)
_HIGH = str.maketrans(SUPERSCRIPTS, "0123456789")
_TAIL = re.compile(
    r"(?:<sup>[^<]{0,80}</sup>|\^\{[^}]{0,80}\}|\[\^?[\d,–-]{1,20}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹,]{1,20}|\s"
    r"|(?<=[.,;:?!)\]”’\"'])\d{1,3}|(?<=[.?!)”\"])[a-z]|[*_]|\\(?=[)\]])|(?<=[.?!:;])[)\]”’\"'»]{1,4})\Z"
)
_FINAL = ".?!…。！？؟।"


@dataclass
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
    joined: bool = False

    @property
    def start(self) -> int:
        """Where its words begin."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.pieces[-1][1]


def cut(text: str, lines: Sequence[Range]) -> list[Block]:
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


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether some words end as sentences do, markers and closing quotes behind the stop left aside."""
    return final_sign(text, start, end) in _FINAL


def final_sign(text: str, start: int, end: int) -> str:
    """The last character that is no marker, markup or closing quote; a line feed when there is none."""
    tail = text[max(start, end - 120) : end]
    while found := _TAIL.search(tail):
        tail = tail[: found.start()]
    return tail[-1:] or "\n"


def _chunk(text: str, lines: list[Range]) -> list[Block]:
    """Blocks of lines that no blank line parts."""
    contents = [_CONTENTS.fullmatch(text, *line) is not None for line in lines]
    if sum(contents) >= 2 and sum(contents) * 2 >= len(lines):
        return [Block("furniture", [line]) for line in lines]
    width = max(end - start for start, end in lines)
    blocks: list[Block] = []
    open_line: Range | None = None
    for line, is_contents in zip(lines, contents, strict=True):
        if is_contents:
            blocks.append(Block("furniture", [line]))
            open_line = None
            continue
        if (
            open_line
            and not _begins_block(text, line)
            and _continues(text, blocks[-1], open_line, line, width)
        ):
            blocks[-1].pieces[-1] = (blocks[-1].pieces[-1][0], line[1])
            open_line = line
            continue
        blocks.append(_block(text, line))
        open_line = line if blocks[-1].kind in ("text", "item", "caption") else None
    for block in blocks:
        _mark_bold(text, block)
    return blocks


def _begins_block(text: str, line: Range) -> bool:
    """Whether the form of a line shows that something begins with it."""
    if _MARKDOWN.match(text, *line) or _BULLET.match(text, *line) or _CAPTION.match(text, *line):
        return True
    if _RULE.fullmatch(text, *line) or _PAGE.fullmatch(text, *line):
        return True
    label = _label(text, line)
    return (label is not None and label.form != "plain") or _COUNTED.match(text, *line) is not None


def _block(text: str, line: Range) -> Block:
    """What a line begins."""
    start, end = line
    if _RULE.fullmatch(text, *line) or _PAGE.fullmatch(text, *line):
        return Block("furniture", [line])
    if found := _MARKDOWN.match(text, *line):
        return Block("heading", [(found.end(), _without_hashes(text, found.end(), end))], len(found.group(1)))
    if (found := _CAPTION.match(text, *line)) and end - start <= 400:
        kind = found.group("kind").rstrip(".").casefold()
        kind = "figure" if kind == "fig" else kind
        return Block("caption", [line], number=found.group("number"), captioned=kind)
    label = _label(text, line)
    if label is None and (found := _BULLET.match(text, *line)):
        return Block("item", [(found.end(), end)])
    if (found := _COUNTED.match(text, *line)) and (label is None or label.form == "numbered"):
        return Block("item", [line], label=label)
    return Block("text", [line], label=label)


def _without_hashes(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1] == "#" or text[end - 1].isspace()):
        end -= 1
    return end


def _label(text: str, line: Range) -> Label | None:
    for form, pattern in _LABELS:
        if found := pattern.match(text, *line):
            label = next(group for group in found.groups() if group)
            return Label(form, label.translate(_HIGH), found.end())
    return None


def _continues(text: str, block: Block, before: Range, line: Range, width: int) -> bool:
    """Whether a line goes on with the block above it, judged by why the line before was broken."""
    if block.kind == "caption":
        return False
    if text.count("**", block.start, block.end) % 2:
        return True
    length = before[1] - before[0]
    first_word = re.compile(r"\S{1,60}").match(text, *line)
    if length + 1 + (len(first_word.group()) if first_word else 0) > width:
        return True
    if ends_sentence(text, *before):
        return False
    if text[line[0]].islower():
        return True
    return before[0] != block.pieces[-1][0] or length * 2 > width or block.kind == "item"


def _mark_bold(text: str, block: Block) -> None:
    """Take the asterisks off a heading, and off a block that is bold throughout and short."""
    start, end = block.pieces[-1]
    if block.kind not in ("heading", "text") or len(block.pieces) > 1 or end - start > 250:
        return
    for sign in ("***", "**", "__"):
        inner = text[start + len(sign) : end - len(sign)]
        if (
            text.startswith(sign, start)
            and text.endswith(sign, start, end)
            and inner.strip()
            and sign not in inner
        ):
            block.pieces = [(start + len(sign), end - len(sign))]
            block.bold = True
            return
