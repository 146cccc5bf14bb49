"""The inputs an article came from, and their bytes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from db.reader import Reader


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy of an article whose bytes are kept; `size` is their number."""

    id: int
    location: str
    item: str | None
    kind: str
    sha256: str
    ingested_at: str
    size: int
    current: bool


def copies(reader: Reader, article_id: int) -> list[Kept]:
    """Give the copies of an article, oldest first; `current` is what its words were read from."""
    sql = (
        "SELECT c.id, c.location, c.item, c.kind, c.sha256, c.ingested_at, o.size,"
        " c.content_hash = a.content_hash AS current"
        " FROM copies c JOIN originals o USING (sha256) JOIN articles a ON a.id = c.article_id"
        " WHERE c.article_id = ? ORDER BY c.id"
    )
    rows = [dict(row) for row in reader.select(sql, [article_id])]
    return [Kept(**{**row, "current": bool(row["current"])}) for row in rows]


def original(reader: Reader, sha256: str) -> bytes:
    """Give the bytes as they came."""
    sql = "SELECT compression, data FROM originals WHERE sha256 = ?"
    row = reader.select(sql, [sha256])[0]
    data: bytes = row["data"]
    return zlib.decompress(data) if row["compression"] == "zlib" else data
