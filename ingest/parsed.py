"""What a parser of marked-up or binary files is given, and what it gives.

Such a parser runs in a worker process of its own (`ingest/workers.py`). Its module has one function,
`parse(given: Given) -> Iterator[Parsed | Unread]`: a result an article, in the order of the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from accession import Bookmark, Reason
from article import Article


@dataclass(frozen=True, slots=True)
class Given:
    """A file's bytes; `name` is its own name without the folder, which may be no hint at all.

    Of a page that came with its address and its encoding beside it, as a server sends it, `url` and
    `charset` are these.
    """

    data: bytes
    name: str = ""
    password: str | None = None
    url: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article as its parser read it.

    `kind` is the form the source had (`html`, `html/mhtml`, `pdf`). `claim` is the language the
    file says it is in, by habit and often wrongly: a hint for the detection. In a file of many,
    `item` is the article's place (`chapter 3`) and `data` its own bytes, where they stand apart.
    """

    article: Article
    kind: str
    warnings: tuple[str, ...] = ()
    claim: str = ""
    item: str | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or one article of it, that could not be read; `detail` says what to do about it.

    `bookmark` is the link where there is one and nothing else.
    """

    reason: Reason
    detail: str
    item: str | None = None
    bookmark: Bookmark | None = None
