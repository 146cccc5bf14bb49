"""Readability, a service of 2010 to 2016: a list of links."""

from __future__ import annotations

import html
from typing import Any

from ingest.exports.moments import moment
from ingest.exports.saved import Saved
from ingest.json_article import described

KIND = "json/readability"
_PREFIX = "article__"
_NO_TITLE = "No title found"


def saved_of(entry: dict[str, Any]) -> Saved | None:
    """Give what an entry of Readability's says; None for what is none."""
    if "article__url" not in entry:
        return None
    said = {
        name.removeprefix(_PREFIX): html.unescape(value) if isinstance(value, str) else value
        for name, value in entry.items()
        if name.startswith(_PREFIX) and value != _NO_TITLE
    }
    article, warnings = described({**said, "tags": entry.get("tags")})
    return Saved(article, KIND, saved_at=moment(entry.get("date_added")), warnings=warnings)
