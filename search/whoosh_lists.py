"""The posting lists of one field in arrays: turning documents into them, and joining them."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search.whoosh_postings import COUNTS, DOCUMENTS, PLACES, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from search.whoosh_terms import Terms

    Numbers = npt.NDArray[np.uint32]
    Indexes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lists:
    """Posting lists: for each key how many postings it has; then, posting by posting, columns.

    The columns are those of `search.whoosh_postings`.
    """

    keys: list[bytes]
    sizes: Indexes
    documents: Numbers
    counts: Numbers
    weights: Numbers
    places: Numbers

    def placed(self) -> Indexes:
        """Count the places of each key."""
        ends = np.cumsum(self.counts, dtype=np.int64)[np.cumsum(self.sizes) - 1]
        return np.diff(ends, prepend=0)

    def take(self, rows: Indexes, keys: list[bytes], sizes: Indexes) -> Lists:
        """Choose postings, in this order; `keys` and `sizes` say how they belong together."""
        columns = self.documents[rows], self.counts[rows], self.weights[rows]
        return Lists(keys, sizes, *columns, self.places[stretches(self.counts, rows)])

    def without(self, kept: npt.NDArray[np.bool_]) -> Lists:
        """Leave out postings, and keys that have none any more."""
        if kept.all():
            return self
        sizes = np.bincount(np.repeat(np.arange(len(self.keys)), self.sizes)[kept])
        sizes = np.concatenate([sizes, np.zeros(len(self.keys) - len(sizes), np.int64)])
        keys = [self.keys[number] for number in np.flatnonzero(sizes)]
        return self.take(np.flatnonzero(kept), keys, sizes[sizes > 0])


def stretches(counts: Numbers, rows: Indexes) -> Indexes:
    """Give where the items of some of many lists lie, which follow one another, `counts` long."""
    ends = np.cumsum(counts, dtype=np.int64)
    chosen = counts[rows].astype(np.int64)
    behind = np.cumsum(chosen)
    total = int(behind[-1]) if len(behind) else 0
    return np.repeat(ends[rows] - behind, chosen) + np.arange(total)


def join(parts: Sequence[Lists]) -> Lists:
    """Join lists of documents that follow one another."""
    if len(parts) == 1:
        return parts[0]
    keys = sorted(set().union(*(part.keys for part in parts)))
    number = {key: at for at, key in enumerate(keys)}
    numbers = [np.array([number[key] for key in part.keys]) for part in parts]
    sizes, rows = _sorted_in(numbers, [part.sizes for part in parts], len(keys))
    _, places = _sorted_in(numbers, [part.placed() for part in parts], len(keys))
    return Lists(
        keys,
        sizes,
        _filled(rows, [part.documents for part in parts]),
        _filled(rows, [part.counts for part in parts]),
        _filled(rows, [part.weights for part in parts]),
        _filled(places, [part.places for part in parts]),
    )


def _sorted_in(
    numbers: Sequence[Indexes], sizes: Sequence[Indexes], keys: int
) -> tuple[Indexes, list[Indexes]]:
    """Count the items of each key, and say where those of each part go, sorted by key and part.

    `numbers` tell the keys of each part, `sizes` how many items each has there.
    """
    total = np.zeros(keys, np.int64)
    for number, size in zip(numbers, sizes, strict=True):
        total[number] += size
    free = np.cumsum(total) - total
    found = []
    for number, size in zip(numbers, sizes, strict=True):
        goes = np.repeat(free[number] - np.cumsum(size) + size, size)
        goes += np.arange(len(goes))
        found.append(goes)
        free[number] += size
    return total, found


def _filled(goes: Sequence[Indexes], parts: Sequence[Numbers]) -> Numbers:
    """Put the numbers of all parts where they go."""
    filled = np.empty(sum(map(len, parts)), np.uint32)
    for where, part in zip(goes, parts, strict=True):
        filled[where] = part
    return filled


def read(terms: Terms, field: str, renumbered: Indexes) -> Lists:
    """Read the lists of a segment's field; `renumbered` gives documents their new numbers or -1."""
    start, end = terms.fields[field]
    found = terms.lists(start, end)
    columns = [
        np.frombuffer(found.raw(column), f"<{found.code(column)}").astype(np.uint32)
        for column in (DOCUMENTS, COUNTS, WEIGHTS, PLACES)
    ]
    numbers = renumbered[columns[0]]
    columns[0] = numbers.astype(np.uint32)
    keys = terms.keys.keys(start, end)
    rows = np.array(terms.keys.rows(start, end), np.int64)
    sizes = rows[1:] - rows[:-1]
    return Lists(keys, sizes, *columns).without(numbers >= 0)


class _Numbers(dict[str, int]):
    """Numbers keys as they come."""

    def __init__(self) -> None:
        self.keys_seen: list[bytes] = []

    def __missing__(self, key: str) -> int:
        self.keys_seen.append(key.encode())
        self[key] = number = len(self.keys_seen) - 1
        return number


class Inverter:
    """Gathers the words of documents, and makes posting lists of them."""

    def __init__(self, *, placed: bool) -> None:
        self._placed = placed
        self._numbers = _Numbers()
        self._words = array("I")
        self._runs = array(
            "I"
        )  # document, first position, words, weight of a word; again and again

    def add(self, document: int, start: int, keys: Sequence[str], weight: int) -> None:
        """Take in words that follow one another; documents and positions have to ascend."""
        self._words.extend(map(self._numbers.__getitem__, keys))
        self._runs.extend((document, start, len(keys), weight))

    def lists(self) -> Lists | None:
        """Give the posting lists of all that was taken in."""
        if not self._words:
            return None
        seen = self._numbers.keys_seen
        by_key = sorted(range(len(seen)), key=seen.__getitem__)
        rank = np.empty(len(seen), np.uint32)
        rank[by_key] = np.arange(len(seen), dtype=np.uint32)
        words = rank[np.frombuffer(self._words, np.uint32)]
        order = np.argsort(words, kind="stable")
        return self._gathered([seen[number] for number in by_key], words[order], order)

    def _gathered(self, keys: list[bytes], words: Numbers, order: Indexes) -> Lists:
        runs = np.frombuffer(self._runs, np.uint32).reshape(-1, 4)
        run = np.repeat(np.arange(len(runs), dtype=np.uint32), runs[:, 2])[order]
        documents, weights = runs[run, 0], runs[run, 3]
        starts = np.cumsum(runs[:, 2], dtype=np.int64) - runs[:, 2]
        order += (runs[:, 1] - starts)[run]
        places = order.astype(np.uint32)
        new = np.ones(len(words), np.bool_)
        new[1:] = (words[1:] != words[:-1]) | (documents[1:] != documents[:-1])
        first = np.flatnonzero(new)
        counts = np.diff(first, append=len(words)).astype(np.uint32)
        summed = np.add.reduceat(weights, first).astype(np.uint32)
        sizes = np.bincount(words[first], minlength=len(keys))
        if not self._placed:
            counts, summed = np.zeros_like(counts), np.ones_like(counts)
            places = places[:0]
        return Lists(keys, sizes, documents[first], counts, summed, places)
