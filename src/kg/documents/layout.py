"""What each block of a text is: heading, note, bibliography, furniture or body, judged by its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.documents.blocks import (
    Block,
    ends_sentence,
    final_sign,
    has_address,
    has_words,
    is_address,
    words_of,
)
from kg.documents.markers import Mark
from kg.documents.notes import find_notes
from kg.documents.sentences import sentence_ranges
from kg.documents.text import Range, trimmed

_BIBLIOGRAPHY = re.compile(
    r"(?:[0-9]+\.? ?|[ivx]+\. ?)?(?:selected |cited )?(?:bibliography|references|reference list|works cited|"
    r"literature cited|sources|further reading)"
)
_CONTENTS = re.compile(r"(?:table of )?contents")
_KEYWORDS = re.compile(r"[*_]*(?:key ?words|index terms)\s*:", re.I)
_PAGE_WORDS = re.compile(
    r"\W*(?:advertisement|share(?: this)?|(?:related|latest|popular|recent|more) (?:articles?|posts?|stories|"
    r"news)|(?:no|leave a|[0-9]+|post a) comments?|read more|subscribe|sign up|follow us|"
    r"skip to (?:main )?content)\W*",
    re.I,
)
_DATE_WORDS = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|"
    r"apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"[0-9]+(?:st|nd|rd|th)?|[ap]m|\W|updated|published|posted|on",
    re.I,
)
_OPENING = re.compile(
    r"(?:[0-9]\.? ?|i\.? )?(?:introduction|(?:executive )?summary|abstract|background|overview|preface|"
    r"foreword|key (?:points|findings|takeaways)|highlights|prologue)"
)
_ABBREVIATION = re.compile(r"(?:[^\W\d_]{1,3}\.){2,}|(?:Jr|Sr|Inc|Ltd|Corp)\.")
_END_SIGN = re.compile(r"(?<=[.?!)”\"0-9])[^\S\r\n]+(?:[A-Z]{2,6}|[■∎◆●□▪#])\Z")
_NUMBERING = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,4})\.?(?=[^0-9])")
_STOPS = ".?!…:;。！？؟।"
_LONGEST_HEADING = 14
_FEW = 8
_MANY = 15


def lay_out(text: str, blocks: Sequence[Block], marks: Iterable[Mark]) -> list[Block]:
    """The blocks with everything told apart; ``marks`` are all places that look like note markers."""
    _find_page_words(text, blocks)
    found = find_notes(text, blocks, marks)
    found = _find_bibliography(text, found)
    found = _cut_end_signs(text, found)
    _clear_edges(text, found)
    _find_headings(text, found)
    _find_lists(text, found)
    return _join_broken(text, found)


def area(blocks: Iterable[Block]) -> list[Range]:
    """The pieces of some blocks, sorted."""
    return sorted(piece for block in blocks for piece in block.pieces)


def _pairs(blocks: Sequence[Block]) -> Iterable[tuple[Block, Block | None]]:
    """Each block with the one behind it."""
    return zip(blocks, [*blocks[1:], None], strict=False)


def _find_page_words(text: str, blocks: Sequence[Block]) -> None:
    """Words of web pages, the heading of a table of contents, and key words are furniture."""
    for block, following in _pairs(blocks):
        if block.kind == "heading":
            is_furniture = (
                following is not None and following.kind == "furniture" and _is_contents(text, block)
            )
        else:
            is_furniture = block.is_prose() and (_is_page_words(text, block) or _is_key_words(text, block))
        if is_furniture:
            block.kind = "furniture"


def _is_contents(text: str, block: Block) -> bool:
    return _CONTENTS.fullmatch(words_of(text, block).casefold()) is not None


def _is_page_words(text: str, block: Block) -> bool:
    short = block.end - block.start <= 100
    return short and _PAGE_WORDS.fullmatch(text, block.start, block.end) is not None


def _is_key_words(text: str, block: Block) -> bool:
    named = _KEYWORDS.match(text, block.start, block.end) is not None
    return named and not ends_sentence(text, block.start, block.end)


# --- bibliography ----------------------------------------------------------------------------------


def _find_bibliography(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Everything under a heading *Bibliography* is an entry of it, or continues one."""
    found: list[Block] = []
    level, last = 0, None
    for block, following in _pairs(blocks):
        if block.kind == "heading" or _is_bare_bibliography(text, block, following):
            opens = _BIBLIOGRAPHY.fullmatch(words_of(text, block).casefold()) is not None
            block.kind, block.level = "heading", block.level or 2
            if opens or block.level <= level:
                level, last = block.level if opens else 0, None
        elif level and block.is_prose():
            if last is not None and _continues_entry(text, block, last):
                last.pieces += block.pieces
                continue
            block.kind, last = "entry", block
        found.append(block)
    return found


