"""Rejoin the hard-wrapped lines of a body into its paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from ingest.captions import has_label
from ingest.ends import split_dense
from ingest.hyphens import glue
from ingest.layout import WIDEST, Layout, Measure, room
from ingest.lines import blocks_of, fold, indent_of
from ingest.sentences import both_wide, ends_sentence, starts_small

LONGEST_CAPTION = 8
"""No caption has more lines."""

CLEARLY_SHORT = 0.7
"""A line this short of the width, with room for the next word, ends by will even in ragged text."""


def paragraphs_of(lines: list[str], measure: Measure) -> list[list[str]]:
    """Give each paragraph as the lines it was printed on."""
    blocks = blocks_of(lines)
    if measure.layout is Layout.INDENTED:
        return [part for block in blocks for part in _by_indent(block, measure)]
    if not measure.width:
        return [[line] for block in blocks for line in block]
    if measure.layout is Layout.BLOCKS:
        return [part for block in blocks for part in _by_clear_ends(block, measure)]
    return [part for block in blocks for part in split_dense(block, measure)]


def join(
    lines: list[str],
    measure: Measure | None = None,
    words: Collection[str] = (),
    hyphenated: bool = False,
) -> str:
    """Join one paragraph's lines to its text, words parted at a line's end made whole.

    In an indented text the printer may have put hyphens of its own into words, at the full width;
    `words` are the article's, to tell them by; `hyphenated` where it may have done so on any line.
    A full line in a wide script ends anywhere.
    """
    lines = [line.strip() for line in lines]
    hyphens_at = measure.width if measure and measure.layout is Layout.INDENTED else 0
    full = measure.width if measure and measure.wide else WIDEST
    texts: list[str] = []
    for line, following in pairwise(lines):
        kept, between = glue(line, following, hyphenated or len(line) == hyphens_at, words)
        texts += kept, "" if len(line) >= full or both_wide(line, following) else between
    return fold("".join([*texts, lines[-1]]))


def _by_indent(block: list[str], measure: Measure) -> Iterator[list[str]]:
    """Part a block at indents, and at the margin after a line with room left: there a caption begins."""
    exact = measure.width and not measure.ragged
    part: list[str] = []
    for line in block:
        ended = exact and part and room(part[-1], line, measure.width, measure.wide, True) >= 0
        if part and (indent_of(line) or ended):
            yield from _part_labelled_caption(part)
            part = []
        part.append(line)
    yield from _part_labelled_caption(part)


def _part_labelled_caption(part: list[str]) -> Iterator[list[str]]:
    """Part a caption that follows a full line, where only its credit's label shows that it is one."""
    for start in range(len(part) - 1, max(0, len(part) - LONGEST_CAPTION), -1):
        ended = ends_sentence(part[start - 1]) and not starts_small(part[start])
        if ended and has_label(join(part[start:])):
            yield part[:start]
            part = part[start:]
            break
    yield part


def _by_clear_ends(block: list[str], measure: Measure) -> Iterator[list[str]]:
    part: list[str] = []
    for line in block:
        if part and room(part[-1], line, round(CLEARLY_SHORT * measure.width), measure.wide) >= 0:
            yield part
            part = []
        part.append(line)
    yield part
