"""The saved links, as the command lists them, and their articles, fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from accession import Recorded
from db import bookmarks
from library.library import Library

SHOWN = ("id", "saved_at", "headline", "url", "tags", "article_id")
COLUMNS = (*SHOWN, "note", "source", "added_at")
FETCHES = 4
"""So many pages are fetched at once, each from another host."""

Row = dict[str, str | int | None]


def rows(library: Library, *, unfetched: bool) -> Iterator[Row]:
    """Give a row for each saved link, or for those without an article."""
    for one in bookmarks.bookmarks(library.reader, unfetched=unfetched):
        link = one.bookmark
        yield {
            "id": one.id,
            "saved_at": link.saved_at,
            "headline": link.headline,
            "url": link.url,
            "tags": "; ".join(link.tags),
            "article_id": one.article_id,
            "note": link.note,
            "source": one.source,
            "added_at": one.added_at,
        }


def count(library: Library) -> tuple[int, int]:
    """Give how many links are saved, and how many of them have no article."""
    return bookmarks.count(library.reader)


def to_fetch(library: Library, limit: int | None = None) -> list[str]:
    """Give the addresses whose articles are lacking, so many: first those that were never tried.

    The others follow in the order in which they failed, so that no dead link keeps the rest waiting.
    """
    tried = bookmarks.last_failures(library.reader)
    found = bookmarks.bookmarks(library.reader, unfetched=True)
    urls = sorted((one.bookmark.url for one in found), key=lambda url: tried.get(url, 0))
    return urls[:limit]


def fetched(library: Library, urls: Sequence[str], *, private: bool) -> Iterator[Recorded]:
    """Get the articles at these addresses and store them: an outcome each."""
    from ingest.said import Said

    return library.ingest(urls, io.BytesIO(), Said(processes=FETCHES, private=private))
