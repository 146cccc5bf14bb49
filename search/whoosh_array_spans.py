"""Where in a segment's documents the words of a plan stand, all documents at once.

The same as `search.spans`, which says it of one document.
"""

from __future__ import annotations

from functools import cached_property, reduce
from typing import TYPE_CHECKING

import numpy as np

from search.layout import HEADLINE
from search.plan import AnyOf, Following, Forms, Near, Often, Plan, Window, Within, Word, parts
from search.whoosh_array_near import near
from search.whoosh_array_places import Spans, place, ranges, united
from search.whoosh_array_window import window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from search.plan import Leaf
    from search.whoosh_array_texts import Texts
    from search.whoosh_arrays import Arrays, Mask

    Keys = Callable[[Leaf], list[bytes]]


def candidates(plan: Plan, arrays: Arrays, keys: Keys) -> Mask:
    """Mark all documents that may match a positional plan."""
    match plan:
        case Word() | Forms():
            return arrays.holding(plan.field, keys(plan))
        case Near(left, _, lacking=True):
            return candidates(left, arrays, keys)
        case _:
            found = [candidates(part, arrays, keys) for part in parts(plan)]
            joined = np.logical_or if isinstance(plan, AnyOf) else np.logical_and
            return reduce(joined, found) if found else np.zeros(arrays.count, np.bool_)


class Finder:
    """Finds spans in those of a segment's documents that `within` marks."""

    def __init__(self, arrays: Arrays, keys: Keys, within: Mask) -> None:
        self._arrays, self._keys, self._within = arrays, keys, within

    def spans(self, plan: Plan) -> Spans:  # noqa: PLR0911 - one for each kind
        """Give the spans of a positional plan."""
        match plan:
            case Word() | Forms():
                return self._leaf(plan)
            case Near(left, right):
                return near(plan, self.spans(left), self.spans(right), lambda: self._texts)
            case Within(zone, part):
                return self._in_zone(zone, self.spans(part))
            case Often(count, part):
                return self._often(count, self.spans(part))
        rows = [self.spans(part) for part in parts(plan)]
        match plan:
            case AnyOf():
                return united(rows)
            case Following():
                return _following(rows)
            case Window(_, distance):
                return window(rows, distance)
        raise TypeError(f"{type(plan).__name__} has no places")

    def in_headline(self, found: Spans) -> Mask:
        """Mark the spans that begin in a headline."""
        mask: Mask = found.positions < self._arrays.column("headline")[found.documents]
        return mask

    @cached_property
    def _texts(self) -> Texts:
        return self._arrays.texts(self._within)

    def _leaf(self, leaf: Leaf) -> Spans:
        found = []
        for key in self._keys(leaf):
            places = place(*self._arrays.places(leaf.field, key, self._within))
            found.append(Spans(places, places))
        return found[0] if len(found) == 1 else united(found)

    def _in_zone(self, zone: str, found: Spans) -> Spans:
        if zone == HEADLINE:  # asked for most, and known without the texts
            return found.take(self.in_headline(found))
        return found.take(self._texts.lie_in(zone, found.first))

    def _often(self, count: int, found: Spans) -> Spans:
        often = np.bincount(found.documents, minlength=self._arrays.count) >= count
        return found.take(often[found.documents])


def _following(rows: Sequence[Spans]) -> Spans:
    """Join spans that begin where those before end."""
    found = reduce(_joined, rows)
    return found if all(row.last is row.first for row in rows) else united([found])


def _joined(found: Spans, row: Spans) -> Spans:
    """Join spans with those of a row that begin right behind them."""
    behind = found.last + 1
    at = np.searchsorted(row.first, behind)
    if row.last is not row.first:
        counts = np.searchsorted(row.first, behind, side="right") - at
        return Spans(np.repeat(found.first, counts), row.last[ranges(at, counts)])
    at[at == len(row.first)] = 0  # of single words, none begins twice at one place
    chosen = np.flatnonzero(row.first[at] == behind) if len(row.first) else at[:0]
    return Spans(found.first[chosen], row.last[at[chosen]])
