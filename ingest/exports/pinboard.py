"""Pinboard, and what was made in its likeness or is its model: Delicious, Shaarli."""

from __future__ import annotations

from typing import Any

from ingest.exports.moments import moment
from ingest.exports.saved import Saved
from ingest.json_article import described

_SHARED = {"private", "shared", "others"}
"""What only programs say that share links: who sees one, and how many more have saved it."""


def saved_of(entry: dict[str, Any]) -> Saved | None:
    """Give what an entry says; None for what is none."""
    if "href" in entry and {"description", "extended"} <= entry.keys():
        return _pinboard(entry)
    if {"url", "title", "created"} <= entry.keys() and _SHARED & entry.keys():
        said: dict[str, Any] = {
            name: entry[name] for name in ("url", "title", "tags") if name in entry
        }
        return _saved(said, "json/links", entry["created"], entry.get("description"))
    return None


def _pinboard(entry: dict[str, Any]) -> Saved:
    """Read Pinboard's names, which are those of Delicious of old: the description is the title."""
    said = {"url": entry["href"], "title": entry["description"]}
    tags = str(entry.get("tags") or "").split()
    return _saved({**said, "tags": tags}, "json/pinboard", entry.get("time"), entry["extended"])


def _saved(said: dict[str, Any], kind: str, at: object, note: object) -> Saved:
    article, warnings = described(said)
    written = note if isinstance(note, str) else None
    return Saved(article, kind, saved_at=moment(at), note=written, warnings=warnings)
