"""Two wordings of a paragraph compared, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60"
_WORD = re.compile(rf"(?:[{_WIDE}]|[^\s{_WIDE}]+)\s*|^\s+")
_MOST = 1_000_000
"""Words of one text times words of the other, beyond which they are not compared one by one."""


class Fate(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


Piece = tuple[Fate, str]


def words(text: str) -> list[str]:
    """Cut a text into words, each with the white space after it; a Chinese character is a word."""
    return _WORD.findall(text)


def alike(one: str, other: str) -> float:
    """Give the share of words two texts have in common, 0 to 1 (Dice's coefficient)."""
    ours, theirs = _counted(one), _counted(other)
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


def _counted(text: str) -> Counter[str]:
    return Counter(word.strip().casefold() for word in words(text))


def difference(old: str, new: str) -> list[Piece]:
    """Give what stayed, went and came, in reading order; joined but for what went, it is `new`."""
    before, after = words(old), words(new)
    ours, theirs = [word.strip() for word in before], [word.strip() for word in after]
    start = _shared(ours, theirs)
    end = _shared(ours[start:][::-1], theirs[start:][::-1])
    pieces = [(Fate.SAME, "".join(after[:start]))]
    for gone, came, same in _changes(
        ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    ):
        if same:
            pieces.append((Fate.SAME, "".join(after[start:][came])))
        else:
            pieces.append((Fate.GONE, "".join(before[start:][gone])))
            pieces.append((Fate.NEW, "".join(after[start:][came])))
    pieces.append((Fate.SAME, "".join(after[len(after) - end :])))
    return [piece for piece in pieces if piece[1]]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the words two texts begin with alike."""
    count = 0
    for ours, theirs in zip(one, other, strict=False):
        if ours != theirs:
            break
        count += 1
    return count


def _changes(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[slice, slice, bool]]:
    """Give the stretches of both texts that answer to each other, and whether they are the same."""
    if len(ours) * len(theirs) > _MOST:
        return [(slice(0, len(ours)), slice(0, len(theirs)), False)]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return [
        (slice(i1, i2), slice(j1, j2), tag == "equal")
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]