def _is_bare_bibliography(text: str, block: Block, following: Block | None) -> bool:
    return (
        block.kind == "text"
        and following is not None
        and block.end - block.start < 40
        and _BIBLIOGRAPHY.fullmatch(words_of(text, block).casefold()) is not None
    )


def _continues_entry(text: str, block: Block, last: Block) -> bool:
    if block.kind == "item":
        return False
    broken = text[max(last.start, last.end - 2) : last.end].rstrip(">").endswith("-")
    return broken or text[block.start].islower() or is_address(text, block)


# --- what stands before the first and after the last real paragraph --------------------------------


def _clear_edges(text: str, blocks: Sequence[Block]) -> None:
    """Fragments above the first real paragraph and below the last one are furniture, but for the title."""
    below = _next_prose(text, blocks)
    real = [i for i, block in enumerate(blocks) if _is_real(text, block, blocks, below[i])]
    if not real:
        return
    front, back = blocks[: real[0]], blocks[real[-1] + 1 :]
    _find_title(text, front)
    for block in front:
        if block.is_prose():
            block.kind = "furniture"
    fragments = False
    for block in back:
        fragments = fragments or block.kind in ("text", "furniture")
        if block.kind == "text" or (block.kind == "item" and fragments):
            block.kind = "furniture"


def _is_real(text: str, block: Block, blocks: Sequence[Block], below: int | None) -> bool:
    """Whether a block is surely prose: a sentence, one that goes on below, or fifteen words at least."""
    if not block.is_prose() or block.bold:
        return False
    start, end = block.pieces[0]
    words = text[start : min(end, start + 400)].split()
    sign = final_sign(text, start, end)
    if len(words) >= _MANY or (sign in ".…。।" and not _ABBREVIATION.fullmatch(words[-1])):
        return len(words) > 1
    if below is None:
        return False
    opens_list = sign == ":" and blocks[below].kind == "item"
    return opens_list or (sign not in _STOPS and text[blocks[below].start].islower())


def _find_title(text: str, front: Sequence[Block]) -> None:
    """The title among the lines above the first paragraph, and a heading right above it."""
    if any(block.kind == "heading" for block in front):
        return
    titles = [block for block in front if block.kind == "text" and _is_like_title(text, block)]
    title = next((block for block in titles if _is_title(text, block)), None)
    if title is not None:
        title.kind, title.level = "heading", 1
    last = front[-1] if front else None
    if last in titles and last is not None and last is not title:
        opens = _OPENING.fullmatch(words_of(text, last).casefold()) is not None
        if title is None or opens or last.bold:
            last.kind, last.level = "heading", 3 if last.bold else 2


def _is_title(text: str, block: Block) -> bool:
    return len(text[block.start : block.end].split()) >= 4


def _is_date(words: str) -> bool:
    return not _DATE_WORDS.sub("", words).strip()


# --- headings --------------------------------------------------------------------------------------


def _find_headings(text: str, blocks: Sequence[Block]) -> None:
    """Short lines like titles with text below are headings; one alone without text below is furniture."""
    for block in blocks:
        if block.kind == "heading" and block.level > 1 and (number := _number_of(text, block)):
            block.level = 2 + number.count(".")
        elif _is_address_line(text, block):
            block.kind = "furniture"
    titles = [_is_like_title(text, block) for block in blocks]
    below = _next_prose(text, blocks)
    left: set[int] = set()
    for index, block in enumerate(blocks):
        under = below[index]
        if not titles[index]:
            continue
        if under is not None and text[blocks[under].start].islower():
            if _is_running_head(text, blocks, index):
                block.kind = "furniture"
        elif block.bold or (under is not None and not titles[under]):
            block.kind, block.level = "heading", 3 if block.bold else 2
        elif len(text[block.start : block.end].split()) < _FEW:
            left.add(index)
    for index in left:
        if index - 1 not in left and index + 1 not in left:
            blocks[index].kind = "furniture"


