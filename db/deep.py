"""Reading all that a database holds against the hashes that stand beside it."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from db import broken
from db.errors import translating
from db.reader import Reader, connect_read_only
from db.salvage import TABLES

_PIECE = 1024 * 1024


def changed_originals(reader: Reader) -> Iterator[str]:
    """Give the SHA-256 of each original whose bytes are not, or no longer, those that came."""
    hashes = [row["sha256"] for row in reader.select("SELECT sha256 FROM originals")]
    one = "SELECT size, compression, data FROM originals WHERE sha256 = ?"
    for sha256 in hashes:
        found = reader.select(one, [sha256])
        if found and not _holds(sha256, **found[0]):
            yield sha256


def lost_originals(reader: Reader) -> list[int]:
    """Give the articles that came from bytes which are not kept."""
    sql = (
        "SELECT DISTINCT article_id FROM copies"
        " WHERE sha256 NOT IN (SELECT sha256 FROM originals) ORDER BY 1"
    )
    return [row["article_id"] for row in reader.select(sql)]


def articles_from(reader: Reader, hashes: Sequence[str]) -> list[int]:
    """Give the articles that came from these originals."""
    sql = (
        "SELECT DISTINCT article_id FROM copies"
        " WHERE sha256 IN (SELECT value FROM json_each(?)) ORDER BY 1"
    )
    return [row["article_id"] for row in reader.select(sql, [json.dumps(hashes)])]


def changed_paragraphs(reader: Reader) -> list[int]:
    """Give the articles with paragraphs, today's or earlier ones, that are not what their hashes say."""
    found = set()
    for table in ("paragraphs", "revision_paragraphs"):
        # As bytes, since damage makes letters that are none.
        data = "CASE typeof(text) WHEN 'text' THEN CAST(text AS BLOB) END"
        sql = f"SELECT article_id, {data}, CAST(hash AS BLOB) FROM {table}"  # noqa: S608 - ours
        rows = reader.connection.execute(sql)
        found |= {n for n, text, kept in rows if not _is_hash(text, kept)}
    return sorted(found)


def broken_texts(path: Path) -> dict[str, int]:
    """Count the rows of each table that hold a text which is no UTF-8 any more."""
    with translating(path), closing(connect_read_only(path)[0]) as connection:
        connection.row_factory = None
        connection.text_factory = broken.text
        rows = {table: connection.execute(f"SELECT * FROM {table}") for table in TABLES}  # noqa: S608 - names of ours
        counts = {table: sum(map(broken.is_broken, some)) for table, some in rows.items()}
    return {table: count for table, count in counts.items() if count}


def out_of_full_text(reader: Reader) -> list[int]:
    """Give the articles that the full text should hold and does not, or the other way round."""
    sql = (
        "SELECT article_id FROM current_paragraphs"
        " WHERE id NOT IN (SELECT id FROM paragraphs_fts_docsize)"
        " UNION SELECT coalesce(p.article_id, 0) FROM paragraphs_fts_docsize AS d"
        " LEFT JOIN current_paragraphs AS p ON p.id = d.id WHERE p.id IS NULL ORDER BY 1"
    )
    return [row["article_id"] for row in reader.select(sql)]


def _is_hash(text: bytes | None, kept: object) -> bool:
    return text is not None and hashlib.sha256(text).hexdigest()[:16].encode() == kept


def _holds(sha256: str, size: int, compression: str, data: bytes) -> bool:
    """Say whether kept bytes are those of a hash; never more than they should be are unpacked."""
    found, length = hashlib.sha256(), 0
    try:
        for piece in _unpacked(data) if compression == "zlib" else [data]:
            found.update(piece)
            length += len(piece)
            if length > size:
                return False
    except (zlib.error, TypeError):
        return False
    return found.hexdigest() == sha256


def _unpacked(data: bytes) -> Iterator[bytes]:
    stream = zlib.decompressobj()
    while data and not stream.eof:
        yield stream.decompress(data, _PIECE)
        data = stream.unconsumed_tail
    yield stream.flush()
