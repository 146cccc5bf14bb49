"""Read what a feed calls itself: an article without words, its title for a headline."""

from __future__ import annotations

from collections.abc import Iterator

from article import Article, Reason
from ingest.feeds.mending import NotText, mended
from ingest.feeds.parser import EMPTY, entries
from ingest.parsed import Given, Parsed, Unread


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read the head of a feed, as far as its first entry."""
    try:
        first = next(entries(mended(given.data, given.charset), given.url or ""), None)
    except NotText:
        first = None
    if first is None:
        yield Unread(Reason.EMPTY, EMPTY)
        return
    _, head = first
    yield Parsed(Article((), headline=head.title or None, url=head.link or None), head.kind)
