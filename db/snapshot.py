"""A copy of a database in use, as it is at one moment, while others go on reading and writing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db.errors import translating
from db.reader import connect_read_only

_PAGES = 1_024
"""Copied at a step, after which progress is told: 4 MB."""


def snapshot(path: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    """Copy the database at `path` to the new file `target`, which then stands alone, without a log.

    `progress` is told how many pages are done, and of how many. Raises the errors of `db.errors`.
    """
    with translating(path):
        source, _ = connect_read_only(path)
    with closing(source), translating(target):
        _copy(source, target, progress)


def _copy(source: sqlite3.Connection, target: Path, progress: Callable[[int, int], None]) -> None:
    """Copy within one read transaction: else every write of others would begin the copy anew."""
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    with closing(sqlite3.connect(target, isolation_level=None)) as copied:
        copied.execute("PRAGMA synchronous = OFF")  # who asked for the copy makes it durable
        source.backup(
            copied, pages=_PAGES, progress=lambda _, left, total: progress(total - left, total)
        )
        copied.execute("PRAGMA journal_mode = DELETE").fetchall()
