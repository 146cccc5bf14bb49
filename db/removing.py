"""Taking articles out of the library, bringing them back, and deleting them for good."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from db.batch import Batch
from db.errors import ArticleChanged
from db.revise import change
from db.tables import ArticleRow, CopyRow, FileRow, QueueRow

_WAIT = 30.0
"""Seconds to wait for those who read, before the log is left as it is."""
_OF = "article_id IN (SELECT value FROM json_each(:ids))"
_OWN = (
    "paragraphs", "article_authors", "links", "tags", "untagged", "identities",
    "revision_paragraphs", "revisions", "fingerprints", "fingerprint_keys", "family_queue",
    "bookmarks", "ingests", "copies",
)  # fmt: skip
"""The tables whose rows belong to one article, what refers to others first."""
_LEFT_OVER = (
    "DELETE FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM copies)"
    " AND sha256 IN (SELECT value FROM json_each(:hashes))",
    "DELETE FROM files WHERE location NOT IN (SELECT location FROM copies)"
    " AND location IN (SELECT value FROM json_each(:locations))",
    "DELETE FROM authors WHERE id NOT IN (SELECT author_id FROM article_authors)",
    "DELETE FROM articles WHERE id IN (SELECT value FROM json_each(:ids))",
    "INSERT INTO removals (article_id, at, action)"
    " SELECT value, :now, 'purged' FROM json_each(:ids)",
    # Full text keeps the words of what was taken out of it until its pieces are put together.
    "INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('optimize')",
)


def remove(connection: Connection, ids: Sequence[int], moment: str) -> list[int]:
    """Mark articles as removed and queue them; give the ids that were there to remove.

    The files they came from are to be read again, which brings them back.
    """
    wanted = select(ArticleRow.id).where(ArticleRow.id.in_(ids), ArticleRow.removed_at.is_(None))
    found = list(connection.scalars(wanted))
    if found:
        from db.families import leave  # which imports numpy

        mine = update(ArticleRow).where(ArticleRow.id.in_(found))
        connection.execute(mine.values(removed_at=moment, changed_at=moment))
        connection.execute(insert(QueueRow), [{"article_id": n} for n in found])
        came_from = select(CopyRow.location).where(CopyRow.article_id.in_(found))
        connection.execute(delete(FileRow).where(FileRow.location.in_(came_from)))
        leave(connection, found)
    return found


def bring_back(batch: Batch, ids: Sequence[int]) -> list[int]:
    """Let removed articles be there again, as they were, and queue them; give the ids of those that were."""
    wanted = select(ArticleRow.id).where(ArticleRow.id.in_(ids), ArticleRow.removed_at.is_not(None))
    found = list(batch.connection.scalars(wanted))
    for article_id in found:
        change(batch, article_id, {})
    batch.write()
    return found


def purge(connection: Connection, ids: Sequence[int], moment: str) -> None:
    """Delete removed articles with all that came with them, originals that no other article shares too.

    What is deleted is overwritten; a row of the log stays. Raises `ArticleChanged` where one is not
    removed, or the index may still hold it.
    """
    connection.exec_driver_sql("PRAGMA secure_delete = ON").fetchall()
    _check_gone(connection, ids)
    copies = select(CopyRow.sha256, CopyRow.location).where(CopyRow.article_id.in_(ids))
    shared = connection.execute(copies).all()
    values = {
        "ids": json.dumps(list(ids)),
        "hashes": json.dumps([sha256 for sha256, _ in shared]),
        "locations": json.dumps([location for _, location in shared]),
        "now": moment,
    }
    statements = [f"DELETE FROM {table} WHERE {_OF}" for table in _OWN]  # noqa: S608 - names of ours
    for sql in (*statements, *_LEFT_OVER):
        connection.exec_driver_sql(sql, values)


def _check_gone(connection: Connection, ids: Sequence[int]) -> None:
    """Make sure that articles are removed, and off the index's queue."""
    gone = select(ArticleRow.id).where(ArticleRow.id.in_(ids), ArticleRow.removed_at.is_not(None))
    queued = select(QueueRow.article_id).where(QueueRow.article_id.in_(ids))
    ready = set(connection.scalars(gone)) - set(connection.scalars(queued))
    if changed := sorted(set(ids) - ready):
        raise ArticleChanged(f"Article {changed[0]} was changed meanwhile. Try again.")


def scrub(path: Path) -> bool:
    """Write a database anew, so that nothing stays in its free space of what was ever deleted.

    The log is emptied too; say if it could be, which takes that nobody is reading.
    """
    with closing(sqlite3.connect(path, isolation_level=None, timeout=_WAIT)) as connection:
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
