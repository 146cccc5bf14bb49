"""Searching all segments with arrays: the best or newest of what their scorers find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from search.engine import Hit, Result, Sort
from search.whoosh_array_scores import ArrayScorer

if TYPE_CHECKING:
    from search.plan import Plan
    from search.whoosh_arrays import Floats, Integers
    from search.whoosh_reader import Snapshot

scorer = ArrayScorer  # see `whoosh_choice.Way`


def search(snapshot: Snapshot, plan: Plan, limit: int, offset: int, sort: Sort) -> Result:
    """Find documents; see Engine."""
    ids, keys, scores, places = [_NONE], [np.zeros(0)], [np.zeros(0)], [_NONE]
    for at, segment in enumerate(snapshot.segments):
        found = scorer(segment, snapshot.weigher()).found(plan)
        newest = segment.arrays.column("first_day")[found.numbers] if sort == "date" else None
        ids.append(segment.arrays.column("number")[found.numbers])
        keys.append(-found.scores if newest is None else -newest.astype(np.float64))
        scores.append(found.scores)
        places.append((found.numbers << 32) + at)
    everyone, place, score = np.concatenate(ids), np.concatenate(places), np.concatenate(scores)
    page = _first(np.concatenate(keys), everyone, offset + limit)[offset:]
    hits = [_hit(snapshot, int(place[n]), int(everyone[n]), float(score[n])) for n in page]
    return Result(len(everyone), tuple(hits))


def ids(snapshot: Snapshot, plan: Plan) -> set[int]:
    """Find the ids of all documents that match."""
    found: set[int] = set()
    for segment in snapshot.segments:
        numbers = scorer(segment, snapshot.weigher()).found(plan).numbers
        found.update(segment.arrays.column("number")[numbers].tolist())
    return found


def _first(keys: Floats, ids: Integers, count: int) -> Integers:
    """Give where the first `count` stand by key, then id; what cannot be one is not sorted."""
    if 0 < count < len(keys):
        may = np.flatnonzero(keys <= np.partition(keys, count - 1)[count - 1])
        order = may[np.lexsort((ids[may], keys[may]))]
    else:
        order = np.lexsort((ids, keys))
    return order[:count]


def _hit(snapshot: Snapshot, place: int, id_: int, score: float) -> Hit:
    segment, number = snapshot.segments[place & 0xFFFFFFFF], place >> 32
    return Hit(id_, segment.column("revision")[number], score)


_NONE = np.zeros(0, np.int64)
