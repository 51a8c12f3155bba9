"""What each block of a text is: heading, note, bibliography, furniture or body, judged by its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.documents.blocks import Block, Label, ends_sentence, final_sign
from kg.documents.markers import Mark, raised_marks
from kg.documents.reading import folded
from kg.documents.sentences import sentence_ranges
from kg.documents.text import Range, trimmed

_BIBLIOGRAPHY = re.compile(
    r"(?:\d+\.? ?|[ivx]+\. ?)?(?:selected |cited )?(?:bibliography|references|reference list|works cited|"
    r"literature cited|sources|further reading)"
)
_NOTES = re.compile(r"(?:\d+\.? ?)?(?:\w+ )?(?:end|foot)?notes|citations")
_CONTENTS = re.compile(r"(?:table of )?contents")
_KEYWORDS = re.compile(r"(?:key ?words|index terms)\s*:", re.I)
_PAGE_WORDS = re.compile(
    r"\W*(?:advertisement|share(?: this)?|(?:related|latest|popular|recent|more) (?:articles?|posts?|stories|"
    r"news)|(?:no|leave a|\d+|post a) comments?|read more|subscribe|sign up|follow us|skip to (?:main )?content)"
    r"\W*",
    re.I,
)
_DATE_WORDS = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|"
    r"apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"\d+(?:st|nd|rd|th)?|[ap]m|\W|updated|published|posted|on",
    re.I,
)
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S{1,2000}>?\W?")
_END_SIGN = re.compile(r"(?<=[.?!)”\"\d])[^\S\r\n]+(?:[A-Z]{2,6}|[■∎◆●□▪#])\Z")
_NUMBERING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?(?=\D)")
_LONGEST_HEADING = 14
_SHORT = 8


class Layout:
    """The blocks of one text while they are told apart; read its lists when it is made."""

    def __init__(self, text: str, blocks: list[Block], marks: Sequence[Mark]) -> None:
        """Tell the blocks apart; ``marks`` are all places that look like note markers."""
        self.text = text
        self.blocks = blocks
        self._labels = marks
        self._captions_and_page_words()
        self._notes()
        self._bibliography()
        self._edges()
        self._headings()
        self._colon_lists()
        self._end_signs()
        self._join_broken()
        self.blocks = [block for block in self.blocks if not block.joined]

    def words(self, block: Block) -> str:
        """The words of a block as they are read."""
        return " ".join(folded(self.text[start:end]) for start, end in block.pieces)

    def body(self) -> list[Block]:
        """Paragraphs and list items, in text order."""
        return [block for block in self.blocks if block.kind in ("text", "item")]

    def of(self, kind: str) -> list[Block]:
        """All blocks of a kind, in text order."""
        return [block for block in self.blocks if block.kind == kind]

    # --- captions, contents, page words ------------------------------------------------------------

    def _captions_and_page_words(self) -> None:
        for block, following in _pairs(self.blocks):
            start, end = block.pieces[0]
            if block.kind == "caption":
                self._trim_caption(block)
            elif block.kind in ("text", "item") and end - start <= 100:
                if _PAGE_WORDS.fullmatch(self.text, start, end):
                    block.kind = "furniture"
            if block.kind == "heading" and following and following.kind == "furniture":
                if _CONTENTS.fullmatch(self.words(block).casefold()):
                    block.kind = "furniture"
            if block.kind == "text" and _KEYWORDS.match(self.words(block)[:40]):
                if not ends_sentence(self.text, start, end):
                    block.kind = "furniture"

    def _trim_caption(self, block: Block) -> None:
        start, end = block.pieces[0]
        while start < end and self.text[start] in "*_":
            start += 1
        while end > start and self.text[end - 1] in "*_":
            end -= 1
        block.pieces = [trimmed(self.text, start, end)]

    # --- notes -------------------------------------------------------------------------------------

    def _notes(self) -> None:
        """Find the blocks that are notes, cut notes apart that share a line, and add what is continued."""
        seen = _Definitions(self._labels)
        raised = any(self._is_raised_note(block) for block in self.blocks)
        in_notes = False
        before: Block | None = None
        found: list[Block] = []
        for block, following in _pairs(self.blocks):
            if block.kind == "heading":
                in_notes = self._opens_notes(block, following)
            elif self._is_bare_notes_heading(block, following):
                block.kind, block.level, in_notes = "heading", 2, True
            elif block.kind in ("text", "item"):
                before_is_note = before is not None and before.kind in ("note", "furniture")
                if block.label and self._is_note(block, block.label, raised, in_notes, before_is_note, seen):
                    self._take_note(block, block.label, seen)
                elif in_notes and (last := _last_note(found)):
                    last.pieces += block.pieces
                    block.joined = True
                elif self._is_address(block) and (last := _last_note(found)) and not self._has_address(last):
                    last.pieces += block.pieces
                    block.joined = True
            found += self._unglued(block, seen) if block.kind == "note" else [block]
            before = block
        self.blocks = [block for block in found if not block.joined]

    def _opens_notes(self, block: Block, following: Block | None) -> bool:
        return (
            following is not None
            and following.label is not None
            and _NOTES.fullmatch(self.words(block).casefold()) is not None
        )

    def _is_bare_notes_heading(self, block: Block, following: Block | None) -> bool:
        return block.kind == "text" and block.end - block.start < 60 and self._opens_notes(block, following)

    def _is_raised_note(self, block: Block) -> bool:
        label = block.label
        if block.kind != "text" or label is None or label.form != "raised":
            return False
        following = self.text[label.end : label.end + 4]
        return bool(following.strip()) and (not following[0].islower() or following.casefold() == "ibid")

    def _is_note(
        self,
        block: Block,
        label: Label,
        raised: bool,
        in_notes: bool,
        before_is_note: bool,
        seen: _Definitions,
    ) -> bool:
        if in_notes:
            return label.form != "plain" or seen.awaits(label.text, block.start)
        if label.form == "raised":
            return self._is_raised_note(block)
        if raised or not seen.awaits(label.text, block.start):
            return False
        if label.form == "bracketed":
            return True
        return seen.follows(label.text) and (label.form == "plain" or before_is_note)

    def _take_note(self, block: Block, label: Label, seen: _Definitions) -> None:
        seen.take(label.text, block.start)
        block.kind = "note"
        block.pieces = [trimmed(self.text, label.end, block.end)]

    def _unglued(self, block: Block, seen: _Definitions) -> list[Block]:
        """A note's block cut where another raised label begins a further note in the same line."""
        notes = [block]
        for mark in raised_marks(self.text[block.start : block.end]):
            start, end = block.start + mark.start, block.start + mark.end
            last = notes[-1]
            if start <= last.start or not _begins_note(self.text, start, end, block.end):
                continue
            if not seen.awaits(mark.label, start):
                continue
            seen.take(mark.label, start)
            rest = trimmed(self.text, end, last.end)
            last.pieces = [trimmed(self.text, last.start, start)]
            notes.append(Block("note", [rest], label=Label("raised", mark.label, end)))
        return notes

    def _is_address(self, block: Block) -> bool:
        return _ADDRESS.fullmatch(self.text, block.start, block.end) is not None

    def _has_address(self, block: Block) -> bool:
        return any(_ADDRESS.search(self.text, *piece) for piece in block.pieces)

    # --- bibliography ------------------------------------------------------------------------------

    def _bibliography(self) -> None:
        level, last = 0, None
        for block, following in _pairs(self.blocks):
            if block.kind == "heading" or self._is_bare_bibliography(block, following):
                if block.kind != "heading":
                    block.kind, block.level = "heading", 2
                opens = _BIBLIOGRAPHY.fullmatch(self.words(block).casefold()) is not None
                if opens or block.level <= level:
                    level, last = (block.level or 7) if opens else 0, None
            elif level and block.kind in ("text", "item"):
                if last is not None and self._continues_entry(block, last):
                    last.pieces += block.pieces
                    block.joined = True
                else:
                    block.kind, last = "entry", block
        self.blocks = [block for block in self.blocks if not block.joined]

    def _is_bare_bibliography(self, block: Block, following: Block | None) -> bool:
        return (
            block.kind == "text"
            and following is not None
            and block.end - block.start < 40
            and _BIBLIOGRAPHY.fullmatch(self.words(block).casefold()) is not None
        )

    def _continues_entry(self, block: Block, last: Block) -> bool:
        if block.kind == "item":
            return False
        cut_short = self.text[last.pieces[-1][0] : last.end].rstrip(">").endswith("-")
        return cut_short or self.text[block.start].islower() or self._is_address(block)

    # --- what stands before the first and after the last real paragraph ----------------------------

    def _edges(self) -> None:
        real = [index for index, block in enumerate(self.blocks) if self._is_real(block)]
        if not real:
            return
        front, back = self.blocks[: real[0]], self.blocks[real[-1] + 1 :]
        title = self._title(front)
        for block in front:
            if block.kind in ("text", "item") and block is not title:
                block.kind = "furniture"
        fragments = False
        for block in back:
            fragments = fragments or block.kind in ("text", "furniture")
            if block.kind == "text" or (block.kind == "item" and fragments):
                block.kind = "furniture"

    def _is_real(self, block: Block) -> bool:
        """Whether a block is surely prose: a sentence of five words, or fifteen words at least."""
        if block.kind not in ("text", "item") or block.bold:
            return False
        start, end = block.pieces[0]
        count = len(self.text[start : min(end, start + 400)].split())
        return count >= 15 or (count >= 5 and final_sign(self.text, start, end) in ".…。।")

    def _title(self, front: Sequence[Block]) -> Block | None:
        """The title among the lines above the first paragraph; a bold line right above it is a heading."""
        last = front[-1] if front else None
        if last is not None and last.kind == "text" and last.bold:
            last.kind, last.level = "heading", 3
        if any(block.kind == "heading" for block in front):
            return None
        for block in front:
            words = self.words(block)
            if block.kind == "text" and 4 <= len(words.split()) <= 30 and not _is_date(words):
                block.kind, block.level = "heading", 1
                return block
        return None

    # --- headings ----------------------------------------------------------------------------------

    def _headings(self) -> None:
        for block in self.blocks:
            if self._is_address_line(block):
                block.kind = "furniture"
            if block.kind == "heading" and not block.level:
                block.level = 2
            if (
                block.kind == "heading"
                and block.level > 1
                and (number := _NUMBERING.match(self.words(block)))
            ):
                block.level = 2 + number.group(1).count(".")
        titles = [self._looks_like_heading(block) for block in self.blocks]
        leftover: list[int] = []
        for index, block in enumerate(self.blocks):
            below = self._below(index) if titles[index] else None
            if titles[index] and (block.bold or (below is not None and not titles[below])):
                block.kind, block.level = "heading", 3 if block.bold else 2
            elif titles[index] and len(self.words(block).split()) < _SHORT:
                leftover.append(index)
        for index in leftover:
            if index - 1 not in leftover and index + 1 not in leftover:
                self.blocks[index].kind = "furniture"

    def _looks_like_heading(self, block: Block) -> bool:
        """Short, beginning with a capital or number, without the end of a sentence or list entry."""
        if block.kind != "text" or block.end - block.start > 200:
            return False
        if block.bold:
            return True
        words = self.words(block)
        first = next((character for character in words if character.isalnum()), "a")
        return (
            1 <= len(words.split()) <= _LONGEST_HEADING
            and not first.islower()
            and final_sign(self.text, block.start, block.end) not in ".,;:…"
            and not _ADDRESS.search(words)
            and not _is_date(words)
            and len(sentence_ranges(words)) == 1
        )

    def _below(self, index: int) -> int | None:
        """The next block that is no note, rule or page number, if it is body text or a caption."""
        for below in range(index + 1, len(self.blocks)):
            kind = self.blocks[below].kind
            if kind in ("text", "item", "caption"):
                return below
            if kind in ("heading", "entry") or (kind == "furniture" and self._has_words(self.blocks[below])):
                return None
        return None

    def _has_words(self, block: Block) -> bool:
        return any(character.isalpha() for character in self.text[block.start : block.end])

    def _is_address_line(self, block: Block) -> bool:
        """Whether a few words with a web address stand alone, as at the foot of a page."""
        words = self.text[block.start : block.end].split() if block.end - block.start < 400 else []
        return (
            block.kind == "text"
            and 0 < len(words) < _SHORT
            and self._has_address(block)
            and not ends_sentence(self.text, block.start, block.end)
        )

    def _colon_lists(self) -> None:
        """Paragraphs behind a colon that end in semicolons are items of a list."""
        listing = False
        for block in self.blocks:
            if block.kind == "text":
                sign = final_sign(self.text, block.start, block.end)
                if listing:
                    block.kind = "item"
                listing = sign == ":" if not listing else sign in ";,"
            elif block.kind == "heading":
                listing = False

    # --- pieces ------------------------------------------------------------------------------------

    def _end_signs(self) -> None:
        """A printer's sign behind the last sentence of a paragraph is furniture."""
        signs: list[tuple[int, Block]] = []
        for index, block in enumerate(self.blocks):
            if block.kind == "text" and (
                found := _END_SIGN.search(self.text, max(block.start, block.end - 40), block.end)
            ):
                block.pieces[-1] = trimmed(self.text, block.pieces[-1][0], found.start())
                signs.append((index, Block("furniture", [trimmed(self.text, *found.span())])))
        for index, sign in reversed(signs):
            self.blocks.insert(index + 1, sign)

    def _join_broken(self) -> None:
        """Join paragraphs that a page end broke: unfinished before notes or rules, going on behind them."""
        last: Block | None = None
        page_end = other_words = False
        for block in self.blocks:
            if block.kind == "caption" or (block.kind == "furniture" and self._has_words(block)):
                other_words = True
            elif block.kind in ("note", "furniture"):
                page_end = True
            elif block.kind not in ("text", "item"):
                last = None
            else:
                if last is not None and self._goes_on(last, block, page_end and not other_words):
                    last.pieces += block.pieces
                    block.joined = True
                else:
                    last = block
                page_end = other_words = False

    def _goes_on(self, last: Block, block: Block, page_end: bool) -> bool:
        """Whether a block is the rest of a paragraph; behind a page end it may begin with a capital."""
        if block.kind == "item":
            return False
        sign = final_sign(self.text, *last.pieces[-1])
        if sign in ".?!…:;。！？؟।":
            return False
        return self.text[block.start].islower() or (page_end and last.kind == "text")


