"""The second door: reading through the standard library's `sqlite3`.

Search, show and list come through here, so that they import neither SQLAlchemy nor Alembic.
Connections are read-only, which also keeps readers from checkpointing beside a writer.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from article import Author, Link, Stored
from db import rows
from db.errors import DatabaseMissing, DatabaseOutdated, damaged, newer, translate, unfinished
from db.portions import portions

SCHEMA: Final = "0007"
"""The newest migration step: a test holds it against the migrations themselves."""

_BATCH = 500
_TEXT = 4_000_000
"""Characters of articles that are read at once."""

_LANGUAGES: Final = """
WITH RECURSIVE languages(language) AS (
    SELECT min(language) FROM articles
    UNION
    SELECT (SELECT min(a.language) FROM articles AS a WHERE a.language > languages.language)
    FROM languages WHERE languages.language IS NOT NULL
)
SELECT language FROM languages WHERE EXISTS (
    SELECT 1 FROM articles AS a WHERE a.language IS languages.language AND a.removed_at IS NULL
)"""
"""From one language to the next in the index, without reading the articles; NULL comes last."""


class Reader:
    """A read-only view of the database at `path`.

    Raises `DatabaseMissing`, `DatabaseDamaged`, `DatabaseNewer`, `DatabaseOutdated` on opening.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            raise DatabaseMissing(f"There is no library at {path.parent}.")
        with self._translated():
            self.connection, self.uri = connect_read_only(path)
            try:
                self._check_schema()
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def setting(self, key: str) -> str | None:
        """Give a setting of the library."""
        found = self._rows("SELECT value FROM settings WHERE key = ?", [key])
        return found[0]["value"] if found else None

    def pending(self) -> int:
        """Count the articles that wait to be indexed."""
        return self._number("SELECT count(DISTINCT article_id) FROM index_queue")

    def count(self) -> int:
        """Count the articles that are not removed."""
        return self._number("SELECT count(*) FROM articles WHERE removed_at IS NULL")

    def languages(self) -> set[str | None]:
        """Give the languages of the articles that are not removed; None where unknown."""
        found = self._rows(_LANGUAGES)
        return {row["language"] for row in found}

    def article(self, article_id: int) -> Stored | None:
        """Give one article, removed or not."""
        return self.articles([article_id]).get(article_id)

    def articles(self, ids: Sequence[int]) -> dict[int, Stored]:
        """Give the articles with these ids, those that exist, removed ones too."""
        found: dict[int, Stored] = {}
        for start in range(0, len(ids), _BATCH):
            found.update(self._some_articles(list(ids[start : start + _BATCH])))
        return found

    def all_articles(self, after: int = 0, until: int | None = None) -> Iterator[Stored]:
        """Give every article that is not removed, by id, a batch at a time; none above `until`."""
        last = after
        while ids := self.ids(after=last, limit=_BATCH):
            wanted = ids if until is None else [one for one in ids if one <= until]
            yield from self.each(wanted)
            if len(wanted) < len(ids):
                return
            last = ids[-1]

    def last_id(self) -> int:
        """Give the highest id of an article, 0 where there is none."""
        return self._number("SELECT coalesce(max(id), 0) FROM articles")

    def each(self, ids: Sequence[int]) -> Iterator[Stored]:
        """Give articles one after another, removed ones too; few of their texts are in memory."""
        for start in range(0, len(ids), _BATCH):
            some = ids[start : start + _BATCH]
            length = self._lengths(some).__getitem__
            for few in portions(some, length, most=_BATCH, size=_TEXT):
                yield from self._some_articles(few).values()

    def ids(self, after: int = 0, limit: int = -1) -> list[int]:
        """Give the ids, ascending, of articles that are not removed; `limit` -1 gives all."""
        sql = "SELECT id FROM articles WHERE removed_at IS NULL AND id > ? ORDER BY id LIMIT ?"
        return [row["id"] for row in self._rows(sql, [after, limit])]

    def revisions(self) -> Iterator[tuple[int, int]]:
        """Give (id, revision) of every article that is not removed."""
        sql = "SELECT id, revision FROM articles WHERE removed_at IS NULL"
        with self._translated():
            yield from (tuple(row) for row in self.connection.execute(sql))

    def newest(self, limit: int, offset: int = 0) -> list[Mapping[str, Any]]:
        """Give rows of `current_articles`, last added first."""
        sql = "SELECT * FROM current_articles ORDER BY id DESC LIMIT ? OFFSET ?"
        return self._rows(sql, [limit, offset])

    def queue(self, limit: int) -> list[tuple[int, int]]:
        """Give the first (seq, article id) of what the index owes, in order."""
        sql = "SELECT seq, article_id FROM index_queue ORDER BY seq LIMIT ?"
        return [(row["seq"], row["article_id"]) for row in self._rows(sql, [limit])]

    def queued(self, ids: Sequence[int]) -> set[int]:
        """Give those of these articles that wait to be indexed."""
        sql = (
            "SELECT DISTINCT article_id FROM index_queue"
            " WHERE article_id IN (SELECT value FROM json_each(?))"
        )
        return {row["article_id"] for row in self._rows(sql, [json.dumps(ids)])}

    def undated(self, ids: Sequence[int]) -> int:
        """Count those of these articles that have no date."""
        sql = (
            "SELECT count(*) AS n FROM articles"
            " WHERE published IS NULL AND id IN (SELECT value FROM json_each(?))"
        )
        return int(self._rows(sql, [json.dumps(ids)])[0]["n"])

    def settled_seq(self) -> int:
        """Give the number up to which the index holds every change: the last one off the queue."""
        first = self._number("SELECT min(seq) FROM index_queue")
        return first - 1 if first else self.last_seq()

    def last_seq(self) -> int:
        """Give the number of the last change ever queued, 0 if none."""
        return self._number("SELECT max(seq) FROM sqlite_sequence WHERE name = 'index_queue'")

    def select(self, sql: str, values: Sequence[Any] = ()) -> list[Mapping[str, Any]]:
        """Give the rows of a query of ours."""
        return self._rows(sql, values)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is read within see one state of the database."""
        with self._translated():
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.rollback()

    def _some_articles(self, ids: list[int]) -> dict[int, Stored]:
        marks = ",".join("?" * len(ids))
        parts = {
            name: self._grouped(f"SELECT * FROM {table} WHERE article_id IN ({marks})", ids, order)  # noqa: S608 - names are ours
            for name, table, order in (
                ("paragraphs", "paragraphs", "ordinal"),
                ("links", "links", "ordinal"),
                ("tags", "tags", "tag"),
                ("authors", "article_authors JOIN authors ON author_id = id", "position"),
            )
        }
        sql = f"SELECT {rows.ARTICLE_COLUMNS} FROM articles WHERE id IN ({marks}) ORDER BY id"  # noqa: S608 - only marks
        found = self._rows(sql, ids)
        with self._translated():
            return {row["id"]: _stored(row, parts) for row in found}

    def _lengths(self, ids: Sequence[int]) -> Counter[int]:
        """Count the characters of the articles' texts."""
        marks = ",".join("?" * len(ids))
        sql = f"SELECT article_id, sum(length(text)) AS n FROM paragraphs WHERE article_id IN ({marks}) GROUP BY 1"  # noqa: S608 - only marks
        return Counter({row["article_id"]: row["n"] for row in self._rows(sql, ids)})

    def _grouped(
        self, sql: str, ids: list[int], order: str
    ) -> Mapping[int, list[Mapping[str, Any]]]:
        groups: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
        for row in self._rows(f"{sql} ORDER BY article_id, {order}", ids):
            groups[row["article_id"]].append(row)
        return groups

    def _number(self, sql: str) -> int:
        with self._translated():
            value = self.connection.execute(sql).fetchone()[0]
        return int(value or 0)

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Mapping[str, Any]]:
        with self._translated():
            return self.connection.execute(sql, values).fetchall()

    def _check_schema(self) -> None:
        try:
            found = self.connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):
                raise
            found = None
        if found is None:
            raise DatabaseMissing(f"There is no library at {self.path.parent} yet.")
        if found[0] > SCHEMA:
            raise newer(found[0])
        if found[0] < SCHEMA:
            raise DatabaseOutdated(f"The library at {self.path.parent} has an older schema.")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise translate(error, self.path) from error
        except ValueError as error:  # SQLite has no checksums: a letter or a word that is none
            raise damaged(error, self.path) from error


