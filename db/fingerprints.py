"""What tells near-identical articles: their words as numbers, a sample of their shingles, what two share.

The sample is Broder's (1997): of all runs of four words those whose hash falls into the lowest eighth.
Two articles that share a run keep it or leave it alike, however long either is, so that half an
article is found in the whole as well as in another half; signatures of a fixed length, as MinHash
has them elsewhere, lose it. Why so: docs/decisions/families.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from article import Article, Kind
from db.identity import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION: Final = "1"
"""Of all below: what one version has stored another cannot compare."""

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

_SAMPLED = 4
_COMPARED = 3
_RATE = 8
_FEWEST = 12
_WORDS_A_KEY = 80
_SPARE = np.uint64(16)  # the upper bits are the well mixed ones, and six bytes are enough
_MIX = np.uint64(0x9E3779B97F4A7C15)
_WORD = 0xFFFFFFFE
PASSED_OVER: Final = frozenset({Kind.CAPTION, Kind.RELATED})
"""Kinds of paragraphs that every outlet has of its own."""


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """Give a word as 32 bits, whatever its case; odd if it is a figure or begins with a capital."""
    fact = word[0].isupper() or any(map(str.isdigit, word))
    return crc32(word.casefold().encode()) & _WORD | fact


@dataclass(frozen=True)
class Fingerprint:
    """An article's words as numbers, in order, and its date as the publisher gives it."""

    words: NDArray[np.uint32]
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
        return cls(np.fromiter(map(_number, found), np.uint32, len(found)), published)

    @classmethod
    def stored(cls, data: bytes, published: str | None) -> Fingerprint:
        """Give one back that was stored as the bytes of its words."""
        return cls(np.frombuffer(data, "<u4"), published)

    @property
    def data(self) -> bytes:
        """The words as bytes, four each."""
        return self.words.astype("<u4").tobytes()

    @cached_property
    def keys(self) -> list[int]:
        """The sampled shingles, each once, below 2^48; none where the article is too short for a family.

        A short one has twelve at least, so that copies of it are found.
        """
        if len(self.words) < LEAST:
            return []
        hashes = np.unique(_runs(self.words, _SAMPLED) >> _SPARE)
        count = max(int(np.searchsorted(hashes, 2**48 // _RATE)), _FEWEST)
        keys: list[int] = hashes[:count].tolist()
        return keys

    @cached_property
    def runs(self) -> list[int]:
        """The runs of words that are compared, in order, as numbers."""
        runs: list[int] = _runs(self.words, _COMPARED).tolist()
        return runs


def _runs(numbers: NDArray[np.uint32], length: int) -> NDArray[np.uint64]:
    """Give a hash of each run of so many words, in order; overflow is meant."""
    count = max(len(numbers) - length + 1, 0)
    plain = (numbers & _WORD).astype(np.uint64)
    hashes = np.zeros(count, np.uint64)
    for start in range(length):
        hashes = (hashes ^ plain[start : start + count]) * _MIX
    return hashes


def likely(one: Fingerprint, other: Fingerprint, shared: int) -> bool:
    """Say whether so many sampled shingles in common are worth a comparison."""
    return shared * _WORDS_A_KEY >= min(len(one.words), len(other.words))


def alike(one: Fingerprint, other: Fingerprint) -> bool:
    """Say whether two articles are near-identical, one perhaps cut."""
    short, long = sorted((one, other), key=lambda each: len(each.words))
    if len(long.words) > TIMES * len(short.words):
        return False
    need = SAME if _days_apart(one, other) > APART else SHARE
    least = max(LEAST, need * len(short.words))
    return bool(_shared_words(short, long) >= least and _same_facts(short, long))


def _shared_words(short: Fingerprint, long: Fingerprint) -> int:
    """Count the words of an article that stand in runs which another has too."""
    inside = np.fromiter(map(set(long.runs).__contains__, short.runs), bool, len(short.runs))
    covered = np.zeros(len(short.words), bool)
    for start in range(_COMPARED):
        covered[start : start + len(inside)] |= inside
    return int(covered.sum())


def _same_facts(short: Fingerprint, long: Fingerprint) -> bool:
    ours, theirs = (Counter(one.words[one.words & 1 == 1].tolist()) for one in (short, long))
    return ours.total() < _FEW_FACTS or (ours & theirs).total() >= FACTS * ours.total()


def _days_apart(one: Fingerprint, other: Fingerprint) -> int:
    """Give the days between two dates, 0 where one is not known to the day."""
    days = [_day(each.published) for each in (one, other)]
    return abs(days[0] - days[1]) if days[0] is not None and days[1] is not None else 0


def _day(published: str | None) -> int | None:
    return date.fromisoformat(published).toordinal() if published and len(published) == 10 else None
