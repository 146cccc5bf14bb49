"""The process that runs one query of the person's own, allowed to read and nothing else.

`db.sql` starts this file as a program of its own, with the standard library alone, and kills it
when its time is over. It reads lines of JSON from standard input, a request and the rows of its
temporary tables, and writes such lines: the columns, each row, and how it ended.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

FUNCTIONS: Final = frozenset(  # those of newer SQLites too
    # Only names that compute from their arguments: no files, no extensions, no unbounded blobs.
    """
    -> ->> abs acos acosh asin asinh atan atan2 atanh avg bm25 ceil ceiling char coalesce concat
    concat_ws cos cosh count cume_dist current_date current_time current_timestamp date datetime
    degrees dense_rank exp first_value floor format glob group_concat hex highlight if ifnull iif
    instr json json_array json_array_length json_each json_error_position json_extract
    json_group_array json_group_object json_insert json_object json_patch json_pretty json_quote
    json_remove json_replace json_set json_tree json_type json_valid julianday lag last_value lead
    length like likelihood likely ln log log10 log2 lower ltrim match max median min mod nth_value
    ntile nullif octet_length percent_rank percentile percentile_cont percentile_disc pi pow power
    printf quote radians random rank replace round row_number rtrim sign sin sinh snippet soundex
    sqlite_version sqrt strftime string_agg substr substring subtype sum tan tanh time timediff
    total trim trunc typeof unhex unicode unixepoch unlikely upper
    """.split()  # noqa: SIM905 - a list of 120 strings would be 120 lines
)

LIMITS: Final = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 500,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 200,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 1_000_000,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 5_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
LARGEST_VALUE: Final = 64 * 1024 * 1024
"""Bytes of one text, blob or stored row."""
LARGEST_FILE: Final = 1024 * 1024 * 1024
"""Bytes of one temporary file, which a large sort needs."""

_ALL: Final = (
    "(SELECT name, type FROM sqlite_temp_master UNION ALL SELECT name, type FROM sqlite_master)"
)
_ACTIONS: Final = {
    getattr(sqlite3, name): name.removeprefix("SQLITE_").replace("_", " ")
    for name in dir(sqlite3)
    if name.startswith(("SQLITE_CREATE", "SQLITE_DROP", "SQLITE_ALTER"))
} | {
    sqlite3.SQLITE_INSERT: "INSERT",
    sqlite3.SQLITE_UPDATE: "UPDATE",
    sqlite3.SQLITE_DELETE: "DELETE",
    sqlite3.SQLITE_ATTACH: "ATTACH",
    sqlite3.SQLITE_DETACH: "DETACH",
    sqlite3.SQLITE_PRAGMA: "PRAGMA",
    sqlite3.SQLITE_ANALYZE: "ANALYZE",
    sqlite3.SQLITE_REINDEX: "REINDEX",
    sqlite3.SQLITE_SAVEPOINT: "SAVEPOINT",
    sqlite3.SQLITE_TRANSACTION: "a transaction",
}


class Gate:
    """SQLite's authorizer: it lets reading through and remembers the first thing it refused."""

    def __init__(self, tables: set[str]) -> None:
        self.tables = tables
        self.refused: str | None = None

    def __call__(
        self,
        action: int,
        first: str | None,
        second: str | None,
        database: str | None,
        _: str | None,
    ) -> int:
        """Answer what SQLite asks while it compiles a statement."""
        if self._reads(action, first or "", second or "", database):
            return sqlite3.SQLITE_OK
        if self.refused is None:
            self.refused = self._name(action, first, second)
        return sqlite3.SQLITE_DENY

    def _reads(self, action: int, first: str, second: str, database: str | None) -> bool:
        if action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE}:
            return True
        if action == sqlite3.SQLITE_FUNCTION:
            return second.lower() in FUNCTIONS
        if action == sqlite3.SQLITE_READ:
            # Without a column it may be the name of a WITH clause, and gives nothing away.
            return first.lower() in self.tables or not second
        # FTS5 asks for this one before each search, to see whether another process wrote.
        pragma = first if action == sqlite3.SQLITE_PRAGMA and not second else ""
        return pragma == "data_version" and database == "main"

    @staticmethod
    def _name(action: int, first: str | None, second: str | None) -> str:
        if action == sqlite3.SQLITE_FUNCTION:
            return f"the function {second}()"
        if action == sqlite3.SQLITE_READ:
            return f"the table {first}"
        if first == "sqlite_master":  # a virtual table declaring itself
            return "that table"
        return _ACTIONS.get(action, "that statement")


def confine(memory: int) -> None:
    """Bound this process: `memory` in bytes, size of files."""
    for kind, value in (
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory),
    ):
        _limit(kind, value)


def confine_time(seconds: int) -> None:
    """Bound the processor time of this process from now on.

    The parent kills it on time; this limit is for a parent that is gone, and up to a second short.
    """
    _limit(resource.RLIMIT_CPU, int(time.process_time()) + seconds)


