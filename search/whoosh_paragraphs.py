"""The paragraphs of one segment in which a plan's words stand, in documents that match it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from search.engine import ParagraphHit
from search.plan import All, AnyOf, Between, But, Everything, Plan, in_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.scoring import Weigher
    from search.spans import Span
    from search.whoosh_reader import Segment
    from search.whoosh_scores import Scorer


def paragraphs(
    plan: Plan, segment: Segment, scorer: Scorer, weigher: Weigher
) -> tuple[int, list[ParagraphHit]]:
    """Count the documents that match, and give their paragraphs."""
    matched = set(scorer.scores(plan))
    found: defaultdict[int, dict[Plan, list[Span]]] = defaultdict(dict)
    for part, numbers in positives(plan, matched, scorer):
        for number, spans in scorer.spans(part, numbers).items():
            found[number][part] = spans
    hits = []
    for number, parts in found.items():
        scores = weigher.paragraphs(parts.items(), segment.layout(number))
        id_, revision = segment.column("number")[number], segment.column("revision")[number]
        hits += [ParagraphHit(id_, revision, n, score) for n, score in scores.items() if n]
    return len(matched), hits


def positives(plan: Plan, numbers: set[int], scorer: Scorer) -> Iterator[tuple[Plan, set[int]]]:
    """Give the positional parts by which documents match, as `search.held.positives` does for one."""
    match plan:
        case All(plans):
            for part in plans:
                yield from positives(part, numbers, scorer)
        case AnyOf(plans):
            for part in dict.fromkeys(plans):
                holding = numbers
                if isinstance(part, All):  # other parts have places only where they hold
                    holding = numbers & scorer.scores(part, numbers).keys()
                yield from positives(part, holding, scorer)
        case But() | Everything() | Between():
            return
        case _ if in_text(plan):
            yield plan, numbers
