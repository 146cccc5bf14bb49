"""Direct SQL, read-only beyond doubt: a query runs in a process of its own that can be killed."""

from __future__ import annotations

import json
import math
import signal
import sqlite3
import subprocess
import sys
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from db import hit_tables
from db.errors import SqlError, translate
from db.hit_tables import HitRow
from db.pipe import Pipe, TooSlow, give
from db.reader import Reader

MIB: Final = 1024 * 1024
MEMORY: Final = 512 * MIB
LONGEST_QUERY: Final = 1_000_000
"""Bytes of SQL; far beyond what a person writes, and room for a few thousand numbers in an IN."""

Value = str | int | float | bytes | None

_CHILD = Path(__file__).with_name("sql_child.py")
_OF_THE_FILE = {
    *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM),
}
_OF_THE_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_MEANINGS = {
    "one statement at a time": "This command runs one statement; there are several here.",
    "binding": "Values stand in the query itself: ? and :name have nothing to stand for.",
    "string or blob too big": "A value of this query is too large: 64 MB is the limit.",
}
_IN_MATCH = ("fts5:", "no such column", "unterminated string", "unknown special query")
_QUOTING = """In MATCH, words with signs in them go in double quotes: MATCH '"well-known"'"""


def run(  # noqa: PLR0913 - one for each limit, and the tables
    path: Path,
    sql: str,
    *,
    seconds: float = 10.0,
    max_rows: int | None = None,
    memory: int = MEMORY,
    hits: Mapping[str, Iterable[HitRow]] = MappingProxyType({}),
) -> Rows:
    """Put one reading statement to the database at `path`.

    It may read a temporary table of each of `hits`' names, filled with those rows. It may take `seconds` of waiting, give `max_rows` rows (None: any number) and use `memory`
    bytes. Raises `SqlError` when the statement is wrong, forbidden or too much, here or while the
    rows are read, and the errors of `Reader` when the database cannot serve.
    """
    if len(sql.encode("utf-8", "replace")) > LONGEST_QUERY:
        raise SqlError(f"The query is longer than {LONGEST_QUERY:,} bytes.")
    reader = Reader(path)
    try:
        hit_tables.check(reader, hits)
        request = {"uri": reader.uri, "sql": sql, "max_rows": max_rows, "hits": list(hits)}
        return Rows(path, request, seconds, memory, hit_tables.lines(hits))
    finally:
        reader.close()


class Rows:
    """The answer: `columns`, each name once; the rows, once, as they come; then `truncated`.

    Rows are read from the process that runs the query as they are asked for. It ends when all
    were read, when `close` is called, and at the latest with this object.
    """

    def __init__(
        self,
        path: Path,
        request: dict[str, Any],
        seconds: float,
        memory: int,
        lines: Iterable[bytes] = (),
    ) -> None:
        self.truncated = False
        self._path = path
        self._sql = str(request["sql"])
        self._seconds = seconds
        self._memory = memory
        limits = {"memory": memory, "cpu_seconds": math.ceil(seconds) + 1}
        self._process = _start()
        self._end = weakref.finalize(self, _stop, self._process)
        self._tell(chain([json.dumps({**request, **limits}).encode() + b"\n"], lines))
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        self._pipe = Pipe(self._process.stdout.fileno(), seconds)
        self.columns = unique(self._next())

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        """Give the rows; raises `SqlError` where a limit is met on the way."""
        while self._end.alive and (row := self._next()):
            yield tuple(map(_value, row))

    def close(self) -> None:
        """End the query."""
        self._end()

    def _tell(self, lines: Iterable[bytes]) -> None:
        assert self._process.stdin is not None  # noqa: S101 - a pipe was asked for
        try:
            give(self._process.stdin, lines)
        except BaseException:  # whoever finds the rows failed, or Ctrl-C
            self.close()
            raise

    def _next(self) -> list[Any]:
        """Give the next list the process wrote; an empty one at the end of the answer."""
        try:
            part = self._read()
        except BaseException:  # Ctrl-C too: the process must not outlive the question
            self.close()
            raise
        if isinstance(part, list):
            return part
        self.close()
        if "error" in part:
            raise self._problem(part)
        self.truncated = part["truncated"]
        return []

    def _read(self) -> list[Any] | dict[str, Any]:
        try:
            line = self._pipe.line()
        except TooSlow:
            raise self._too_slow() from None
        if line is None:
            raise self._died()
        part: list[Any] | dict[str, Any] = json.loads(line)
        return part

    def _problem(self, part: dict[str, Any]) -> Exception:
        message, code = part["error"], part.get("code", 0) & 0xFF
        if message == "memory":
            return self._too_big()
        if code in _OF_THE_FILE:
            error = sqlite3.OperationalError(message)
            error.sqlite_errorcode = code
            return translate(error, self._path)
        if code in _OF_THE_DISK:
            return SqlError(f"The query needs more temporary space than there is ({message}).")
        if refused := part.get("refused"):
            return SqlError(f"This command only reads: {refused} is not allowed.")
        return SqlError(explain(message, self._sql, part.get("known", [])))

    def _died(self) -> SqlError:
        status = self._process.wait()
        if status == -signal.SIGXCPU:
            return self._too_slow()
        if status == -signal.SIGKILL:  # this program kills it only when nobody reads any more
            return self._too_big()
        return SqlError(f"The query was ended by the system (status {status}).")

    def _too_slow(self) -> SqlError:
        return SqlError(
            f"The query took longer than {self._seconds:g} s and was stopped. "
            "Narrow it, or allow more: --seconds N"
        )

    def _too_big(self) -> SqlError:
        return SqlError(
            f"The query needs more than {self._memory // MIB} MB of memory and was stopped. "
            "Ask for fewer or shorter values."
        )


def explain(message: str, sql: str, known: Sequence[str]) -> str:
    """Give SQLite's message in one line, with what it means or the name that was meant."""
    message = " ".join(message.split())
    for words, meaning in _MEANINGS.items():
        if words in message:
            return meaning
    name = message.rpartition(":")[2].strip().rpartition(".")[2]
    near = get_close_matches(name.lower(), known, n=3) if known else []
    if near:
        return f"{message}. Did you mean {' or '.join(near)}?"
    if message.startswith("no such table"):
        return f"{message}. What there is: cuttings schema"
    if "fts" in sql.lower() and message.startswith(_IN_MATCH):
        return f"{message}. {_QUOTING}"
    return message


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Give every name once: the second `a` becomes `a_2`."""
    taken: set[str] = set()
    given = set(names)
    for_good: list[str] = []
    for name in names:
        candidate, number = name, 1
        while candidate in taken or (number > 1 and candidate in given):
            number += 1
            candidate = f"{name}_{number}"
        taken.add(candidate)
        for_good.append(candidate)
    return tuple(for_good)


def _start() -> subprocess.Popen[bytes]:
    # -I and -S: neither the user's environment nor installed packages have a say in this process.
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
        [sys.executable, "-I", "-S", "-X", "utf8", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _value(value: str | float | dict[str, str] | None) -> Value:
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value
