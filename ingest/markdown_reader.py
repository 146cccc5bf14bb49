"""Read a Markdown file where it may be lost: what nests without end takes its library days."""

from __future__ import annotations

from collections.abc import Iterator

from accession import Reason
from ingest import markdown
from ingest.decode import NotText, decode
from ingest.parsed import Given, Parsed, Unread
from ingest.single import MAX_BYTES


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a file as one article."""
    if len(given.data) > MAX_BYTES:
        yield Unread(Reason.TOO_LARGE, f"over {MAX_BYTES >> 20} MB, too large for one article")
        return
    if not given.data.strip():
        yield Unread(Reason.EMPTY, "it holds only white space")
        return
    try:
        decoded = decode(given.data, given.charset)
    except NotText as error:
        yield Unread(Reason.NOT_TEXT, str(error))
        return
    warnings = (f"read as {decoded.encoding}, by its bytes",) if decoded.guessed else ()
    try:
        article, kind = markdown.parse(decoded.text)
    except ValueError:
        yield Unread(Reason.EMPTY, "it holds no words")
        return
    yield Parsed(article, kind, warnings)
