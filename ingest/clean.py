"""Values that come as strings: the same cleaning that lines of a text get."""

from __future__ import annotations

from ingest.lines import blocks_of, fold
from ingest.lines import clean as clean_lines


def clean(text: str) -> str:
    """Give a text as one line: NFC, control characters and lone surrogates out, white space folded."""
    if text.isascii() and text.isprintable():  # most texts: all that is left to do is folding
        return " ".join(text.split())
    return fold(" ".join(clean_lines(_encodable(text))))


def split_paragraphs(text: str) -> list[str]:
    """Cut a text into paragraphs: at blank lines where it has any, else at line ends."""
    blocks = blocks_of(clean_lines(_encodable(text)))
    if len(blocks) == 1:
        blocks = [[line] for line in blocks[0]]
    return [folded for block in blocks if (folded := fold(" ".join(block)))]


def _encodable(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8")
