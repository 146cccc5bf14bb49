"""The writing door of a library: every change to the database is one transaction through here."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from article import Article, Reading, Recorded, Refusal, Stored
from db.batch import Batch
from db.connect import make_engine, translated
from db.errors import DatabaseMissing, DatabaseOutdated
from db.intake import Intake
from db.lock import exclusive
from db.migrate import migrate
from db.reader import Reader
from db.reword import reword
from db.tables import ArticleRow, QueueRow, SettingRow

_SOME = 500


class Store:
    """A database open for writing, brought to the newest schema.

    `path` is the database file, made if missing; `lock` the file that lets one process write at
    a time. Raises the errors of `db.errors`.
    """

    def __init__(self, path: Path, lock: Path) -> None:
        self.path = path
        self.lock = lock
        with exclusive(lock), translated(path):
            _leave_newer_alone(path)
            self.engine = make_engine(path)
            with self.engine.begin() as connection:
                migrate(connection)
                _introduce(connection)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection in a transaction that is durable when this block has ended."""
        with exclusive(self.lock), translated(self.path), self.engine.begin() as connection:
            yield connection

    def record(self, inputs: Sequence[Reading | Refusal]) -> list[Recorded]:
        """Store what was read and log what was not; one outcome an input, in their order.

        All in one transaction: when this returns, nothing of it can be lost.
        """
        with self.transaction() as connection:
            return Intake(connection, now()).take_all(inputs)

    def reword(self, stored: Stored, article: Article, cause: str, copy: int | None = None) -> bool:
        """Put another wording in an article's place; see `db.reword`."""
        with self.transaction() as connection:
            return reword(Batch(connection, now()), stored, article, cause, copy)

    def remove(self, ids: Sequence[int]) -> list[int]:
        """Mark articles as removed and queue them; give the ids that were there to remove."""
        with self.transaction() as connection:
            wanted = select(ArticleRow.id).where(
                ArticleRow.id.in_(ids), ArticleRow.removed_at.is_(None)
            )
            found = list(connection.scalars(wanted))
            if found:
                from db.families import leave  # which imports numpy

                moment = now()
                connection.execute(
                    update(ArticleRow)
                    .where(ArticleRow.id.in_(found))
                    .values(removed_at=moment, changed_at=moment)
                )
                connection.execute(insert(QueueRow), [{"article_id": n} for n in found])
                leave(connection, found)
            return found

    def find_families(self) -> Iterator[int]:
        """Find the families of articles stored before there were any; count them, some at a time."""
        from db.families import fill

        count = 1
        while count:
            with self.transaction() as connection:
                count = fill(connection, _SOME)
            yield count

    def enqueue(self, ids: Sequence[int]) -> None:
        """Note that the index owes these articles."""
        if ids:
            with self.transaction() as connection:
                connection.execute(insert(QueueRow), [{"article_id": n} for n in ids])

    def clear_queue(self, last: int) -> None:
        """Take off the queue what the index now holds: all changes up to number `last`."""
        with self.transaction() as connection:
            connection.execute(delete(QueueRow).where(QueueRow.seq <= last))

    def set(self, key: str, value: str) -> None:
        """Note a setting of the library in the place of what it was."""
        with self.transaction() as connection:
            connection.execute(delete(SettingRow).where(SettingRow.key == key))
            connection.execute(insert(SettingRow), [{"key": key, "value": value}])

    def close(self) -> None:
        """Release the database."""
        self.engine.dispose()


def now() -> str:
    """Give the time, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _leave_newer_alone(path: Path) -> None:
    """Raise `DatabaseNewer` before anything is opened in a way that could change the file."""
    if path.exists():
        with suppress(DatabaseMissing, DatabaseOutdated):
            Reader(path).close()


def _introduce(connection: Connection) -> None:
    """Give a new library its own id."""
    if connection.scalar(select(SettingRow.value).where(SettingRow.key == "library_id")) is None:
        values = {"library_id": str(uuid.uuid4()), "created_at": now()}
        rows = [{"key": key, "value": value} for key, value in values.items()]
        connection.execute(insert(SettingRow), rows)
