"""Pages from the web as what they are: articles, feeds, PDFs, whatever their bytes say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from accession import Outcome, Reading, Reason, Refusal
from article import Article
from ingest import signs
from ingest.fetch.media import charset_of, suffix_of
from ingest.fetch.target import without_password
from ingest.registry import Apart, Format
from ingest.single import refuse
from ingest.slug import site_of
from ingest.workers import Workers
from ingest.zips import Refused

if TYPE_CHECKING:
    from ingest.fetch.fetcher import Fetcher, Page


class Web:
    """Reads what addresses stand for. Close it.

    The program that asks is only loaded, and `private` only matters, once there is something to ask.
    """

    def __init__(self, *, private: bool = False, fetcher: Fetcher | None = None) -> None:
        self._private = private
        self._fetcher = fetcher
        self._lock = Lock()

    @property
    def fetcher(self) -> Fetcher:
        """What gets the pages."""
        from ingest.fetch.fetcher import Fetcher

        with self._lock:
            self._fetcher = self._fetcher or Fetcher(private=self._private)
        return self._fetcher

    def close(self) -> None:
        """End what is under way."""
        with self._lock:
            if self._fetcher:
                self._fetcher.close()

    def read(self, url: str, workers: Workers) -> Iterator[Reading | Refusal]:
        """Read what an address stands for; the address as it was asked for is its location."""
        try:
            page = self.fetcher.get(url)
        except Refused as error:
            yield refuse(without_password(url), error.reason, error.detail)
            return
        yield from read_page(page, workers)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was `asked` for, and where it was found; `charset` is what its server said."""

    asked: str
    url: str
    charset: str | None = None


def read_page(page: Page, workers: Workers) -> Iterator[Reading | Refusal]:
    """Read a page that came, in whatever form."""
    said = page.headers.get("content-type", "")
    file = io.BytesIO(page.data)
    format_ = signs.recognise(file, suffix_of(said, page.url))
    if format_ is None:
        media = said.partition(";")[0] or "of no known type"
        detail = f"what it leads to is {media} and not read; what is: cuttings formats"
        yield Refusal(page.asked, Outcome.FAILED, Reason.UNKNOWN_FORMAT, detail)
        return
    place = Place(page.asked, page.url, charset_of(said))
    yield from read_as(format_, file, place, workers)


def read_as(
    format_: Format, file: BinaryIO, place: Place, workers: Workers
) -> Iterator[Reading | Refusal]:
    """Read what came from a place on the web as a format."""
    if isinstance(format_.read, Apart):
        found = format_.read(file, place.asked, workers, place.url, place.charset)
    else:
        found = format_.read(file, place.asked, workers)
    return (_placed(one, place.url) for one in found)


def _placed(result: Reading | Refusal, url: str) -> Reading | Refusal:
    """Give an article that names no address that of its page; a part of a page has none of its own."""
    if isinstance(result, Refusal) or result.article.url or result.source.item:
        return result
    article: Article = result.article
    origins = MappingProxyType({**article.origins, "url": "fetched"})
    article = replace(article, url=url, site=article.site or site_of(url), origins=origins)
    return replace(result, article=article)
