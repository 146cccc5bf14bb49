"""Another database in the place of a library's own, in one step, the one before kept under another name.

The caller holds both locks of the library, so that nobody writes and no index is in the making.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from db.durable import sync
from db.errors import DatabaseError, DatabaseLocked
from db.reader import connect_read_only

_WAIT = 10.0
"""Seconds to wait for those who are reading."""
_UNREADABLE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def swap(made: Path, path: Path, why: str) -> Path | None:
    """Put the finished database `made` in the place of `path`; give where the one before is kept.

    `made` is `whole` by now, and beside `path`. Stopped anywhere, `path` is the one
    or the other. Raises `DatabaseLocked` while any process has the old one open: its readers would
    take the new one's log for their own.
    """
    kept = None
    if path.exists():
        _forget_second_names(path)
        if _is_readable(path):
            _close_down(path)
        kept = _keep(path, why)
    made.replace(path)
    sync(path.parent)
    return kept


def whole(path: Path) -> None:
    """Let a database that nobody has open be one file, all of it on the disk.

    SQLite brings the log in when the last one closes it, and says nothing where that fails. The file
    is in WAL mode again at the end: else its first writer would have to wait for readers.
    """
    _close_down(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
    sync(path)


def _is_readable(path: Path) -> bool:
    """Say whether SQLite can make anything of a file; opened for reading, it changes nothing."""
    try:
        connection, _ = connect_read_only(path)
        connection.close()
    except sqlite3.DatabaseError as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _UNREADABLE
    return True


def _close_down(path: Path) -> None:
    """Bring the log into the file and do away with it, which takes that nobody else has it open."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=_WAIT)) as connection:
            (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        message = f"Another process has {path} open. Try again when it is done."
        raise DatabaseLocked(message) from error
    if mode != "delete":
        message = f"The log of {path} could not be brought into it; nothing was changed. Try again."
        raise DatabaseError(message)


def _keep(path: Path, why: str) -> Path:
    """Give the database a second name, and the log to it that one may still have which cannot be read."""
    kept = _free_name(path, why)
    os.link(path, kept)
    log, memory = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    if log.exists():
        log.replace(kept.with_name(kept.name + "-wal"))
    memory.unlink(missing_ok=True)
    sync(path.parent)
    return kept


def _free_name(path: Path, why: str) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    name, number = f"{path.name}.{why}-{moment}", 1
    while (kept := path.with_name(name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return kept


def _forget_second_names(path: Path) -> None:
    """Take off the name that a swap gave which was stopped before it was done."""
    for other in path.parent.glob(f"{path.name}.*"):
        if not other.is_symlink() and other.samefile(path):
            other.unlink()
