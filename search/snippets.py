"""A long passage cut to the part around its marks: whole sentences where they fit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from search.analysis import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.passages import Mark, Passage

_WORD_START = re.compile(r"(?<!\S)\S")


def snippet(passage: Passage, width: int) -> Passage:
    """Cut a passage to about `width` code points: the sentences that hold most marks.

    A sentence that is longer is cut at borders of words. What is left out is shown as an ellipsis;
    marks are moved, and dropped where they are cut off.
    """
    if len(passage.text) <= width:
        return passage
    start, end = _sentences(passage, width) or _words(passage, width)
    before = "… " if start else ""
    after = " …" if end < len(passage.text) else ""
    shift = len(before) - start
    inside = _inside(passage.marks, start, end)
    marks = tuple([(mark[0] + shift, mark[1] + shift) for mark in inside])
    return replace(passage, text=before + passage.text[start:end] + after, marks=marks)


def _sentences(passage: Passage, width: int) -> tuple[int, int] | None:
    """Choose the sentences in a row, no longer than `width`, with most marks; None if none fit."""
    text = passage.text
    cut = [(start, start + len(text[start:end].rstrip())) for start, end in sentences(text)]
    ends = [end for _, end in cut]
    begun, ended = zip(*passage.marks, strict=True) if passage.marks else ((), ())
    best, most = None, 0
    for first, (start, _) in enumerate(cut):
        last = bisect_right(ends, start + width) - 1
        if last < first:
            continue
        marks = bisect_right(ended, ends[last]) - bisect_left(begun, start)
        if marks > most:
            best, most = (start, ends[last]), marks
    return best


def _words(passage: Passage, width: int) -> tuple[int, int]:
    """Cut inside a sentence, where the marks are densest."""
    text, starts = passage.text, [mark[0] for mark in passage.marks]
    if not starts:
        return 0, _word_end(text, 0, width)
    inside = [bisect_left(starts, at + width // 2) - first for first, at in enumerate(starts)]
    first = starts[inside.index(max(inside))]
    border = _WORD_START.search(text, max(0, first - width // 3), first + 1)
    start = border.start() if border else first
    return start, _word_end(text, start, width)


def _word_end(text: str, start: int, width: int) -> int:
    end = min(len(text), start + width)
    if end == len(text) or text[end].isspace():
        return start + len(text[start:end].rstrip())
    space = max(text.rfind(" ", start + 1, end), text.rfind("\n", start + 1, end))
    return space if space > start + width // 2 else end


def _inside(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    return [mark for mark in marks if start <= mark[0] and mark[1] <= end]
