"""What a plan matches in one segment, and with which scores.

Whoosh's own searcher stops early when it believes to know the best hits, and is sometimes wrong.
Here each part of a plan gives all documents of a segment, so counts are exact.
"""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from search import bm25
from search.patterns import MOST_FORMS, PatternTooWide
from search.plan import (
    All,
    AnyOf,
    Between,
    But,
    Everything,
    Forms,
    Leaf,
    Near,
    Often,
    Plan,
    Within,
    Word,
    in_text,
    needs_positions,
    parts,
)
from search.scoring import CONSTANT, Weigher, weight
from search.spans import spans
from search.whoosh_fields import UNDATED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search.layout import Layout
    from search.spans import Span
    from search.whoosh_reader import Segment

Scores = dict[int, float]  # document number within a segment: score


class Scorer:
    """Evaluates plans over one segment."""

    def __init__(self, segment: Segment, weigher: Weigher) -> None:
        self._segment = segment
        self._weigher = weigher
        self._forms: dict[Forms, list[bytes]] = {}

    def scores(self, plan: Plan, within: set[int] | None = None) -> Scores:  # noqa: PLR0911 - one for each kind
        """Give every document that matches, with its score; `within`: of these only."""
        match plan:
            case Word():
                return self._word(plan)
            case Forms(field):
                score = CONSTANT if field == "exact" else 0.0
                return dict.fromkeys(self._holding(plan), score)
            case All(plans):
                return self._all(plans, within)
            case AnyOf(plans):
                return _sums([self.scores(part, within) for part in plans])
            case But(part):
                return dict.fromkeys(self._segment.live() - self.scores(part).keys(), 0.0)
            case Between():
                return dict.fromkeys(self._between(plan), 0.0)
            case Everything():
                return dict.fromkeys(self._segment.live(), 0.0)
            case _:
                return self._places(plan, within)

    def spans(self, plan: Plan, numbers: set[int]) -> dict[int, list[Span]]:
        """Give the spans of a positional plan in those of some documents that match it."""
        rows = self._rows(plan, numbers & self._candidates(plan))
        found = ((number, spans(plan, rows.at(number))) for number in rows.numbers)
        return {number: places for number, places in found if places}

    def _word(self, word: Word) -> Scores:
        term = word.term.encode()
        if word.field != "text":
            return dict.fromkeys(self._segment.documents(word.field, term), 0.0)
        rarity, norm = self._weigher.rarity(word), self._weigher.norm
        words = self._segment.column("words")
        weights = self._segment.weights(word.field, term)
        return {n: rarity * bm25.saturation(w, norm(words[n])) for n, w in weights.items()}

    def _places(self, plan: Plan, within: set[int] | None) -> Scores:
        candidates = self._candidates(plan)
        return self._in_each(plan, candidates if within is None else candidates & within)

    def _in_each(self, plan: Plan, numbers: set[int]) -> Scores:
        """Evaluate a positional plan document by document."""
        if not numbers:
            return {}
        rows = self._rows(plan, numbers)
        words, scored, found = self._segment.column("words"), in_text(plan), {}
        for number in rows.numbers:
            places = rows.at(number)
            if matched := spans(plan, places):
                count = weight(matched, places.layout) if scored else 0
                norm = self._weigher.norm(words[number])
                found[number] = self._weigher.score(plan, count, norm) if scored else 0.0
        return found

    def _rows(self, plan: Plan, numbers: set[int]) -> _Rows:
        keys = {leaf: self._keys(leaf) for leaf in _leaves(plan)}
        return _Rows(self._segment, keys, sorted(numbers))

    def _all(self, plans: Sequence[Plan], within: set[int] | None) -> Scores:
        """Evaluate what needs positions last, and only where all else matches."""
        found: dict[int, Scores] = {}
        for index in sorted(range(len(plans)), key=lambda n: needs_positions(plans[n])):
            found[index] = self.scores(plans[index], within)
            within = found[index].keys() & within if within is not None else set(found[index])
        in_order = [found[index] for index in range(len(plans))]
        # Added one by one, as with arrays: `sum` rounds otherwise from Python 3.12 on.
        return {n: reduce(add, [scores[n] for scores in in_order], 0.0) for n in within or ()}

    def _between(self, plan: Between) -> list[int]:
        if plan.field == "added":
            added = self._segment.column("added")
            return [n for n in self._segment.live() if plan.low <= added[n] <= plan.high]
        first, last = self._segment.column("first_day"), self._segment.column("last_day")
        low, high, live = plan.low, plan.high, self._segment.live()
        if plan.perhaps:
            return [n for n in live if first[n] == UNDATED or (first[n] <= high and low <= last[n])]
        return [n for n in live if low <= first[n] and last[n] <= high]

    def _candidates(self, plan: Plan) -> set[int]:
        """Give all documents that may match a positional plan."""
        match plan:
            case Word() | Forms():
                return self._holding(plan)
            case AnyOf(plans):
                return set().union(*map(self._candidates, plans))
            case Near(left, _, lacking=True):
                return self._candidates(left)
            case Within(_, part) | Often(_, part):
                return self._candidates(part)
            case _:
                found: set[int] | None = None
                for part in parts(plan):
                    held = self._candidates(part)
                    found = held if found is None else found & held
                return found or set()

    def _holding(self, leaf: Leaf) -> set[int]:
        found: set[int] = set()
        for key in self._keys(leaf):
            found.update(self._segment.documents(leaf.field, key))
        return found

    def _keys(self, leaf: Leaf) -> list[bytes]:
        if isinstance(leaf, Word):
            return [leaf.term.encode()]
        if leaf not in self._forms:
            self._forms[leaf] = self._segment.keys(leaf.field, leaf.pattern)
            if sum(map(len, self._forms.values())) > MOST_FORMS:
                raise PatternTooWide("what is written with *, ? and ~")
        return self._forms[leaf]


