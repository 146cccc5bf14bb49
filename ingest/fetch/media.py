"""What a server says that it sends: a kind of file, and how its letters are written."""

from __future__ import annotations

import codecs
import re
from mimetypes import guess_extension
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ingest.registry import by_suffix

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "application/x-ndjson": ".jsonl",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/feed+json": ".json",
}
_SILENT = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
"""What servers say of files that they know nothing of."""

_LATIN_1 = frozenset({"iso8859-1", "ascii"})
"""Browsers read these two as windows-1252."""


def suffix_of(content_type: str, url: str) -> str:
    """Give the ending that a file of this type has: a hint, beside what it holds."""
    media = content_type.partition(";")[0].strip().lower()
    named = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    if media in _SILENT:
        known = bool(named) and by_suffix(named) is not None
        return named if known or not media else ".txt" if media == "text/plain" else ""
    return _SUFFIXES.get(media) or guess_extension(media) or ""


def charset_of(content_type: str) -> str | None:
    """Give Python's name of the encoding that a server declares; None where it declares none."""
    found = _CHARSET.search(content_type)
    try:
        name = codecs.lookup(found[1]).name if found else ""
    except LookupError:
        return None
    return "cp1252" if name in _LATIN_1 else name or None
