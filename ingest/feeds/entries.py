"""What an entry of a feed says: its address, and its article where the feed has it whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from article import Article, Author, Published
from ingest.clean import clean
from ingest.dates import parse_date
from ingest.exports.saved import Saved, is_web
from ingest.feeds.contents import content_of, is_whole, paragraphs_in, summary_of
from ingest.feeds.elements import children, first, text_of
from ingest.html.json_ld import plain_text
from ingest.office.safe_xml import Element, attribute
from ingest.slug import site_of

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
_SIGNED = re.compile(r"\S+@\S+\s*\((.+)\)")
"""The author of RSS: `lena@gazette.example (Lena Morrow)`."""
_DATES = (
    "pubDate",
    "published",
    "issued",
    "dc:date",
    "dcterms:issued",
    "dcterms:created",
    "created",
    "updated",
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says above its entries: `link` and `base` are addresses, `kind` its form."""

    kind: str
    title: str = ""
    link: str = ""
    base: str = ""
    language: str = ""
    authors: tuple[Author, ...] = ()

    @property
    def site(self) -> str | None:
        """The site that a feed is of."""
        return site_of(self.link) or self.title or None


def head_of(root: Element, kind: str, base: str) -> Head:
    """Read the head of a feed; `base` is the address it came from, where that is known."""
    channel = next(children(root, "channel"), root)
    base = _joined(base, channel.get(_BASE) or root.get(_BASE) or "") or base
    language = first(channel, "language", "dc:language") or channel.get(_LANGUAGE) or ""
    link = _joined(base, _link(channel))
    title = plain_text(first(channel, "title"))
    return Head(kind, title, link, base or link, language, tuple(_authors(channel, "author")))


def saved_of(entry: Element, head: Head) -> Saved:
    """Give an entry: with its paragraphs where its text is there to the end, else as a link."""
    base = _joined(head.base, entry.get(_BASE) or "") or head.base
    url = _joined(base, _link(entry))
    page = content_of(entry)
    paragraphs = tuple(paragraphs_in(page))
    summary = summary_of(entry)
    whole = is_whole(paragraphs, summary)
    summary = summary or ("" if whole else clean(" ".join(p.text for p in paragraphs)))
    published = _published(entry)
    article = Article(
        paragraphs if whole else (),
        headline=_headline(entry),
        authors=tuple(_authors(entry, "dc:creator", "author", "itunes:author")) or head.authors,
        published=published,
        site=site_of(url) if is_web(url) else head.site,
        url=url or None,
        source_id=None if is_web(url) else first(entry, "guid", "id") or None,
        tags=tuple(_tags(entry)),
        links=page.links if whole else (),
    )
    return Saved(
        article, head.kind, summary=None if whole else summary or None, warnings=page.warnings
    )


def language_of(entry: Element, head: Head) -> str:
    """Give the language that an entry, or its feed, says it is in."""
    return entry.get(_LANGUAGE) or first(entry, "dc:language") or head.language


def _headline(entry: Element) -> str | None:
    title = next(children(entry, "title", "dc:title"), None)
    if title is None:
        return None
    words = text_of(title)
    plain = title.get("type") == "text" or not re.search("[<&]", words)
    return (clean(words) if plain else plain_text(words)) or None


def _link(element: Element) -> str:
    """Give the address of an entry or a feed: the publisher's own, where another counts the readers."""
    if origin := first(element, "feedburner:origLink"):
        return origin
    links = list(children(element, "link"))
    for link in links:
        rel, media = link.get("rel") or "alternate", (link.get("type") or "").lower()
        if link.get("href") and rel == "alternate" and media in _PAGES:
            return str(link.get("href")).strip()
    written = next(filter(None, map(text_of, links)), "")
    return written or _permanent(element) or attribute(element, "about")


def _permanent(entry: Element) -> str:
    """Give the id of an entry where it says, or looks as if, it were its address."""
    guid = next(children(entry, "guid", "id"), None)
    words = text_of(guid)
    if guid is None or (guid.get("isPermaLink") or "").lower() == "false" or not is_web(words):
        return ""
    return words


def _published(entry: Element) -> Published | None:
    dates = (parse_date(clean(text_of(one))) for one in children(entry, *_DATES))
    return next(filter(None, dates), None)


def _authors(element: Element, *names: str) -> Iterator[Author]:
    """Give the authors of the first name that has any."""
    for name in names:
        found = [author for one in children(element, name) if (author := _author(one))]
        if found:
            yield from dict.fromkeys(found)
            return


def _author(element: Element) -> Author | None:
    inner = first(element, "name")
    words = clean(inner or ("" if len(element) else text_of(element)))
    signed = _SIGNED.fullmatch(words)
    name = plain_text(signed[1] if signed else words)
    url = first(element, "uri", "url")
    return Author(name, url if is_web(url) else None) if name and "@" not in name else None


def _tags(entry: Element) -> Iterator[str]:
    found = (
        plain_text(one.get("label") or one.get("term") or text_of(one))
        for one in children(entry, "category", "dc:subject")
    )
    yield from dict.fromkeys(filter(None, found))


def _joined(base: str, url: str) -> str:
    """Give an address in whole; none stays none."""
    if not url:
        return ""
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return url.strip()
