"""Blocks from the print alone."""

from __future__ import annotations

from ingest.pdf_blocks import Block
from ingest.pdf_words import Word


def blocks_of(pages: list[list[Word]]) -> list[Block]:
    """Give a file's blocks."""
    return [Block(words, n) for n, words in enumerate(pages) if words]
