"""Families as a search reads them: through the door that needs no SQLAlchemy."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from db.reader import Reader


class Member(NamedTuple):
    """An article of a family, and how long it is."""

    article_id: int
    word_count: int


def families(reader: Reader) -> dict[int, int]:
    """Give the family of every article that is in one."""
    sql = "SELECT article_id, family FROM fingerprints WHERE family IS NOT NULL"
    return {row["article_id"]: row["family"] for row in reader.select(sql)}


def families_of(reader: Reader, revisions: Mapping[int, int]) -> dict[int, int]:
    """Give the family of each of these articles that is in one and reads as in this revision."""
    sql = (
        "SELECT f.article_id, f.family, a.revision FROM fingerprints AS f"
        " JOIN articles AS a ON a.id = f.article_id"
        " WHERE f.family IS NOT NULL AND f.article_id IN (SELECT value FROM json_each(?))"
    )
    found = reader.select(sql, [json.dumps(list(revisions))])
    return {
        row["article_id"]: row["family"]
        for row in found
        if row["revision"] == revisions[row["article_id"]]
    }


def sizes(reader: Reader, families: Collection[int]) -> dict[int, int]:
    """Count the members of families."""
    sql = (
        "SELECT family, count(*) AS n FROM fingerprints"
        " WHERE family IN (SELECT value FROM json_each(?)) GROUP BY family"
    )
    return {row["family"]: row["n"] for row in reader.select(sql, [json.dumps(list(families))])}


def members(reader: Reader, family: int) -> Sequence[Member]:
    """Give the articles of a family, the earliest published first, undated ones last."""
    sql = (
        "SELECT f.article_id, a.word_count FROM fingerprints AS f"
        " JOIN articles AS a ON a.id = f.article_id"
        " WHERE f.family = ? ORDER BY a.published IS NULL, a.published, a.published_at, a.id"
    )
    found = reader.select(sql, [family])
    return [Member(row["article_id"], row["word_count"]) for row in found]


def waiting(reader: Reader) -> int:
    """Count the articles stored before there were families, which nobody has looked at yet."""
    return int(reader.select("SELECT count(*) AS n FROM family_queue")[0]["n"])
