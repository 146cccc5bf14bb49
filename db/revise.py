"""Giving an article another wording, its earlier one kept whole among the revisions."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from article import Article
from db import rows
from db.batch import Batch
from db.tables import (
    ArticleAuthorRow,
    ArticleRow,
    AuthorRow,
    LinkRow,
    ParagraphRow,
    RevisionParagraphRow,
    RevisionRow,
)

_GIVEN = "given"
"""The origin of a value that a person gave."""


def revise(batch: Batch, article_id: int, article: Article, content_hash: str) -> None:
    """Keep the current wording as a revision and put the new one in its place; tags stay."""
    batch.write()
    whole = select(ArticleRow.__table__).where(ArticleRow.id == article_id)
    current = batch.connection.execute(whole).mappings().one()
    _keep(batch, current)
    for table in (ParagraphRow, ArticleAuthorRow, LinkRow):
        batch.connection.execute(delete(table).where(table.article_id == article_id))
    values = rows.article_values(_as_given(current, article), content_hash)
    change(batch, article_id, {"revision": current["revision"] + 1, **values})
    batch.add_parts(article_id, article)


def restate(batch: Batch, article_id: int, article: Article) -> str | None:
    """Put the language that a person gives in the place of an article's own; say so if it is another."""
    if article.origins.get("language") != _GIVEN:
        return None
    batch.write()
    wanted = select(ArticleRow.language, ArticleRow.origins).where(ArticleRow.id == article_id)
    before, origins = batch.connection.execute(wanted).one()
    same, now = before == article.language, {**json.loads(origins), "language": _GIVEN}
    if not same or now != json.loads(origins):
        change(batch, article_id, {"language": article.language, "origins": rows.origins_text(now)})
    return None if same else f"its language is now {article.language}, was {before or 'unknown'}"


def change(batch: Batch, article_id: int, values: rows.Row) -> None:
    """Change an article's row (bringing it back, if it was removed) and queue it."""
    mine = update(ArticleRow).where(ArticleRow.id == article_id)
    moved = mine.values(changed_at=batch.now, removed_at=None, **values)
    batch.connection.execute(moved)
    batch.enqueue(article_id)


def _as_given(current: RowMapping, article: Article) -> Article:
    """Keep the language that a person gave, which a source's next wording does not change."""
    given = json.loads(current["origins"]).get("language") == _GIVEN
    if not given or article.origins.get("language") == _GIVEN:
        return article
    origins = {**article.origins, "language": _GIVEN}
    return replace(article, language=current["language"], origins=origins)


def _keep(batch: Batch, current: RowMapping) -> None:
    article_id, number = current["id"], current["revision"]
    kept = {c.name: current[c.name] for c in RevisionRow.__table__.columns if c.name in current}
    kept |= {
        "article_id": article_id,
        "authors": json.dumps(_names(batch.connection, article_id), ensure_ascii=False),
        "cause": "source",
        "replaced_at": batch.now,
    }
    batch.connection.execute(insert(RevisionRow), [kept])
    columns = [c for c in ParagraphRow.__table__.columns if c.name != "id"]
    wanted = select(*columns).where(ParagraphRow.article_id == article_id)
    found = batch.connection.execute(wanted).mappings()
    if old := [{**row, "revision": number} for row in found]:
        batch.connection.execute(insert(RevisionParagraphRow), old)


def _names(connection: Connection, article_id: int) -> list[str]:
    signed = ArticleAuthorRow.author_id == AuthorRow.id
    wanted = select(AuthorRow.name).join(ArticleAuthorRow, signed)
    mine = wanted.where(ArticleAuthorRow.article_id == article_id)
    return list(connection.scalars(mine.order_by(ArticleAuthorRow.position)))
