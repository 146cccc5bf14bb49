"""What a plan matches in one segment, and with which scores: `search.whoosh_scores` on arrays.

Scores are the same to the last bit: the same formulas, and sums in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from search import bm25
from search.document import HEADLINE_WEIGHT
from search.layout import HEADLINE
from search.plan import (
    All,
    AnyOf,
    Between,
    But,
    Everything,
    Forms,
    Plan,
    Within,
    Word,
    in_text,
    needs_positions,
)
from search.scoring import CONSTANT
from search.whoosh_array_spans import Finder, candidates
from search.whoosh_fields import UNDATED
from search.whoosh_scores import Scorer, Scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.scoring import Weigher
    from search.spans import Span
    from search.whoosh_arrays import Floats, Integers, Mask
    from search.whoosh_reader import Segment

FEW = 6  # documents; so few are sooner looked at one by one

_saturation: Any = bm25.saturation  # for arrays as for numbers


@dataclass(frozen=True, slots=True)
class Found:
    """Documents that match, ascending, and their scores."""

    numbers: Integers
    scores: Floats


class ArrayScorer(Scorer):
    """Evaluates plans over one segment, in arrays where it can."""

    def __init__(self, segment: Segment, weigher: Weigher) -> None:
        super().__init__(segment, weigher)
        self._arrays = segment.arrays

    def scores(self, plan: Plan, within: set[int] | None = None) -> Scores:
        """Give every document that matches, with its score; see Scorer."""
        mask = None if within is None else self._mask(sorted(within))
        found = self.found(plan, mask)
        return dict(zip(found.numbers.tolist(), found.scores.tolist(), strict=True))

    def spans(self, plan: Plan, numbers: set[int]) -> dict[int, list[Span]]:
        """Give the spans of a positional plan in those of some documents that match it."""
        within = self._mask(sorted(numbers)) & candidates(plan, self._arrays, self._keys)
        found = Finder(self._arrays, self._keys, within).spans(plan)
        by_document: defaultdict[int, list[Span]] = defaultdict(list)
        for number, first, last in found.all():
            by_document[number].append((first, last))
        return by_document

    def found(self, plan: Plan, within: Mask | None = None) -> Found:  # noqa: PLR0911 - one for each kind
        """Give every document that matches; `within`: of these only."""
        match plan:
            case Word():
                return self._found_word(plan, within)
            case Forms(field):
                held = self._arrays.holding(field, self._keys(plan))
                return self._all_alike(held, within, CONSTANT if field == "exact" else 0.0)
            case All(plans):
                return self._found_all(plans, within)
            case AnyOf(plans):
                return self._summed([self.found(part, within) for part in plans])
            case But(part):
                return self._all_alike(~self._mask(self.found(part, within).numbers), within)
            case Between():
                return self._all_alike(self._lying(plan), within)
            case Everything():
                return self._all_alike(np.ones(self._arrays.count, np.bool_), within)
            case Within(zone, Word() as word) if zone == HEADLINE and word.field == "text":
                numbers, counts = self._arrays.headlines(word.field, word.term.encode(), within)
                return self._weighed(plan, numbers, counts * HEADLINE_WEIGHT)
            case _:
                return self._found_places(plan, within)

    def _found_word(self, word: Word, within: Mask | None) -> Found:
        numbers, weights = self._arrays.weights(word.field, word.term.encode(), within)
        if word.field != "text":
            return Found(numbers, np.zeros(len(numbers)))
        return self._weighed(word, numbers, weights)

    def _weighed(self, plan: Plan, numbers: Integers, weights: Integers) -> Found:
        if not len(numbers):  # a rare word is in few segments
            return Found(numbers, np.zeros(0))
        norms = self._arrays.norms(self._weigher)[numbers]
        return Found(numbers, self._weigher.rarity(plan) * _saturation(weights, norms))

    def _found_places(self, plan: Plan, within: Mask | None) -> Found:
        kept, may = self._arrays.kept(within), candidates(plan, self._arrays, self._keys)
        may = may if kept is None else may & kept
        numbers = np.flatnonzero(may)
        if len(numbers) < FEW:
            each = self._in_each(plan, set(numbers.tolist()))
            return Found(np.array(list(each), np.int64), np.array(list(each.values()), np.float64))
        return self._found_at_once(plan, may)

    def _found_at_once(self, plan: Plan, may: Mask) -> Found:
        finder, count = Finder(self._arrays, self._keys, may), self._arrays.count
        places = finder.spans(plan)
        worth = np.where(finder.in_headline(places), HEADLINE_WEIGHT, 1)
        weights = np.bincount(places.documents, worth, count).astype(np.int64)
        numbers = np.flatnonzero(weights)
        if not in_text(plan):
            return Found(numbers, np.zeros(len(numbers)))
        return self._weighed(plan, numbers, weights[numbers])

    def _found_all(self, plans: Sequence[Plan], within: Mask | None) -> Found:
        """Evaluate what needs positions last, and only where all else matches."""
        found: dict[int, Found] = {}
        for index in sorted(range(len(plans)), key=lambda n: needs_positions(plans[n])):
            found[index] = self.found(plans[index], within)
            within = self._mask(found[index].numbers)
        asked = bool(plans) or within is not None
        numbers = self._arrays.everything(within) if asked else np.zeros(0, np.int64)
        scores = np.zeros(len(numbers))
        for index in range(len(plans)):
            scores += found[index].scores[np.searchsorted(found[index].numbers, numbers)]
        return Found(numbers, scores)

    def _summed(self, found: Sequence[Found]) -> Found:
        if len(found) == 1:
            return found[0]
        scores, held = np.zeros(self._arrays.count), np.zeros(self._arrays.count, np.bool_)
        for one in found:
            scores[one.numbers] += one.scores
            held[one.numbers] = True
        numbers = np.flatnonzero(held)
        return Found(numbers, scores[numbers])

    def _all_alike(self, held: Mask, within: Mask | None, score: float = 0.0) -> Found:
        mask = self._arrays.kept(within)
        numbers = np.flatnonzero(held if mask is None else held & mask)
        return Found(numbers, np.full(len(numbers), score))

    def _lying(self, plan: Between) -> Mask:
        column, low, high = self._arrays.column, plan.low, plan.high
        mask: Mask
        if plan.field == "added":
            mask = (low <= column("added")) & (column("added") <= high)
            return mask
        first, last = column("first_day"), column("last_day")
        mask = (low <= first) & (last <= high)
        if plan.perhaps:
            mask = (first == UNDATED) | ((first <= high) & (low <= last))
        return mask

    def _mask(self, numbers: Integers | list[int]) -> Mask:
        mask = np.zeros(self._arrays.count, np.bool_)
        mask[numbers] = True
        return mask
