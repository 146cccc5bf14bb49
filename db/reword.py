"""Other words for an article that its sources did not bring: a better reading, a person's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, or_, select, update

from article import Article, Stored
from db import rows
from db.addresses import normal_url
from db.batch import Batch
from db.errors import ArticleChanged
from db.given import keep_given
from db.revise import change, revise
from db.storable import mended
from db.tables import ArticleRow, CopyRow, IdentityRow
from db.tagging import put_on, take_off


def reword(batch: Batch, stored: Stored, article: Article, cause: str, copy: int | None) -> bool:
    """Put a wording in the place of an article's own; say whether it differs for a reader.

    `cause` is `reparse` or `edit`; `copy` is the number of the copy that was read again. What a
    person gave before stays. Raises `ArticleChanged` if the article is no longer as `stored` says.
    """
    _check(batch.connection, stored)
    content = rows.content_hash(mended(article))
    if copy is not None:
        mine = update(CopyRow).where(CopyRow.id == copy)
        batch.connection.execute(mine.values(content_hash=content))
    article = keep_given(stored.article, mended(article))
    revised = _seen(article) != _seen(stored.article)
    if revised:
        revise(batch, stored.id, article, content, cause)
    elif article.origins != stored.article.origins:
        change(batch, stored.id, {"origins": rows.origins_text(article.origins)})
    retagged = _retag(batch, stored, article.tags)
    if article.url and article.url != stored.article.url:
        _bear(batch, stored.id, f"url:{normal_url(article.url)}")
    batch.write()
    return revised or retagged


def _check(connection: Connection, stored: Stored) -> None:
    wanted = select(ArticleRow.changed_at, ArticleRow.revision, ArticleRow.removed_at)
    found = connection.execute(wanted.where(ArticleRow.id == stored.id)).one()
    if tuple(found) != (stored.changed_at, stored.revision, stored.removed_at):
        raise ArticleChanged(f"Article {stored.id} was changed meanwhile. Try again.")


def _seen(article: Article) -> Article:
    """Give what counts as a wording: not where its values were found, nor the tags."""
    return replace(article, origins={}, tags=(), source_id=None)


def _retag(batch: Batch, stored: Stored, tags: Sequence[str]) -> bool:
    off = take_off(batch, [stored.id], [tag for tag in stored.article.tags if tag not in tags])
    on = put_on(batch, [stored.id], [tag for tag in tags if tag not in stored.article.tags])
    return bool(off or on)


def _bear(batch: Batch, article_id: int, key: str) -> None:
    """Let an article be known by an address too, unless another is that was not removed."""
    bearing = select(IdentityRow.article_id).join(
        ArticleRow, ArticleRow.id == IdentityRow.article_id
    )
    living = or_(ArticleRow.removed_at.is_(None), ArticleRow.id == article_id)
    taken = bearing.where(IdentityRow.key == key, living)
    if batch.connection.scalar(taken) is None:
        batch.add_key(article_id, key)
