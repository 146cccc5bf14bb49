"""Put a page's values and its text together into an article."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urljoin

from article import Article, Kind, Link, Paragraph, Precision, Published
from ingest.captions import split_credit
from ingest.html.authors import Authors, authors_of
from ingest.html.blocks import Block
from ingest.html.body import Body, body_of
from ingest.html.captions import captions_of
from ingest.html.dates import published_of
from ingest.html.facts import section_of, tags_of
from ingest.html.headline import headline_of
from ingest.html.meta import Page
from ingest.html.related import with_related
from ingest.slug import site_of

_MOST_LINKS = 300

Value = TypeVar("Value")


def article_of(page: Page) -> Article:
    """Read the article; `origins` says for each value where on the page it was found."""
    origins: dict[str, str] = {}
    headline = _noted(origins, "headline", headline_of(page))
    published = _noted(origins, "published", published_of(page, headline))
    authors = authors_of(page, headline)
    body = with_related(body_of(page, headline, [author.name for author in authors.names]))
    url = _noted(origins, "url", page.url)
    base = page.base or url or ""
    return Article(
        paragraphs=_paragraphs(body, headline, base),
        headline=headline,
        standfirst=_noted(origins, "standfirst", (body.standfirst, "html")),
        byline=authors.byline,
        authors=_noted(origins, "authors", (authors.names, authors.origin)) or (),
        published=_exact(published),
        section=_noted(origins, "section", section_of(page)),
        site=_noted(origins, "site", _site(page, url)),
        url=url,
        tags=tuple(_noted(origins, "tags", tags_of(page)) or ()),
        links=_links(body.blocks, authors, url, base),
        origins=MappingProxyType(origins),
    )


def _noted(origins: dict[str, str], name: str, found: tuple[Value, str] | None) -> Value | None:
    """Give a value without its origin, which is noted."""
    if not found or not found[0]:
        return None
    origins[name] = found[1]
    return found[0]


def _exact(published: Published | None) -> Published | None:
    """Midnight to the second is how machines write a day."""
    if published and published.moment and published.moment[11:19] == "00:00:00":
        return replace(published, precision=Precision.DAY, moment=None)
    return published


def _site(page: Page, url: str | None) -> tuple[str | None, str]:
    site = site_of(url) if url else None
    return (site, "url") if site else (page.meta("og:site_name", "application-name"), "meta")


def _paragraphs(body: Body, headline: str | None, base: str) -> tuple[Paragraph, ...]:
    """Give the blocks as paragraphs, each caption before the first block that stands below it."""
    waiting = captions_of(body.places, headline, body.blocks)
    found: list[Paragraph] = []
    for block in body.blocks:
        order = body.places.order.get(block.key)
        while order is not None and waiting and waiting[0][0] < order:
            found.append(waiting.pop(0)[1])
        found.append(_paragraph(block, body, base))
    return (*found, *(caption for _, caption in waiting))


def _paragraph(block: Block, body: Body, base: str) -> Paragraph:
    if block.kind is Kind.RELATED:
        return Paragraph(block.text, Kind.RELATED, url=_absolute(block.links[0][0], base))
    if block.kind is Kind.BODY and body.places.is_caption(block.key):
        text, credit = split_credit(block.text)
        return Paragraph(text, Kind.CAPTION, credit)
    return Paragraph(block.text, block.kind)


def _links(blocks: list[Block], authors: Authors, url: str | None, base: str) -> tuple[Link, ...]:
    """List the article's addresses: its own, its authors', related articles', those in its text."""
    found = [Link("canonical", url)] if url else []
    found += [Link("author", one.url, one.name) for one in authors.names if one.url]
    for block in blocks:
        rel = "related" if block.kind is Kind.RELATED else "outgoing"
        for target, words in block.links:
            if address := _absolute(target, base):
                found.append(Link(rel, address, words or None))
    unique = {(link.rel, link.url): link for link in reversed(found)}
    return tuple(unique.values())[::-1][:_MOST_LINKS]


def _absolute(target: str, base: str) -> str | None:
    try:
        joined = urljoin(base, target.strip())
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None
