"""Tags that a person puts on articles and takes off; what was taken off no source brings back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select, tuple_, update

from db.batch import Batch
from db.known import chunks
from db.tables import ArticleRow, TagRow, UntaggedRow

Pair = tuple[int, str]
"""An article and a tag."""
Table = type[TagRow] | type[UntaggedRow]


def put_on(batch: Batch, article_ids: Iterable[int], tags: Iterable[str]) -> list[int]:
    """Put tags on articles, also such as were taken off before; give those that lacked one."""
    return _move(batch, _pairs(article_ids, tags), UntaggedRow, TagRow)


def bring(batch: Batch, pairs: Iterable[Pair]) -> None:
    """Put on tags that other copies name of articles that are there, but none that a person took off."""
    named = list(dict.fromkeys(pairs))
    off = _there(batch, named, UntaggedRow)
    _move(batch, [pair for pair in named if pair not in off], UntaggedRow, TagRow)


def take_off(batch: Batch, article_ids: Iterable[int], tags: Iterable[str]) -> list[int]:
    """Take tags off articles for good; give those that had one."""
    batch.write()
    there = _there(batch, _pairs(article_ids, tags), TagRow)
    return _move(batch, sorted(there), TagRow, UntaggedRow)


def _pairs(article_ids: Iterable[int], tags: Iterable[str]) -> list[Pair]:
    named = list(dict.fromkeys(tags))
    return [(number, tag) for number in dict.fromkeys(article_ids) for tag in named]


def _move(batch: Batch, pairs: Sequence[Pair], source: Table, target: Table) -> list[int]:
    """Take pairs out of one table and write them into the other; give their articles, now queued."""
    batch.write()
    there = _there(batch, pairs, target)
    new = [pair for pair in pairs if pair not in there]
    for some in chunks(new):
        key = tuple_(source.article_id, source.tag)
        batch.connection.execute(delete(source).where(key.in_(some)))
        values = [{"article_id": number, "tag": tag} for number, tag in some]
        batch.connection.execute(insert(target), values)
    changed = list(dict.fromkeys(number for number, _ in new))
    _note(batch, changed)
    return changed


def _note(batch: Batch, article_ids: Sequence[int]) -> None:
    """Note that articles changed, and that the index owes them; a removed one stays so."""
    for some in chunks(article_ids):
        mine = update(ArticleRow).where(ArticleRow.id.in_(some))
        batch.connection.execute(mine.values(changed_at=batch.now))
    for number in article_ids:
        batch.enqueue(number)


def _there(batch: Batch, pairs: Sequence[Pair], table: Table) -> set[Pair]:
    """Give those of the pairs that a table holds."""
    found: set[Pair] = set()
    key = tuple_(table.article_id, table.tag)
    for some in chunks(pairs):
        wanted = select(table.article_id, table.tag).where(key.in_(some))
        found.update((number, tag) for number, tag in batch.connection.execute(wanted))
    return found
