"""Articles put into an index, as many at a time as an engine may hold in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from article import Stored
from db.portions import portions
from search.document import document
from search.engine import DocumentsRejected, Engine

MOST = 3_000
_CHARACTERS = 3_000_000
"""What an engine holds in memory until it commits: about as many words as 3,000 short articles."""


def batches(articles: Iterable[Stored]) -> Iterator[list[Stored]]:
    """Cut articles into what is committed at a time."""
    return portions(articles, _characters, most=MOST, size=_CHARACTERS)


def put(engine: Engine, articles: Sequence[Stored], ids: Sequence[int] = ()) -> Sequence[int]:
    """Index articles and take out those of `ids` that are not among them; give the ids refused."""
    engine.delete(set(ids) - {one.id for one in articles})
    engine.replace(document(one) for one in articles)
    try:
        engine.commit()
    except DocumentsRejected as error:
        return sorted(error.reasons)
    return []


def _characters(one: Stored) -> int:
    return sum(len(paragraph.text) for paragraph in one.article.paragraphs)
