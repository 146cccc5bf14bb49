"""Articles as JSON: what `show` prints and `export` writes, and `ingest` takes back without loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from article import Article, Paragraph, Reference, Stored

if TYPE_CHECKING:
    from library.library import Library

FORMAT = 1
"""The number of the JSON format; it changes whenever a field goes or changes its meaning."""

_NONE: Mapping[str, str] = {}


def as_json(stored: Stored, only: int | None = None) -> dict[str, Any]:
    """Give an article as JSON-ready values, all paragraphs or one; docs/json.md describes them."""
    article = stored.article
    return {
        "id": stored.id,
        "revision": stored.revision,
        **_described(article),
        "word_count": stored.word_count,
        "added_at": stored.added_at,
        "changed_at": stored.changed_at,
        **_read(article),
        "paragraphs": [
            _paragraph(ordinal, one, {"ref": str(Reference.of(stored.id, ordinal, one.text))})
            for ordinal, one in enumerate(article.paragraphs, 1)
            if only in {None, ordinal}
        ],
    }


def unstored(article: Article) -> dict[str, Any]:
    """Give an article that is not stored, as `preview` prints it."""
    paragraphs = [_paragraph(ordinal, one) for ordinal, one in enumerate(article.paragraphs, 1)]
    return {**_described(article), **_read(article), "paragraphs": paragraphs}


def _paragraph(
    ordinal: int, paragraph: Paragraph, reference: Mapping[str, str] = _NONE
) -> dict[str, Any]:
    return {
        "ordinal": ordinal,
        "kind": paragraph.kind.value,
        **reference,
        "text": paragraph.text,
        "credit": paragraph.credit,
        "url": paragraph.url,
    }


def _read(article: Article) -> dict[str, Any]:
    links = [{"rel": link.rel, "url": link.url, "text": link.text} for link in article.links]
    return {"origins": dict(article.origins), "links": links}


def _described(article: Article) -> dict[str, Any]:
    published = article.published
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "dateline": article.dateline,
        "authors": [{"name": author.name, "url": author.url} for author in article.authors],
        "published": published and published.date,
        "published_at": published and published.moment,
        "published_precision": published and published.precision.value,
        "section": article.section,
        "language": article.language,
        "site": article.site,
        "url": article.url,
        "tags": list(article.tags),
    }


def export_all(library: Library) -> Iterator[dict[str, Any]]:
    """Give every article that is not removed, by id, never all at once."""
    for stored in library.reader.all_articles():
        yield {"format": FORMAT, **as_json(stored)}
