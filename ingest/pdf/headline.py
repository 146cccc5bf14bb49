"""The headline of a print: the largest type above the body, or what the page's title says it is."""

from __future__ import annotations

import re

from ingest.pdf.blocks import Block
from ingest.slug import fold

LONGEST_HEADLINE = 250

LARGER = 1.15
"""A headline's type is so much larger than the body's."""


def words_of(text: str) -> str:
    """Fold a text to its words, to compare two prints of one headline."""
    return " ".join(re.findall(r"\w+", fold(text)))


def headline_of(blocks: list[Block], start: int, body_size: float, title: str | None) -> int | None:
    """Choose the headline among the blocks; `start` is where the body begins."""
    candidates = [
        at
        for at, block in enumerate(blocks)
        if _may_be_headline(block, body_size) and (at <= start or _in_title(block, title))
    ]
    if not candidates:
        return None

    def worth(at: int) -> tuple[float, float, int]:
        block = blocks[at]
        told = len(block.text) if _in_title(block, title) and len(block.text.split()) > 1 else 0
        top = 20.0 * (block.depth == 1) + 10.0 * (block.depth == 2)
        return told + top, round(block.size), -abs(start - at)

    return max(candidates, key=worth)


def _may_be_headline(block: Block, body_size: float) -> bool:
    if not 3 <= len(block.text) <= LONGEST_HEADLINE or "Form" in block.kinds:
        return False
    if block.role in ("LI", "Caption", "Lbl", "TD"):
        return False
    return bool(block.depth) or block.size >= LARGER * body_size


def _in_title(block: Block, title: str | None) -> bool:
    """Whether the page's own title begins with a block's text, or is a part of it."""
    own, told = words_of(block.text), words_of(title or "")
    return bool(own and told) and len(own) > 3 and (own in told or told in own)
