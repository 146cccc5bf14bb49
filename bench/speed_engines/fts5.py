"""SQLite's FTS5, made as `sqlite-utils insert` and `sqlite-utils enable-fts` make it.

With `top` as its argument, the ten best are found without a count of all. Size is that of the full
text alone.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.speed_corpus import records
from bench.speed_engines import Answer, Asked
from bench.speed_queries import Query

_FILE = "articles.db"
_FROM = (
    "FROM articles_fts JOIN articles AS a ON a.id = articles_fts.rowid WHERE articles_fts MATCH ?"
)
_BEST = f"SELECT a.id {_FROM} {{0}} ORDER BY rank LIMIT 10"
_NEWEST = f"SELECT a.id {_FROM} ORDER BY a.date DESC, a.id LIMIT 10"
_COUNT = f"SELECT count(*) {_FROM} {{0}}"
_TAGS = f"SELECT value, count(*) FROM (SELECT a.tags {_FROM}), json_each(tags) GROUP BY value"
_WHERE_TAG = "AND EXISTS (SELECT 1 FROM json_each(a.tags) WHERE value = ?)"
_WHERE_DATE = "AND a.date BETWEEN ? AND ?"
_CANNOT = {"wildcard", "fuzzy", "paragraphs"}


_COLD = """
import sqlite3
db = sqlite3.connect({0!r})
print(db.execute({1!r}, [{3!r}]).fetchall(), db.execute({2!r}, [{3!r}]).fetchall())
"""


def version(argument: str) -> str:  # noqa: ARG001 - each adapter has it
    """Name the engine."""
    from importlib.metadata import version as installed

    return f"SQLite {sqlite3.sqlite_version}, sqlite-utils {installed('sqlite-utils')}"


def build(argument: str, corpus: Path, size: int, folder: Path) -> dict[str, Any]:  # noqa: ARG001
    """Insert articles, then index them; the table of texts is part of the time."""
    from sqlite_utils import Database

    start = time.perf_counter()
    db = Database(folder / _FILE)
    db["articles"].insert_all(_rows(corpus, size), pk="id")
    db["articles"].enable_fts(["headline", "text"], tokenize="porter")
    seconds = time.perf_counter() - start
    articles = db["articles"].count
    mb = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'articles_fts%'").fetchone()[0]
    db.close()
    return {"seconds": seconds, "articles": articles, "mb": mb / 1e6}


def _rows(corpus: Path, size: int) -> Iterator[dict[str, Any]]:
    for one in records(corpus, size):
        text = "\n\n".join(one["paragraphs"])
        yield {name: value for name, value in one.items() if name != "paragraphs"} | {"text": text}


def open_index(argument: str, folder: Path) -> Asked:
    """Open the database."""
    db = sqlite3.connect(folder / _FILE)

    def ready(query: Query) -> Answer | None:
        if query.kind in _CANNOT:
            return None
        values = [match(query), *_values(query)]
        where = _WHERE_TAG if query.tag else _WHERE_DATE if query.first else ""
        best = _NEWEST if query.kind == "sort by date" else _BEST.format(where)
        statements = [best] if argument == "top" else [best, _COUNT.format(where)]
        if query.kind == "facets":
            statements.insert(0, _TAGS)
        return lambda: _ask(db, statements, values)

    return ready


def cold_command(argument: str, python: str, folder: Path, word: str) -> list[str]:  # noqa: ARG001
    """Answer a word."""
    statements = _BEST.format(""), _COUNT.format("")
    return [python, "-c", _COLD.format(str(folder / _FILE), *statements, word)]


def _ask(db: sqlite3.Connection, statements: list[str], values: list[str]) -> int:
    """Run the statements; the last one's first value is the count, where it counts."""
    for sql in statements:
        with closing(db.execute(sql, values)) as cursor:
            rows = cursor.fetchall()
    return int(rows[0][0]) if rows else 0


def match(query: Query) -> str:
    """Write a query for MATCH; its NEAR counts the words between."""
    words = [f'"{word}"' for word in query.words]
    match query.kind:
        case "OR":
            return " OR ".join(words)
        case "NOT":
            return f'{words[0]} NOT "{query.without}"'
        case "phrase":
            return f'"{" ".join(query.words)}"'
        case "near":
            return f"NEAR({' '.join(words)}, {query.distance - 1})"
        case "prefix":
            return f"{words[0]} *"
        case _ if query.headline:
            return f'{words[0]} AND headline : "{query.headline}"'
        case _:
            return " AND ".join(words)


def _values(query: Query) -> list[str]:
    if query.tag:
        return [query.tag]
    return [query.first, query.last] if query.first else []
