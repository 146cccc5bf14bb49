"""The bytes an article came as: given back, and read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from accession import Outcome, Reading, Reason, Recorded, Refusal, Source
from article import Article
from db.copies import Kept, copies
from db.copies import original as data_of
from db.history import origins
from library.errors import ArticleChanged, ArticleMissing
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
    kept = _source(library, article_id, found) if copy is None else found[copy - 1]
    return Original(kept, data_of(library.reader, kept.sha256), len(found))


def reparse(
    library: Library, ids: Sequence[int] | None, password: str | None = None
) -> Iterator[Recorded]:
    """Read articles (None: all) again from their originals, with today's parsers.

    What reads otherwise now becomes a revision; the index is not touched: see `indexing`. Raises
    `ArticleMissing` if there is no article of some number.
    """
    from ingest.workers import Workers

    wanted = None if ids is None else list(dict.fromkeys(ids))
    for article_id in wanted or ():
        library.article(article_id)
    with Workers(password) as workers:
        again = _Again(library, workers)
        for article_id in library.reader.ids() if wanted is None else wanted:
            if recorded := again.article(article_id):
                yield recorded


class _Again:
    """Reads originals again; the last one's results are kept for the other articles in it."""

    def __init__(self, library: Library, workers: Workers) -> None:
        self._library = library
        self._workers = workers
        self._last: tuple[object, list[Reading | Refusal]] = (None, [])

    def article(self, article_id: int) -> Recorded | None:
        """Read an article again; None if it was removed meanwhile."""
        stored = self._library.reader.article(article_id)
        if stored is None or stored.removed_at:
            return None
        found = copies(self._library.reader, article_id)
        kept = _source(self._library, article_id, found)
        result = self._result(kept, _found_at(stored.article))
        if isinstance(result, Refusal):
            return _failed(kept, result.reason, result.detail)
        article = replace(result.article, tags=stored.article.tags)
        try:
            differs = self._library.store.reword(stored, article, "reparse", kept.id)
        except ArticleChanged as error:
            return _failed(kept, Reason.UNREADABLE, str(error))
        return Recorded(
            kept.location,
            Outcome.REVISED if differs else Outcome.UNCHANGED,
            kept.item,
            article_id,
            headline=article.headline,
            warnings=result.warnings,
        )

    def _result(self, kept: Kept, found_at: str | None) -> Reading | Refusal:
        from ingest.again import read_again, result_for
        from ingest.webarchive.page import address_in

        known, results = self._last
        source = Source(kept.location, kept.kind, b"", kept.item)
        wanted = (kept.sha256, kept.kind, address_in(kept.item))
        if known != wanted:
            whole = replace(source, data=data_of(self._library.reader, kept.sha256))
            results = read_again(whole, self._workers, found_at)
            self._last = (wanted, results)
        return result_for(source, results)


def _found_at(article: Article) -> str | None:
    """Give the address that an article has from where it was fetched, which its bytes do not tell."""
    return article.url if article.origins.get("url") in {"saved page", "fetched"} else None


def _failed(kept: Kept, reason: Reason, detail: str) -> Recorded:
    return Recorded(kept.location, Outcome.FAILED, kept.item, reason=reason, detail=detail)


def _source(library: Library, article_id: int, found: Sequence[Kept]) -> Kept:
    """Choose the copy that today's words were read from, the first of those with the same.

    A person's edit gives an article a hash that no copy has: then it is that of the wording before.
    """
    current = next((one for one in found if one.current), None)
    if current is not None:
        return current
    *_, last = [None, *(one.copy for one in origins(library.reader, article_id) if one.copy)]
    return next((one for one in found if one.id == last), found[-1])
