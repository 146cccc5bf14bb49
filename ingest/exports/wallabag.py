"""Wallabag: its JSON, of the first program (also called poche) and of the second."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.exports.moments import moment
from ingest.exports.saved import Saved, listed
from ingest.json_article import described

KIND = "json/wallabag"
_NOT_FETCHED = "wallabag can't retrieve contents for this article"
"""What stands in the place of an article that Wallabag could not get."""


def saved_of(entry: dict[str, Any]) -> Saved | None:
    """Give what an entry of Wallabag's says; None for what is none."""
    if "url" not in entry or not ({"is_archived", "is_read"} & entry.keys()):
        return None
    names = {"title", "url", "language", "tags", "published_at"}
    said = {name: entry[name] for name in names & entry.keys()}
    if isinstance(entry.get("tags"), str):
        said["tags"] = entry["tags"].split(",")
    article, warnings = described({**said, "authors": entry.get("published_by")})
    content = entry.get("content")
    fetched = isinstance(content, str) and _NOT_FETCHED not in content[:200]
    return Saved(
        replace(article, paragraphs=()),
        KIND,
        page=str(content) if fetched and not entry.get("is_not_parsed") else "",
        saved_at=moment(entry.get("created_at")),
        note=_noted(entry.get("annotations")),
        warnings=warnings,
    )


def _noted(annotations: object) -> str | None:
    """Give what a person wrote beside the article and the words marked in it."""
    found = [one for one in listed(annotations) if isinstance(one, dict)]
    words = [one.get(name) for one in found for name in ("quote", "text")]
    return " · ".join(word for word in words if isinstance(word, str) and word) or None
