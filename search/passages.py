"""Where in an article a query's words stand: worked out from the stored text, for any engine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.analysis import has_no_spaces, offsets
from search.document import analyse, document
from search.held import Held, positives
from search.patterns import Starts
from search.plan import Following, Forms, Often, Plan, Within, in_text
from search.spans import spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from article import Kind, Stored
    from search.document import Text
    from search.scoring import Weigher
    from search.spans import Span

Mark = tuple[int, int]  # start and end, in code points of the text


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that matches, or a part of one, with the matched words marked.

    `marks` are empty if only the paragraph's credit matches. A higher score is better.
    """

    ordinal: int
    kind: Kind
    text: str
    marks: tuple[Mark, ...]
    score: float
    credit: str | None = None
    credit_marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """A query's words in one article: the marks in its headline, and its paragraphs that match."""

    headline: tuple[Mark, ...]
    passages: tuple[Passage, ...]


def locate(plan: Plan, stored: Stored, weigher: Weigher | None = None) -> Located:
    """Find a query's words in an article, paragraphs in their order.

    Only parts of the query that hold for the article count, and never what stands under NOT.
    Without a weigher all words weigh alike.
    """
    places = Texts(stored)
    holding = positives(plan, places.held) if places.held.holds(plan) else []
    parts = [part for part in holding if in_text(part)]
    found = [(part, spans(part, places.held)) for part in parts]
    marks = places.marks(found)
    scores = _scores(found, places.held, weigher)
    passages = []
    for ordinal, paragraph in enumerate(stored.article.paragraphs, 1):
        if ordinal in scores:
            text, credit = marks.get((ordinal, False), ()), marks.get((ordinal, True), ())
            about = ordinal, paragraph.kind, paragraph.text, text, scores[ordinal]
            passages.append(Passage(*about, paragraph.credit, credit))
    return Located(marks.get((0, False), ()), tuple(passages))


def best(passages: Sequence[Passage], count: int) -> list[Passage]:
    """Choose the passages with the highest scores, best first."""
    return sorted(passages, key=lambda passage: (-passage.score, passage.ordinal))[:count]


class Texts:
    """An article's texts, and the offsets of their words."""

    def __init__(self, stored: Stored) -> None:
        analysed = analyse(stored.article)
        self.held = Held(document(stored, analysed))
        self._language = stored.article.language
        self._texts = [text for text, _ in analysed]
        self._offsets: dict[int, list[Mark]] = {}

    def marks(
        self, found: Iterable[tuple[Plan, list[Span]]]
    ) -> dict[tuple[int, bool], tuple[Mark, ...]]:
        """Give the marks by paragraph (0: the headline) and whether they stand in its credit."""
        marks: dict[tuple[int, bool], list[Mark]] = {}
        for part, places in found:
            for span in places:
                text, mark = self.mark(part, span)
                if text.ordinal or text.zone == "headline":
                    marks.setdefault((text.ordinal, text.credit), []).append(mark)
        return {key: merged(some) for key, some in marks.items()}

    def mark(self, part: Plan, span: Span) -> tuple[Text, Mark]:
        """Give the text that a span of a part lies in, and its place there."""
        index = self.held.layout.index(span[0])
        start = self.held.layout.stretches[index].start
        if index not in self._offsets:
            self._offsets[index] = offsets(self._texts[index].text, self._language)
        words = self._offsets[index]
        first, (last, end), tail = words[span[0] - start], words[span[1] - start], _tail(part)
        return self._texts[index], (first[0], min(end, last + len(tail)) if tail else end)


def _tail(part: Plan) -> str:
    """Give what is marked of the last word: of two characters without spaces only what is asked."""
    while isinstance(part, Within | Often):
        part = part.plan
    last = part.plans[-1] if isinstance(part, Following) else part
    if isinstance(last, Forms) and isinstance(last.pattern, Starts):
        prefix = last.pattern.prefix
        return prefix if has_no_spaces(prefix) else ""
    return ""


def _scores(
    found: list[tuple[Plan, list[Span]]], held: Held, weigher: Weigher | None
) -> dict[int, float]:
    if weigher is not None:
        return weigher.paragraphs(found, held.layout)
    scores: dict[int, float] = {}
    for _, places in found:
        ordinals = [held.layout.at(start).ordinal for start, _ in places]
        for ordinal in dict.fromkeys(ordinals):
            scores[ordinal] = scores.get(ordinal, 0.0) + 1 + math.log(ordinals.count(ordinal))
    return scores


def merged(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Give marks in their order, those that overlap as one."""
    found: list[Mark] = []
    for start, end in sorted(marks):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
