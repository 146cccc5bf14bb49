"""Blocks from the print alone, where a PDF has no tags: by space, indent, type and the room in a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ingest.byline import parse_signature
from ingest.captions import split_bracketed_credit
from ingest.pdf.blocks import Block, written
from ingest.pdf.columns import Row, columns_of
from ingest.pdf.words import Word
from ingest.sentences import ends_sentence, starts_small

SPACED = 1.3
"""Lines further apart than so many usual distances are parted by a blank."""

INDENT = (0.6, 5.0)
"""An indent, in type sizes."""

SHORT = 0.6
"""A line that fills so little of its column ends by will, whatever sign it ends with."""

LONGEST_SIGNATURE = 60
"""Characters of a line that may be a byline or a date."""

_BULLET = re.compile(r"(?:[•‣◦▪●■·–—*-]|\(?\d{1,2}[.)])$")


@dataclass
class _Line:
    """A line of one column."""

    words: Row

    @cached_property
    def left(self) -> float:
        return min(word.x0 for word in self.words)

    @cached_property
    def right(self) -> float:
        return max(word.x1 for word in self.words)

    @cached_property
    def size(self) -> float:
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return sizes.most_common(1)[0][0]

    @cached_property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @cached_property
    def text(self) -> str:
        return written(self.words)

    @property
    def y(self) -> float:
        return self.words[0].y


def blocks_of(pages: list[list[Word]]) -> list[Block]:
    """Give a file's blocks in reading order, paragraphs made whole over columns and pages."""
    columns = [
        (number, [_Line(row) for row in rows])
        for number, words in enumerate(pages)
        for rows in columns_of(words)
    ]
    size = _usual_size(columns)
    blocks: list[Block] = []
    for number, lines in columns:
        for at, part in enumerate(_parts(lines)):
            words = [word for line in part for word in line.words]
            block = Block(words, number, _role(part, size))
            if at == 0 and blocks and _goes_on(blocks[-1], block, _indented(part[0], lines)):
                blocks[-1].words.extend(words)
            else:
                blocks.append(block)
    return blocks


def _usual_size(columns: list[tuple[int, list[_Line]]]) -> float:
    sizes: Counter[float] = Counter()
    for _, lines in columns:
        for line in lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _parts(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Part a column's lines into paragraphs."""
    gap = _usual_gap(lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    part = [lines[0]]
    for one, other in pairwise(lines):
        if _parted(one, other, gap) or _indented(other, lines) or _ended(one, other, left, right):
            yield part
            part = []
        part.append(other)
    yield part


def _usual_gap(lines: list[_Line]) -> float:
    gaps = Counter(
        round((one.y - other.y) / one.size, 1)
        for one, other in pairwise(lines)
        if one.size == other.size
    )
    usual = [gap for gap, count in gaps.items() if count >= 0.25 * gaps.total()]
    return min(usual, default=1.2)


def _parted(one: _Line, other: _Line, gap: float) -> bool:
    """Whether type or space part two lines."""
    if abs(one.size - other.size) > 0.08 * one.size:
        return True
    if one.bold != other.bold and (ends_sentence(one.text) or not starts_small(other.text)):
        return True
    return one.y - other.y > SPACED * gap * one.size


def _indented(line: _Line, lines: list[_Line]) -> bool:
    """Whether a line begins further in than the column's other lines do."""
    edges = Counter(round(other.left) for other in lines if other.size == line.size)
    usual = [edge for edge, count in edges.items() if count >= 0.25 * edges.total()]
    inset = line.left - min(usual, default=line.left)
    return INDENT[0] * line.size < inset < INDENT[1] * line.size and not starts_small(line.text)


def _ended(one: _Line, other: _Line, left: float, right: float) -> bool:
    """Whether a line had room for the next one's first word, and may end a paragraph."""
    if _BULLET.match(other.words[0].text) and len(other.words) > 1:
        return ends_sentence(one.text) or one.right < right - 4 * one.size
    first = other.words[0]
    if any(_is_signature(line.text) for line in (one, other)):
        return True
    plain = not one.bold and one.size <= other.size
    if plain and one.right < left + SHORT * (right - left) and not starts_small(other.text):
        return True
    fits = one.right + 0.3 * one.size + (first.x1 - first.x0) < right - 0.1 * one.size
    return fits and ends_sentence(one.text) and not starts_small(other.text)


def _is_signature(text: str) -> bool:
    """Whether a line is a date or a byline, which share a paragraph with nothing."""
    return len(text) <= LONGEST_SIGNATURE and parse_signature(text) is not None


def _goes_on(block: Block, following: Block, indented: bool) -> bool:
    """Whether a column or page begins within the paragraph that the last one ended with."""
    if indented or block.role or following.role or abs(block.size - following.size) > 0.3:
        return False
    return not ends_sentence(block.text_so_far) or starts_small(following.text_so_far)


def _role(part: list[_Line], size: float) -> str:
    """Name a block by its type: a heading, a caption, a list item, or plain text."""
    text = " ".join(line.text for line in part)
    ended = text.endswith((".", ",", ";")) and not text.endswith("...")
    larger = part[0].size >= 1.08 * size
    if (
        len(part) <= 4
        and not ended
        and len(text) > 2
        and (larger or (part[0].bold and len(text) < 120))
    ):
        return "H2" if larger else "H3"
    if len(part) <= 8 and part[0].size <= 0.93 * size and split_bracketed_credit(text)[1]:
        return "Caption"
    return "LI" if _BULLET.match(part[0].words[0].text) and len(part[0].words) > 1 else ""
