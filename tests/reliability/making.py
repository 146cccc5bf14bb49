"""Small libraries for tests under faults: each article has a word that no other has."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

SITE = "gazette.example"
_WORDS = [
    "ferry",
    "harbour",
    "council",
    "winter",
    "market",
    "bridge",
    "tide",
    "lantern",
    "orchard",
    "frost",
    "clerk",
    "quay",
]


def token(number: int) -> str:
    """Give the word of an article."""
    return f"zq{number}xv"


def line(number: int, more: str = "") -> dict[str, object]:
    """Give an article as a line of JSON Lines; every fourth repeats its neighbour's words but a few."""
    seed = number - 1 if number % 4 == 3 else number
    words = [_WORDS[(seed * 7 + place * (seed % 5 + 1)) % len(_WORDS)] for place in range(40)]
    text = f"{' '.join(words)}. It was said by {token(seed)} of the {seed}th ward. {more}".strip()
    return {
        "id": f"a{number}",
        "site": SITE,
        "title": f"Report {token(number)}",
        "date": f"2023-03-{number % 27 + 1:02}",
        "text": text,
    }


def write(path: Path, lines: Iterable[Mapping[str, object]]) -> Path:
    """Write articles to a file."""
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    return path


def acknowledged(out: str) -> dict[int, str]:
    """Give article and headline of all that `ingest --json` reported as stored; a torn line is none."""
    found: dict[int, str] = {}
    for text in out.splitlines(keepends=True):
        if text.endswith("\n") and '"event": "input"' in text:
            event = json.loads(text)
            if event["article"] is not None:
                found[event["article"]] = event["headline"]
    return found


_TIMES = {"at", "added_at", "changed_at", "ingested_at", "replaced_at", "read_at", "failed_at"}
_PASSING = {"ingests", "sqlite_sequence", "settings", "index_queue", "alembic_version"}


def state(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Give all that a database holds, without times and the log: equal for equal libraries."""
    connection = sqlite3.connect(database)
    try:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        kept = [one for one in names if one not in _PASSING and "_fts" not in one]
        return {name: _rows(connection, name) for name in sorted(kept)}
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    shown = [
        f"{name} IS NULL" if name == "removed_at" else name
        for name in columns
        if name not in _TIMES
    ]
    return sorted(connection.execute(f"SELECT {', '.join(shown)} FROM {table}"), key=repr)
