"""What an article is: the values that cross the walls between the rooms.

Everything here is frozen and imports nothing of the project, so that every room may use it.
The names are the trade's own (IPTC, schema.org NewsArticle).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    CAPTION = "caption"
    SUBHEADING = "subheading"
    QUOTE = "quote"
    LIST = "list"
    RELATED = "related"


class Precision(StrEnum):
    """How exactly a publication date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; its ordinal is its place in the article, counted from 1."""

    text: str
    kind: Kind = Kind.BODY
    credit: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """A person or an agency that signs an article."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address an article names; `rel` is `related`, `author`, `canonical` or `outgoing`."""

    rel: str
    url: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """The publisher's own calendar date, never shifted through UTC.

    `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as `precision` says; `moment` is the
    exact time in ISO 8601 where known, with its offset if the publisher gave one.
    """

    date: str
    precision: Precision = Precision.DAY
    moment: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was read from one source.

    `origins` names, for a value that was worked out rather than read, where it was found:
    `{"headline": "url"}`. `source_id` is the source's own id of the article, within its site or file.
    """

    paragraphs: tuple[Paragraph, ...]
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    dateline: str | None = None
    authors: tuple[Author, ...] = ()
    published: Published | None = None
    section: str | None = None
    language: str | None = None
    site: str | None = None
    url: str | None = None
    source_id: str | None = None
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Reference:
    """A name for an article (`42`), a paragraph (`42#7`), or its very words (`42#7@9f3c21ab`).

    `hash` is how the SHA-256 of the paragraph's text begins: 8 hex digits or more, lower case.
    """

    article_id: int
    ordinal: int | None = None
    hash: str | None = None

    @classmethod
    def of(cls, article_id: int, ordinal: int, text: str) -> Reference:
        """Name the words of a paragraph."""
        return cls(article_id, ordinal, digest(text)[:8])

    def __str__(self) -> str:
        place = "" if self.ordinal is None else f"#{self.ordinal}"
        return f"{self.article_id}{place}" + (f"@{self.hash}" if self.hash else "")


def digest(text: str) -> str:
    """Give the SHA-256 of a text, 64 hex digits."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as the library holds it; times are UTC, ISO 8601."""

    id: int
    revision: int
    article: Article
    word_count: int
    added_at: str
    changed_at: str
    removed_at: str | None = None
