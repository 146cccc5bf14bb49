"""Where in a segment's documents the words of a plan stand, all documents at once.

The same as `search.spans`, for the plans that are asked most; `covered` tells which. A place is
one number, the document's times 2^32 plus the position, so that places ascend as documents do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search.layout import HEADLINE
from search.plan import AnyOf, Following, Forms, Near, Often, Plan, Within, Word, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from search.plan import Leaf
    from search.whoosh_arrays import Arrays, Integers, Mask

    Keys = Callable[[Leaf], list[bytes]]

_SHIFT = 32
_POSITION = (1 << _SHIFT) - 1


@dataclass(frozen=True, slots=True)
class Spans:
    """First and last places, ascending, each pair once."""

    first: Integers
    last: Integers

    @property
    def documents(self) -> Integers:
        """The document of each span."""
        return self.first >> _SHIFT

    def positions(self) -> Iterator[tuple[int, int, int]]:
        """Give document, first and last position of each span."""
        first, last = self.first & _POSITION, self.last & _POSITION
        return zip(self.documents.tolist(), first.tolist(), last.tolist(), strict=True)

    def take(self, chosen: Integers | Mask) -> Spans:
        """Choose spans."""
        return Spans(self.first[chosen], self.last[chosen])


def covered(plan: Plan) -> bool:
    """Tell whether a positional plan is answered here."""
    match plan:
        case Word() | Forms():
            return True
        case Following(plans):  # of single words, so that none begins twice at one place
            return all(isinstance(part, Word | Forms) or _alternatives(part) for part in plans)
        case Near(unit="word") | Often() | AnyOf():
            return all(map(covered, parts(plan)))
        case Within(zone, part):
            return zone == HEADLINE and covered(part)
        case _:
            return False


def _alternatives(plan: Plan) -> bool:
    return isinstance(plan, AnyOf) and all(isinstance(part, Word | Forms) for part in plan.plans)


def candidates(plan: Plan, arrays: Arrays, keys: Keys) -> Mask:
    """Mark all documents that may match a positional plan that is covered."""
    match plan:
        case Word() | Forms():
            return arrays.holding(plan.field, keys(plan))
        case Near(left, _, lacking=True):
            return candidates(left, arrays, keys)
        case _:
            found = [candidates(part, arrays, keys) for part in parts(plan)]
            joined = np.logical_or if isinstance(plan, AnyOf) else np.logical_and
            start = np.full(arrays.count, not isinstance(plan, AnyOf))
            for one in found:
                joined(start, one, out=start)
            return start


def spans(plan: Plan, arrays: Arrays, keys: Keys, within: Mask) -> Spans:
    """Give the spans of a plan that is covered, in the documents that are asked for."""
    match plan:
        case Word() | Forms():
            return _leaf(plan, arrays, keys, within)
        case AnyOf(plans):
            return _united([spans(part, arrays, keys, within) for part in plans])
        case Following(plans):
            return _following([spans(part, arrays, keys, within) for part in plans])
        case Near(left, right):
            return _near(plan, *(spans(part, arrays, keys, within) for part in (left, right)))
        case Within(_, part):
            found = spans(part, arrays, keys, within)
            return found.take(in_headline(found, arrays))
        case Often(count, part):
            found = spans(part, arrays, keys, within)
            often = np.bincount(found.documents, minlength=arrays.count) >= count
            return found.take(often[found.documents])
        case _:
            raise TypeError(f"{type(plan).__name__} is not covered")


def in_headline(found: Spans, arrays: Arrays) -> Mask:
    """Mark the spans that begin in a headline."""
    mask: Mask = (found.first & _POSITION) < arrays.column("headline")[found.documents]
    return mask


def _leaf(leaf: Leaf, arrays: Arrays, keys: Keys, within: Mask) -> Spans:
    found = []
    for key in keys(leaf):
        documents, positions = arrays.places(leaf.field, key, within)
        found.append((documents << _SHIFT) + positions)
    if len(found) == 1:
        return Spans(found[0], found[0])
    places = np.unique(np.concatenate([np.zeros(0, np.int64), *found]))
    return Spans(places, places)


def _united(found: Sequence[Spans]) -> Spans:
    first, last = (
        np.concatenate([np.zeros(0, np.int64), *(getattr(one, end) for one in found)])
        for end in ("first", "last")
    )
    order = np.lexsort((last, first))
    first, last = first[order], last[order]
    new = np.ones(len(first), np.bool_)
    new[1:] = (first[1:] != first[:-1]) | (last[1:] != last[:-1])
    return Spans(first[new], last[new])


def _following(rows: Sequence[Spans]) -> Spans:
    """Join words that stand behind one another."""
    found = rows[0]
    for row in rows[1:]:
        at = np.searchsorted(row.first, found.last + 1)
        at[at == len(row.first)] = 0
        joined = row.first[at] == found.last + 1 if len(row.first) else np.zeros(0, np.int64)
        chosen = np.flatnonzero(joined)
        found = Spans(found.first[chosen], row.last[at[chosen]])
    return found


def _near(plan: Near, left: Spans, right: Spans) -> Spans:
    close = _close(plan, left, right, behind=not plan.backward)
    if plan.lacking:
        return left.take(~close)
    beside = _close(plan, right, left, behind=plan.backward)
    return _united([left.take(close), right.take(beside)])


def _close(plan: Near, found: Spans, others: Spans, *, behind: bool) -> Mask:
    """Mark spans that have another close to them: behind it, in an ordered Near, or before."""
    close, either = np.zeros(len(found.first), np.bool_), not plan.ordered
    if behind or either:
        furthest = np.minimum(found.last + plan.distance, found.last | _POSITION)
        close |= _has(others.first, found.last + 1, furthest)
    if either or not behind:
        nearest = np.maximum(found.first - plan.distance, found.first & ~_POSITION)
        close |= _has(np.sort(others.last), nearest, found.first - 1)
    return close


def _has(places: Integers, low: Integers, high: Integers) -> Mask:
    """Tell for each stretch, from low to high, whether a place lies in it; places ascend."""
    mask: Mask = np.searchsorted(places, low) < np.searchsorted(places, high, side="right")
    return mask
