"""Paragraphs and matches found in documents one by one, for engines that have all their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.engine import ParagraphHit, ParagraphResult
from search.held import positives
from search.matches import packed
from search.plan import in_text
from search.spans import spans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search.held import Held
    from search.matches import Matches
    from search.plan import Plan
    from search.scoring import Weigher
    from search.spans import Span


def paragraphs(
    plan: Plan, matching: Iterable[Held], weigher: Weigher, limit: int | None, offset: int
) -> ParagraphResult:
    """Find the paragraphs of documents that match a plan; see Engine."""
    hits, documents = list[ParagraphHit](), 0
    for documents, held in enumerate(matching, 1):  # noqa: B007 - counts them
        id_, revision = held.document.id, held.document.revision
        scores = weigher.paragraphs(_places(plan, held), held.layout)
        hits += [ParagraphHit(id_, revision, n, score) for n, score in scores.items() if n]
    hits.sort(key=lambda hit: (-hit.score, hit.id, hit.ordinal))
    end = None if limit is None else offset + limit
    return ParagraphResult(len(hits), documents, tuple(hits[offset:end]))


def matches(plan: Plan, matching: Iterable[Held]) -> dict[int, Matches]:
    """Find the matches in documents that match a plan; see Engine."""
    found: dict[int, Matches] = {}
    for held in matching:
        places = {span for _, some in _places(plan, held) for span in some}
        if written := packed(places, held.layout):
            found[held.document.id] = written
    return found


def _places(plan: Plan, held: Held) -> list[tuple[Plan, list[Span]]]:
    return [(part, spans(part, held)) for part in positives(plan, held) if in_text(part)]
