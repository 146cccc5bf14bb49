"""What is brought to a library and what becomes of it: the values on an article's way in.

As those of `article`, they are frozen; every room but `search` may use them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from article import Article


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
