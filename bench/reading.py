"""Measure what a reader took from a file against what people marked by hand: any format."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_PARTED = re.compile(r"\s*[,;]\s*|\s+and\s+")
SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Match:
    """Precision and recall of one text, or the means of many."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Give the harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words of a text; a shorter text is one run."""
    words = _WORD.findall(text)
    runs = range(max(1, len(words) - SHINGLE + 1))
    return Counter(tuple(words[at : at + SHINGLE]) for at in runs) if words else Counter()


def match_text(wanted: str, found: str) -> Match:
    """Hold a text against the one marked by hand, by their shingles."""
    gold, got = shingles(wanted), shingles(found)
    if not gold and not got:
        return Match(1.0, 1.0)
    return _match((gold & got).total(), gold.total(), got.total())


def mean_f1(matches: Sequence[Match]) -> float:
    """Give the mean of the pages' F1."""
    return sum(match.f1 for match in matches) / len(matches) if matches else 0.0


def f1_of_means(matches: Sequence[Match]) -> float:
    """Give the F1 of mean precision and mean recall, as the public benchmark of web pages has it."""
    count = len(matches) or 1
    return Match(
        sum(match.precision for match in matches) / count,
        sum(match.recall for match in matches) / count,
    ).f1


def fold(text: str | None) -> str:
    """Keep a text's letters and digits: case, accents, quotes and dashes make no difference."""
    parts = unicodedata.normalize("NFKD", text or "").casefold()
    return " ".join(_WORD.findall("".join(c for c in parts if not unicodedata.combining(c))))


def names(values: Iterable[str]) -> Counter[str]:
    """Count the names in a list of names, in which several may stand joined."""
    parted = (fold(name) for value in values for name in _PARTED.split(value))
    return Counter(name for name in parted if name)


def match_names(pages: Iterable[tuple[Iterable[str], Iterable[str]]]) -> Match:
    """Hold the names found on all pages against those wanted, every name counting alike."""
    right = gold = got = 0
    for wanted, found in pages:
        expected, read = names(wanted), names(found)
        right += (expected & read).total()
        gold += expected.total()
        got += read.total()
    return _match(right, gold, got)


def _match(right: int, gold: int, got: int) -> Match:
    return Match(right / got if got else 0.0, right / gold if gold else 0.0)
