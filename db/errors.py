"""What can go wrong with the database, each with words for the person at the command line."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DatabaseError(Exception):
    """The database cannot serve."""


class DatabaseMissing(DatabaseError):
    """There is no database in this folder."""


class DatabaseDamaged(DatabaseError):
    """SQLite cannot read the file."""


class DatabaseForeign(DatabaseError):
    """The file holds what no library of ours does."""


class DatabaseNewer(DatabaseError):
    """A newer program made this database."""


class DatabaseOutdated(DatabaseError):
    """An older program made this database, and it was not opened for writing since."""


class DatabaseReadOnly(DatabaseError):
    """The folder or file cannot be written."""


class DatabaseFull(DatabaseError):
    """The disk is full."""


class ArticleChanged(DatabaseError):
    """Another process changed an article between reading and writing it."""


class DatabaseLocked(DatabaseError):
    """Another process kept the lock for longer than we wait."""


def damaged(error: Exception, path: Path) -> DatabaseDamaged:
    """Say that the database at `path` holds what none of ours does."""
    return DatabaseDamaged(
        f"{path} is damaged ({error}). Keep a copy of it; what is wrong: cuttings doctor --deep"
    )


def translate(error: sqlite3.Error, path: Path) -> DatabaseError:
    """Give the error of ours that says what SQLite's means for the database at `path`."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if str(error).startswith("Could not decode to UTF-8"):  # Python's own, and it has no code
        return damaged(ValueError("a text in it is no UTF-8"), path)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return damaged(error, path)
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseLocked(f"{path} is being written by another process. Try again.")
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}:
        return DatabaseReadOnly(
            f"{path} cannot be written by this user, so nothing can be stored in it."
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return DatabaseError(f"{path} cannot be opened: check that this user may read its folder.")
    return full(path) if code == sqlite3.SQLITE_FULL else DatabaseError(f"{path}: {error}")


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turn SQLite's errors, and the system's of a full disk, into ours, naming the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise translate(error, path) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise full(path) from error
        raise


def full(path: Path) -> DatabaseFull:
    """Say that the disk is full."""
    return DatabaseFull(
        f"The disk that holds {path} is full. What was stored before is safe; "
        "free some space and run the same command again."
    )


def newer(schema: str) -> DatabaseNewer:
    """Say that a newer program made the library."""
    return DatabaseNewer(
        f"A newer version of cuttings made this library (schema {schema}); "
        "this one leaves it untouched. Install the newer version."
    )


def unfinished(path: Path) -> DatabaseReadOnly:
    """Say that reading would take finishing a change, which this user may not."""
    return DatabaseReadOnly(
        f"{path} was left in the middle of a change, and this user cannot write to its folder, "
        "as finishing it takes. Open it once as its owner, or copy the folder."
    )


class SqlError(Exception):
    """A query of the person's own was wrong, forbidden or too much."""
