"""Put an article together from what was read of it, and say of each value where it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from article import Article, Author, Kind, Link, Paragraph, Published
from ingest.addresses import Addresses
from ingest.heading import Heading
from ingest.links import outgoing
from ingest.slug import date_from_url, headline_from_url, site_of

_AGENCIES = frozenset(
    [
        "afp",
        "ap",
        "dpa",
        "apa",
        "efe",
        "ansa",
        "tass",
        "ria",
        "upi",
        "epa",
        "pti",
        "ians",
        "rfe",
        "rferl",
        "bbc",
        "cnn",
        "npr",
        "pbs",
    ]
)


def assemble(heading: Heading, addresses: Addresses, paragraphs: list[Paragraph]) -> Article:
    """Make the article; a value read from the text itself goes before one read from an address."""
    url, origins = addresses.canonical, dict[str, str]()
    return Article(
        paragraphs=tuple(paragraphs),
        headline=_headline(heading, url, paragraphs, origins),
        standfirst=heading.standfirst,
        byline=heading.signature.byline,
        authors=_authors(heading, addresses.author, origins),
        published=_published(heading, url, origins),
        site=site_of(url) if url else None,
        url=url,
        links=tuple(_links(addresses, paragraphs)),
        origins=MappingProxyType(origins),
    )


def _headline(
    heading: Heading, url: str | None, paragraphs: list[Paragraph], origins: dict[str, str]
) -> str | None:
    if heading.headline:
        origins["headline"] = "text"
        return heading.headline
    words = (word for paragraph in paragraphs for word in paragraph.text.split())
    headline = headline_from_url(url, words) if url else None
    if headline:
        origins["headline"] = "url"
    return headline


def _published(heading: Heading, url: str | None, origins: dict[str, str]) -> Published | None:
    if heading.signature.published:
        origins["published"] = "text"
        return heading.signature.published
    published = date_from_url(url) if url else None
    if published:
        origins["published"] = "url"
    return published


def _authors(heading: Heading, link: str | None, origins: dict[str, str]) -> tuple[Author, ...]:
    authors = heading.signature.authors
    if not link:
        if authors:
            origins["authors"] = "text"
        return authors
    if len(authors) == 1:
        origins["authors"] = "text"
        return (Author(authors[0].name, link),)
    if not authors:
        origins["authors"] = "author link"
        return (Author(_name_from(link), link),)
    origins["authors"] = "text"
    return authors


def _name_from(link: str) -> str:
    """Read the author's name in the last part of the link: afp-4 is AFP, jane-roe is Jane Roe."""
    last = urlsplit(link).path.rstrip("/").rsplit("/", 1)[-1]
    words = [word for word in re.split(r"[-_.+]+", unquote(last)) if word and not word.isdigit()]
    return (
        " ".join(word.upper() if word.lower() in _AGENCIES else word.title() for word in words)
        or last
    )


def _links(addresses: Addresses, paragraphs: list[Paragraph]) -> Iterator[Link]:
    if addresses.canonical:
        yield Link("canonical", addresses.canonical)
    if addresses.author:
        yield Link("author", addresses.author)
    for paragraph in paragraphs:
        if paragraph.kind is Kind.RELATED and paragraph.url:
            yield Link("related", paragraph.url, paragraph.text)
    yield from outgoing(paragraphs)
