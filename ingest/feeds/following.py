"""What a feed has to say today: its entries, and its own words of itself."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from accession import Reading, Reason, Refusal
from ingest import signs
from ingest.fetch.media import charset_of, suffix_of
from ingest.fetch.web import read_page
from ingest.parsed import Given, Parsed, Unread
from ingest.registry import FEED, JSON
from ingest.workers import Workers
from ingest.zips import Refused

if TYPE_CHECKING:
    from ingest.fetch.fetcher import Page

_LONGEST_TITLE = 200
_MOST_NAMED = 3
_HEAD = 256 * 1024
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_LINK = re.compile(r"<link\b[^>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z]+)\s*=\s*(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL)


def conditions(etag: str | None, last_modified: str | None) -> Mapping[str, str]:
    """Give the headers that ask only for what is newer than the last state."""
    said = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in said.items() if value}


def read_feed(page: Page, workers: Workers) -> Iterator[Reading | Refusal]:
    """Read a page that must be a feed; raises `Refused` where it is something else."""
    said = page.headers.get("content-type", "")
    format_ = signs.recognise(io.BytesIO(page.data), suffix_of(said, page.url))
    if format_ not in {FEED, JSON}:
        what = format_.name if format_ else said or "something else"
        named = ", ".join(_named_in(page)[:_MOST_NAMED])
        detail = f"no feed, but {what}" + (f"; it names these: {named}" if named else "")
        raise Refused(Reason.UNKNOWN_FORMAT, detail)
    return read_page(page, workers)


def _named_in(page: Page) -> list[str]:
    """Give the feeds that a web page names in its head."""
    found = []
    for link in _LINK.findall(page.data[:_HEAD].decode("utf-8", "replace")):
        said = {name.lower(): html.unescape(value) for name, _, value in _ATTRIBUTE.findall(link)}
        if "alternate" in said.get("rel", "").lower() and said.get("type", "").lower() in _FEEDS:
            with suppress(ValueError):
                found.append(urljoin(page.url, said.get("href", "")))
    return list(dict.fromkeys(found))


def title_of(page: Page, workers: Workers) -> str | None:
    """Give what a feed calls itself."""
    if page.data.lstrip()[:1] == b"{":
        try:
            return str(json.loads(page.data).get("title") or "")[:_LONGEST_TITLE] or None
        except (ValueError, RecursionError):
            return None
    charset = charset_of(page.headers.get("content-type", ""))
    given = Given(page.data, url=page.url, charset=charset)
    (*_, found) = workers.parse("ingest.feeds.heads", given)
    headline = found.article.headline if isinstance(found, Parsed) else None
    return headline[:_LONGEST_TITLE] if headline else None


def feeds_of(path: Path, workers: Workers) -> tuple[list[tuple[str, str | None]], bool]:
    """Give the addresses and titles of the feeds that an OPML file lists, and whether it breaks off."""
    given = Given(path.read_bytes(), path.name)
    found = workers.parse("ingest.feeds.listed", given)
    unread = [one for one in found if isinstance(one, Unread)]
    links = [one.bookmark for one in unread if one.bookmark]
    broken = any(one.reason not in {Reason.LINK_ONLY, Reason.EMPTY} for one in unread)
    return [(link.url, link.headline) for link in links], broken
