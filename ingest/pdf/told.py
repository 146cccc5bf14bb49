"""The values of a print in their order of trust: its text, its edges, its address, its own metadata."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from article import Author, Published
from ingest.pdf.blocks import Block
from ingest.pdf.furniture import Furniture
from ingest.pdf.heading import Top
from ingest.pdf.meta import Meta
from ingest.pdf.title import headline_in
from ingest.slug import date_from_url


@dataclass(frozen=True, slots=True)
class Told:
    """What is known beside the text; every value taken is noted with its origin."""

    title: str | None
    url: str | None
    furniture: Furniture
    meta: Meta

    def headline(self, top: Top, origins: dict[str, str]) -> str | None:
        """Give the headline: the largest type, else the page's title without the site's name."""
        if top.headline:
            origins["headline"] = "text"
            return top.headline.text
        if not self.title:
            return None
        origins["headline"] = "running head" if self.furniture.title else "pdf metadata"
        return headline_in(self.title)

    def published(self, top: Top, origins: dict[str, str]) -> Published | None:
        """Give the day: printed, in the address, or that of the file's making by its writer."""
        if top.published:
            origins["published"] = "text"
            return top.published
        if self.url and (day := date_from_url(self.url)):
            origins["published"] = "url"
            return day
        if self.meta.published:
            origins["published"] = "pdf metadata"
        return self.meta.published

    def authors(self, top: Top, origins: dict[str, str]) -> tuple[Author, ...]:
        """Give who signs: in the text, else in the metadata."""
        if top.authors:
            origins["authors"] = "text"
        elif self.meta.authors:
            origins["authors"] = "pdf metadata"
        return top.authors or self.meta.authors

    def address(self, origins: dict[str, str]) -> str | None:
        """Give the address that a browser printed on the page."""
        if self.url:
            origins["url"] = "page edge" if self.furniture.url else "link"
        return self.url


def uncut(start: str | None, blocks: Iterable[Block]) -> str | None:
    """Find the address that was cut on the page's edge among the links that the page has to itself."""
    if not start:
        return None
    urls = (word.url for block in blocks for word in block.words if word.url)
    return min((url for url in urls if url.startswith(start)), key=len, default=None)
