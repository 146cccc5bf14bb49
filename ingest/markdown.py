"""Read Markdown, with its front matter, into an article."""

from __future__ import annotations

from types import MappingProxyType

from article import Article, Author, Kind, Link, Paragraph, Published
from ingest.byline import parse_signature, split_names
from ingest.dates import parse_date
from ingest.front_matter import FrontMatter, split_front_matter
from ingest.lines import clean, fold
from ingest.markdown_blocks import Block, blocks_of, references_of
from ingest.slug import date_from_url, site_of

PROSE = 3
"""A front matter value nobody asked for is kept as a paragraph from so many words on."""


def parse(text: str) -> tuple[Article, str]:
    """Read a Markdown text; give the article and `markdown`.

    Raises ValueError("empty") where there is nothing to store.
    """
    matter, source = split_front_matter("\n".join(clean(text)))
    blocks, links = blocks_of(source)
    origins: dict[str, str] = {}
    headline = _headline(matter, blocks, origins)
    byline = _byline(matter, blocks, origins)
    url = next((value for value in matter.take(*_URLS) if "://" in value), None)
    published = byline.published or (date_from_url(url) if url else None)
    if published and not byline.published:
        origins["published"] = "url"
    article = Article(
        headline=headline,
        standfirst=" ".join(matter.take(*_STANDFIRSTS)) or None,
        byline=byline.byline,
        authors=byline.authors,
        published=published,
        section=" ".join(matter.take("section", "category")) or None,
        language=next(iter(matter.take("lang", "language")), None),
        site=" ".join(matter.take("site", "publication")) or (site_of(url) if url else None),
        url=url,
        tags=tuple(dict.fromkeys(matter.take("tags", "keywords", "categories"))),
        links=(*([Link("canonical", url)] if url else []), *links),
        origins=MappingProxyType(origins),
        paragraphs=(*map(Paragraph, matter.broken), *blocks, *_left_over(matter)),
    )
    if not article.paragraphs and not article.headline:
        raise ValueError("empty")
    return article, "markdown"


_URLS = ("canonical_url", "canonical", "canonicalurl", "original_url", "source_url", "url", "link", "source")
_STANDFIRSTS = ("standfirst", "subtitle", "description", "summary", "excerpt")


def _headline(matter: FrontMatter, blocks: list[Paragraph], origins: dict[str, str]) -> str | None:
    """Take the front matter's title, else the `#` title on top, out of where it stands."""
    title = " ".join(matter.take("title", "headline")) or None
    origins["headline"] = "front matter" if title else "text"
    if blocks and blocks[0].kind is TITLE and (not title or fold(title) == blocks[0].text):
        title = blocks.pop(0).text
    if not title:
        del origins["headline"]
    return title
