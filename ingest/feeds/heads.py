"""Read what a feed calls itself: an article without words, its title for a headline."""

from __future__ import annotations

from collections.abc import Iterator

from accession import Reason
from article import Article
from ingest.feeds.cutting import cut
from ingest.feeds.mending import NotText, mended
from ingest.feeds.parser import EMPTY, head_in
from ingest.parsed import Given, Parsed, Unread


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read the head of a feed, which ends where its first entry begins."""
    try:
        parts = cut(mended(given.data, given.charset))
    except NotText:
        yield Unread(Reason.EMPTY, EMPTY)
        return
    head, _ = head_in(parts.head, given.url or "")
    yield Parsed(Article((), headline=head.title or None, url=head.link or None), head.kind)
