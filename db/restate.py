"""What a person says of inputs at an ingest, said of articles that were stored before."""

from __future__ import annotations

import json
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
    "published": ("published", "published_at", "published_precision"),
}
_CALLED: Final = {"published": "date"}


def restate(batch: Batch, article_id: int, article: Article) -> tuple[str, ...]:
    """Put what a person gives in the place of an article's own; say what is another now.

    The language always; a site and a date only where there is none.
    """
    given = [name for name in _COLUMNS if article.origins.get(name) == GIVEN]
    if not given:
        return ()
    batch.write()
    whole = select(ArticleRow.__table__).where(ArticleRow.id == article_id)
    before = batch.connection.execute(whole).mappings().one()
    said = [name for name in given if name == "language" or before[name] is None]
    _write(batch, before, article, said)
    new = {name: rows.article_values(article, "")[name] for name in said}
    return tuple(
        f"its {_CALLED.get(name, name)} is now {value}, was {before[name] or 'unknown'}"
        for name, value in new.items()
        if value != before[name]
    )


def _write(batch: Batch, before: RowMapping, article: Article, said: list[str]) -> None:
    values = rows.article_values(article, "")
    origins = json.loads(before["origins"]) | dict.fromkeys(said, GIVEN)
    now = {column: values[column] for name in said for column in _COLUMNS[name]}
    now["origins"] = rows.origins_text(origins)
    if any(value != before[column] for column, value in now.items()):
        change(batch, before["id"], now)
