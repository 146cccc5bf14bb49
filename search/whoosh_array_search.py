"""Searching all segments with arrays: the best or newest of what their scorers find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from search.engine import Hit, Result, Sort
from search.whoosh_array_scores import ArrayScorer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.plan import Plan
    from search.whoosh_array_scores import Found
    from search.whoosh_arrays import Floats, Integers
    from search.whoosh_reader import Segment, Snapshot

_SHIFT = 16  # bits of a place for the number of a segment

scorer = ArrayScorer  # see `whoosh_choice.Way`


def search(snapshot: Snapshot, plan: Plan, limit: int, offset: int, sort: Sort) -> Result:
    """Find documents; see Engine."""
    segments = snapshot.segments
    all_found = [scorer(segment, snapshot.weigher()).found(plan) for segment in segments]
    found = {at: one for at, one in enumerate(all_found) if len(one.numbers)}
    if not found:
        return Result(0, ())
    keys = {at: _keys(one, segments[at], sort) for at, one in found.items()}
    total = sum(len(one.numbers) for one in found.values())
    last = _last(list(keys.values()), offset + limit)
    rows = [_row(at, one, keys[at], segments[at], last) for at, one in found.items()]
    key, id_, place, score = (np.concatenate(column) for column in zip(*rows, strict=True))
    page = np.lexsort((id_, key))[offset : offset + limit]
    return Result(total, tuple(_hit(snapshot, id_[n], place[n], score[n]) for n in page))


def ids(snapshot: Snapshot, plan: Plan) -> set[int]:
    """Find the ids of all documents that match."""
    found: set[int] = set()
    for segment in snapshot.segments:
        numbers = scorer(segment, snapshot.weigher()).found(plan).numbers
        found.update(segment.arrays.column("number")[numbers].tolist())
    return found


def _keys(found: Found, segment: Segment, sort: Sort) -> Floats | Integers:
    """Give what documents are sorted by, the first lowest."""
    if sort == "date":
        return -segment.arrays.column("first_day")[found.numbers]
    return -found.scores


def _last(keys: Sequence[Floats | Integers], count: int) -> float:
    """Give the key of the last of the first `count`; ids are looked up for no others."""
    joined = np.concatenate(keys)
    if not 0 < count < len(joined):
        return np.inf
    return float(np.partition(joined, count - 1)[count - 1])


def _row(
    at: int, found: Found, keys: Floats | Integers, segment: Segment, last: float
) -> tuple[Floats | Integers, Integers, Integers, Floats]:
    """Give key, id, place and score of documents that may be among the first."""
    chosen = np.flatnonzero(keys <= last)
    numbers = found.numbers[chosen]
    ids = segment.arrays.column("number")[numbers]
    return keys[chosen], ids, (numbers << _SHIFT) + at, found.scores[chosen]


def _hit(snapshot: Snapshot, id_: np.int64, place: np.int64, score: np.float64) -> Hit:
    segment, number = snapshot.segments[int(place) & 0xFFFF], int(place) >> _SHIFT
    return Hit(int(id_), segment.column("revision")[number], float(score))
