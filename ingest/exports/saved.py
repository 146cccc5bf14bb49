"""One thing that an export holds: an article with its text, or the link to one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from accession import Bookmark, Reason
from article import Article
from ingest.clean import clean
from ingest.parsed import Parsed, Unread
from ingest.slug import site_of

LINK_ONLY = "only the link is in this export; cuttings links --unfetched lists it"
NOTHING = "neither an article's text is in it nor a web address to get it from"

_NO_PLACE = "the note on it is kept in the original alone"
_LONGEST_SHOWN = 60
_LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Saved:
    """What an export says of one article.

    `article` has the values that the export names, and its paragraphs where the text is plain;
    `page` is the text where it is HTML. `kind` is the form it had (`json/wallabag`), `saved_at` when
    a person saved it, ISO 8601, `note` what a person wrote of it, and `summary` what a feed says of
    it where its text is elsewhere. `bare` says that it stands for an
    article even if there is no text, for its headline is all of it.
    """

    article: Article
    kind: str
    page: str = ""
    saved_at: str | None = None
    note: str | None = None
    summary: str | None = None
    warnings: tuple[str, ...] = ()
    bare: bool = False


def plain_result(saved: Saved, item: str | None = None) -> Parsed | Unread:
    """Give the article where its text is plain, else its link, else say that it has neither."""
    article = saved.article
    if article.paragraphs or (saved.bare and article.headline):
        return Parsed(article, saved.kind, told(saved), item=item)
    if is_web(article.url or ""):
        return Unread(Reason.LINK_ONLY, LINK_ONLY, item, bookmark(saved))
    if article.url:
        shown = article.url[:_LONGEST_SHOWN]
        return Unread(Reason.LINK_ONLY, f"no address on the web, so not kept: {shown}", item)
    return Unread(Reason.EMPTY, NOTHING, item)


def told(saved: Saved) -> tuple[str, ...]:
    """Give the warnings of an article; a note of it has no place there, and is told."""
    note = clean(saved.note or "")
    return (*saved.warnings, *([f"{_NO_PLACE}: {note[:_LONGEST_NOTE]}"] if note else []))


def is_web(url: str) -> bool:
    """Whether an address is one of the web: not a program's own, and with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def bookmark(saved: Saved) -> Bookmark:
    """Give the link; what an article has and a link has no place for is told in its note."""
    article = saved.article
    site = None if article.url and article.site == site_of(article.url) else article.site
    published = article.published.date if article.published else None
    names = [author.name for author in article.authors]
    said = ", ".join(filter(None, [*names, site, article.section, published]))
    note = " · ".join(
        filter(None, [said, article.standfirst, saved.summary, saved.note, *saved.warnings])
    )
    headline = None if article.headline == article.url else article.headline
    return Bookmark(article.url or "", headline, article.tags, saved.saved_at, clean(note) or None)


def listed(value: object) -> list[Any]:
    """Give a value of JSON where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


_MARKED = re.compile(
    r"(?>\s|<!--.*?-->)*+<(?:!doctype html|html|body|article|section|main|header|div|p|h[1-6]|ul|ol|dl|blockquote"
    r"|figure|img|table|span|a|b|i|em|strong|br)\b[^<]*>",
    re.IGNORECASE | re.DOTALL,
)


def is_marked_up(text: str) -> bool:
    """Whether a text is HTML: it begins with an element, and has an end of one."""
    return _MARKED.match(text) is not None and ("</" in text or "<br" in text.lower())