def connect_read_only(path: Path) -> tuple[sqlite3.Connection, str]:
    """Open the database for reading and give the URI that did it.

    Where not even WAL's side files can be made, it is opened as it stands.
    """
    uri = f"file:{quote(os.fsencode(path.absolute()))}?mode=ro"
    connection = _connect(uri)
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    except sqlite3.OperationalError as error:
        unopened = error.sqlite_errorcode & 0xFF in {
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
        }
        connection.close()
        if not unopened:
            raise
        if _has_log(path):
            raise unfinished(path) from error
        uri += "&immutable=1"
        connection = _connect(uri)
    return connection, uri


def _has_log(path: Path) -> bool:
    """Say whether changes stand in the write-ahead log alone, so that the file is not all there is."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _stored(
    row: Mapping[str, Any], parts: Mapping[str, Mapping[int, list[Mapping[str, Any]]]]
) -> Stored:
    mine = {name: groups.get(row["id"], []) for name, groups in parts.items()}
    return rows.stored(
        row,
        paragraphs=[rows.paragraph(p) for p in mine["paragraphs"]],
        authors=[Author(a["name"], a["url"]) for a in mine["authors"]],
        tags=[t["tag"] for t in mine["tags"]],
        links=[Link(link["rel"], link["url"], link["text"]) for link in mine["links"]],
    )
