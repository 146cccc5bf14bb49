"""Windows that hold a place of each of several rows, in all documents of a segment at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from search.spans import seated
from search.whoosh_array_places import distinct, united

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.whoosh_array_places import Spans
    from search.whoosh_arrays import Integers, Mask


def window(rows: Sequence[Spans], distance: int) -> Spans:
    """Keep spans that begin in a window where each row has one that begins at a place of its own."""
    found = united(rows)
    starts = distinct(found.first)
    behind = np.searchsorted(starts, starts + distance, side="right")
    kept = _covered(_held([row.first for row in rows], starts, behind), behind)
    return found.take(kept[np.searchsorted(starts, found.first)])


def _held(rows: Sequence[Integers], starts: Integers, behind: Integers) -> Mask:
    """Tell of each window, from a start to before the one `behind`, whether it holds all rows."""
    begins = [_marked(starts, row) for row in rows]
    sums = [np.append(0, np.cumsum(row)) for row in begins]
    counts = np.stack([one[behind] - one[:-1] for one in sums])
    places = behind - np.arange(len(starts))
    held: Mask = (counts > 0).all(axis=0) & (places >= len(rows))
    # Where rows share no place, or each next row has one place more, all have places of their own.
    unsure = np.flatnonzero(held & (counts.sum(axis=0) > places))
    more = np.sort(counts[:, unsure], axis=0) > np.arange(len(rows))[:, None]
    for at in unsure[~more.all(axis=0)].tolist():
        inside = slice(at, behind[at])
        held[at] = seated([np.flatnonzero(row[inside]).tolist() for row in begins])
    return held


def _marked(starts: Integers, row: Integers) -> Mask:
    mask = np.zeros(len(starts), np.bool_)
    mask[np.searchsorted(starts, row)] = True
    return mask


def _covered(held: Mask, behind: Integers) -> Mask:
    """Mark the starts that lie in a window that holds all rows."""
    closed = np.bincount(behind[held], minlength=len(held) + 1)[:-1]
    covered: Mask = np.cumsum(held - closed) > 0
    return covered
