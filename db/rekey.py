"""Taking over a new rule for the keys that articles, saved links and feeds are known by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from db import identity
from db.addresses import RULE, normal_url
from db.tables import ArticleRow, BookmarkRow, FeedRow, IdentityRow, SettingRow

_SETTING = "keys"
_PORTION = 1_000


def rekey(connection: Connection) -> None:
    """Write the keys of a library anew if they were made by an older rule; all of them at once."""
    made_by = connection.scalar(select(SettingRow.value).where(SettingRow.key == _SETTING))
    if made_by == str(RULE):
        return
    for portion in _portions(connection):
        connection.execute(upsert(IdentityRow).on_conflict_do_nothing(), portion)
    for table in (BookmarkRow, FeedRow):
        _spell(connection, table)
    connection.execute(delete(SettingRow).where(SettingRow.key == _SETTING))
    connection.execute(upsert(SettingRow), [{"key": _SETTING, "value": str(RULE)}])


def _portions(connection: Connection) -> Iterator[list[dict[str, Any]]]:
    """Give the keys by today's rule; an address is spelt anew from how it was spelt before.

    The old spelling is kept beside it: it names the article and nothing else.
    """
    old = select(IdentityRow.key, IdentityRow.article_id).where(IdentityRow.key.like("url:%"))
    addresses = [
        {"key": f"url:{normal_url('http://' + key[4:])}", "article_id": article_id}
        for key, article_id in connection.execute(old)
    ]
    described = select(
        ArticleRow.id, ArticleRow.headline, ArticleRow.published, ArticleRow.published_precision
    )
    names = [
        {"key": name, "article_id": row.id}
        for row in connection.execute(described)
        if (name := identity.name_key(row.headline, row.published))
    ]
    found = addresses + names
    for start in range(0, len(found), _PORTION):
        yield found[start : start + _PORTION]


def _spell(connection: Connection, table: type[BookmarkRow | FeedRow]) -> None:
    """Spell the addresses of saved links or feeds anew; of those that are one now, the first is kept."""
    spelt: dict[str, int] = {}
    for number, url in connection.execute(select(table.id, table.url).order_by(table.id)).all():
        normal = normal_url(url)
        if normal in spelt:
            connection.execute(delete(table).where(table.id == number))
            continue
        spelt[normal] = number
    for normal, number in spelt.items():
        connection.execute(update(table).where(table.id == number).values(normal_url=normal))
