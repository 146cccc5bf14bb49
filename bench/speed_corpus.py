"""The articles of the speed benchmark as plain records, so that every engine reads the same file.

Only the standard library is imported to read it: the engines of others have Pythons of their own.
A larger corpus is the same articles again, under new ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

FILE = "articles.jsonl"


class Record(TypedDict):
    """An article; `paragraphs` holds all of its texts but the headline, `date` is YYYY-MM-DD."""

    id: int
    headline: str
    date: str
    tags: list[str]
    paragraphs: list[str]


def write(folder: Path) -> int:
    """Write the newswire articles into a folder, and count them."""
    from bench.articles import articles
    from search.document import texts
    from search.layout import HEADLINE

    count = 0
    with (folder / FILE).open("w", encoding="utf-8") as file:
        for count, article in enumerate(articles(), 1):
            record = Record(
                id=count,
                headline=article.headline or "",
                date=article.published.date if article.published else "",
                tags=list(article.tags),
                paragraphs=[one.text for one in texts(article) if one.zone != HEADLINE],
            )
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return count


def records(folder: Path, size: int) -> Iterator[Record]:
    """Give so many records, ids from 1 on: the file's, then the same again."""
    given = 0
    while given < size:
        with (folder / FILE).open(encoding="utf-8") as file:
            for line in file:
                given += 1
                one: Record = json.loads(line)
                one["id"] = given
                yield one
                if given == size:
                    return
