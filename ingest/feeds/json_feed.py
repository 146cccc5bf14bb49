"""JSON Feed: entries in JSON, with the names that its standard gives them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

from ingest.exports.saved import Saved, is_web
from ingest.json_article import described

KIND = "json/feed"
_VERSION = "://jsonfeed.org/version/"


def entries_of(value: dict[str, Any]) -> Iterator[dict[str, Any]] | None:
    """Give the entries of a feed, each with what the feed says of all; None for no feed."""
    if _VERSION not in str(value.get("version")) or not isinstance(value.get("items"), list):
        return None
    common = {
        "language": value.get("language"),
        "authors": value.get("authors") or value.get("author"),
        "version": value["version"],
    }
    home = str(value.get("home_page_url") or value.get("feed_url") or "")
    return (
        {**common, **_addressed(one, home)} if isinstance(one, dict) else one
        for one in value["items"]
    )


def _addressed(entry: dict[str, Any], home: str) -> dict[str, Any]:
    """Give an entry with its address in whole, where it is written from its feed's own."""
    url = entry.get("url")
    if not isinstance(url, str) or not url or is_web(url):
        return entry
    with suppress(ValueError):
        return {**entry, "url": urljoin(home, url)}
    return entry


def saved_of(entry: dict[str, Any]) -> Saved | None:
    """Give what an entry says; None for what is none. A summary is no text."""
    if _VERSION not in str(entry.get("version")):
        return None
    url = entry.get("url") or entry.get("external_url")
    page = entry.get("content_html")
    said = {name: entry.get(name) for name in ("title", "language", "authors", "tags")}
    said |= {"url": url, "date": entry.get("date_published") or entry.get("date_modified")}
    said |= {"source_id": None if url else entry.get("id"), "text": entry.get("content_text")}
    if not said["authors"]:
        said["authors"] = entry.get("author")
    article, warnings = described(said)
    summary = str(entry.get("summary") or "") or None
    return Saved(article, KIND, str(page or ""), summary=summary, warnings=warnings)
