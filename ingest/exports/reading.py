"""From what an export holds to a result, its HTML read by the parser of web pages."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from accession import Reading, Reason, Refusal, Source
from article import Article
from ingest.apart import result_of
from ingest.exports.saved import Saved, plain_result, told
from ingest.parsed import Given, Parsed, Unread
from ingest.single import refuse
from ingest.slug import site_of
from ingest.workers import Workers

_SAID = (
    "headline", "standfirst", "byline", "authors", "published", "section", "language", "site", "url",
    "source_id", "tags",
)  # fmt: skip
_WHOLE = re.compile(r"(?>\s|<!--.*?-->)*+<(?:!doctype|html)\b", re.IGNORECASE | re.DOTALL)
_HEADED = re.compile(r"<h1\b", re.IGNORECASE)
_OPENING = 80
_WORD = re.compile(r"[^\W_]+")


def read(
    saved: Saved, data: bytes, location: str, item: str | None, workers: Workers
) -> Reading | Refusal:
    """Give the article, or its link where the export has no more; `data` are its own bytes."""
    source = Source(location, saved.kind, data, item)
    if not saved.page:
        return result_of(plain_result(saved, item), source)
    page = wrapped(saved.article, saved.page).encode("utf-8", "replace")
    (*_, found) = workers.parse("ingest.html.reader", Given(page))
    if isinstance(found, Parsed):
        return result_of(_merged(saved, found), source)
    if found.reason is Reason.EMPTY:
        return result_of(plain_result(saved, item), source)
    return refuse(location, found.reason, found.detail, item)


def wrapped(article: Article, content: str) -> str:
    """Give the HTML of an article as a page that says what the export says; a whole page is left as it is."""
    if _WHOLE.match(content):
        return content
    headline, url = html.escape(article.headline or ""), html.escape(article.url or "")
    heading = "" if _HEADED.search(content) else f"<h1>{headline}</h1>\n"
    return (
        f'<!DOCTYPE html><html><head><title>{headline}</title><link rel="canonical" href="{url}"></head>'
        f"<body><article>{heading}{content}</article></body></html>"
    )


def _merged(saved: Saved, page: Parsed) -> Parsed | Unread:
    """Put what the export says in the place of what the page was found to say."""
    said = saved.article
    if not page.article.paragraphs:
        return plain_result(saved)
    values: dict[str, Any] = {name: getattr(said, name) for name in _SAID if getattr(said, name)}
    if said.url:
        values.setdefault("site", site_of(said.url))
    if page.article.origins.get("published") == "htmldate":
        values.setdefault("published", None)  # the search of a page without its head finds chance
    if said.standfirst and _is_opening(said.standfirst, page.article):
        values["standfirst"] = None
    origins = {name: at for name, at in page.article.origins.items() if name not in values}
    article = replace(page.article, origins=MappingProxyType(origins), **values)
    return Parsed(article, saved.kind, (*told(saved), *page.warnings), page.claim)


def _is_opening(standfirst: str, article: Article) -> bool:
    """Whether a summary only repeats how a paragraph begins."""
    words = _key(standfirst)[:_OPENING]
    return any(_key(paragraph.text).startswith(words) for paragraph in article.paragraphs)


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
