"""Whose export a JSON value is: told by the names in it, whatever the file is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ingest import json_article
from ingest.exports import (
    browsers,
    csl,
    linkwarden,
    omnivore,
    pinboard,
    readability,
    wallabag,
    zotero,
)
from ingest.exports.saved import Saved, is_marked_up
from ingest.feeds import json_feed

Entry = dict[str, Any]

_APPS: tuple[Callable[[Entry], Saved | None], ...] = (
    json_feed.saved_of,
    wallabag.saved_of,
    omnivore.saved_of,
    readability.saved_of,
    pinboard.saved_of,
    linkwarden.saved_of,
    browsers.saved_of,
    zotero.saved_of,
    csl.saved_of,
)


def entries_of(value: Entry) -> Iterator[Entry] | None:
    """Give the entries of an export that is one object; None where it is an entry itself."""
    listed = value.get("bookmarks")
    if isinstance(listed, list) and "recommendations" in value:
        return iter(listed)
    return (
        json_feed.entries_of(value)
        or linkwarden.entries_of(value)
        or browsers.entries_of(value)
        or zotero.entries_of(value)
    )


def saved_of(entry: Entry, kind: str) -> Saved:
    """Give what an entry says, a program's or any other; `kind` is that of the others.

    Raises `NotAnArticle` where there is neither text nor headline nor address.
    """
    for app in _APPS:
        if saved := app(entry):
            return saved
    return _other(entry, kind)


def _other(entry: Entry, kind: str) -> Saved:
    """Read an object by the usual names; one of ours is an article even if it has but a headline."""
    article, warnings = json_article.parse(entry)
    text = json_article.text_of(entry)
    bare = "paragraphs" in entry or not article.url
    if not is_marked_up(text):
        return Saved(article, kind, warnings=warnings, bare=bare)
    article = replace(article, paragraphs=())
    return Saved(article, kind, page=text, warnings=warnings, bare=bare)
