"""Giving an article another wording, its earlier one kept whole among the revisions."""

from __future__ import annotations

import json
from types import MappingProxyType

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from article import Article, Author
from db import rows
from db.batch import Batch
from db.given import keep_given, overruled
from db.tables import (
    ArticleAuthorRow,
    ArticleRow,
    AuthorRow,
    LinkRow,
    ParagraphRow,
    RevisionParagraphRow,
    RevisionRow,
)


def revise(
    batch: Batch, article_id: int, article: Article, content_hash: str, cause: str = "source"
) -> list[str]:
    """Keep the current wording as a revision and put the new one in its place; tags stay.

    What a person gave stays too; give the names of what the new one has otherwise. `cause` is
    `source`, `reparse` or `edit`.
    """
    batch.write()
    whole = select(ArticleRow.__table__).where(ArticleRow.id == article_id)
    current = batch.connection.execute(whole).mappings().one()
    authors = _authors(batch.connection, article_id)
    _keep(batch, current, authors, cause)
    said, article = article, keep_given(_described(current, authors), article)
    for table in (ParagraphRow, ArticleAuthorRow, LinkRow):
        batch.connection.execute(delete(table).where(table.article_id == article_id))
    values = rows.article_values(article, content_hash)
    change(batch, article_id, {"revision": current["revision"] + 1, **values})
    batch.add_parts(article_id, article)
    return overruled(said, article)


def change(batch: Batch, article_id: int, values: rows.Row) -> None:
    """Change an article's row (bringing it back, if it was removed) and queue it."""
    mine = update(ArticleRow).where(ArticleRow.id == article_id)
    moved = mine.values(changed_at=batch.now, removed_at=None, **values)
    batch.connection.execute(moved)
    batch.enqueue(article_id)


def _described(current: RowMapping, authors: list[Author]) -> Article:
    """Give what an article's row says of it, without its paragraphs."""
    names = ("headline", "standfirst", "byline", "section", "language", "site", "url")
    return Article(
        paragraphs=(),
        authors=tuple(authors),
        published=rows.published(dict(current)),
        origins=MappingProxyType(json.loads(current["origins"])),
        **{name: current[name] for name in names},
    )


def _keep(batch: Batch, current: RowMapping, authors: list[Author], cause: str) -> None:
    article_id, number = current["id"], current["revision"]
    kept = {c.name: current[c.name] for c in RevisionRow.__table__.columns if c.name in current}
    kept |= {
        "article_id": article_id,
        "authors": json.dumps([author.name for author in authors], ensure_ascii=False),
        "cause": cause,
        "replaced_at": batch.now,
    }
    batch.connection.execute(insert(RevisionRow), [kept])
    columns = [c for c in ParagraphRow.__table__.columns if c.name != "id"]
    wanted = select(*columns).where(ParagraphRow.article_id == article_id)
    found = batch.connection.execute(wanted).mappings()
    if old := [{**row, "revision": number} for row in found]:
        batch.connection.execute(insert(RevisionParagraphRow), old)


def _authors(connection: Connection, article_id: int) -> list[Author]:
    signed = ArticleAuthorRow.author_id == AuthorRow.id
    wanted = select(AuthorRow.name, ArticleAuthorRow.url).join(ArticleAuthorRow, signed)
    mine = wanted.where(ArticleAuthorRow.article_id == article_id)
    ordered = mine.order_by(ArticleAuthorRow.position)
    return [Author(name, url) for name, url in connection.execute(ordered)]
