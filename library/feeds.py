"""Feeds that a library follows: which they are, and what is new in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from accession import Outcome, Reading, Reason, Recorded, Refusal
from db import feeds as followed
from db.feeds import Feed
from library.errors import FeedWrong
from library.library import Library
from library.links import fetched

if TYPE_CHECKING:
    from ingest.fetch.fetcher import Page
    from ingest.fetch.web import Web
    from ingest.workers import Workers
    from ingest.zips import Refused

COLUMNS = ("id", "url", "title", "tried_at", "outcome", "failures", "detail")
_LOST = frozenset({Reason.TIMEOUT, Reason.KILLED})
"""Why there may be more in a feed than was read: it is asked for in whole again."""
_GONE = "it is gone for good, and is not asked for any more; to forget it: cuttings feeds remove"

Row = dict[str, str | int | None]


def rows(library: Library) -> Iterator[Row]:
    """Give a row for each feed."""
    for feed in followed.feeds(library.reader):
        yield {name: getattr(feed, name) for name in COLUMNS}


def add(library: Library, names: Sequence[str]) -> list[tuple[str, bool]]:
    """Follow the feeds at these addresses, and those that OPML files list; say which are new.

    Raises `FeedWrong` where a name is neither; then none of them is followed.
    """
    from db.following import follow
    from ingest.workers import Workers

    with Workers() as workers:
        found = [feed for name in names for feed in _named(name, workers, library.notify)]
    return follow(library.store, found)


def remove(library: Library, urls: Sequence[str]) -> list[tuple[str, bool]]:
    """Follow feeds no longer, their articles stay; say which were followed."""
    from db.following import unfollow

    return unfollow(library.store, urls)


def _named(
    name: str, workers: Workers, notify: Callable[[str], None]
) -> list[tuple[str, str | None]]:
    from ingest.feeds.following import feeds_of
    from ingest.fetch.target import target_of
    from ingest.zips import Refused

    if not Path(name).is_file():
        try:
            return [(target_of(name).url, None)]
        except Refused as error:
            raise FeedWrong(f"{error.detail}; give addresses of feeds, or an OPML file") from None
    found, broken = feeds_of(Path(name), workers)
    if not found:
        raise FeedWrong(f"{name} lists no feeds; an OPML file is meant, or the address of a feed")
    if broken:
        notify(f"{name} breaks off; the feeds before that are followed: {len(found):,}.")
    return found


def update(
    library: Library, urls: Sequence[str] = (), *, private: bool = False, fetch: bool = False
) -> Iterator[Recorded]:
    """Ask for what is new in all feeds, or in those of `urls`, and store it: an outcome an entry.

    A feed without anything new has one outcome itself. With `fetch`, the articles of new links are
    got as well. Raises `FeedWrong` where an address is none of a feed that is followed.
    """
    chosen = _chosen(library, urls)
    return _Update(library, private=private).all(chosen, asked=bool(urls), fetch=fetch)


def _chosen(library: Library, urls: Sequence[str]) -> list[Feed]:
    found = followed.feeds(library.reader, urls)
    for url in urls:
        if not followed.feeds(library.reader, [url]):
            raise FeedWrong(f"{url} is not followed; to follow it: cuttings feeds add URL")
    return found


class _Update:
    """One round over feeds."""

    def __init__(self, library: Library, *, private: bool) -> None:
        from ingest.fetch.web import Web
        from ingest.workers import Workers

        self._library = library
        self._private = private
        self._web: Web = Web(private=private)
        self._workers: Workers = Workers()
        self._new: list[str] = []

    def all(self, feeds: Sequence[Feed], *, asked: bool, fetch: bool) -> Iterator[Recorded]:
        """Ask one after the other; one that is gone only where the person `asked` for it by name."""
        try:
            with self._workers:
                for feed in feeds:
                    if feed.outcome == followed.GONE and not asked:
                        yield Recorded(feed.url, Outcome.SKIPPED, detail=_GONE)
                    else:
                        yield from self._one(feed)
        finally:
            self._web.close()
        if fetch and self._new:
            yield from fetched(self._library, self._new, private=self._private)

    def _one(self, feed: Feed) -> Iterator[Recorded]:
        from ingest.feeds.following import conditions, read_feed
        from ingest.fetch.fetcher import UNCHANGED
        from ingest.zips import Refused

        try:
            page = self._web.fetcher.get(feed.url, conditions(feed.etag, feed.last_modified))
            entries = iter(()) if page.status == UNCHANGED else read_feed(page, self._workers)
        except Refused as error:
            yield from self._failed(feed, error)
            return
        self._library.store.forget(feed.url)  # what failed of it before
        news = lost = False
        for one in self._recorded(entries):
            news, lost = True, lost or one.reason in _LOST
            yield one
        if not news:
            yield Recorded(feed.url, Outcome.UNCHANGED, detail="nothing new")
        outcome = followed.READ if news else followed.NOTHING_NEW
        self._note(feed, page, outcome, {} if lost else _state(page))

    def _recorded(self, entries: Iterator[Reading | Refusal]) -> Iterator[Recorded]:
        """Store the entries that are not known, a batch at a time."""
        from library.ingesting import batches

        library = self._library
        for batch in batches(entries):
            news = [one for one in batch if not followed.is_known(library.reader, one)]
            links = [one.bookmark.url for one in news if isinstance(one, Refusal) and one.bookmark]
            self._new += links
            yield from library.store.record(news) if news else ()

    def _note(self, feed: Feed, page: Page, outcome: str, state: Mapping[str, str | None]) -> None:
        """Write down the state that was read, now that nothing of it can be lost."""
        from db.following import move, note
        from ingest.feeds.following import title_of

        store = self._library.store
        values: dict[str, str | int | None] = {"outcome": outcome, "detail": None, "failures": 0}
        values |= state
        if not feed.title and page.data:
            values["title"] = title_of(page, self._workers)
        note(store, feed.id, **values)
        if page.moved and page.moved != feed.url:
            kept = move(store, feed.id, page.moved)
            more = "" if kept else ", which is followed already: one of the two is left"
            self._library.notify(f"{feed.url} has moved for good to {page.moved}{more}")

    def _failed(self, feed: Feed, error: Refused) -> Iterator[Recorded]:
        from db.following import note
        from ingest.fetch.fetcher import GONE

        gone = getattr(error, "status", None) == GONE
        detail = _GONE if gone else error.detail
        outcome = followed.GONE if gone else followed.FAILED
        failures = feed.failures + 1
        note(self._library.store, feed.id, outcome=outcome, detail=detail, failures=failures)
        refusal = Refusal(feed.url, Outcome.FAILED, error.reason, detail)
        yield from self._library.store.record([refusal])


def _state(page: Page) -> Mapping[str, str | None]:
    """Give the server's marks of what it sent; those of a `nothing new` are those that were sent."""
    marks = {"etag": "etag", "last_modified": "last-modified"}
    found = {column: page.headers.get(header) for column, header in marks.items()}
    return {c: mark for c, mark in found.items() if mark or page.data}
