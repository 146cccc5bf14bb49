"""Rows that wait to be written together, so that a thousand articles cost a dozen statements."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from accession import Recorded
from article import Article
from db import rows
from db.rows import CHUNK
from db.tables import (
    ArticleAuthorRow,
    ArticleRow,
    AuthorRow,
    Base,
    BookmarkRow,
    CopyRow,
    IdentityRow,
    IngestRow,
    LinkRow,
    OriginalRow,
    ParagraphRow,
    QueueRow,
    TagRow,
)

if TYPE_CHECKING:
    from db.known import Copy


_ONCE: tuple[type[Base], ...] = (LinkRow, TagRow, IdentityRow, OriginalRow)
_ORDER: tuple[type[Base], ...] = (
    ArticleRow,
    ParagraphRow,
    BookmarkRow,
    *_ONCE,
    CopyRow,
    QueueRow,
    IngestRow,
)


class Batch:
    """The rows of one transaction that are not written yet; `now` is its time, UTC."""

    def __init__(self, connection: Connection, now: str) -> None:
        self.connection = connection
        self.now = now
        self.waiting: dict[type[Base], list[rows.Row]] = defaultdict(list)
        self.signed: dict[int, Article] = {}

    def add_article(self, article_id: int, values: rows.Row) -> None:
        """Add the row of a new article."""
        times = {"added_at": self.now, "changed_at": self.now}
        self.waiting[ArticleRow].append({"id": article_id, "revision": 1, **times, **values})

    def add_parts(self, article_id: int, article: Article) -> None:
        """Add the paragraphs, links, tags and authors of an article."""
        self.waiting[ParagraphRow] += rows.paragraph_rows(article_id, article)
        self.waiting[LinkRow] += rows.link_rows(article_id, article)
        tags = dict.fromkeys(article.tags)
        self.waiting[TagRow] += [{"article_id": article_id, "tag": tag} for tag in tags]
        if article.authors:
            self.signed[article_id] = article

    def add_key(self, article_id: int, key: str) -> None:
        """Add a key the article is known by."""
        self.waiting[IdentityRow].append({"key": key, "article_id": article_id})

    def add_copy(self, article_id: int, copy: Copy, data: bytes) -> None:
        """Add an input as a copy of the article, and keep its bytes."""
        row = {
            "article_id": article_id,
            "location": copy.location,
            "item": copy.item,
            "kind": copy.kind,
            "sha256": copy.sha256,
            "content_hash": copy.content_hash,
            "ingested_at": self.now,
        }
        self.waiting[CopyRow].append(row)
        self.waiting[OriginalRow].append(rows.original_row(copy.sha256, data))

    def enqueue(self, article_id: int) -> None:
        """Note that index and families owe this article."""
        self.waiting[QueueRow].append({"article_id": article_id})

    def log(self, recorded: Recorded, sha256: str | None) -> None:
        """Add a row to the log of ingests."""
        row = {
            "at": self.now,
            "location": recorded.location,
            "item": recorded.item,
            "sha256": sha256,
            "outcome": recorded.outcome.value,
            "reason": recorded.reason and recorded.reason.value,
            "detail": recorded.detail,
            "warnings": json.dumps(recorded.warnings, ensure_ascii=False),
            "article_id": recorded.article_id,
        }
        self.waiting[IngestRow].append(row)

    def write(self) -> None:
        """Write all that waits, what others refer to first."""
        for table in _ORDER:
            self._insert(table, self.waiting.pop(table, []))
        if self.signed:
            self._write_authors()

    def _insert(self, table: type[Base], values: Sequence[rows.Row]) -> None:
        if table is ParagraphRow:
            self._insert_paragraphs(values)
        elif values:
            once = " ON CONFLICT DO NOTHING" if table in _ONCE else ""
            sql = f"{_into(table, values[0])} VALUES {_marks(values[0])}{once}"
            self.connection.exec_driver_sql(sql, [tuple(row.values()) for row in values])

    def _insert_paragraphs(self, values: Sequence[rows.Row]) -> None:
        """Insert many rows a statement, since FTS5 writes its terms out at the end of each."""
        for start in range(0, len(values), CHUNK):
            some = values[start : start + CHUNK]
            places = ", ".join([_marks(some[0])] * len(some))
            self.connection.exec_driver_sql(
                f"{_into(ParagraphRow, some[0])} VALUES {places}",
                tuple(value for row in some for value in row.values()),
            )

    def _write_authors(self) -> None:
        signed, self.signed = self.signed, {}
        names = sorted({author.name for one in signed.values() for author in one.authors})
        new = upsert(AuthorRow).on_conflict_do_nothing(index_elements=["name"])
        self.connection.execute(new, [{"name": name} for name in names])
        ids = self._author_ids(names)
        signatures = [
            {"article_id": article_id, "position": n, "author_id": ids[a.name], "url": a.url}
            for article_id, one in signed.items()
            for n, a in enumerate(one.authors, 1)
        ]
        self._insert(ArticleAuthorRow, signatures)

    def _author_ids(self, names: Sequence[str]) -> dict[str, int]:
        ids: dict[str, int] = {}
        for start in range(0, len(names), CHUNK):
            wanted = select(AuthorRow.name, AuthorRow.id)
            found = wanted.where(AuthorRow.name.in_(names[start : start + CHUNK]))
            ids.update((name, number) for name, number in self.connection.execute(found))
        return ids


def _into(table: type[Base], row: rows.Row) -> str:
    """Begin a statement for rows with the columns of this one: as text, at half the price of a built one."""
    return f"INSERT INTO {table.__tablename__} ({', '.join(row)})"


def _marks(row: rows.Row) -> str:
    return f"({', '.join('?' * len(row))})"
