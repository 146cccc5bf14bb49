"""What is fetched is stored as what it is, and meets the links that were saved."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from accession import Outcome, Reason, Recorded
from db.bookmarks import bookmarks
from ingest.said import Said
from library import links
from library.library import Library
from library.originals import reparse
from tests.db.making import query
from tests.site import Reply, Site, moved, page

PAGE = (
    '<html><head><link rel="canonical" href="https://gazette.example/ferry"></head><body><article>'
    "<h1>Ferry late</h1><p>The noon ferry was late by an hour on Tuesday, and nobody knew why.</p>"
    "<p>Its captain said that the ice had come early, and the pilot was away.</p></article></body></html>"
)
RUSSIAN = (
    "<html><body><article><h1>Паром опоздал</h1><p>Полуденный паром опоздал во вторник на час, и никто "
    "в гавани не знал почему.</p><p>Капитан сказал, что лёд встал рано.</p></article></body></html>"
)


def words(text: str) -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "text/plain"})


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/ferry": page(PAGE)}) as opened:
        yield opened


def ingest(library: Library, *urls: str) -> list[Recorded]:
    return list(library.ingest(urls, io.BytesIO(), Said(private=True)))


def save(library: Library, tmp_path: Path, *urls: str) -> None:
    path = tmp_path / "saved.csv"
    path.write_text("url,title,tags\n" + "".join(f"{url},A link,sea\n" for url in urls), "utf-8")
    list(library.ingest([str(path)], io.BytesIO()))


def test_a_page_is_known_by_its_own_address_and_by_the_one_asked_for(
    library: Library, site: Site
) -> None:
    (first,) = ingest(library, site.url())
    (second,) = ingest(library, site.url())
    assert (first.outcome, second.outcome) == (Outcome.ADDED, Outcome.UNCHANGED)
    found = library.article(1).article
    assert found.url == "https://gazette.example/ferry"
    assert query(library.folder.database, "SELECT location FROM copies") == [(site.url(),)]


def test_a_saved_link_meets_its_page_though_that_names_another_address(
    library: Library, site: Site, tmp_path: Path
) -> None:
    save(library, tmp_path, site.url())
    assert links.to_fetch(library) == [site.url()]
    (one,) = links.fetched(library, links.to_fetch(library), private=True)
    assert one.outcome is Outcome.ADDED
    assert [saved.article_id for saved in bookmarks(library.reader)] == [1]
    assert library.article(1).article.tags == ("sea",)
    assert links.to_fetch(library) == []


def test_a_page_whose_own_address_changes_stays_the_same_article(
    library: Library, site: Site
) -> None:
    ingest(library, site.url())
    site.routes["/ferry"] = page(
        PAGE.replace("gazette.example/ferry", "gazette.example/news/ferry")
    )
    (again,) = ingest(library, site.url())
    assert again.article_id == 1
    assert query(library.folder.database, "SELECT count(*) FROM articles") == [(1,)]


def test_a_page_that_says_other_words_later_is_revised(library: Library, site: Site) -> None:
    site.routes["/ferry"] = words(
        "The ferry is late.\n\nNobody in the harbour knows the reason why.\n"
    )
    ingest(library, site.url())
    site.routes["/ferry"] = words(
        "The ferry is gone.\n\nNobody in the harbour knows the reason why.\n"
    )
    (again,) = ingest(library, site.url())
    assert again.outcome is Outcome.REVISED


def test_read_again_a_page_keeps_the_address_it_was_found_at(library: Library, site: Site) -> None:
    site.routes |= {"/short": moved("/long/ferry"), "/long/ferry": page()}
    ingest(library, site.url("/short"))
    before = library.article(1).article
    assert before.url == site.url("/long/ferry")
    (again,) = reparse(library, [1])
    assert again.outcome is Outcome.UNCHANGED
    assert library.article(1).article == before


def test_links_never_tried_come_before_those_that_failed(
    library: Library, site: Site, tmp_path: Path
) -> None:
    site.routes["/ferry"] = words("The ferry is late.\n")
    urls = [site.url(path) for path in ("/dead", "/gone", "/ferry")]
    save(library, tmp_path, *urls)
    outcomes = [
        [one.outcome for one in links.fetched(library, links.to_fetch(library, 1), private=True)]
        for _ in range(4)
    ]
    assert outcomes == [[Outcome.FAILED], [Outcome.FAILED], [Outcome.ADDED], [Outcome.FAILED]]
    assert links.to_fetch(library) == [urls[1], urls[0]]


def test_letters_are_read_as_the_server_says(library: Library, site: Site) -> None:
    known = ("windows-1251", "koi8-r", "utf-8")
    for charset in (*known, "x-none"):
        kind = {"Content-Type": f"text/html; charset={charset}"}
        body = RUSSIAN.encode(charset if charset in known else "utf-8")
        site.routes[f"/{charset}"] = Reply(body, headers=kind)
    found = ingest(library, *(site.url(f"/{charset}") for charset in (*known, "x-none")))
    assert [one.headline for one in found] == ["Паром опоздал"] * 4


def test_what_comes_is_read_by_what_it_is(library: Library, site: Site) -> None:
    sent: dict[str, tuple[str, bytes, Reason | None]] = {
        "/text": ("text/plain", b"Ferry late\n\nThe noon ferry was late.\n", None),
        "/markdown": ("text/markdown", b"# Ferry late\n\nIt was *late*.\n", None),
        "/json": ("application/json", b'{"title": "Ferry", "text": "It was late."}', None),
        "/stream": ("application/octet-stream", PAGE.encode(), None),
        "/page.png": ("image/png", PAGE.encode(), None),
        "/picture": ("image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Reason.UNKNOWN_FORMAT),
        "/empty": ("text/html", b"", Reason.EMPTY),
        "/login": ("text/html", b"<html><body>Log in</body></html>", Reason.EMPTY),
    }
    for path, (kind, body, _) in sent.items():
        site.routes[path] = Reply(body, headers={"Content-Type": kind})
    found = ingest(library, *map(site.url, sent))
    assert [one.reason for one in found] == [reason for *_, reason in sent.values()]
    assert [library.article(n).article.url for n in (1, 2)] == list(map(site.url, [*sent][:2]))


def test_files_and_pages_are_read_in_the_order_they_were_named(
    library: Library, site: Site, tmp_path: Path
) -> None:
    def slow(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.2)
        words("The ferry is late.\n")(request)

    site.routes["/ferry"] = slow
    (tmp_path / "note.txt").write_text("The harbour office moves.\n", "utf-8")
    names = [site.url(), str(tmp_path / "note.txt"), site.url("/nowhere")]
    assert [one.location for one in ingest(library, *names)] == names


def test_stopping_does_not_wait_for_pages(library: Library, site: Site) -> None:
    entered, leave = threading.Event(), threading.Event()

    def never(request: BaseHTTPRequestHandler) -> None:
        entered.set()
        leave.wait(10)

    site.routes |= {"/never": never, "/ferry": words("The ferry is late.\n")}
    urls = [site.url("/ferry"), site.url("/never", "localhost")]
    recorded = library.ingest(urls, io.BytesIO(), Said(private=True, processes=2))
    begun = time.monotonic()
    threading.Timer(0.5, leave.set).start()
    inputs = iter(recorded)
    assert next(inputs).outcome is Outcome.ADDED  # and stored, though others are on their way
    inputs.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 5
