"""Counts over a set of articles: by their values, and by their dates beside all others.

The set is held as a temporary table of the reader's own connection; the database is only read.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from db.reader import Reader

_TABLE = "CREATE TEMP TABLE chosen (id INTEGER PRIMARY KEY)"
_FILL = """INSERT INTO temp.chosen SELECT a.id FROM json_each(?) AS given
JOIN articles AS a ON a.id = given.value WHERE a.removed_at IS NULL"""
_BY_COLUMN = """SELECT nullif({0}, '') AS value, count(*) AS articles
FROM temp.chosen AS c JOIN articles AS a ON a.id = c.id GROUP BY 1"""
# A name that stands twice in a byline still counts its article once.
_BY_AUTHOR = """SELECT n.name AS value, count(*) AS articles FROM
(SELECT DISTINCT x.article_id, x.author_id
 FROM article_authors AS x JOIN temp.chosen AS c ON c.id = x.article_id) AS signed
JOIN authors AS n ON n.id = signed.author_id GROUP BY n.id
UNION ALL SELECT NULL, count(*) FROM temp.chosen
WHERE id NOT IN (SELECT article_id FROM article_authors)"""
_BY_TAG = """SELECT t.tag AS value, count(*) AS articles
FROM tags AS t JOIN temp.chosen AS c ON c.id = t.article_id GROUP BY t.tag
UNION ALL SELECT NULL, count(*) FROM temp.chosen WHERE id NOT IN (SELECT article_id FROM tags)"""
# NOT INDEXED: to walk the table once is faster than to look up each article of an index.
_BY_DATE = """SELECT published, published_precision,
sum(id IN (SELECT id FROM temp.chosen)) AS chosen, count(*) AS articles
FROM articles NOT INDEXED WHERE removed_at IS NULL GROUP BY 1, 2"""

FACETS: Final[Mapping[str, str]] = {
    "site": _BY_COLUMN.format("a.site"),
    "author": _BY_AUTHOR,
    "year": _BY_COLUMN.format("substr(a.published, 1, 4)"),
    "section": _BY_COLUMN.format("a.section"),
    "lang": _BY_COLUMN.format("a.language"),
    "tag": _BY_TAG,
}
"""What articles can be counted by, each with the query that does it; NULL is for those without."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and how precise it is, as stored: how many of the chosen bear it, and how many of all."""

    published: str | None
    precision: str | None
    chosen: int
    articles: int


class Chosen:
    """The articles of a set that are there and not removed; see `chosen`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def count(self) -> int:
        """Count the chosen."""
        counted: int = self._reader.select("SELECT count(*) AS n FROM temp.chosen")[0]["n"]
        return counted

    def values(self, facet: str) -> dict[str | None, int]:
        """Count the chosen by one of FACETS, once for each value; None counts those without any."""
        rows = self._reader.select(FACETS[facet])
        return {row["value"]: row["articles"] for row in rows if row["articles"]}

    def dates(self) -> list[Dated]:
        """Count the chosen, and all articles, by date."""
        rows = self._reader.select(_BY_DATE)
        names = ("published", "published_precision", "chosen", "articles")
        return [Dated(*(row[name] for name in names)) for row in rows]


@contextmanager
def chosen(reader: Reader, ids: Collection[int]) -> Iterator[Chosen]:
    """Choose the articles with these ids; all counts within are of one state of the database."""
    reader.select("PRAGMA temp_store = MEMORY")  # no file beside the library's own
    with reader.snapshot():  # its end takes the temporary table away again
        reader.select(_TABLE)
        reader.select(_FILL, [json.dumps(list(ids))])
        yield Chosen(reader)
