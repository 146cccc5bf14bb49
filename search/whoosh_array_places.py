"""Places of words in all documents of a segment at once, and stretches from place to place.

A place is one number, the document's times 2^32 plus the position, so that places ascend as
documents do, and no distance reaches from one document into the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search.whoosh_arrays import Integers, Mask

_SHIFT = 32
_POSITION = (1 << _SHIFT) - 1
LAST = np.iinfo(np.int64).max  # behind all places


@dataclass(frozen=True, slots=True)
class Spans:
    """First and last places, ascending, each pair once; one array where all are single words."""

    first: Integers
    last: Integers

    @property
    def documents(self) -> Integers:
        """The document of each span."""
        return self.first >> _SHIFT

    @property
    def positions(self) -> Integers:
        """The first position of each span."""
        return self.first & _POSITION

    def all(self) -> Iterator[tuple[int, int, int]]:
        """Give document, first and last position of each span."""
        first, last = self.positions, self.last & _POSITION
        return zip(self.documents.tolist(), first.tolist(), last.tolist(), strict=True)

    def take(self, chosen: Integers | Mask) -> Spans:
        """Choose spans."""
        first = self.first[chosen]
        return Spans(first, first if self.last is self.first else self.last[chosen])


def place(documents: Integers, positions: Integers) -> Integers:
    """Give the places of positions in documents."""
    return (documents << _SHIFT) + positions


def start_of_document(places: Integers) -> Integers:
    """Give the first place of the document of each place."""
    return places & ~_POSITION


def end_of_document(places: Integers) -> Integers:
    """Give the last place that the document of each place may have."""
    return places | _POSITION


def united(found: Sequence[Spans]) -> Spans:
    """Join spans, each once."""
    first = joined([one.first for one in found])
    if all(one.last is one.first for one in found):
        places = distinct(first)
        return Spans(places, places)
    last = joined([one.last for one in found])
    order = np.lexsort((last, first))
    first, last = first[order], last[order]
    new = _changes(first) | _changes(last)
    return Spans(first[new], last[new])


def joined(found: Sequence[Integers]) -> Integers:
    """Put arrays one behind the other."""
    return np.concatenate([np.zeros(0, np.int64), *found])


def distinct(places: Integers) -> Integers:
    """Sort places, each once; numpy's own `unique` takes thirty times as long for sorted rows."""
    places = np.sort(places, kind="stable")
    return places[_changes(places)]


def _changes(numbers: Integers) -> Mask:
    """Mark the numbers that differ from the one before."""
    new = np.ones(len(numbers), np.bool_)
    new[1:] = numbers[1:] != numbers[:-1]
    return new


def has(places: Integers, low: Integers, high: Integers) -> Mask:
    """Tell for each stretch, from low to high, whether a place lies in it; places ascend."""
    mask: Mask = np.append(places, LAST)[np.searchsorted(places, low)] <= high
    return mask


def ranges(starts: Integers, counts: Integers) -> Integers:
    """Give so many numbers from each start on, one behind the other."""
    found: Integers = np.repeat(starts - np.cumsum(counts) + counts, counts)
    return found + np.arange(len(found))
