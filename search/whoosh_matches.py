"""The matches in one segment's running texts, read from the index alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from search.matches import packed
from search.whoosh_paragraphs import positives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search.matches import Matches
    from search.plan import Plan
    from search.spans import Span
    from search.whoosh_reader import Segment
    from search.whoosh_scores import Scorer

_CHUNK = 20_000  # documents whose positions are in memory at the same time


def matches(plan: Plan, segment: Segment, scorer: Scorer) -> Iterator[tuple[int, Matches]]:
    """Give (id, matches) of every document that has any."""
    matched = scorer.scores(plan).keys()
    parts = list(positives(plan, set(matched), scorer))
    numbers = sorted(matched)
    for start in range(0, len(numbers), _CHUNK):
        for number, spans in _spans(parts, numbers[start : start + _CHUNK], scorer).items():
            if found := packed(spans, segment.layout(number)):
                yield segment.column("number")[number], found


def _spans(
    parts: Sequence[tuple[Plan, set[int]]], numbers: Sequence[int], scorer: Scorer
) -> dict[int, set[Span]]:
    found: defaultdict[int, set[Span]] = defaultdict(set)
    for part, holding in parts:
        for number, spans in scorer.spans(part, holding.intersection(numbers)).items():
            found[number].update(spans)
    return found
