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


class Outcome(StrEnum):
    """How one input ended; every input ends in exactly one of these."""

    ADDED = "added"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    FAILED = "failed"


class Reason(StrEnum):
    """Why an input was skipped or failed."""

    EMPTY = "empty"
    NOT_TEXT = "not-text"
    NOT_FOUND = "not-found"
    NO_PERMISSION = "no-permission"
    UNREADABLE = "unreadable"
    UNKNOWN_FORMAT = "unknown-format"
    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    NEEDS_OCR = "needs-ocr"
    ENCRYPTED = "encrypted"
    TIMEOUT = "timeout"
    KILLED = "killed"
    LINK_ONLY = "link-only"
    NOT_ALLOWED = "not-allowed"
    REFUSED_ADDRESS = "refused-address"
    UNREACHABLE = "unreachable"
    HTTP_STATUS = "http-status"


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
class Source:
    """Where one input came from.

    `location` is a path or URL, `item` the article's place within a file of many (`line 12`),
    `kind` the form it had (`text/wrapped`, `markdown`, `jsonl`), `data` its bytes as they came.
    """

    location: str
    kind: str
    data: bytes
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An input that was read: the article and where it came from."""

    source: Source
    article: Article
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A saved link whose article is not in its source.

    `saved_at` is when a person saved it, ISO 8601, in UTC where the source says the offset;
    `note` what that person, or the program, wrote of it.
    """

    url: str
    headline: str | None = None
    tags: tuple[str, ...] = ()
    saved_at: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that gave no article, and why; `outcome` is `SKIPPED` or `FAILED`.

    `bookmark` is the link where there was one and nothing else: the reason is then `LINK_ONLY`.
    """

    location: str
    outcome: Outcome
    reason: Reason
    detail: str
    item: str | None = None
    bookmark: Bookmark | None = None


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


@dataclass(frozen=True, slots=True)
class Recorded:
    """How one input ended, as it was written to the log of ingests.

    `before` counts the inputs of a file that was not read again, for all of which this stands; it
    is 0 for an input that was read, and is not in the log otherwise.
    """

    location: str
    outcome: Outcome
    item: str | None = None
    article_id: int | None = None
    reason: Reason | None = None
    detail: str | None = None
    headline: str | None = None
    warnings: tuple[str, ...] = ()
    before: int = 0


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it is at some moment: `size` in bytes, `modified` in ns since 1970."""

    location: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read to its end: how many articles it gave, and what of it did not.

    `failed` are the places in it (`""` is the whole) that could not be read; `said` is what the
    person said of it, `program` the version that read it.
    """

    state: FileState
    articles: int
    skipped: int
    failed: tuple[str, ...]
    said: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """A file that is as it was when it was read to its end, and is not read again."""

    state: FileState
