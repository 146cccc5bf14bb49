"""Rejoin the hard-wrapped lines of a body into its paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from ingest.ends import Ends
from ingest.hyphens import bare, glue, parted
from ingest.layout import Layout, Measure, room
from ingest.lines import blocks_of, fold, indent_of

CLEARLY_SHORT = 0.7
"""A line this short of the width, with room for the next word, ends by will even in ragged text."""


def paragraphs_of(lines: list[str], measure: Measure, words: Collection[str] = ()) -> list[list[str]]:
    """Give each paragraph as the lines it was printed on."""
    blocks = blocks_of(lines)
    if measure.layout is Layout.INDENTED:
        return [part for block in blocks for part in _by_indent(block, measure)]
    if not measure.width:
        return [[line] for block in blocks for line in block]
    if measure.layout is Layout.BLOCKS:
        return [part for block in blocks for part in _by_clear_ends(block, measure)]
    return Ends(blocks, measure).paragraphs()


def join(lines: list[str], inserted: bool = False, words: Collection[str] = ()) -> str:
    """Join one paragraph's lines to its text, words parted at a line's end made whole."""
    text = ""
    for line, following in pairwise([*map(str.strip, lines), ""]):
        kept, between = glue(line, following, inserted, words) if following else (line, "")
        text += kept + between
    return fold(text)


def _by_indent(block: list[str], measure: Measure) -> Iterator[list[str]]:
    """A paragraph begins at an indent, a caption at the margin after a line with room left."""
    part: list[str] = []
    for line in block:
        if part and (indent_of(line) or not measure.width or room(part[-1], line, measure.width, measure.wide) >= 0):
            yield part
            part = []
        part.append(line)
    yield part


def _by_clear_ends(block: list[str], measure: Measure) -> Iterator[list[str]]:
    part: list[str] = []
    for line in block:
        if part and room(part[-1], line, round(CLEARLY_SHORT * measure.width), measure.wide) >= 0:
            yield part
            part = []
        part.append(line)
    yield part
