"""Looking over a database file that may come from anywhere, before anything trusts it.

A file can hold triggers and views that act when they are met, so all that is in its schema must be
what the migrations make. It is opened read-only, as nobody else has it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from db.errors import DatabaseDamaged, DatabaseForeign, newer, translating
from db.reader import SCHEMA

_MOST = 5
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master"
_VERSION = "CREATE TABLE alembic_version"

Thing = tuple[str, str, str, str]
"""What a schema holds: its type, name, table and SQL, the white space in it made even."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds: its schema's number, its library's id, how many articles, and how many removed."""

    schema: str
    library_id: str
    articles: int
    removed: int


def vet(path: Path, named: Path | None = None, *, whole: bool = True) -> Facts:
    """Look a database file over that no one has open, and say what it holds.

    Raises `DatabaseDamaged`, `DatabaseForeign` where it holds what no library does, and
    `DatabaseNewer`, which call it `named`. Unless `whole`, the contents of indexes are not compared
    with their tables.
    """
    named = named or path
    with _opened(path, named) as connection:
        step = _step(connection, named)
        if strange := strangers(connection, step):
            raise foreign(named, strange)
        _check(connection, named, "integrity_check" if whole else "quick_check")
        return _facts(connection, step)


def strangers(connection: sqlite3.Connection, step: str) -> list[str]:
    """Name what a database holds beside, or instead of, what the migrations up to `step` make."""
    found, expected = things(connection), made_by(step)
    more = {
        f"{kind} {name}" for kind, name, *_ in found - expected if not _is_statistics(kind, name)
    }
    less = {f"no {kind} {name}" for kind, name, *_ in expected - found}
    changed = {one for one in more if f"no {one}" in less}
    return sorted(more | {one for one in less if one.removeprefix("no ") not in changed})


def foreign(path: Path, strange: list[str]) -> DatabaseForeign:
    """Say what in a database is not of ours."""
    some = ", ".join(strange[:_MOST]) + (", ..." if len(strange) > _MOST else "")
    return DatabaseForeign(
        f"{path} holds what no library of cuttings does: {some}. It is not trusted, and left alone."
    )


def things(connection: sqlite3.Connection) -> frozenset[Thing]:
    """Give all that is in a schema, those things that have no SQL of their own left out."""
    rows = connection.execute(_SCHEMA).fetchall()
    return frozenset((kind, name, of, " ".join(sql.split())) for kind, name, of, sql in rows if sql)


@cache
def made_by(step: str) -> frozenset[Thing]:
    """Give all that the migrations up to `step` make, made in memory once a process."""
    from sqlalchemy import create_engine

    from db.migrate import migrate

    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: connection)
    with closing(connection):
        with engine.connect() as opened:
            migrate(opened, step)
            opened.commit()
        return things(connection)


def _is_statistics(kind: str, name: str) -> bool:
    """Tell the tables that ANALYZE makes, which SQLite allows nobody else to make."""
    return kind == "table" and name.startswith("sqlite_stat")


@contextmanager
def _opened(path: Path, named: Path) -> Iterator[sqlite3.Connection]:
    uri = f"file:{quote(os.fsencode(path.absolute()))}?mode=ro&immutable=1"
    with (
        translating(named),
        closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection,
    ):
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection


def _step(connection: sqlite3.Connection, path: Path) -> str:
    """Give the number of the migration a database stands at."""
    table = [
        sql
        for kind, name, _, sql in things(connection)
        if (kind, name) == ("table", "alembic_version")
    ]
    if len(table) != 1 or not table[0].startswith(_VERSION):
        raise DatabaseForeign(f"{path} is no database of cuttings.")
    found = connection.execute("SELECT version_num FROM alembic_version LIMIT 2").fetchall()
    step = found[0][0] if len(found) == 1 else None
    if (
        not isinstance(step, str)
        or not (len(step) == 4 and step.isascii() and step.isdigit())
        or step == "0000"
    ):
        raise DatabaseForeign(f"{path} is no database of cuttings.")
    if step > SCHEMA:
        raise newer(step)
    return step


def _check(connection: sqlite3.Connection, path: Path, how: str) -> None:
    faults = [fault for (fault,) in connection.execute(f"PRAGMA {how}({_MOST})")]
    if faults != ["ok"]:
        raise DatabaseDamaged(f"{path} is damaged: {'; '.join(faults)}")
    if connection.execute("SELECT 1 FROM pragma_foreign_key_check LIMIT 1").fetchone():
        raise DatabaseDamaged(f"{path} is damaged: it has rows that refer to rows that are gone")


def _facts(connection: sqlite3.Connection, step: str) -> Facts:
    (there, removed), named = (
        connection.execute("SELECT count(*), count(removed_at) FROM articles").fetchone(),
        connection.execute("SELECT value FROM settings WHERE key = 'library_id'").fetchone(),
    )
    return Facts(step, str(named[0]) if named else "", there - removed, removed)
