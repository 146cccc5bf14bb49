"""Read the feeds that an OPML file lists: each as a link with its title."""

from __future__ import annotations

from collections.abc import Iterator

from accession import Bookmark, Reason
from ingest.exports.saved import is_web
from ingest.feeds.opml import A_FEED, CUT, EMPTY, breaks_off, feed_of, outlines, title_of
from ingest.parsed import Given, Parsed, Unread


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read the list; what is no feed in it is passed over."""
    some = False
    for outline, _ in outlines(given):
        url = feed_of(outline)
        if is_web(url):
            some = True
            yield Unread(Reason.LINK_ONLY, A_FEED, bookmark=Bookmark(url, title_of(outline)))
    if not some:
        yield Unread(Reason.EMPTY, EMPTY)
    elif breaks_off(given):
        yield Unread(Reason.MALFORMED, CUT)
