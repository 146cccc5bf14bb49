"""Articles to rows and back."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from article import (
    Article,
    Author,
    Kind,
    Link,
    Paragraph,
    Precision,
    Published,
    Stored,
    digest,
)

Row = dict[str, Any]
CHUNK = 500
"""Values in one IN (...), well under SQLite's limit of 999 of old."""
ARTICLE_COLUMNS = (
    "id, revision, headline, standfirst, byline, dateline, published, published_at, "
    "published_precision, section, language, site, url, word_count, origins, "
    "added_at, changed_at, removed_at"
)
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode  # made once, not for each row
_WORD = r"\w+(?:['’-]\w+)*"  # compiled when an article is written: those who read do without


def content_hash(article: Article) -> str:
    """Give the SHA-256 of all a reader sees of an article: words, names, date, section."""
    published = article.published
    seen = [
        *(article.headline, article.standfirst, article.byline, article.dateline, article.section),
        published and [published.date, published.moment],
        [author.name for author in article.authors],
        [[paragraph.text, paragraph.credit] for paragraph in article.paragraphs],
    ]
    return digest(json.dumps(seen))


def word_count(article: Article) -> int:
    """Count the words of all paragraphs, runs of letters and digits being words."""
    return len(re.findall(_WORD, "\n".join(paragraph.text for paragraph in article.paragraphs)))


def article_values(article: Article, content_hash: str) -> Row:
    """Give the columns an article shares with its earlier wordings."""
    published = article.published
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "dateline": article.dateline,
        "published": published and published.date,
        "published_at": published and published.moment,
        "published_precision": published and published.precision.value,
        "section": article.section,
        "language": article.language,
        "site": article.site,
        "url": article.url,
        "word_count": word_count(article),
        "content_hash": content_hash,
        "origins": origins_text(article.origins),
    }


def origins_text(origins: Mapping[str, str]) -> str:
    """Write down where values came from."""
    return _encode(dict(origins))


def paragraph_rows(article_id: int, article: Article) -> list[Row]:
    """Give a row for each paragraph, numbered from 1."""
    return [
        {
            "article_id": article_id,
            "ordinal": ordinal,
            "kind": paragraph.kind.value,
            "text": paragraph.text,
            "credit": paragraph.credit,
            "url": paragraph.url,
            "hash": digest(paragraph.text)[:16],
        }
        for ordinal, paragraph in enumerate(article.paragraphs, 1)
    ]


def link_rows(article_id: int, article: Article) -> list[Row]:
    """Give a row for each link, numbered from 1."""
    return [
        {
            "article_id": article_id,
            "ordinal": n,
            "rel": link.rel,
            "url": link.url,
            "text": link.text,
        }
        for n, link in enumerate(article.links, 1)
    ]


def original_row(sha256: str, data: bytes) -> Row:
    """Give the row that keeps a source's bytes, compressed where that saves anything."""
    packed = zlib.compress(data)
    smaller = len(packed) < len(data)
    return {
        "sha256": sha256,
        "size": len(data),
        "compression": "zlib" if smaller else "none",
        "data": packed if smaller else data,
    }


def stored(
    row: Mapping[str, Any],
    paragraphs: list[Paragraph],
    authors: list[Author],
    tags: list[str],
    links: list[Link],
) -> Stored:
    """Give back the article that a row of `articles` and its rows elsewhere hold."""
    article = Article(
        paragraphs=tuple(paragraphs),
        authors=tuple(authors),
        tags=tuple(tags),
        links=tuple(links),
        published=published(row),
        origins=MappingProxyType(json.loads(row["origins"])),
        **{name: row[name] for name in ("headline", "standfirst", "byline", "dateline")},
        **{name: row[name] for name in ("section", "language", "site", "url")},
    )
    return Stored(
        article=article,
        **{name: row[name] for name in ("id", "revision", "word_count")},
        **{name: row[name] for name in ("added_at", "changed_at", "removed_at")},
    )


def published(row: Mapping[str, Any]) -> Published | None:
    """Give the publication date a row holds."""
    if row["published"] is None:
        return None
    return Published(row["published"], Precision(row["published_precision"]), row["published_at"])


def paragraph(row: Mapping[str, Any]) -> Paragraph:
    """Give the paragraph a row holds."""
    return Paragraph(row["text"], Kind(row["kind"]), row["credit"], row["url"])
