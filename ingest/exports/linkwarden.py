"""Linkwarden: collections of links, within each other; of some links it has kept the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.exports.moments import moment
from ingest.exports.saved import Saved, listed
from ingest.json_article import described

KIND = "json/linkwarden"
_DEEPEST = 30


def entries_of(value: dict[str, Any]) -> Iterator[dict[str, Any]] | None:
    """Give the links of an export, each with its collections as `folders`; None for no export."""
    collections = value.get("collections")
    if not isinstance(collections, list):
        return None
    named = [one for one in collections if isinstance(one, dict)]
    if not any(isinstance(one.get("links"), list) for one in named):
        return None
    by_id = {str(one.get("id")): one for one in named}
    return (
        {**link, "folders": _folders(one, by_id)} if isinstance(link, dict) else link
        for one in named
        for link in listed(one.get("links"))
    )


def saved_of(entry: dict[str, Any]) -> Saved | None:
    """Give what a link says; None for what is none."""
    if not {"url", "createdAt"} <= entry.keys() or not {"folders", "collectionId"} & entry.keys():
        return None
    tags = [*listed(entry.get("folders")), *listed(entry.get("tags"))]
    said = {"url": entry["url"], "name": entry.get("name"), "tags": tags}
    article, warnings = described({**said, "text": entry.get("textContent")})
    note = entry.get("description")
    return Saved(
        article,
        KIND,
        saved_at=moment(entry["createdAt"]),
        note=note if isinstance(note, str) else None,
        warnings=warnings,
    )


def _folders(collection: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> list[str]:
    """Give the names of a collection and of those it stands in, the outermost first."""
    found: dict[str, str] = {}
    current: dict[str, Any] | None = collection
    while current and str(current.get("id")) not in found and len(found) < _DEEPEST:
        found[str(current.get("id"))] = str(current.get("name") or "")
        current = by_id.get(str(current.get("parentId")))
    return [name for name in reversed(found.values()) if name]
