"""The saved links, as the command lists them."""

from __future__ import annotations

from collections.abc import Iterator

from db import bookmarks
from library.library import Library

SHOWN = ("id", "saved_at", "headline", "url", "tags", "article_id")
COLUMNS = (*SHOWN, "note", "source", "added_at")

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
