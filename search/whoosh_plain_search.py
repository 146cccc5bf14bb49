"""Searching all segments without arrays: the best or newest of what their scorers find."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from search.engine import Hit, Result, Sort
from search.whoosh_scores import Scorer, Scores

if TYPE_CHECKING:
    from search.plan import Plan
    from search.whoosh_reader import Segment, Snapshot

    _Match = tuple[Segment, int, float]  # a document's number in its segment, and its score

scorer = Scorer  # see `whoosh_choice.Way`


def search(snapshot: Snapshot, plan: Plan, limit: int, offset: int, sort: Sort) -> Result:
    """Find documents; see Engine."""
    found = [
        (segment, number, score)
        for segment, scores in _scored(snapshot, plan)
        for number, score in scores.items()
    ]
    rank = _by_date if sort == "date" else _by_score
    page = rank(found, offset + limit)[offset:]
    return Result(len(found), tuple([_hit(*match) for match in page]))


def ids(snapshot: Snapshot, plan: Plan) -> set[int]:
    """Find the ids of all documents that match."""
    return {
        segment.column("number")[number]
        for segment, scores in _scored(snapshot, plan)
        for number in scores
    }


def _scored(snapshot: Snapshot, plan: Plan) -> list[tuple[Segment, Scores]]:
    """Give what matches in each segment; a page and a count of its families ask for the same."""
    if snapshot.scored is None or snapshot.scored[0] != plan:
        weigher = snapshot.weigher()
        found = [(one, scorer(one, weigher).scores(plan)) for one in snapshot.segments]
        snapshot.scored = plan, found
    return snapshot.scored[1]


def _hit(segment: Segment, number: int, score: float) -> Hit:
    return Hit(segment.column("number")[number], segment.column("revision")[number], score)


def _by_score(found: list[_Match], count: int) -> list[_Match]:
    """Choose the best; only for those that may be among them are ids looked up."""
    if 0 < count < len(found):
        worst = heapq.nlargest(count, [score for _, _, score in found])[-1]
        found = [match for match in found if match[2] >= worst]
    ranked = [(-score, segment.column("number")[n], segment, n) for segment, n, score in found]
    return [(segment, n, -minus) for minus, _, segment, n in heapq.nsmallest(count, ranked)]


def _by_date(found: list[_Match], count: int) -> list[_Match]:
    """Choose the newest."""
    ranked = [
        (-segment.column("first_day")[n], segment.column("number")[n], segment, n, score)
        for segment, n, score in found
    ]
    return [(segment, n, score) for _, _, segment, n, score in heapq.nsmallest(count, ranked)]
