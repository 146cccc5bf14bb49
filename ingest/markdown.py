"""Read Markdown, with its front matter, into an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from article import Article, Kind, Link, Paragraph
from ingest.byline import Signature, parse_signature, split_names
from ingest.dates import parse_date
from ingest.front_matter import FrontMatter, split_front_matter
from ingest.lines import clean, fold
from ingest.markdown_blocks import Blocks, read_blocks
from ingest.slug import date_from_url, site_of

_BY = re.compile("^by ", re.IGNORECASE)

PROSE = 3
"""A front matter value nobody asked for is kept as a paragraph from so many words on."""


def parse(text: str) -> tuple[Article, str]:
    """Read a Markdown text; give the article and `markdown`.

    Raises ValueError("empty") where there is nothing to store.
    """
    matter, source = split_front_matter("\n".join(clean(text)))
    blocks = read_blocks(source)
    origins: dict[str, str] = {}
    headline = _headline(matter, blocks, origins)
    signature = _signature(matter, blocks, origins)
    url = next((value for value in matter.take(*_URLS) if "://" in value), None)
    published = signature.published or (date_from_url(url) if url else None)
    if published and not signature.published:
        origins["published"] = "url"
    article = Article(
        headline=headline,
        standfirst=" ".join(matter.take(*_STANDFIRSTS)) or None,
        byline=signature.byline,
        authors=signature.authors,
        published=published,
        section=" ".join(matter.take("section", "category")) or None,
        language=next(iter(matter.take("lang", "language")), None),
        site=" ".join(matter.take("site", "publication")) or (site_of(url) if url else None),
        url=url,
        tags=tuple(dict.fromkeys(matter.take("tags", "keywords", "categories"))),
        links=(*([Link("canonical", url)] if url else []), *blocks.links),
        origins=MappingProxyType(origins),
        paragraphs=(
            *(Paragraph(fold(line)) for line in matter.broken),
            *blocks.paragraphs,
            *_left_over(matter),
        ),
    )
    if not article.paragraphs and not article.headline:
        raise ValueError("empty")
    return article, "markdown"


_URLS = (
    "canonical_url",
    "canonical",
    "canonicalurl",
    "original_url",
    "source_url",
    "url",
    "link",
    "source",
)
_STANDFIRSTS = ("standfirst", "subtitle", "description", "summary", "excerpt")


def _headline(matter: FrontMatter, blocks: Blocks, origins: dict[str, str]) -> str | None:
    """Take the front matter's title, else the `#` title on top; a second, other one stays to be read."""
    title = " ".join(matter.take("title", "headline")) or None
    if title and blocks.title and fold(title) != blocks.title:
        blocks.paragraphs.insert(0, Paragraph(blocks.title, Kind.SUBHEADING))
    if title or blocks.title:
        origins["headline"] = "front matter" if title else "text"
    return title or blocks.title


def _signature(matter: FrontMatter, blocks: Blocks, origins: dict[str, str]) -> Signature:
    """Take authors and date from the front matter, and from a byline that stands first in the text."""
    names = matter.take("authors", "author", "by", "byline", "creator")
    dates = matter.take("date", "published", "publishdate", "published_at", "pubdate", "created")
    authors = tuple(author for name in names for author in split_names(_BY.sub("", name)))
    published = parse_date(dates[0]) if dates else None
    if dates and not published:
        matter.values["date"] = dates
    origins |= {"authors": "front matter"} if authors else {}
    origins |= {"published": "front matter"} if published else {}
    return Signature(None, authors, published).plus(_printed_signature(blocks, origins))


def _printed_signature(blocks: Blocks, origins: dict[str, str]) -> Signature:
    first = blocks.paragraphs[0] if blocks.paragraphs else None
    found = parse_signature(first.text) if first and first.kind is Kind.BODY else None
    if not found or len(blocks.paragraphs) == 1:
        return Signature()
    blocks.paragraphs.pop(0)
    if found.authors:
        origins.setdefault("authors", "text")
    if found.published:
        origins.setdefault("published", "text")
    return found


def _left_over(matter: FrontMatter) -> Iterator[Paragraph]:
    """Keep prose that stands under a name of the writer's own; settings are no part of the article."""
    for name, texts in matter.values.items():
        for text in texts:
            if len(text.split()) >= PROSE or "://" in text or name == "date":
                yield Paragraph(f"{name}: {text}")
