"""What a library holds, counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from library.library import Library

_TOP = 10
_DATABASE = ("cuttings.db", "cuttings.db-*")
"""The database with its log; those that a restore or a repair kept are others."""


def count(library: Library) -> dict[str, Any]:
    """Give the counts that `stats` shows; sizes are in bytes."""
    reader = library.reader
    totals = reader.select(
        "SELECT count(*) AS articles, coalesce(sum(word_count), 0) AS words,"
        " min(published) AS first, max(published) AS last,"
        " count(*) - count(published) AS undated"
        " FROM articles WHERE removed_at IS NULL"
    )[0]
    one = reader.select(
        "SELECT (SELECT count(*) FROM current_paragraphs) AS paragraphs,"
        " (SELECT count(*) FROM articles WHERE removed_at IS NOT NULL) AS removed,"
        " (SELECT count(*) FROM revisions) AS revisions, (SELECT count(*) FROM copies) AS copies"
    )[0]
    return {
        "library": str(library.folder.path),
        **dict(totals),
        **dict(one),
        "pending": reader.pending(),
        "languages": _top(library, "language"),
        "sites": _top(library, "site"),
        "database_bytes": sum(_size(library.folder.path, name) for name in _DATABASE),
        "index_bytes": _size(library.folder.index, "**/*"),
    }


def _top(library: Library, column: str) -> dict[str, int]:
    rows = library.reader.select(
        f"SELECT coalesce({column}, 'unknown') AS name, count(*) AS articles FROM articles"  # noqa: S608 - a name of ours
        " WHERE removed_at IS NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
        [_TOP],
    )
    return {row["name"]: row["articles"] for row in rows}


def _size(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())
