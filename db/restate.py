"""What an input says of an article that was stored before, though its words are not taken over."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import RowMapping, select

from article import Article
from db import rows
from db.batch import Batch
from db.given import GIVEN
from db.revise import change
from db.tables import ArticleRow

_COLUMNS: Final = {
    "language": ("language",),
    "site": ("site",),
    "url": ("url",),
    "published": ("published", "published_at", "published_precision"),
}
_CALLED: Final = {"published": "date", "url": "address"}


def restate(
    batch: Batch, article_id: int, article: Article, lacks: Collection[str]
) -> tuple[str, ...]:
    """Put what a person gives in the place of an article's own; say what is another now.

    The language always; a site and a date only where there is none. So do the site and address of any
    copy come, where the article `lacks` them.
    """
    if not any(_is_given(article, name) or _fills(article, name, lacks) for name in _COLUMNS):
        return ()
    batch.write()
    whole = select(ArticleRow.__table__).where(ArticleRow.id == article_id)
    before = batch.connection.execute(whole).mappings().one()
    said = list(_said(article, before, lacks))
    _write(batch, before, article, said)
    new = {name: rows.article_values(article, "")[name] for name in said}
    return tuple(
        f"its {called(name)} is now {value}, was {before[name] or 'unknown'}"
        for name, value in new.items()
        if value != before[name]
    )


def called(name: str) -> str:
    """Give a value's name as people call it."""
    return _CALLED.get(name, name)


def _is_given(article: Article, name: str) -> bool:
    return article.origins.get(name) == GIVEN


def _fills(article: Article, name: str, lacks: Collection[str]) -> bool:
    return name in lacks and getattr(article, name) is not None


def _said(article: Article, before: RowMapping, lacks: Collection[str]) -> Iterator[str]:
    """Give the values to be put in; one that a person took away stays away, unless one gives it again."""
    origins = json.loads(before["origins"])
    for name in _COLUMNS:
        if _is_given(article, name):
            if name == "language" or before[name] is None:
                yield name
        elif _fills(article, name, lacks) and before[name] is None and origins.get(name) != GIVEN:
            yield name


def _write(batch: Batch, before: RowMapping, article: Article, said: list[str]) -> None:
    values = rows.article_values(article, "")
    said_by = {name: article.origins[name] for name in said if name in article.origins}
    origins = json.loads(before["origins"]) | said_by
    now = {column: values[column] for name in said for column in _COLUMNS[name]}
    now["origins"] = rows.origins_text(origins)
    if any(value != before[column] for column, value in now.items()):
        change(batch, before["id"], now)