def _limit(kind: int, value: int) -> None:
    with suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS; SQLite's own limit holds there
        resource.setrlimit(kind, (value, value + 1))


def open_database(uri: str, memory: int) -> sqlite3.Connection:
    """Open the database for reading."""
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    for pragma in ("trusted_schema = OFF", f"hard_heap_limit = {memory}"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def fill(connection: sqlite3.Connection, names: Sequence[str], lines: Iterator[bytes]) -> None:
    """Make temporary tables of these names, whose rows come by the thousand, a list a line.

    An empty list ends a table. A line that is missing means that the parent is gone.
    """
    connection.execute("BEGIN")
    for name in names:
        connection.execute(
            f'CREATE TEMP TABLE "{name}" (article_id INTEGER, ordinal INTEGER, score REAL)'
        )
        while rows := json.loads(next(lines, b"")):
            connection.executemany(f'INSERT INTO temp."{name}" VALUES (?, ?, ?)', rows)  # noqa: S608 - a checked name
        # No table may be named with a space, so that no name of theirs is taken.
        connection.execute(f'CREATE INDEX temp."of {name}" ON "{name}" (article_id, ordinal)')
    connection.execute("COMMIT")


def shut(connection: sqlite3.Connection, memory: int) -> Gate:
    """Shut the gate: from here on there is only reading."""
    connection.execute("PRAGMA query_only = ON").fetchall()
    # Virtual tables declare themselves on first use, which the gate would take for CREATE TABLE.
    connection.execute("SELECT 1 FROM paragraphs_fts WHERE paragraphs_fts MATCH 'a'").fetchone()
    connection.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')").fetchone()
    found = connection.execute(f"SELECT lower(name) FROM {_ALL}")  # noqa: S608 - ours
    names = {str(name) for (name,) in found}
    for limit, value in LIMITS.items():
        connection.setlimit(limit, value)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(LARGEST_VALUE, memory // 4))
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    gate = Gate(names | {"sqlite_master", "sqlite_schema", "json_each", "json_tree"})
    connection.set_authorizer(gate)
    return gate


def answer(request: dict[str, Any], lines: Iterator[bytes]) -> Iterator[object]:
    """Run the query and give what goes to the parent: columns, rows, the end."""
    memory, limit = request["memory"] * 3 // 4, request["max_rows"]
    connection = open_database(request["uri"], memory)
    fill(connection, request["hits"], lines)
    gate = shut(connection, memory)
    confine_time(request["cpu_seconds"])
    try:
        cursor = connection.execute(request["sql"])
        if cursor.description is None:
            yield {"error": "There is no statement in this query."}
            return
        yield [column[0] for column in cursor.description]
        for number, row in enumerate(cursor):
            if number == limit:
                yield {"truncated": True}
                return
            yield row
        yield {"truncated": False}
    except MemoryError:
        raise
    except Exception as error:  # whatever it is, the person is told in one line
        connection.set_authorizer(None)
        yield report(error, gate, connection)


def report(error: Exception, gate: Gate, connection: sqlite3.Connection) -> dict[str, object]:
    """Describe an error; for a wrong name, with the names there are."""
    known: list[str] = []
    message = str(error)
    code = getattr(error, "sqlite_errorcode", 0)
    if message.startswith("no such table"):
        known = [name for name, _ in _names(connection)]
    elif message.startswith("no such column"):
        known = sorted({column for _, columns in _names(connection) for column in columns})
    elif message.startswith("no such function"):
        known = sorted(FUNCTIONS)
    return {"error": message, "code": code, "refused": gate.refused, "known": known}


def _names(connection: sqlite3.Connection) -> list[tuple[str, list[str]]]:
    """Give tables and views with their columns, without those that FTS5 and SQLite keep to themselves."""
    wanted = (
        f"SELECT name FROM {_ALL} WHERE type IN ('table', 'view') AND name <> 'alembic_version'"  # noqa: S608 - ours
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'paragraphs\\_fts\\__%' ESCAPE '\\'"
    )
    names = [name for (name,) in connection.execute(wanted)]
    columns = "SELECT name FROM pragma_table_info(?)"
    return [(name, [c for (c,) in connection.execute(columns, [name])]) for name in names]


def encode(value: object) -> object:
    """Give a blob as JSON can carry it."""
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    raise TypeError(type(value).__name__)


def main() -> None:
    """Read the request, answer it, and leave without tidying up: the parent may be waiting."""
    request = json.loads(sys.stdin.buffer.readline())
    confine(request["memory"])
    line = json.JSONEncoder(ensure_ascii=False, default=encode).encode
    with open(1, "wb", buffering=65536, closefd=False) as out:
        try:
            out.writelines(
                line(part).encode() + b"\n" for part in answer(request, sys.stdin.buffer)
            )
        except MemoryError:
            out.write(b'{"error": "memory"}\n')
        except BrokenPipeError:
            os._exit(0)
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0)
            out.write(line({"error": str(error), "code": code}).encode() + b"\n")


if __name__ == "__main__":
    main()
