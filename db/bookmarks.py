"""The saved links: those whose articles are still to be fetched, or all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from accession import Bookmark
from db.reader import Reader

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Saved:
    """A link as the library keeps it; `source` is the export it first came from, times are UTC.

    `article_id` is the article with this address, None until there is one.
    """

    id: int
    bookmark: Bookmark
    source: str
    added_at: str
    article_id: int | None


def bookmarks(reader: Reader, *, unfetched: bool = False) -> Iterator[Saved]:
    """Give the saved links, first saved first; with `unfetched` those that have no article.

    A removed article is one: what a person took out is not fetched again. A batch at a time is read,
    so that articles may be stored meanwhile.
    """
    only = " AND article_id IS NULL" if unfetched else ""
    sql = f"SELECT * FROM bookmarks WHERE id > ?{only} ORDER BY id LIMIT {_BATCH}"  # noqa: S608 - words of ours
    last = 0
    while found := reader.select(sql, [last]):
        for row in found:
            tags = tuple(json.loads(row["tags"]))
            link = Bookmark(row["url"], row["headline"], tags, row["saved_at"], row["note"])
            yield Saved(row["id"], link, row["source"], row["added_at"], row["article_id"])
        last = found[-1]["id"]


def count(reader: Reader) -> tuple[int, int]:
    """Give how many links are saved, and how many of them have no article."""
    sql = "SELECT count(*) AS saved, count(*) - count(article_id) AS unfetched FROM bookmarks"
    row = reader.select(sql)[0]
    return row["saved"], row["unfetched"]


def last_failures(reader: Reader) -> dict[str, int]:
    """Give the number in the log of the last failure of each input that failed, by its location."""
    sql = "SELECT location, max(id) AS last FROM ingests WHERE outcome = 'failed' GROUP BY location"
    return {row["location"]: row["last"] for row in reader.select(sql)}
