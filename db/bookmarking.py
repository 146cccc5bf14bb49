"""Taking saved links in: each address once, joined to its article where there is one."""

from __future__ import annotations

import json
from typing import cast

from sqlalchemy import Table, select, update

from accession import Bookmark, Outcome, Reason, Recorded, Refusal
from db import rows
from db.addresses import normal_url
from db.batch import Batch
from db.known import Known, chunks
from db.revise import change
from db.tables import BookmarkRow, TagRow

_TABLE = cast("Table", BookmarkRow.__table__)


def key_of(bookmark: Bookmark) -> str:
    """Give the key that an article with the link's address bears."""
    return f"url:{normal_url(bookmark.url)}"


class Bookmarks:
    """The saved links of one batch; `known` must know the articles that bear their keys."""

    def __init__(self, batch: Batch, known: Known, bookmarks: list[Bookmark]) -> None:
        self._batch = batch
        self._known = known
        self._stored: dict[str, rows.Row] = {}
        for some in chunks(sorted({normal_url(one.url) for one in bookmarks})):
            wanted = select(_TABLE).where(BookmarkRow.normal_url.in_(some))
            found = batch.connection.execute(wanted).mappings()
            self._stored.update((row["normal_url"], dict(row)) for row in found)

    def keep(self, refusal: Refusal, bookmark: Bookmark) -> Recorded:
        """Keep a link and say what became of it; one that was saved before gets what it had not yet."""
        article_id = next(iter(self._known.bearers[key_of(bookmark)]), None)
        new = self._add(refusal.location, bookmark, article_id)
        if article_id is None:
            return _recorded(refusal, refusal.detail)
        if self._known.states[article_id].removed:
            return _recorded(refusal, f"the link of article {article_id}, which was removed")
        self._tag(article_id, new)
        return Recorded(
            refusal.location,
            Outcome.UNCHANGED,
            refusal.item,
            article_id,
            headline=bookmark.headline,
        )

    def _add(self, location: str, bookmark: Bookmark, article_id: int | None) -> tuple[str, ...]:
        """Write a link down; give those of its tags that it had not before."""
        normal = normal_url(bookmark.url)
        tags = tuple(dict.fromkeys(bookmark.tags))
        if stored := self._stored.get(normal):
            return self._join(stored, bookmark, tags)
        self._stored[normal] = {
            "url": bookmark.url,
            "normal_url": normal,
            "headline": bookmark.headline,
            "tags": _written(tags),
            "saved_at": bookmark.saved_at,
            "note": bookmark.note,
            "source": location,
            "added_at": self._batch.now,
            "article_id": article_id,
        }
        self._batch.waiting[BookmarkRow].append(self._stored[normal])
        return tags

    def _join(self, stored: rows.Row, bookmark: Bookmark, tags: tuple[str, ...]) -> tuple[str, ...]:
        before = json.loads(stored["tags"])
        new = tuple(tag for tag in tags if tag not in before)
        values = {**_more(stored, bookmark), **({"tags": _written((*before, *new))} if new else {})}
        if values:
            stored.update(values)  # a row that waits to be written has them by this
            mine = update(BookmarkRow).where(BookmarkRow.normal_url == stored["normal_url"])
            self._batch.connection.execute(mine.values(**values))
        return new

    def _tag(self, article_id: int, tags: tuple[str, ...]) -> None:
        """Put on an article the tags that its link has got."""
        if tags:
            self._batch.waiting[TagRow] += [{"article_id": article_id, "tag": t} for t in tags]
            self._batch.write()
            change(self._batch, article_id, {})


def _recorded(refusal: Refusal, detail: str) -> Recorded:
    return Recorded(
        refusal.location, Outcome.SKIPPED, refusal.item, reason=Reason.LINK_ONLY, detail=detail
    )


def _more(stored: rows.Row, bookmark: Bookmark) -> rows.Row:
    """Give what a link says that was saved before and did not: of two notes both are kept."""
    said = {"headline": bookmark.headline, "saved_at": bookmark.saved_at}
    more = {name: value for name, value in said.items() if value and not stored[name]}
    note = bookmark.note
    if note and note not in (before := stored["note"] or ""):
        more["note"] = f"{before} · {note}" if before else note
    return more


def _written(tags: tuple[str, ...]) -> str:
    return json.dumps(tags, ensure_ascii=False)
