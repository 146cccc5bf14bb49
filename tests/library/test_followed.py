"""Feeds are followed: only what is new is asked for and taken in."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from accession import Outcome, Reason, Recorded
from db.bookmarks import bookmarks
from library import feeds
from library.errors import FeedWrong
from library.library import Library
from tests.db.making import query
from tests.site import Reply, Site, moved, page

ENTRY = "<item><title>{0}</title><link>{0}</link>{1}</item>"
WHOLE = "<content:encoded>&lt;p&gt;The ferry was late on {0}.&lt;/p&gt;</content:encoded>"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as opened:
        yield opened


def feed(*entries: str, **headers: str) -> Reply:
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    text = f"<rss {names}><channel><title>Gazette</title>{''.join(entries)}</channel></rss>"
    return Reply(text.encode(), headers={"Content-Type": "application/rss+xml", **headers})


def whole(url: str, day: str = "Tuesday") -> str:
    return ENTRY.format(url, WHOLE.format(day))


def link(url: str) -> str:
    return ENTRY.format(url, "")


def update(library: Library, *urls: str, fetch: bool = False) -> list[tuple[Outcome, str | None]]:
    return [(one.outcome, one.detail) for one in recorded(library, *urls, fetch=fetch)]


def recorded(library: Library, *urls: str, fetch: bool = False) -> list[Recorded]:
    return list(feeds.update(library, urls, private=True, fetch=fetch))


def row(library: Library, *columns: str) -> tuple[object, ...]:
    (found,) = query(library.folder.database, f"SELECT {', '.join(columns)} FROM feeds")
    return found


NOTHING = (Outcome.UNCHANGED, "nothing new")


def test_entries_with_their_text_become_articles_and_the_others_links(
    library: Library, site: Site
) -> None:
    site.routes["/feed"] = feed(whole("https://g.example/1"), link("https://g.example/2"))
    feeds.add(library, [site.url("/feed")])
    assert [outcome for outcome, _ in update(library)] == [Outcome.ADDED, Outcome.SKIPPED]
    assert library.article(1).article.url == "https://g.example/1"
    assert [one.bookmark.url for one in bookmarks(library.reader)] == ["https://g.example/2"]
    assert row(library, "title", "outcome", "failures") == ("Gazette", "read", 0)


def test_the_second_time_only_news_are_asked_for(library: Library, site: Site) -> None:
    marks = {"ETag": '"7"', "Last-Modified": "Tue, 14 Mar 2023 06:30:00 GMT"}
    reply = feed(whole("https://g.example/1"), **marks)

    def answer(request: BaseHTTPRequestHandler) -> None:
        (Reply(status=304) if request.headers["If-None-Match"] == '"7"' else reply)(request)

    site.routes["/feed"] = answer
    feeds.add(library, [site.url("/feed")])
    update(library)
    assert update(library) == [NOTHING]
    assert site.heard[-1]["if-modified-since"] == marks["Last-Modified"]
    assert row(library, "etag", "last_modified", "outcome") == (*marks.values(), "nothing-new")


def test_known_entries_are_passed_over_where_a_server_always_sends_all(
    library: Library, site: Site
) -> None:
    site.routes["/feed"] = feed(whole("https://g.example/1"), link("https://g.example/2"))
    feeds.add(library, [site.url("/feed")])
    update(library)
    logged = query(library.folder.database, "SELECT count(*) FROM ingests")
    assert update(library) == [NOTHING]
    assert query(library.folder.database, "SELECT count(*) FROM ingests") == logged
    site.routes["/feed"] = feed(
        whole("https://g.example/3"),
        whole("https://g.example/1", "Monday"),
        link("https://g.example/2"),
    )
    assert [outcome for outcome, _ in update(library)] == [Outcome.ADDED, Outcome.REVISED]


def test_a_wording_that_comes_back_is_news(library: Library, site: Site) -> None:
    feeds.add(library, [site.url("/feed")])
    outcomes = []
    for day in ("Tuesday", "Monday", "Tuesday", "Tuesday"):
        site.routes["/feed"] = feed(whole("https://g.example/1", day))
        outcomes += [outcome for outcome, _ in update(library)]
    assert outcomes == [Outcome.ADDED, Outcome.REVISED, Outcome.REVISED, Outcome.UNCHANGED]
    assert "Tuesday" in library.article(1).article.paragraphs[0].text


def test_an_article_that_was_removed_does_not_come_back(library: Library, site: Site) -> None:
    site.routes["/feed"] = feed(whole("https://g.example/1"))
    feeds.add(library, [site.url("/feed")])
    update(library)
    library.remove([1])
    assert update(library) == [NOTHING]


def test_new_links_are_fetched_where_that_is_asked_for(library: Library, site: Site) -> None:
    text = Reply(b"Nobody knew why.\n", headers={"Content-Type": "text/plain"})
    site.routes |= {"/feed": feed(link(site.url("/1"))), "/1": text, "/2": text}
    feeds.add(library, [site.url("/feed")])
    update(library)
    site.routes["/feed"] = feed(link(site.url("/1")), link(site.url("/2")))
    outcomes = [outcome for outcome, _ in update(library, fetch=True)]
    assert outcomes == [Outcome.SKIPPED, Outcome.ADDED]
    assert "/1" not in site.asked


def test_a_feed_that_moved_for_good_is_asked_for_there(
    library: Library, site: Site, said: list[str]
) -> None:
    site.routes |= {"/old": moved("/new", 301), "/new": feed(whole("https://g.example/1"))}
    feeds.add(library, [site.url("/old")])
    update(library)
    assert said == [f"{site.url('/old')} has moved for good to {site.url('/new')}"]
    assert row(library, "url") == (site.url("/new"),)
    assert update(library) == [NOTHING]
    assert site.asked.count("/old") == 1


def test_a_feed_that_is_elsewhere_for_now_keeps_its_address(library: Library, site: Site) -> None:
    site.routes |= {"/old": moved("/new", 302), "/new": feed(whole("https://g.example/1"))}
    feeds.add(library, [site.url("/old")])
    update(library)
    assert row(library, "url") == (site.url("/old"),)


def test_a_feed_that_is_gone_is_asked_for_only_by_its_name(library: Library, site: Site) -> None:
    site.routes["/feed"] = Reply(status=410)
    feeds.add(library, [site.url("/feed")])
    assert [outcome for outcome, _ in update(library)] == [Outcome.FAILED]
    assert [outcome for outcome, _ in update(library)] == [Outcome.SKIPPED]
    assert site.asked.count("/feed") == 1
    site.routes["/feed"] = feed(whole("https://g.example/1"))
    assert [outcome for outcome, _ in update(library, site.url("/feed"))] == [Outcome.ADDED]
    assert row(library, "outcome", "failures", "detail") == ("read", 0, None)


def test_failures_are_counted_until_it_works_again(library: Library, site: Site) -> None:
    feeds.add(library, [site.url("/feed")])
    for failures in (1, 2):
        (one,) = recorded(library)
        assert (one.outcome, one.reason) == (Outcome.FAILED, Reason.HTTP_STATUS)
        assert row(library, "outcome", "failures") == ("failed", failures)
    site.routes["/feed"] = feed(whole("https://g.example/1"))
    update(library)
    assert row(library, "failures", "detail") == (0, None)


def test_a_page_is_not_taken_for_a_feed(library: Library, site: Site) -> None:
    site.routes["/feed"] = page()
    feeds.add(library, [site.url("/feed")])
    ((outcome, detail),) = update(library)
    assert outcome is Outcome.FAILED
    assert detail == "no feed, but HTML"


def test_a_page_in_the_place_of_its_feed_is_told_with_the_feeds_it_names(
    library: Library, site: Site
) -> None:
    head = (
        '<html><head><link rel="stylesheet" href="x.css"><link href="/rss?a=1&amp;b=2" '
        "type='application/rss+xml' rel='alternate'></head>"
    )
    site.routes["/news/"] = page(head)
    feeds.add(library, [site.url("/news/")])
    ((_, detail),) = update(library)
    assert detail == f"no feed, but HTML; it names these: {site.url('/rss?a=1&b=2')}"


def test_a_state_counts_as_read_only_when_all_of_it_is_stored(library: Library, site: Site) -> None:
    site.routes["/feed"] = feed(whole("https://g.example/1"), ETag='"7"')
    feeds.add(library, [site.url("/feed")])
    stopped = feeds.update(library, private=True)
    next(stopped)
    stopped.close()  # type: ignore[attr-defined]
    assert row(library, "etag", "tried_at") == (None, None)
    update(library)
    assert row(library, "etag") == ('"7"',)


def test_an_address_is_followed_once_however_it_is_written(library: Library) -> None:
    first = feeds.add(library, ["https://g.example/feed"])
    again = feeds.add(library, ["http://www.g.example/feed/", "https://g.example/other"])
    assert [new for _, new in first + again] == [True, False, True]
    assert [
        was for _, was in feeds.remove(library, ["https://g.example/feed/", "https://x.example"])
    ] == [True, False]


@pytest.mark.parametrize("name", ["nowhere", "file:///etc/passwd", "https://u:p@g.example/feed"])
def test_what_is_no_feed_is_not_followed(library: Library, name: str) -> None:
    with pytest.raises(FeedWrong) as wrong:
        feeds.add(library, ["https://g.example/feed", name])
    assert "u:p" not in str(wrong.value)
    assert feeds.add(library, ["https://g.example/feed"]) == [("https://g.example/feed", True)]


def test_a_feed_that_is_not_followed_is_not_updated(library: Library) -> None:
    feeds.add(library, ["https://g.example/feed"])
    with pytest.raises(FeedWrong, match="is not followed"):
        update(library, "https://g.example/other")


def test_the_given_list_of_feeds_is_taken(library: Library, shared: Path) -> None:
    added = feeds.add(library, [str(shared / "data" / "exports" / "feeds.opml")])
    assert len(added) == 8
    assert all(new for _, new in added)


@pytest.mark.parametrize(
    ("end", "broken"), [("</body></opml>", False), ('<outline text="Ta', True)]
)
def test_a_list_that_breaks_off_is_said_to(
    library: Library, said: list[str], tmp_path: Path, end: str, broken: bool
) -> None:
    path = tmp_path / "list.opml"
    path.write_text(
        f'<opml><body><outline text="G" xmlUrl="https://g.example/feed"/>{end}', "utf-8"
    )
    assert feeds.add(library, [str(path)]) == [("https://g.example/feed", True)]
    notes = [f"{path} breaks off; the feeds before that are followed: 1."]
    assert said == (notes if broken else [])
