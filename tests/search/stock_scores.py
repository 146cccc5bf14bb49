# mypy: allow-untyped-calls, disable-error-code="misc, attr-defined"
# (Whoosh is typed in part)
"""What words and places are worth, told to stock Whoosh by a weighting model and by two wrappers.

The worth is that of `search.scoring` and `search.bm25`, worked out from Whoosh's own counts.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from whoosh.matching import NullMatcher
from whoosh.matching.wrappers import ConstantScoreWrapperMatcher, WrappingMatcher
from whoosh.query import Query, Term
from whoosh.query.wrappers import WrappingQuery
from whoosh.scoring import BaseScorer, WeightingModel

from search.bm25 import saturation
from search.document import HEADLINE_WEIGHT
from search.plan import NOTHING, Plan, Word, in_text
from search.scoring import Weigher

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from whoosh.query.spans import Span
    from whoosh.reading import IndexReader


class Weighed(Term):
    """A term that weighs more or less than others as rare."""

    def __init__(self, word: Word) -> None:
        super().__init__(word.field, word.term.encode())
        self.weight = word.weight

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        if (self.fieldname, self.text) not in searcher.reader():
            return NullMatcher()
        return searcher.postings(self.fieldname, self.text, qf=self.weight)


class Constant(WrappingQuery):
    """A query whose documents all have one score."""

    def __init__(self, child: Query, score: float) -> None:
        super().__init__(child)
        self.score = score

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        # Unscored: a document that scores 0 is no hit to Whoosh where three and more are joined by OR.
        found = self.child.matcher(searcher, searcher.boolean_context())
        return ConstantScoreWrapperMatcher(found, self.score)


class Placed(WrappingQuery):
    """A query whose documents are scored by its spans in them."""

    def __init__(self, child: Query, worth: Worth, plan: Plan) -> None:
        super().__init__(child)
        self.worth, self.plan = worth, plan

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        found = self.child.matcher(searcher, searcher.context(needs_current=True))
        return PlacedMatcher(found, self.worth.places(self.plan, searcher.reader()))


class PlacedMatcher(WrappingMatcher):
    def __init__(self, child: Any, scorer: Scorer) -> None:
        super().__init__(child)
        self._scorer = scorer

    def replace(self, minquality: float = 0) -> Any:
        return self if self.is_active() else NullMatcher()

    def score(self) -> float:
        return self._scorer.score_spans(self.id(), self.spans())


class Worth(WeightingModel):
    """What words and places are worth, by the counts of a whole index."""

    def __init__(self, reader: IndexReader, mean_length: float) -> None:
        def holding(word: Word) -> int:
            return int(reader.doc_frequency(word.field, word.term.encode()))

        self.weigher = Weigher(reader.doc_count(), mean_length, holding)
        self.column = cache(lambda leaf, name: list(leaf.column_reader(name)))

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: float = 1) -> BaseScorer:
        plan = Word("text", text.decode(), qf) if fieldname == "text" else NOTHING
        return self.places(plan, searcher.reader())

    def places(self, plan: Plan, leaf: IndexReader) -> Scorer:
        rarity = self.weigher.rarity(plan) if in_text(plan) else 0.0
        words, headlines = self.column(leaf, "words"), self.column(leaf, "headline")
        return Scorer(rarity, self.weigher.norm, words, headlines)


class Scorer(BaseScorer):
    """Scores documents of one segment."""

    def __init__(
        self,
        rarity: float,
        norm: Callable[[float], float],
        words: Sequence[int],
        headlines: Sequence[int],
    ) -> None:
        self._rarity, self._norm, self._words, self._headlines = rarity, norm, words, headlines

    def score(self, matcher: Any) -> float:
        return self._weigh(matcher.id(), matcher.weight())

    def score_spans(self, number: int, spans: Sequence[Span]) -> float:
        headline = self._headlines[number]
        weights = [HEADLINE_WEIGHT if span.start < headline else 1 for span in spans]
        return self._weigh(number, sum(weights))

    def _weigh(self, number: int, weight: float) -> float:
        return self._rarity * saturation(weight, self._norm(self._words[number]))

    def max_quality(self) -> float:
        return 0.0  # asked for, but of no use where all documents are collected

    def block_quality(self, matcher: Any) -> float:
        return 0.0
