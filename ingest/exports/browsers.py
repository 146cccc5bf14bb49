"""Bookmarks as browsers keep them, in JSON: Firefox's backups, Chromium's own file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.exports.moments import moment
from ingest.exports.saved import Saved, listed
from ingest.json_article import described

KIND = "json/bookmarks"
_LINK, _FOLDER = "text/x-moz-place", "text/x-moz-place-container"


def entries_of(value: dict[str, Any]) -> Iterator[dict[str, Any]] | None:
    """Give the links of a browser's file, each with its folders; None for no such file."""
    roots = value.get("roots")
    if isinstance(roots, dict) and any(_is_folder(one) for one in roots.values()):
        return _walk([one for one in roots.values() if isinstance(one, dict)])
    return _walk([value]) if _is_folder(value) else None


def saved_of(entry: dict[str, Any]) -> Saved | None:
    """Give what a link says; None for what is none."""
    firefox = entry.get("type") == _LINK and "uri" in entry
    if not firefox and not (entry.get("type") == "url" and "date_added" in entry):
        return None
    tags = str(entry.get("tags") or "").split(",")
    said = {"url": entry.get("uri") or entry.get("url"), "name": entry.get("title")}
    said |= {"title": entry.get("name"), "tags": [*listed(entry.get("folders")), *tags]}
    article, warnings = described(said)
    at = moment(entry.get("dateAdded") or entry.get("date_added"))
    return Saved(article, KIND, saved_at=at, warnings=warnings)


def _walk(roots: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Walk through folders in their order; those the browser made itself give no name."""
    waiting: list[tuple[dict[str, Any], list[str]]] = [(one, []) for one in reversed(roots)]
    ours = {id(one) for one in roots}
    while waiting:
        one, folders = waiting.pop()
        if not _is_folder(one):
            if "uri" in one or "url" in one:
                yield {**one, "folders": folders}
            continue
        name = str(one.get("title") or one.get("name") or "")
        if name and "root" not in one and id(one) not in ours:
            folders = [*folders, name]
        inner = [child for child in listed(one.get("children")) if isinstance(child, dict)]
        waiting += [(child, folders) for child in reversed(inner)]


def _is_folder(one: object) -> bool:
    return isinstance(one, dict) and str(one.get("type")) in {_FOLDER, "folder"}
