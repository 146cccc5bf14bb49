"""Writing down which feeds are followed, and how asking for them ended."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select, update

from db.addresses import normal_url
from db.store import Store, now
from db.tables import FeedRow


def follow(store: Store, feeds: Iterable[tuple[str, str | None]]) -> list[tuple[str, bool]]:
    """Follow feeds, by address and title; give each address, and whether it is new."""
    result = []
    with store.transaction() as connection:
        for url, title in feeds:
            normal = normal_url(url)
            known = select(FeedRow.id).where(FeedRow.normal_url == normal)
            new = connection.scalar(known) is None
            if new:
                values = {"url": url, "normal_url": normal, "title": title, "failures": 0}
                connection.execute(insert(FeedRow).values(**values, added_at=now()))
            result.append((url, new))
    return result


def unfollow(store: Store, urls: Iterable[str]) -> list[tuple[str, bool]]:
    """Follow feeds no longer; give each address, and whether it was one."""
    result = []
    with store.transaction() as connection:
        for url in urls:
            mine = FeedRow.normal_url == normal_url(url)
            result.append((url, connection.execute(delete(FeedRow).where(mine)).rowcount > 0))
    return result


def note(store: Store, feed_id: int, **values: str | int | None) -> None:
    """Write down how asking for a feed ended: values of its columns."""
    with store.transaction() as connection:
        mine = update(FeedRow).where(FeedRow.id == feed_id)
        connection.execute(mine.values(tried_at=now(), **values))


def move(store: Store, feed_id: int, url: str) -> bool:
    """Give a feed another address; one that is followed there already takes its place, which is False."""
    normal = normal_url(url)
    with store.transaction() as connection:
        there = select(FeedRow.id).where(FeedRow.normal_url == normal, FeedRow.id != feed_id)
        mine = FeedRow.id == feed_id
        if connection.scalar(there) is not None:
            connection.execute(delete(FeedRow).where(mine))
            return False
        connection.execute(update(FeedRow).where(mine).values(url=url, normal_url=normal))
    return True
