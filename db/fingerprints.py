"""What tells near-identical articles: their words as numbers, a sample of their shingles, what two share.

The sample is Broder's (1997): of all runs of five words those whose hash falls into the lowest 24th,
and eleven at least. Two articles that share a run keep it or leave it alike, however long either is, so
that a cut article is found in the whole one by few of them. Why so: docs/decisions/families.md.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from article import Article, Kind
from db.identity import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST: Final = 32
"""Words in common from which two articles may be near-identical: more than a disclaimer has."""
SHARE: Final = 0.67
"""The share of the shorter article's words that the longer has too, in runs of three or more."""
APART: Final = 3
"""Days between two articles from which only the very same words are the same report."""
SAME: Final = 0.9
"""The share for those."""
FACTS: Final = 0.6
"""The share of its names and figures: the same sentences about other ones are another report."""
_FEW_FACTS = 6
TIMES: Final = 5
"""How many times as long the longer may be: what holds five reports is a digest of them."""

_FEWEST = 11
_HALF = np.uint64(32)
_BITS = np.uint64(16)  # the upper bits are the well mixed ones, and six bytes are enough
_KEPT = np.uint64(2**48 // 24)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_WORD = 0xFFFE
PASSED_OVER: Final = frozenset({Kind.CAPTION, Kind.RELATED})
"""Kinds of paragraphs that every outlet has of its own."""


class _Numbers(dict[str, int]):
    """Words as 16 bits, whatever their case; odd if one is a figure or begins with a capital."""

    def __missing__(self, word: str) -> int:
        if len(self) > 1 << 16:
            self.clear()
        fact = word[0].isupper() or any(map(str.isdigit, word))
        number = self[word] = crc32(word.casefold().encode()) & _WORD | fact
        return number


_numbers = _Numbers()


@dataclass(frozen=True)
class Fingerprint:
    """An article's words as numbers, in order, and its date as the publisher gives it."""

    words: NDArray[np.uint16]
    published: str | None

    @classmethod
    def of(cls, article: Article) -> Fingerprint:
        """Take it of the running text: outlets choose captions and links of their own."""
        published = article.published.date if article.published else None
        texts = [one.text for one in article.paragraphs if one.kind not in PASSED_OVER]
        return cls.of_words(words(texts), published)

    @classmethod
    def of_words(cls, found: Sequence[str], published: str | None) -> Fingerprint:
        """Take it of words in their order."""
        return cls.stored(array("H", map(_numbers.__getitem__, found)), published)

    @classmethod
    def stored(cls, data: bytes | array[int], published: str | None) -> Fingerprint:
        """Give one back that was stored as the bytes of its words."""
        return cls(np.frombuffer(data, np.uint16), published)

    @property
    def data(self) -> bytes:
        """The words as bytes, two each."""
        return self.words.tobytes()

    @cached_property
    def keys(self) -> list[int]:
        """The sampled shingles, each once, below 2^48; none where the article is too short for a family.

        A short one has eleven at least, so that copies of it are found.
        """
        if len(self.words) < LEAST:
            return []
        pairs = self._pairs
        fives = (pairs[:-3] * _MIX ^ pairs[2:-1]) * _MIX ^ self._plain[4:]
        hashes = _mixed(fives) >> _BITS
        hashes.sort()
        count = max(int(np.count_nonzero(hashes < _KEPT)), _FEWEST)
        return list(set(hashes[:count].tolist()))

    @cached_property
    def runs(self) -> list[int]:
        """The runs of three words, in order, as numbers."""
        runs: list[int] = (self._pairs[:-1] << _BITS | self._plain[2:]).tolist()
        return runs

    @cached_property
    def numbers(self) -> list[int]:
        """The words without what is said of facts, in order."""
        numbers: list[int] = (self.words & _WORD).tolist()
        return numbers

    @cached_property
    def vocabulary(self) -> set[int]:
        """The same, each once."""
        return set(self.numbers)

    @cached_property
    def _pairs(self) -> NDArray[np.uint64]:
        return self._plain[:-1] << _BITS | self._plain[1:]

    @cached_property
    def _plain(self) -> NDArray[np.uint64]:
        return (self.words & _WORD).astype(np.uint64)


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix the bits of hashes; overflow is meant."""
    return (hashes ^ hashes >> _HALF) * _MIX


def alike(one: Fingerprint, other: Fingerprint) -> bool:
    """Say whether two articles are near-identical, one perhaps cut."""
    short, long = sorted((one, other), key=lambda each: (len(each.words), each.data))
    if len(long.words) > TIMES * len(short.words):
        return False
    need = SAME if _days_apart(one, other) > APART else SHARE
    least = max(LEAST, need * len(short.words))
    return _enough(short, long, least) and _same_facts(short, long)


def _enough(short: Fingerprint, long: Fingerprint, least: float) -> bool:
    """Say whether so many words of an article stand in runs which another has too."""
    if sum(map(long.vocabulary.__contains__, short.numbers)) < least:
        return False  # as nearly always, and soon found out
    there = set(long.runs)
    inside = np.array([run in there for run in short.runs])
    covered = np.zeros(len(short.words), bool)
    for start in range(3):
        covered[start : start + len(inside)] |= inside
    return bool(covered.sum() >= least)


def _same_facts(short: Fingerprint, long: Fingerprint) -> bool:
    ours, theirs = (Counter(one.words[one.words & 1 == 1].tolist()) for one in (short, long))
    return ours.total() < _FEW_FACTS or (ours & theirs).total() >= FACTS * ours.total()


def _days_apart(one: Fingerprint, other: Fingerprint) -> int:
    """Give the days between two dates, 0 where one is not known to the day."""
    days = [_day(each.published) for each in (one, other)]
    return abs(days[0] - days[1]) if days[0] is not None and days[1] is not None else 0


def _day(published: str | None) -> int | None:
    with suppress(ValueError):
        return date.fromisoformat(published or "").toordinal()
    return None
