"""Where each wording of an article came from, read through the second door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.reader import Reader

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """When a wording came (UTC), by what cause, and the id of the copy it was read from.

    The cause is `source`, `reparse` or `edit`. None for the copy where a person gave the wording, and
    where an old one's copy is no longer known.
    """

    revision: int
    came_at: str
    cause: str
    copy: int | None


def origins(reader: Reader, article_id: int) -> list[Origin]:
    """Give the origin of each wording of an article, the first one's first."""
    wordings = reader.select(
        "SELECT revision, content_hash, cause, replaced_at FROM revisions WHERE article_id = ?"
        " UNION ALL SELECT revision, content_hash, NULL, NULL FROM articles WHERE id = ?"
        " ORDER BY revision",
        [article_id, article_id],
    )
    added = reader.select("SELECT added_at FROM articles WHERE id = ?", [article_id])
    copies = reader.select(
        "SELECT id, content_hash, ingested_at FROM copies WHERE article_id = ? ORDER BY id",
        [article_id],
    )
    return list(_origins(wordings, copies, added[0]["added_at"]))


def _origins(wordings: Sequence[_Row], copies: Sequence[_Row], added_at: str) -> Iterator[Origin]:
    """Give the origins; what replaced one wording is the origin of the next."""
    came_at, cause, last = added_at, "source", 0
    for row in wordings:
        copy = _copy(copies, row["content_hash"], came_at, cause, last)
        yield Origin(row["revision"], came_at, cause, copy)
        came_at, cause, last = row["replaced_at"], row["cause"], copy or last


def _copy(
    copies: Iterable[_Row], content_hash: str, came_at: str, cause: str, last: int
) -> int | None:
    """Find the copy that came with a wording, or was read again for it; `last` is an earlier one's.

    What was read again may have other words by now, and a person's values make its hash another.
    """
    same = [one["id"] for one in copies if one["content_hash"] == content_hash]
    then = [one["id"] for one in copies if one["ingested_at"] == came_at and one["id"] > last]
    both = [one for one in then if one in same]
    match cause:
        case "edit":
            found = []
        case "reparse":
            found = same
        case _:
            found = (both if last else []) or then or same
    return next(iter(found), None)
