"""Whether a question is answered with arrays, or without.

Arrays answer ten times as fast, but numpy takes 50 ms to import: as long as it takes to walk
through so many postings without it. So a process imports numpy when its questions, with this one,
ask for as many, where a document whose places are looked at counts for several: at worst it spends
twice what would have been best, on an index of any size.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

from search.plan import All, AnyOf, Between, But, Everything, Forms, Near, Plan, Word, parts

if TYPE_CHECKING:
    from search.engine import Result, Sort
    from search.scoring import Weigher
    from search.whoosh_reader import Segment, Snapshot
    from search.whoosh_scores import Scorer

ENOUGH = 60_000  # postings
_PLACED = 10  # postings: looking at places in a document that may match takes as long

_walked = 0


class Way(Protocol):
    """How plans are answered: the modules `whoosh_plain_search` and `whoosh_array_search`."""

    def search(self, snapshot: Snapshot, plan: Plan, limit: int, offset: int, sort: Sort) -> Result:
        """Find documents; see Engine."""

    def ids(self, snapshot: Snapshot, plan: Plan) -> set[int]:
        """Find the ids of all documents that match."""

    def scorer(self, segment: Segment, weigher: Weigher) -> Scorer:
        """Make what evaluates plans over one segment."""


def arrays_pay(plan: Plan, snapshot: Snapshot) -> bool:
    """Tell whether to answer with arrays; what was answered lately is not walked through again."""
    global _walked  # noqa: PLW0603 - a process imports once
    known = snapshot.scored is not None and snapshot.scored[0] == plan
    if "numpy" not in sys.modules and not known:
        _walked += _postings(plan, snapshot)
    return "numpy" in sys.modules or _walked > ENOUGH


def _postings(plan: Plan, snapshot: Snapshot) -> int:
    match plan:
        case Word():
            return snapshot.weigher().holding(plan)
        case Forms() | Between() | Everything():
            return snapshot.documents
    below = sum(_postings(part, snapshot) for part in parts(plan))
    match plan:
        case But():
            return below + snapshot.documents
        case All() | AnyOf():
            return below
        case _:
            return below + _PLACED * _documents(plan, snapshot)


def _documents(plan: Plan, snapshot: Snapshot) -> int:
    """Count documents that may match a positional plan, at most."""
    match plan:
        case Word() | Forms():
            return _postings(plan, snapshot)
        case Near(left, _, lacking=True):
            return _documents(left, snapshot)
    found = [_documents(part, snapshot) for part in parts(plan)]
    return sum(found) if isinstance(plan, AnyOf) else min(found, default=0)
