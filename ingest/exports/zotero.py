"""Zotero's items in JSON, as its API and its add-ons write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.exports.references import reference, strings
from ingest.exports.saved import Saved, listed

KIND = "json/zotero"
_PUBLICATIONS = (
    "publicationTitle", "publication", "websiteTitle", "blogTitle", "forumTitle", "programTitle",
    "bookTitle", "publisher",
)  # fmt: skip
_TEXT = ("text", "fulltext", "fullText", "body")


def entries_of(value: dict[str, Any]) -> Iterator[dict[str, Any]] | None:
    """Give the items of a whole library in one object; None for no such library."""
    items = value.get("items")
    if not isinstance(items, list) or not any(map(_is_item, items)):
        return None
    return iter(items)


def saved_of(entry: dict[str, Any]) -> Saved | None:
    """Give what an item says; None for what is none."""
    if not _is_item(entry):
        return None
    data = entry.get("data")
    item: dict[str, Any] = data if isinstance(data, dict) else entry
    said = {
        "title": item.get("title") or item.get("shortTitle"),
        "url": item.get("url"),
        "authors": item.get("authors") or _names(item.get("creators")),
        "date": item.get("date"),
        "site": next(filter(None, (item.get(name) for name in _PUBLICATIONS)), None),
        "section": item.get("section"),
        "language": item.get("language"),
        "abstract": item.get("abstractNote") or item.get("abstract"),
        "tags": item.get("tags"),
        "text": next(filter(None, (item.get(name) for name in _TEXT)), None),
    }
    doi = str(item.get("DOI") or "")
    notes = _notes(item.get("notes") or item.get("note"))
    return reference(said, KIND, doi=doi, saved_at=item.get("dateAdded"), notes=notes)


def _is_item(entry: object) -> bool:
    if not isinstance(entry, dict):
        return False
    data = entry.get("data")
    return "itemType" in entry or (isinstance(data, dict) and "itemType" in data)


def _names(creators: object) -> list[str]:
    """Give the authors' names; of an item without authors, those of all who made it."""
    people = [one for one in listed(creators) if isinstance(one, dict)]
    authors = [one for one in people if one.get("creatorType") == "author"] or people
    parts = ([one.get(name) for name in ("firstName", "lastName", "name")] for one in authors)
    return [" ".join(strings(names)) for names in parts]


def _notes(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return strings([one.get("note") if isinstance(one, dict) else one for one in values])
