"""The writing door of a library: every change to the database is one transaction through here."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, text

from accession import FileRead, Reading, Recorded, Refusal
from article import Article, Stored
from db import removing
from db.batch import Batch
from db.connect import make_engine, translated
from db.errors import DatabaseError, DatabaseMissing, DatabaseOutdated
from db.intake import Intake, prepared
from db.lock import exclusive
from db.reader import Reader
from db.rekey import rekey
from db.reword import reword
from db.tables import FailureRow, FileRow, QueueRow, SettingRow
from db.tagging import put_on, take_off

_SOME = 500
_NEWER = (
    "SELECT article_id FROM index_queue"
    " WHERE seq > ? AND article_id IN (SELECT value FROM json_each(?))"
)


class Store:
    """A database open for writing, brought to the newest schema.

    `path` is the database file, made if missing; `lock` the file that lets one process write at
    a time. Raises the errors of `db.errors`.
    """

    def __init__(self, path: Path, lock: Path) -> None:
        self.path = path
        self.lock = lock
        self._rehearsed: Connection | None = None
        with exclusive(lock), translated(path):
            current = _is_current(path)
            self.engine = make_engine(path)
            with self.engine.begin() as connection:
                if not current:
                    from db.migrate import migrate  # Alembic, a quarter of the time to start

                    migrate(connection)
                _introduce(connection)
                rekey(connection)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection in a transaction that is durable when this block has ended."""
        if self._rehearsed is not None:
            yield self._rehearsed
            return
        with exclusive(self.lock), translated(self.path), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Let all transactions within be one, of which nothing stays."""
        with exclusive(self.lock), translated(self.path), self.engine.connect() as connection:
            self._rehearsed = connection
            try:
                with connection.begin() as all_of_it:
                    yield
                    all_of_it.rollback()
            finally:
                self._rehearsed = None

    def record(
        self, inputs: Sequence[Reading | Refusal | FileRead], tags: Sequence[str] = ()
    ) -> list[Recorded]:
        """Store what was read and log what was not; one outcome an input, in their order.

        A person's tags are put on the articles. The end of a file is noted with what came before it,
        and has no outcome. All in one transaction: when this returns, nothing of it can be lost.
        """
        prepared_ = [prepared(one) for one in inputs]
        with self.transaction() as connection:
            return Intake(connection, now()).take_all(prepared_, tags)

    def reword(self, stored: Stored, article: Article, cause: str, copy: int | None = None) -> bool:
        """Put another wording in an article's place; see `db.reword`."""
        with self.transaction() as connection:
            return reword(Batch(connection, now()), stored, article, cause, copy)

    def tag(self, ids: Sequence[int], tags: Sequence[str]) -> list[int]:
        """Put tags on articles and queue them; give the ids of those that lacked one."""
        with self.transaction() as connection:
            batch = Batch(connection, now())
            changed = put_on(batch, ids, tags)
            batch.write()
            return changed

    def untag(self, ids: Sequence[int], tags: Sequence[str]) -> list[int]:
        """Take tags off articles for good and queue them; give the ids of those that had one."""
        with self.transaction() as connection:
            batch = Batch(connection, now())
            changed = take_off(batch, ids, tags)
            batch.write()
            return changed

    def remove(self, ids: Sequence[int]) -> list[int]:
        """Mark articles as removed; see `db.removing`."""
        with self.transaction() as connection:
            return removing.remove(connection, ids, now())

    def bring_back(self, ids: Sequence[int]) -> list[int]:
        """Let removed articles be there again; see `db.removing`."""
        with self.transaction() as connection:
            return removing.bring_back(Batch(connection, now()), ids)

    def purge(self, ids: Sequence[int]) -> None:
        """Delete removed articles for good; see `db.removing`. What is in free space: `scrub`."""
        with self.transaction() as connection:
            removing.purge(connection, ids, now())

    def scrub(self) -> bool:
        """Leave nothing in the file of what was deleted; say if all of it could be reached."""
        with exclusive(self.lock), translated(self.path):
            return removing.scrub(self.path)

    def check_full_text(self) -> None:
        """Let SQLite look its full-text table over; raise `DatabaseDamaged` if it finds a fault."""
        with self.transaction() as connection:
            check = "INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('integrity-check')"
            connection.exec_driver_sql(check)

    def forget(self, location: str) -> None:
        """Take a file that is no longer there off the lists of what was read and what failed."""
        with self.transaction() as connection:
            for table in (FileRow, FailureRow):
                connection.execute(delete(table).where(table.location == location))

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
        """Take off the queue what index and families now hold: all changes up to number `last`."""
        with self.transaction() as connection:
            connection.execute(delete(QueueRow).where(QueueRow.seq <= last))

    def settle(self, articles: Iterable[Stored], last: int) -> None:
        """Find the families of articles as they were read when `last` was the queue's last change.

        What was changed since waits for its own turn.
        """
        from db.families import settle  # which imports numpy
        from db.fingerprints import Fingerprint

        prints = {one.id: Fingerprint.of(one.article) for one in articles if not one.removed_at}
        ids = json.dumps(list(prints))
        with self.transaction() as connection:
            newer = {number for (number,) in connection.exec_driver_sql(_NEWER, (last, ids))}
            settle(connection, {n: one for n, one in prints.items() if n not in newer})

    def set(self, key: str, value: str) -> None:
        """Note a setting of the library in the place of what it was."""
        with self.transaction() as connection:
            connection.execute(delete(SettingRow).where(SettingRow.key == key))
            connection.execute(insert(SettingRow), [{"key": key, "value": value}])

    def pass_over_ids(self, last: int) -> None:
        """Give no article an id up to `last` from now on."""
        with self.transaction() as connection:
            row = {"last": last}
            known = text("UPDATE sqlite_sequence SET seq = max(seq, :last) WHERE name = 'articles'")
            if not connection.execute(known, row).rowcount:
                first = text("INSERT INTO sqlite_sequence (name, seq) VALUES ('articles', :last)")
                connection.execute(first, row)

    def close(self) -> None:
        """Release the database, one file again if nobody else has it open.

        SQLite takes its log into the file when the last connection that may write is closed, which
        is none of those that wrote while a reader was open.
        """
        with suppress(DatabaseError, OSError), exclusive(self.lock, wait=0), translated(self.path):
            self.engine.raw_connection().close()
        self.engine.dispose()


def now() -> str:
    """Give the time, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_current(path: Path) -> bool:
    """Say whether a database has the newest schema.

    Raises `DatabaseNewer` before anything is opened in a way that could change the file.
    """
    try:
        Reader(path).close()
    except (DatabaseMissing, DatabaseOutdated):
        return False
    return True


def _introduce(connection: Connection) -> None:
    """Give a new library its own id."""
    if connection.scalar(select(SettingRow.value).where(SettingRow.key == "library_id")) is None:
        values = {"library_id": str(uuid.uuid4()), "created_at": now()}
        rows = [{"key": key, "value": value} for key, value in values.items()]
        connection.execute(insert(SettingRow), rows)
