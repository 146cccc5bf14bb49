"""Tell how a text was laid out: wrapped to a width or not, and what parts its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from statistics import mode

from ingest.hyphens import parted
from ingest.lines import blocks_of, indent_of
from ingest.sentences import ends_sentence, is_wide, starts_small, wide_share

NARROWEST, WIDEST = 40, 200
"""No printed line of prose is narrower, none wider; a text outside is not wrapped but short or whole."""
NARROWEST_WITHOUT_CASE = 60
"""Where no sentence is seen to run on (a script without small letters), lines must be longer."""

_PIECE = re.compile(r"\S*?\w[^\W\d_]-(?=[^\W\d_]{2})|[^ ]+")
_WORD = re.compile(r"[^ ]+")
"""What a printer moves to the next line in one: a word, or its part up to a hyphen within it."""


class Layout(Enum):
    """What parts the paragraphs."""

    BLOCKS = "blank lines"
    DENSE = "line lengths"
    INDENTED = "indents"
    LINES = "every line"


@dataclass(frozen=True, slots=True)
class Measure:
    """A text's width in characters, 0 if it was not wrapped; `wide` where a letter takes two columns.

    `ragged` where the width was not counted in characters, so that a line's room tells little.
    """

    layout: Layout
    width: int
    wide: bool = False
    ragged: bool = False


def measure(lines: list[str], at_least: int = 0) -> Measure:
    """Tell the layout of an article's body from its lines; `at_least` is a width known from elsewhere."""
    wide = wide_share("".join(lines[:100])) > 0.5
    width = max(width_of(lines, wide), at_least // 2 if wide else at_least)
    blocks = blocks_of(lines)
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if _indented(lines):
        return _indented_measure(pairs, width, wide)
    if not _wrapped(pairs, width, wide):
        return Measure(Layout.BLOCKS if len(blocks) > 1 and not pairs else Layout.LINES, 0, wide)
    return _wrapped_measure(blocks, pairs, width, wide)


def width_of(lines: Sequence[str], wide: bool) -> int:
    """Give the width a text was wrapped to: its longest line, freaks and lone addresses left out."""
    lengths = sorted({len(line.strip()) for line in lines if not _no_measure(line, wide)})
    while len(lengths) > 10 and lengths[-1] > 1.25 * lengths[-2]:
        lengths.pop()
    return lengths[-1] if lengths else 0


def room(line: str, following: str, width: int, wide: bool, whole_words: bool = False) -> int:
    """Count the columns left after the next line's first piece, had it been put on this line.

    Zero or more: a printer that fills its lines would have put it here, so the paragraph ended.
    `whole_words` where the printer parts words by its own hyphens, and leaves theirs alone.
    """
    line, following = line.strip(), following.lstrip()
    if wide and is_wide(following[:1]):
        return width - len(line) - 2
    found = (_WORD if whole_words else _PIECE).match(following)
    piece = len(found[0]) if found else 0
    return width - len(line) - piece - (0 if parted(line) else 1)


def _no_measure(line: str, wide: bool) -> bool:
    if "://" in line:
        return True
    return wide and sum(map(is_wide, line)) * 2 < len(line)


def _indented(lines: list[str]) -> bool:
    """Whether some lines are indented alike and others, which follow them, stand at the margin."""
    written = [line for line in lines if line]
    indents = [indent for indent in map(indent_of, written) if indent]
    if len(indents) == 1:
        return indents[0] >= 2 and indent_of(written[0]) > 0 and len(written) > 2
    if not indents or len(indents) > 0.9 * len(written):
        return False
    usual = mode(indents)
    return usual >= 2 and sum(indent == usual for indent in indents) > 0.7 * len(indents)


def _wrapped(pairs: list[tuple[str, str]], width: int, wide: bool) -> bool:
    """Whether lines end because they were full: sentences run on over the ends of long lines."""
    if not pairs or not NARROWEST <= width * (2 if wide else 1) <= WIDEST:
        return False
    run_on = [pair for pair in pairs if starts_small(pair[1]) and not ends_sentence(pair[0])]
    long = sum(len(line.strip()) >= 0.7 * width for line, _ in run_on)
    if wide or not run_on:
        return _open_lines_are_full(pairs, width, wide)
    if long < 0.8 * len(run_on):
        return False
    tight = sum(room(*pair, width, wide) < 0 for pair in run_on)
    return len(run_on) >= 0.3 * len(pairs) or tight >= 0.9 * len(run_on)


def _open_lines_are_full(pairs: list[tuple[str, str]], width: int, wide: bool) -> bool:
    """Without small letters to see sentences run on by: most lines that end no sentence are full."""
    if wide:
        return sum(room(*pair, width, wide) < 0 for pair in pairs) >= 0.3 * len(pairs)
    if width < NARROWEST_WITHOUT_CASE:
        return False
    open_lines = [pair for pair in pairs if not ends_sentence(pair[0])]
    full = sum(room(*pair, width, wide) < 0 for pair in open_lines)
    return 2 * full > len(open_lines)


def _wrapped_measure(
    blocks: list[list[str]], pairs: list[tuple[str, str]], width: int, wide: bool
) -> Measure:
    short = [pair for pair in pairs if room(*pair, width, wide) >= 0]
    ends = sum(ends_sentence(line) and not starts_small(following) for line, following in short)
    run_on = sum(starts_small(following) and not ends_sentence(line) for line, following in short)
    ragged = run_on > 1 and 3 * run_on > ends
    if len(blocks) > 1 and (ragged or (len(blocks) > 2 and ends <= 0.2 * len(blocks))):
        return Measure(Layout.BLOCKS, width, wide, ragged)
    return Measure(Layout.DENSE, width, wide, ragged)


def _indented_measure(pairs: list[tuple[str, str]], width: int, wide: bool) -> Measure:
    running = [pair for pair in pairs if not indent_of(pair[1])]
    if not _wrapped(running, width, wide):
        return Measure(Layout.INDENTED, 0, wide)
    short = sum(room(*pair, width, wide, whole_words=True) >= 0 for pair in running)
    return Measure(Layout.INDENTED, width, wide, ragged=short > 2 + 0.1 * len(running))
