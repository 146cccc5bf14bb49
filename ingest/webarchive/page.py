"""A page of a web archive: its bytes with what its record says of them, and the article it is read as.

What the record says is kept in the names of the source, so that the bytes can be read again without it:
the address in its item, and an encoding that the bytes themselves do not tell in its kind.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from accession import Outcome, Reading, Reason, Refusal, Source
from article import Article, Link
from ingest import single, text
from ingest.apart import result_of
from ingest.clean import clean
from ingest.decode import encoding_named, is_utf8
from ingest.parsed import Given
from ingest.slug import site_of
from ingest.workers import Workers

HTML: Final = "html/warc"
TEXT: Final = "text"
PDF: Final = "pdf"

_MODULES = {HTML: "ingest.html.reader", PDF: "ingest.pdf.reader"}
_FAMILIES = {kind.partition("/")[0]: kind for kind in (HTML, TEXT, PDF)}
_CHARSET = "; charset="
_ADDRESS = re.compile(r"(?:^|, )(https?://\S+?)(?=, |$)", re.IGNORECASE)
_LONGEST = 2000
"""Characters of an address; those of pages have fewer, and pictures may be written into one."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `kind` is one of the three above, `item` what its record is called."""

    data: bytes
    kind: str
    item: str
    charset: str | None = None
    warnings: tuple[str, ...] = ()


def name_of(uri: str) -> str:
    """Give an address as the name of a record, on one line and without spaces; empty where it is none."""
    name = clean(uri).replace(" ", "%20")
    return name if len(name) <= _LONGEST else ""


def address_in(item: str | None) -> str | None:
    """Give the address in the name of a record."""
    found = _ADDRESS.search(item or "")
    return found[1] if found else None


def page_in(source: Source) -> Page | None:
    """Give the page that a source is, by its names; None where it is no page of a web archive."""
    kind, _, charset = source.kind.partition(_CHARSET)
    family = _FAMILIES.get(kind.partition("/")[0])
    if not family or not (address_in(source.item) or charset):
        return None
    return Page(source.data, family, source.item or "", charset or None)


def read(page: Page, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    """Read a page; one without an article in it is no failure of the archive's."""
    for result in _read(page, location, workers):
        if isinstance(result, Reading):
            yield _of_page(result, page)
        elif result.reason is Reason.EMPTY:
            yield replace(result, item=page.item, outcome=Outcome.SKIPPED)
        else:
            yield replace(result, item=page.item)


def _read(page: Page, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    if page.kind == TEXT:
        yield from single.read(io.BytesIO(page.data), location, text.parse, page.charset)
        return
    given = Given(page.data, "", workers.password, address_in(page.item), page.charset)
    for result in workers.parse(_MODULES[page.kind], given):
        yield result_of(result, Source(location, page.kind, page.data, page.item))


def _of_page(reading: Reading, page: Page) -> Reading:
    """Give a reading the names of its page."""
    kind = reading.source.kind
    if page.charset and encoding_named(page.charset) and not is_utf8(page.data):
        kind += f"{_CHARSET}{page.charset}"
    return Reading(
        replace(reading.source, kind=kind, data=page.data, item=page.item),
        _addressed(reading.article, address_in(page.item)),
        (*page.warnings, *reading.warnings),
    )


def _addressed(article: Article, url: str | None) -> Article:
    """Give an article that names no address of its own the one it was archived under."""
    if not url or (article.url and article.origins.get("url") != "saved page"):
        return article
    origins = MappingProxyType({**article.origins, "url": "web archive"})
    if article.url:
        return replace(article, origins=origins)
    links = (Link("canonical", url), *article.links)
    return replace(
        article, url=url, site=article.site or site_of(url), links=links, origins=origins
    )