class _Rows:
    """The positions of a plan's leaves in some documents, read a posting list at a time."""

    def __init__(
        self, segment: Segment, keys: Mapping[Leaf, list[bytes]], numbers: Sequence[int]
    ) -> None:
        self.numbers = numbers
        self._segment = segment
        self._rows = {leaf: self._read(leaf.field, some) for leaf, some in keys.items()}

    def at(self, number: int) -> _Places:
        """Give one document's positions."""
        return _Places(self._rows, number, self._segment)

    def _read(self, field: str, keys: list[bytes]) -> dict[int, Sequence[int]]:
        if len(keys) == 1:
            return dict(self._segment.positions(field, keys[0], self.numbers))
        found: defaultdict[int, set[int]] = defaultdict(set)
        for key in keys:
            for number, positions in self._segment.positions(field, key, self.numbers):
                found[number].update(positions)
        return {number: sorted(positions) for number, positions in found.items()}


class _Places:
    """One document's positions; see `search.spans.Places`."""

    def __init__(
        self, rows: dict[Leaf, dict[int, Sequence[int]]], number: int, segment: Segment
    ) -> None:
        self._rows, self._number, self._segment = rows, number, segment
        self._layout: Layout | None = None

    @property
    def layout(self) -> Layout:
        """The document's layout, read when it is asked for."""
        if self._layout is None:
            self._layout = self._segment.layout(self._number)
        return self._layout

    def positions(self, leaf: Leaf) -> Sequence[int]:
        """Give the positions of a leaf, ascending."""
        return self._rows[leaf].get(self._number, ())


def _leaves(plan: Plan) -> list[Leaf]:
    if isinstance(plan, Word | Forms):
        return [plan]
    return [leaf for part in parts(plan) for leaf in _leaves(part)]


def _sums(found: list[Scores]) -> Scores:
    total: Scores = {}
    for scores in found:
        for number, score in scores.items():
            total[number] = total.get(number, 0.0) + score
    return total
