"""Read what stands above an article's body: caption and credit, headline, standfirst, byline, date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.byline import Signature, parse_signature
from ingest.captions import has_label, split_credit
from ingest.lines import indent_of
from ingest.sentences import ends_sentence, starts_small
from ingest.slug import fold, slug_words
from ingest.wrapped import join

DEEPEST = 4
"""At most so many blocks stand above a byline: caption, headline, standfirst, and one more."""

LONGEST_BLOCK = 20
"""No caption or headline fills more lines; joining a longer block whole would be work for nothing."""

LONGEST_ABOVE = 1500
LONGEST_HEADLINE = 250
SHORTEST_FULL_LINE = 50
"""A headline goes on to a second line only when its first is full."""

LONGEST_UNSIGNED = 150
"""Without a byline below it, only a shorter block is taken for a headline."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What was read above the body, and the body's lines."""

    body: list[str]
    captions: tuple[tuple[str, str | None], ...] = ()
    headline: str | None = None
    standfirst: str | None = None
    signature: Signature = field(default_factory=Signature)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the headline from elsewhere: the address, the pages' running head."""

    url: str | None = None
    running_head: str | None = None

    def speaks_for(self, text: str) -> bool:
        """Whether a text is the running head, or shares most words with the slug."""
        if self.running_head and text.startswith(self.running_head[:40]):
            return True
        slug = {fold(word) for word in slug_words(self.url or "")}
        return len(slug) > 2 and 2 * len(slug & _words(text)) >= len(slug)

    def knows(self) -> bool:
        """Whether there is anything to hold a headline against."""
        return bool(self.running_head) or len(slug_words(self.url or "")) > 2


@dataclass(frozen=True, slots=True)
class _Block:
    """A block near the top, joined; it ends before the line `end`."""

    text: str
    start: int
    end: int


def read_heading(lines: list[str], evidence: Evidence, indented: bool) -> Heading:
    """Read the blocks above the body; what is not recognised stays in the body.

    `indented` says that paragraphs begin with an indent, so that such a block is body.
    """
    blocks = list(_top(lines, indented))
    for at, block in enumerate(blocks):
        signature = parse_signature(block.text)
        if signature:
            return _signed(lines, blocks, at, signature, evidence)
    return _unsigned(lines, blocks, evidence)


def _top(lines: list[str], indented: bool) -> Iterator[_Block]:
    end = 0
    for _ in range(DEEPEST + 3):
        start = next((i for i in range(end, len(lines)) if lines[i]), len(lines))
        if start == len(lines) or (indented and indent_of(lines[start])):
            return
        end = _block_end(lines, start)
        yield _Block(join(lines[start : min(end, start + LONGEST_BLOCK)]), start, end)


def _block_end(lines: list[str], start: int) -> int:
    """Find the next blank line, or the byline that stands among the block's first lines."""
    end = next((i for i in range(start, len(lines)) if not lines[i]), len(lines))
    if end - start == 1 or parse_signature(join(lines[start : min(end, start + 6)])):
        return end
    for index in range(start, min(start + 4, end)):
        if parse_signature(lines[index].strip()):
            return index if index > start else start + 1
    return end


def _signed(
    lines: list[str], blocks: list[_Block], at: int, signature: Signature, evidence: Evidence
) -> Heading:
    """Part the blocks above a byline into caption, headline and standfirst; join bylines below."""
    above = blocks[:at]
    if at > DEEPEST or any(len(block.text) > LONGEST_ABOVE for block in above):
        return _unsigned(lines, blocks, evidence)
    end = blocks[at].end
    for block in blocks[at + 1 :]:
        more = parse_signature(block.text)
        if not more or not signature.lacks(more):
            break
        signature, end = signature.plus(more), block.end
    title = _headline_of(above, evidence)
    return Heading(
        lines[end:],
        tuple(split_credit(block.text) for block in above[:title]),
        above[title].text if above else None,
        " ".join(block.text for block in above[title + 1 :]) or None,
        signature,
    )


def _headline_of(above: list[_Block], evidence: Evidence) -> int:
    """Choose the block that reads most like a headline; the one just above the byline if none does."""
    last = max(len(above) - 1, 0)
    alike = [at for at, block in enumerate(above) if _like_a_headline(block.text)]
    told = [at for at in alike if evidence.speaks_for(above[at].text)]
    return max(told or alike, default=last)


def _like_a_headline(text: str) -> bool:
    ended = text.endswith((".", ":", ",", ";", "。")) and not text.endswith("...")
    return len(text) <= LONGEST_HEADLINE and not ended and not has_label(text)


def _unsigned(lines: list[str], blocks: list[_Block], evidence: Evidence) -> Heading:
    """Without a byline: a caption if it has a credit, then a headline if it looks like one."""
    captions = []
    if len(blocks) > 1:
        caption, credit = split_credit(blocks[0].text)
        if credit:
            captions.append((caption, credit))
    done = blocks[0].end if captions else 0
    rest = blocks[1:] if captions else blocks
    found = _unsigned_headline(lines, rest, evidence)
    headline, done = found or (None, done)
    return Heading(lines[done:], tuple(captions), headline)


def _unsigned_headline(
    lines: list[str], blocks: list[_Block], evidence: Evidence
) -> tuple[str, int] | None:
    """Give the headline above a body, and the line after it."""
    if not blocks:
        return None
    block = blocks[0]
    height = block.end - block.start
    if not any(lines[block.end :]) or height > 3:
        return _first_line(lines, block, evidence)
    if height > 1 and len(lines[block.start]) < SHORTEST_FULL_LINE:
        return None
    return (block.text, block.end) if _may_stand_above(block.text, evidence) else None


def _first_line(lines: list[str], block: _Block, evidence: Evidence) -> tuple[str, int] | None:
    """Take a block's first line for the headline if it is short beside the full sentences below."""
    top, *below = (line.strip() for line in lines[block.start : min(block.end, block.start + 6)])
    longest = max(map(len, below), default=0)
    if len(top) > 0.8 * longest or not any(map(ends_sentence, below)) or starts_small(below[0]):
        return None
    return (top, block.start + 1) if _may_stand_above(top, evidence) else None


def _may_stand_above(text: str, evidence: Evidence) -> bool:
    if len(text) > LONGEST_HEADLINE or "://" in text:
        return False
    if evidence.knows() and not evidence.speaks_for(text):
        return False
    return len(text) <= LONGEST_UNSIGNED and _like_a_headline(text)


def _words(text: str) -> set[str]:
    return {fold(word) for word in re.findall(r"[^\W_]+", text)}