def _is_running_head(text: str, blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands behind half a sentence, as at the head of a page."""
    above = blocks[index - 1] if index else None
    return above is not None and above.is_prose() and final_sign(text, *above.pieces[-1]) not in _STOPS


def _number_of(text: str, block: Block) -> str:
    """The number that a heading begins with."""
    found = _NUMBERING.match(text, block.start, block.end)
    return found.group(1) if found else ""


def _is_address_line(text: str, block: Block) -> bool:
    """Whether a few words with a web address stand alone, as at the foot of a page."""
    if block.kind != "text" or block.end - block.start > _LONGEST_HEADING * 30:
        return False
    few = len(text[block.start : block.end].split()) < _FEW
    return few and has_address(text, block) and not ends_sentence(text, block.start, block.end)


def _is_like_title(text: str, block: Block) -> bool:
    """Short, beginning with a capital or number, without the end of a sentence or list entry."""
    if block.kind != "text" or block.end - block.start > 200:
        return False
    words = words_of(text, block)
    first = next((character for character in words if character.isalnum()), "a")
    return block.bold or (
        1 <= len(words.split()) <= _LONGEST_HEADING
        and not first.islower()
        and final_sign(text, block.start, block.end) not in ".,;:…"
        and not _is_date(words)
        and len(sentence_ranges(words)) == 1
    )


def _next_prose(text: str, blocks: Sequence[Block]) -> list[int | None]:
    """For each block the next one, if that is prose or a caption; notes and page signs do not count."""
    found: list[int | None] = []
    under: int | None = None
    for index in range(len(blocks) - 1, -1, -1):
        found.append(under)
        block = blocks[index]
        if block.is_prose() or block.kind == "caption":
            under = index
        elif block.kind in ("heading", "entry") or (block.kind == "furniture" and has_words(text, block)):
            under = None
    return found[::-1]


def _find_lists(text: str, blocks: Sequence[Block]) -> None:
    """Paragraphs behind a colon that end in semicolons are items of a list."""
    listing = False
    for block in blocks:
        if block.kind == "text":
            sign = final_sign(text, block.start, block.end)
            was_listing, listing = listing, sign == ":" or (listing and sign in ";,")
            if was_listing:
                block.kind = "item"
        elif block.kind in ("heading", "item"):
            listing = False


# --- pieces ----------------------------------------------------------------------------------------


def _cut_end_signs(text: str, blocks: Sequence[Block]) -> list[Block]:
    """A printer's sign behind the last sentence of a paragraph is furniture."""
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        sign = _END_SIGN.search(text, max(block.start, block.end - 40), block.end)
        if block.kind == "text" and sign:
            block.pieces[-1] = trimmed(text, block.pieces[-1][0], sign.start())
            found.append(Block("furniture", [trimmed(text, *sign.span())]))
    return found


def _join_broken(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Join paragraphs that a page end broke: unfinished before notes or rules, going on behind them."""
    found: list[Block] = []
    last: Block | None = None
    page_end = other_words = False
    for block in blocks:
        if block.is_prose():
            if last is not None and _goes_on(text, last, block, page_end and not other_words):
                last.pieces += block.pieces
            else:
                last = block
                found.append(block)
            page_end = other_words = False
            continue
        if block.kind == "caption" or (block.kind == "furniture" and has_words(text, block)):
            other_words = True
        elif block.kind in ("note", "furniture"):
            page_end = True
        else:
            last = None
        found.append(block)
    return found


def _goes_on(text: str, last: Block, block: Block, page_end: bool) -> bool:
    """Whether a block is the rest of a paragraph; behind a page end it may begin with a capital."""
    if block.kind == "item" or final_sign(text, *last.pieces[-1]) in _STOPS:
        return False
    return text[block.start].islower() or (page_end and last.kind == "text")
