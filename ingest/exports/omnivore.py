"""Omnivore: lists of what was saved (`metadata_0_to_20.json`), and the pages beside them (`content/`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ingest.decode import NotText, decode
from ingest.exports.moments import moment
from ingest.exports.saved import Saved
from ingest.finding import open_file
from ingest.json_article import described

KIND = "json/omnivore"
PAGES, MARKS = "content", "highlights"
"""The folders beside the lists: a page for each article, and what was marked in some."""

_SLUG = re.compile(r"[^/\\\0]{1,200}")
_MOST_BYTES = 50 << 20
"""Bytes of one page."""


def saved_of(entry: dict[str, Any]) -> Saved | None:
    """Give what an entry of Omnivore's says; its `content` is the page from beside the list."""
    if not {"slug", "savedAt"} <= entry.keys():
        return None
    said = {name: entry.get(name) for name in ("title", "description", "author", "url", "labels")}
    article, warnings = described({**said, "published_at": entry.get("publishedAt")})
    page = entry.get("content")
    return Saved(
        article,
        KIND,
        page=page if isinstance(page, str) else "",
        saved_at=moment(entry.get("savedAt")),
        warnings=warnings,
    )


def with_page(entry: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Give an entry with its page in it, so that the two are kept together."""
    try:
        return {**entry, "content": decode(data).text}
    except NotText:
        return entry


def with_page_beside(entry: dict[str, Any], location: str) -> dict[str, Any]:
    """Give an entry with its page, where that lies beside the file the entry stands in."""
    if "savedAt" not in entry or "content" in entry:
        return entry
    slug = str(entry.get("slug"))
    if not _SLUG.fullmatch(slug):
        return entry
    try:
        with open_file(Path(location).parent / PAGES / f"{slug}.html") as file:
            return with_page(entry, file.read(_MOST_BYTES))
    except OSError:
        return entry
