"""Two wordings of a paragraph compared, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Final

from library.common import Run, common

ALIKE: Final = 0.5
"""The share of words in common from which one paragraph is another wording of the other."""

_WIDE: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
)
"""Characters that are written without spaces between words."""


class Fate(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


Piece = tuple[Fate, str]


def words(text: str) -> list[str]:
    """Cut a text into words, each with the white space after it; a Chinese character is a word."""
    return _word().findall(text)


@cache
def _word() -> re.Pattern[str]:
    """Find a word; a character of its own keeps the marks that stand on it."""
    marks = "".join(
        chr(code)
        for block in (range(0xE00, 0xF00), range(0x1000, 0x10A0), range(0x1780, 0x1800))
        for code in block
        if unicodedata.category(chr(code))[0] == "M"
    )
    marks += "\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
    return re.compile(rf"(?:[{_WIDE}][{marks}]*|[^\s{_WIDE}]+)\s*|^\s+")


def stands_alone(character: str) -> bool:
    """Say whether a character is a word without spaces around it, as in Chinese and Thai."""
    return re.match(f"[{_WIDE}]", character) is not None


def counted(text: str) -> Counter[str]:
    """Count the words of a text, whatever their case."""
    return Counter(word.strip().casefold() for word in words(text))


def alike(one: str, other: str) -> float:
    """Give the share of words two texts have in common, 0 to 1 (Dice's coefficient)."""
    return shared(counted(one), counted(other))


def shared(ours: Counter[str], theirs: Counter[str]) -> float:
    """Give the share of words in common, 0 to 1, of two texts whose words are counted."""
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


def difference(old: str, new: str) -> list[Piece]:
    """Give what stayed, went and came, in reading order; joined but for what went, it is `new`."""
    before, after = words(old), words(new)
    runs = common([word.strip() for word in before], [word.strip() for word in after])
    pieces = []
    gone = came = 0
    for run in _telling(runs):
        pieces.append((Fate.GONE, "".join(before[gone : run.old])))
        pieces.append((Fate.NEW, "".join(after[came : run.new])))
        gone, came = run.old + run.size, run.new + run.size
        pieces.append((Fate.SAME, "".join(after[run.new : came])))
    return [piece for piece in pieces if piece[1]]


def _telling(runs: Sequence[Run]) -> Iterator[Run]:
    """Leave out words that both texts have by chance: fewer than changed on either side of them."""
    before, here = Run(0, 0, 0), None
    for run in runs:
        if here and here.size >= min(_changed(before, here), _changed(here, run)):
            yield here
            before = here
        here = run
    if here:
        yield here


def _changed(before: Run, after: Run) -> int:
    """Count the words between two runs, in the text that has more of them."""
    return max(after.old - before.old - before.size, after.new - before.new - before.size)
