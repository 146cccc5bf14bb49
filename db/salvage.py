"""What can still be read of a damaged database, into a new one; and word of what could not.

The damaged file is opened for reading only. Rows are read in the order of their numbers; where that
ends in an error, the next number is sought from which it can go on. What can be worked out again
(full text, families, the index's queue) is not taken over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db import broken
from db.errors import DatabaseDamaged, translating
from db.reader import connect_read_only
from db.views import TRIGGERS

_TABLES = (
    "articles", "paragraphs", "authors", "article_authors", "links", "tags", "untagged",
    "revisions", "revision_paragraphs", "copies", "originals", "ingests", "bookmarks", "feeds",
    "removals", "settings",
)  # fmt: skip
_KEYED = ("identities", "files", "failures")
"""Tables without numbers of rows, read from both ends of their keys."""

TABLES = (*_TABLES, *_KEYED)
"""What a library holds that cannot be worked out again."""
_LAST = 1 << 62
_STUBS = """INSERT INTO articles (id, revision, added_at, changed_at, word_count, content_hash, origins)
SELECT DISTINCT article_id, 1, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 0, '', '{}'
FROM paragraphs
WHERE article_id NOT IN (SELECT id FROM articles)"""
_FINISH = (
    "DELETE FROM settings WHERE key = 'engine_hint'",
    "INSERT INTO family_queue SELECT id FROM articles WHERE removed_at IS NULL",
    "INSERT INTO paragraphs_fts (rowid, text) SELECT id, text FROM current_paragraphs",
)

Span = tuple[int, int | None]
"""Numbers of rows that could not be read, first and last; None where they reach to the end."""


@dataclass(slots=True)
class Salvaged:
    """What became of each table: rows taken over, spans that could not be read, rows that did not fit.

    `broken` counts rows with a text that is no UTF-8 any more: a sign stands where its bytes are wrong.
    `stubs` are articles of which only the paragraphs could be read, `bare` those that lack paragraphs.
    """

    rows: dict[str, int] = field(default_factory=dict)
    unread: dict[str, list[Span]] = field(default_factory=dict)
    unfit: dict[str, int] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    stubs: list[int] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)


def salvage(damaged: Path, made: Path) -> Salvaged:
    """Take over into the empty library database `made` what can be read of `damaged`.

    Raises `DatabaseDamaged` where not even its tables are known.
    """
    with (
        closing(_source(damaged)) as source,
        translating(made),
        closing(_target(made)) as target,
    ):
        found = Salvaged()
        target.execute("BEGIN IMMEDIATE")
        for name in TRIGGERS:
            target.execute(f"DROP TRIGGER {name}")
        for table in TABLES:
            _take(source, target, table, found)
        _finish(source, target, found)
        target.execute("COMMIT")
    return found


def _target(made: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(made, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    return connection  # foreign keys are off: what refers to what is lost is sought afterwards


def _source(damaged: Path) -> sqlite3.Connection:
    try:
        source, _ = connect_read_only(damaged)
        known = source.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone()
    except sqlite3.DatabaseError as error:
        raise _nothing(damaged) from error
    if known is None:
        raise _nothing(damaged)
    source.row_factory = None
    source.text_factory = broken.text
    return source


def _nothing(damaged: Path) -> DatabaseDamaged:
    return DatabaseDamaged(
        f"Nothing can be read of {damaged}: not even its tables are known. It is left as it is. "
        "Bring a backup back with: cuttings restore FILE --replace"
    )


def _take(
    source: sqlite3.Connection, target: sqlite3.Connection, table: str, found: Salvaged
) -> None:
    """Copy a table; a row that breaks a rule of the table is counted, as what it holds is no longer so."""
    columns = _columns(source, target, table)
    marks = ", ".join("?" * len(columns))
    into = f"INSERT OR {_either(table)} INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of ours
    spans: list[Span] = []
    rows = (
        _keyed(source, table, columns, spans)
        if table in _KEYED
        else _numbered(source, table, columns, spans)
    )
    taken = unfit = mended = 0
    for row in rows:
        if table == "settings" and "library_id" in row:
            continue
        try:
            new = target.execute(into, row).rowcount
            taken += new
            mended += new and broken.is_broken(row)
        except sqlite3.IntegrityError:
            unfit += 1
    found.rows[table] = taken
    found.unread |= {table: spans} if spans else {}
    found.unfit |= {table: unfit} if unfit else {}
    found.broken |= {table: mended} if mended else {}


def _either(table: str) -> str:
    return {"settings": "REPLACE", **dict.fromkeys(_KEYED, "IGNORE")}.get(table, "ABORT")


def _columns(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> Sequence[str]:
    """Give the columns that both have: none where an older program made no such table."""
    sql = "SELECT name FROM pragma_table_info(?)"
    there = {name for (name,) in source.execute(sql, [table])}
    return [name for (name,) in target.execute(sql, [table]) if name in there]


def _numbered(
    source: sqlite3.Connection, table: str, columns: Sequence[str], spans: list[Span]
) -> Iterator[Sequence[Any]]:
    """Give the rows of a table by their numbers, passing over those that cannot be read."""
    if not columns:
        return
    sql = f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE rowid > ? ORDER BY rowid"  # noqa: S608 - names of ours
    last: int | None = -1
    while last is not None:
        rows = source.execute(sql, [last])
        try:
            for row in rows:
                last = row[0]
                yield row[1:]
        except sqlite3.DatabaseError:
            begin = last
            last = _next_readable(source, sql, begin)
            spans.append((begin + 1, last))
        else:
            return


def _next_readable(source: sqlite3.Connection, sql: str, last: int) -> int | None:
    """Give the least number after which rows can be read again; None where there is none."""

    def reads(after: int) -> bool:
        try:
            source.execute(f"{sql} LIMIT 1", [after]).fetchone()
        except sqlite3.DatabaseError:
            return False
        return True

    low, gap = last, 1
    while not reads(last + gap):
        low, gap = last + gap, gap * 2
        if gap > _LAST:
            return None
    high = last + gap
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reads(middle) else (middle, high)
    return high


def _keyed(
    source: sqlite3.Connection, table: str, columns: Sequence[str], spans: list[Span]
) -> Iterator[Sequence[Any]]:
    """Give the rows of a table without numbers, from both ends up to where they cannot be read."""
    if not columns:
        return
    key = [name for (name,) in source.execute(
        "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", [table]
    )]  # fmt: skip
    for way in ("", " DESC"):
        order = ", ".join(f"{name}{way}" for name in key)
        sql = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"  # noqa: S608 - names of ours
        try:
            yield from source.execute(sql)
        except sqlite3.DatabaseError:
            continue
        return
    spans.append((0, None))


def _finish(source: sqlite3.Connection, target: sqlite3.Connection, found: Salvaged) -> None:
    """Give paragraphs without an article one, drop what else refers to nothing, work out the rest."""
    stubs = "SELECT DISTINCT article_id FROM paragraphs WHERE article_id NOT IN (SELECT id FROM articles)"
    found.stubs = sorted(n for (n,) in target.execute(stubs))
    target.execute(_STUBS)
    strays = target.execute('SELECT "table", rowid FROM pragma_foreign_key_check').fetchall()
    for table, number in strays:
        if number is not None:
            target.execute(f"DELETE FROM {table} WHERE rowid = ?", [number])  # noqa: S608 - names of ours
    target.execute("DELETE FROM identities WHERE article_id NOT IN (SELECT id FROM articles)")
    for sql in (*_FINISH, *TRIGGERS.values()):
        target.execute(sql)
    _pass_over(source, target)
    found.bare = _bare(target)


def _pass_over(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Let no number of an article that was ever given be given again, as far as it can be known."""
    sql = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'articles'"
    try:
        (last,) = source.execute(sql).fetchone()
    except sqlite3.DatabaseError:
        return
    raise_it = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'articles'"
    target.execute(raise_it, [last or 0])


def _bare(target: sqlite3.Connection) -> list[int]:
    """Give the articles that lack paragraphs which stood before others, or have words and none at all."""
    sql = (
        "SELECT a.id FROM articles AS a LEFT JOIN paragraphs AS p ON p.article_id = a.id"
        " GROUP BY a.id HAVING count(p.id) <> coalesce(max(p.ordinal), 0)"
        " OR (count(p.id) = 0 AND a.word_count > 0) ORDER BY a.id"
    )
    return [n for (n,) in target.execute(sql)]
