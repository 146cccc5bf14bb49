"""The first door: SQLAlchemy, for writing and for the schema."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from db.errors import translate, translating

BUSY_TIMEOUT_MS = 30_000
CACHE_KIB = 32 * 1024


def make_engine(path: Path) -> Engine:
    """Give an engine whose every transaction is BEGIN IMMEDIATE and durable once committed.

    `isolation_level=None` keeps the driver from opening transactions of its own, so that schema
    changes roll back like any other. `trusted_schema` stays on, unlike for readers: older SQLites
    (3.40 is one) let no trigger write to an FTS5 table without it.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        os.chmod(path, 0o600)  # noqa: PTH101 - the file may not be ours to follow as a Path
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            f"cache_size = -{CACHE_KIB}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's and SQLAlchemy's errors into ours, naming the file and what to do."""
    with translating(path):
        try:
            yield
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.Error):
                raise translate(error.orig, path) from error
            raise
