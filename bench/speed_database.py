"""A library's database with the rows of many articles and their tags, but none of their texts."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bench.speed_corpus import Record, records

_ARTICLE = """INSERT INTO articles (id, revision, added_at, changed_at, headline, published,
published_precision, language, word_count, content_hash, origins)
VALUES (?, 1, '2026-01-01', '2026-01-01', ?, ?, 'day', 'en', 0, '', '{}')"""
_TAG = "INSERT OR IGNORE INTO tags (article_id, tag) VALUES (?, ?)"


def fill(folder: Path, corpus: Path, size: int) -> None:
    """Make a library in a folder, and put the rows into its database."""
    from library.folder import Folder
    from library.library import Library

    place = Folder(folder)
    with Library(place) as library:
        _ = library.store  # makes the tables
    db = sqlite3.connect(place.database)
    with db:
        db.executemany(_ARTICLE, map(_row, records(corpus, size)))
        tags = ((one["id"], tag) for one in records(corpus, size) for tag in one["tags"])
        db.executemany(_TAG, tags)
    db.close()


def _row(one: Record) -> tuple[int, str, str]:
    return one["id"], one["headline"], one["date"]
