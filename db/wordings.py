"""Where in the history of articles a paragraph's words stand, read through the second door."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from article import Author, Stored, digest
from db import rows
from db.reader import Reader

_KEPT = 16
"""Hex digits of a text's SHA-256 that the tables keep."""
_HEADS = ("headline", "standfirst")
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph in one wording of an article; `current` is whether that is today's wording."""

    article_id: int
    revision: int
    ordinal: int
    text: str
    current: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier wording of an article, when it was replaced (UTC) and why."""

    stored: Stored
    replaced_at: str
    cause: str


def places(reader: Reader, article_id: int, prefix: str) -> list[Place]:
    """Give every place, today's and earlier, where an article has a text whose hash begins so."""
    return _places(reader, "article_id = ? AND ", [article_id], prefix)


def anywhere(reader: Reader, prefix: str) -> Place | None:
    """Give a place in any article that has a text whose hash begins so; it may read every paragraph."""
    found = _places(reader, "", [], prefix, " LIMIT 1")
    return found[0] if found else None


def _places(
    reader: Reader, condition: str, values: Sequence[int], prefix: str, end: str = ""
) -> list[Place]:
    kept = prefix[:_KEPT]
    where = f"WHERE {condition}substr(hash, 1, {len(kept)}) = ?"
    sql = (
        "SELECT article_id, (SELECT revision FROM articles WHERE id = article_id) AS revision,"  # noqa: S608 - only our own words
        f" ordinal, text, 1 AS current FROM paragraphs {where} UNION ALL"
        f" SELECT article_id, revision, ordinal, text, 0 FROM revision_paragraphs {where}{end}"
    )
    found = map(_place, reader.select(sql, [*values, kept] * 2))
    return [place for place in found if digest(place.text).startswith(prefix)]


def _place(row: Mapping[str, Any]) -> Place:
    return Place(
        row["article_id"], row["revision"], row["ordinal"], row["text"], bool(row["current"])
    )


def wordings(reader: Reader, today: Stored) -> list[Stored]:
    """Give every wording of an article, the first one first, today's last; see `earlier`."""
    numbers = reader.select(
        "SELECT revision FROM revisions WHERE article_id = ? ORDER BY revision", [today.id]
    )
    return [*(earlier(reader, today, row["revision"]).stored for row in numbers), today]


def earlier(reader: Reader, today: Stored, revision: int) -> Earlier:
    """Give an earlier wording of an article; tags, links and times are not kept, and are today's."""
    key = [today.id, revision]
    (row,) = reader.select("SELECT * FROM revisions WHERE article_id = ? AND revision = ?", key)
    paragraphs = reader.select(
        "SELECT * FROM revision_paragraphs WHERE article_id = ? AND revision = ? ORDER BY ordinal",
        key,
    )
    times = {name: getattr(today, name) for name in ("added_at", "changed_at", "removed_at")}
    stored = rows.stored(
        {**dict(row), **times, "id": today.id},
        paragraphs=[rows.paragraph(one) for one in paragraphs],
        authors=[Author(name) for name in json.loads(row["authors"])],
        tags=list(today.article.tags),
        links=list(today.article.links),
    )
    return Earlier(stored, row["replaced_at"], row["cause"])


def earlier_texts(reader: Reader) -> Iterator[tuple[int, str]]:
    """Give (article, text) of the headlines, standfirsts and paragraphs of all earlier wordings.

    Paragraphs that stand in the article's wording of today are left out.
    """
    for row in reader.select("SELECT article_id, headline, standfirst FROM revisions"):
        yield from ((row["article_id"], row[name]) for name in _HEADS if row[name])
    sql = (
        "SELECT article_id, text FROM revision_paragraphs AS r WHERE rowid > ? AND rowid <= ?"
        " AND NOT EXISTS (SELECT 1 FROM paragraphs WHERE article_id = r.article_id AND hash = r.hash)"
        " GROUP BY article_id, hash"
    )
    last = reader.select("SELECT coalesce(max(rowid), 0) AS last FROM revision_paragraphs")
    for start in range(0, last[0]["last"], _BATCH):
        for row in reader.select(sql, [start, start + _BATCH]):
            yield row["article_id"], row["text"]


def removed_texts(reader: Reader) -> Iterator[tuple[int, str]]:
    """Give (article, text) of the headlines, standfirsts and paragraphs of removed articles."""
    removed = "FROM articles WHERE removed_at IS NOT NULL"
    for row in reader.select(f"SELECT id, headline, standfirst {removed}"):
        yield from ((row["id"], row[name]) for name in _HEADS if row[name])
    sql = f"SELECT article_id, text FROM paragraphs WHERE article_id IN (SELECT id {removed})"  # noqa: S608 - ours
    for row in reader.select(sql):
        yield row["article_id"], row["text"]
