"""A JSON object as an article: under our field names or the usual others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from article import Article, Author, Kind, Link, Paragraph, Precision, Published
from ingest.clean import clean, split_paragraphs
from ingest.dates import parse_date
from ingest.slug import site_of

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
Json = Any
"""A value as `json.loads` gives it."""

_DATE_WORDS = 8

_NAMES = {
    "headline": ("headline", "title", "name"),
    "standfirst": (
        "standfirst",
        "summary",
        "description",
        "subtitle",
        "abstract",
        "lead",
        "excerpt",
    ),
    "byline": ("byline",),
    "dateline": ("dateline",),
    "section": ("section", "category"),
    "language": ("language", "lang"),
    "site": ("site", "source", "publisher", "publication", "outlet"),
    "url": ("url", "link", "canonical_url", "source_url"),
    "source_id": ("source_id", "id", "_id", "guid", "uuid"),
}
_TEXT = (
    "paragraphs",
    "text",
    "body",
    "content",
    "article",
    "fulltext",
    "full_text",
    "maintext",
    "articleBody",
)
_DATE = (
    "published",
    "date",
    "published_at",
    "date_published",
    "datePublished",
    "publish_date",
    "pubdate",
    "pubDate",
    "published_date",
)
_NOTHING: tuple[Json, ...] = (None, "", [], {})
_AUTHORS = ("authors", "author", "creator")
_TAGS = ("tags", "topics", "keywords", "labels")


class NotAnArticle(ValueError):
    """A JSON value that holds no article."""


def parse(value: Mapping[str, Json]) -> tuple[Article, tuple[str, ...]]:
    """Give the article a JSON object holds, and warnings; raises `NotAnArticle` if it has no words."""
    article, warnings = described(value)
    if not article.paragraphs and not article.headline:
        raise NotAnArticle(
            f"no text and no headline in it; text is looked for in: {', '.join(_TEXT)}"
        )
    return article, warnings


def described(value: Mapping[str, Json]) -> tuple[Article, tuple[str, ...]]:
    """Give what a JSON object says of an article, whether or not it has its words, and warnings."""
    fields = {name: _string(value, names) for name, names in _NAMES.items()}
    site = fields["site"] or (fields["url"] and site_of(fields["url"]))
    published, warnings = _published(value)
    article = Article(
        paragraphs=_paragraphs(_first(value, _TEXT)),
        authors=_authors(_first(value, _AUTHORS)),
        published=published,
        tags=_tags(_first(value, _TAGS)),
        links=tuple(
            _link(one)
            for one in _list(value.get("links"))
            if isinstance(one, dict) and one.get("url")
        ),
        origins=MappingProxyType(
            dict(value["origins"]) if isinstance(value.get("origins"), dict) else {}
        ),
        **{**fields, "site": site},
    )
    return article, warnings


def _first(value: Mapping[str, Json], names: tuple[str, ...]) -> Json:
    """Give the value of the first of these names that has one."""
    return next((one for one in map(value.get, names) if one not in _NOTHING), None)


def _string(value: Mapping[str, Json], names: tuple[str, ...]) -> str | None:
    found = _first(value, names)
    if isinstance(found, dict):
        found = _first(found, ("name", "title", "label", "tag", "url"))
    return clean(str(found)) or None if isinstance(found, str | int) else None


def _list(value: Json) -> list[Json]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _paragraphs(value: Json) -> tuple[Paragraph, ...]:
    """Take a text to be split, a list of texts, or a list of our own paragraphs."""
    if isinstance(value, str):
        return tuple(map(Paragraph, split_paragraphs(value)))
    return tuple(filter(None, map(_paragraph, _list(value))))


def _paragraph(value: Json) -> Paragraph | None:
    if isinstance(value, str):
        text = clean(value)
        return Paragraph(text) if text else None
    text = clean(str(value.get("text") or "")) if isinstance(value, dict) else ""
    if not text:
        return None
    kind = Kind(value["kind"]) if value.get("kind") in list(Kind) else Kind.BODY
    return Paragraph(text, kind, _string(value, ("credit",)), _string(value, ("url",)))


def text_of(value: Mapping[str, Json]) -> str:
    """Give the text of an article where it is one string, as it stands there."""
    found = _first(value, _TEXT)
    return found if isinstance(found, str) else ""


def _tags(value: Json) -> tuple[str, ...]:
    """Take a list of tags, each a text or an object that names it."""
    named = (
        _string({"tag": one}, ("tag",)) if isinstance(one, dict) else clean(str(one))
        for one in _list(value)
        if one is not None
    )
    return tuple(dict.fromkeys(filter(None, named)))


def _authors(value: Json) -> tuple[Author, ...]:
    return tuple(filter(None, map(_author, _list(value))))


def _author(value: Json) -> Author | None:
    if isinstance(value, dict):
        name = _string(value, ("name",))
        return Author(name, _string(value, ("url",))) if name else None
    name = "" if value is None else clean(str(value))
    return Author(name) if name else None


def _link(value: Mapping[str, Json]) -> Link:
    return Link(
        _string(value, ("rel",)) or "outgoing", str(value["url"]), _string(value, ("text",))
    )


def _published(value: Mapping[str, Json]) -> tuple[Published | None, tuple[str, ...]]:
    """Read a date; one that cannot be read is no reason to refuse an article, but to say so."""
    given, precision = value.get("published"), value.get("published_precision")
    if isinstance(given, str) and _is_day(given) and precision in list(Precision):
        return Published(given, Precision(precision), _string(value, ("published_at",))), ()
    text = _string(value, _DATE)
    if text is None:
        return None, ()
    published = _leading_date(text)
    return published, () if published else (f"the date {text[:40]!r} could not be read",)


def _is_day(given: str) -> bool:
    """Whether a text is a day as we write it, or a month or a year, and one that there is."""
    if not _DAY.fullmatch(given):
        return False
    try:
        date.fromisoformat(given + "-01-01"[len(given) - 4 :])
    except ValueError:
        return False
    return True


def _leading_date(text: str) -> Published | None:
    """Read a date, or the longest part from its start that is one: marks of a feed may follow it."""
    words = text.split(" ", _DATE_WORDS)
    starts = (" ".join(words[:count]) for count in range(min(len(words) - 1, _DATE_WORDS), 0, -1))
    return parse_date(text) or next(filter(None, map(parse_date, starts)), None)
