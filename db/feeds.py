"""The feeds that are followed, and which of their entries are known."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from accession import Reading, Refusal
from db.addresses import normal_url
from db.reader import Reader

READ: Final = "read"
NOTHING_NEW: Final = "nothing-new"
FAILED: Final = "failed"
GONE: Final = "gone"
_LAST_BYTES = """SELECT 1 FROM copies AS copy WHERE sha256 = ? AND NOT EXISTS (
    SELECT 1 FROM copies AS later
    WHERE later.article_id = copy.article_id AND later.location = copy.location AND later.id > copy.id
)"""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as the library keeps it; times are UTC. `outcome` is one of this module's, None before."""

    id: int
    url: str
    title: str | None
    added_at: str
    etag: str | None
    last_modified: str | None
    tried_at: str | None
    outcome: str | None
    detail: str | None
    failures: int


def feeds(reader: Reader, urls: Sequence[str] = ()) -> list[Feed]:
    """Give the feeds, first added first; with `urls`, those of these addresses."""
    wanted = {normal_url(url) for url in urls}
    found = reader.select("SELECT * FROM feeds ORDER BY id")
    names = Feed.__dataclass_fields__
    return [
        Feed(**{name: row[name] for name in names})
        for row in found
        if not wanted or row["normal_url"] in wanted
    ]


def is_known(reader: Reader, entry: Reading | Refusal) -> bool:
    """Whether an entry brought no news: a link that is saved, or the last bytes a feed had of an article."""
    if isinstance(entry, Reading):
        sha256 = hashlib.sha256(entry.source.data).hexdigest()
        return bool(reader.select(_LAST_BYTES, [sha256]))
    if entry.bookmark is None:
        return False
    sql = "SELECT 1 FROM bookmarks WHERE normal_url = ?"
    return bool(reader.select(sql, [normal_url(entry.bookmark.url)]))
