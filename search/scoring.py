"""What a plan weighs in one index: how rare its words are, how much a document is about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from search import bm25
from search.document import HEADLINE_WEIGHT
from search.plan import AnyOf, Forms, Plan, Word, parts

if TYPE_CHECKING:
    from search.layout import Layout
    from search.spans import Span

CONSTANT = 1.0  # what a prefix, wildcard or fuzzy word adds, however many words it stands for


class Weigher:
    """Weighs plans by the numbers of one index.

    `holding` counts the documents that hold a term, `documents` all, `mean_length` is in words of
    the text field.
    """

    def __init__(self, documents: int, mean_length: float, holding: Callable[[Word], int]) -> None:
        self._documents = documents
        self._mean_length = mean_length
        self._holding = holding
        self._rarities: dict[Plan, float] = {}

    def holding(self, word: Word) -> int:
        """Count the documents that hold a word."""
        return self._holding(word)

    def rarity(self, plan: Plan) -> float:
        """Weigh how rare a plan's words are: of alternatives the rarest, of words together the sum."""
        if plan not in self._rarities:
            self._rarities[plan] = self._weigh(plan)
        return self._rarities[plan]

    def norm(self, length: float) -> float:
        """Weigh the length of a text beside the mean."""
        return bm25.norm(length, self._mean_length)

    def score(self, plan: Plan, weight: float, norm: float) -> float:
        """Weigh a plan that has places in a text: `weight` of them, in words."""
        if isinstance(plan, Forms):
            return CONSTANT if plan.field == "exact" else 0.0
        return self.rarity(plan) * bm25.saturation(weight, norm)

    def paragraphs(
        self, found: Iterable[tuple[Plan, list[Span]]], layout: Layout
    ) -> dict[int, float]:
        """Score the paragraphs in which plans have places, by ordinal (0: above the paragraphs)."""
        scores: dict[int, float] = {}
        for plan, spans in found:
            counts: dict[int, int] = {}
            for start, _ in spans:
                ordinal = layout.at(start).ordinal
                counts[ordinal] = counts.get(ordinal, 0) + 1
            for ordinal, count in counts.items():
                norm = self.norm(layout.lengths[ordinal])
                scores[ordinal] = scores.get(ordinal, 0.0) + self.score(plan, count, norm)
        return scores

    def _weigh(self, plan: Plan) -> float:
        match plan:
            case Word("text"):
                return plan.weight * bm25.rarity(self._holding(plan), self._documents)
            case Word():
                return 0.0
            case Forms():
                return CONSTANT
            case AnyOf(plans):
                return max(map(self.rarity, plans), default=0.0)
            case _:
                return sum(map(self.rarity, parts(plan)))


def weight(spans: list[Span], layout: Layout) -> int:
    """Count spans; those in the headline count more."""
    return sum(HEADLINE_WEIGHT if start < layout.headline else 1 for start, _ in spans)
