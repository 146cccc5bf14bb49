"""The bytes an article came as: given back, and read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from article import Outcome, Recorded, Refusal, Source, Stored
from db.copies import Kept, copies
from db.copies import original as data_of
from library.errors import ArticleMissing
from library.library import Library

if TYPE_CHECKING:
    from ingest.workers import Workers


@dataclass(frozen=True, slots=True)
class Original:
    """One copy's bytes, and how many copies the article has."""

    kept: Kept
    data: bytes
    copies: int


def original(library: Library, article_id: int, copy: int | None = None) -> Original:
    """Give the bytes that an article's words were read from, or those of one of its copies.

    `copy` counts from 1, oldest first. Raises `ArticleMissing` if there is no such article or copy.
    """
    library.article(article_id)
    found = copies(library.reader, article_id)
    if copy is not None and not 1 <= copy <= len(found):
        raise ArticleMissing(f"Article {article_id} has no copy {copy}; the last is {len(found)}")
    kept = _source(found) if copy is None else found[copy - 1]
    return Original(kept, data_of(library.reader, kept.sha256), len(found))


def reparse(
    library: Library, ids: Sequence[int] | None, password: str | None = None
) -> Iterator[Recorded]:
    """Read articles (None: all) again from their originals, with today's parsers.

    What reads otherwise now becomes a revision; the index is not touched: see `indexing`. Raises
    `ArticleMissing` if there is no article of some number.
    """
    from ingest.workers import Workers

    wanted = ids if ids is None else list(dict.fromkeys(ids))
    for article_id in wanted or ():
        library.article(article_id)
    with Workers(password) as workers:
        for article_id in library.reader.ids() if wanted is None else wanted:
            yield _again(library, library.article(article_id), workers)


def _again(library: Library, stored: Stored, workers: Workers) -> Recorded:
    from ingest.again import read_again

    kept = _source(copies(library.reader, stored.id))
    data = data_of(library.reader, kept.sha256)
    result = read_again(Source(kept.location, kept.kind, data, kept.item), workers)
    if isinstance(result, Refusal):
        return Recorded(
            kept.location, Outcome.FAILED, kept.item, reason=result.reason, detail=result.detail
        )
    article = replace(result.article, tags=stored.article.tags)
    differs = library.store.reword(stored, article, "reparse", kept.id)
    return Recorded(
        kept.location,
        Outcome.REVISED if differs else Outcome.UNCHANGED,
        kept.item,
        stored.id,
        headline=article.headline,
        warnings=result.warnings,
    )


def _source(found: Sequence[Kept]) -> Kept:
    """Choose the copy that today's words were read from, else the last."""
    return next((one for one in reversed(found) if one.current), found[-1])