class _Definitions:
    """Which note labels are still waited for: marked in the text, and not defined since."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._places: dict[str, list[int]] = {}
        for mark in marks:
            self._places.setdefault(mark.label, []).append(mark.start)
        self._defined: dict[str, int] = {}
        self._last: int | None = None

    def awaits(self, label: str, before: int) -> bool:
        """Whether the label was marked before an offset, and not defined in between."""
        since = self._defined.get(label, -1)
        return any(since < place < before for place in self._places.get(label, ()))

    def follows(self, label: str) -> bool:
        """Whether a label is near the last one defined."""
        return self._last is None or -1 <= int(label) - self._last <= 2

    def take(self, label: str, at: int) -> None:
        """Note that a label is defined here."""
        self._defined[label] = at
        if label.isdigit():
            self._last = int(label)


def _pairs(blocks: Sequence[Block]) -> Iterable[tuple[Block, Block | None]]:
    return zip(blocks, [*blocks[1:], None], strict=True)


def _last_note(blocks: Sequence[Block]) -> Block | None:
    return next((block for block in reversed(blocks) if block.kind == "note"), None)


def _begins_note(text: str, start: int, end: int, limit: int) -> bool:
    """Whether a raised label inside a note stands behind an end and before a beginning."""
    before = text[:start][-3:].rstrip()[-1:] if start < 4 else text[start - 3 : start].rstrip()[-1:]
    after = text[end : min(end + 3, limit)].lstrip()
    return before in (".", ")", "]", ">", "?", "!", '"', "”") and bool(after) and not after[0].islower()


def _is_date(words: str) -> bool:
    return not _DATE_WORDS.sub("", words).strip()


def area(blocks: Iterable[Block]) -> list[Range]:
    """The pieces of some blocks, sorted."""
    return sorted(piece for block in blocks for piece in block.pieces)
