"""Read a web page into an article: what its publisher says of it, and the words on it."""

from __future__ import annotations

from collections.abc import Iterator

from accession import Reason
from ingest.decode import NotText
from ingest.html.article import article_of
from ingest.html.facts import claim_of, saved_from
from ingest.html.meta import page_of
from ingest.html.tree import NoElements, text_of, tree_of
from ingest.parsed import Given, Parsed, Unread

MAX_BYTES = 50 * 1024 * 1024
"""Bytes of a page; those with all their pictures in them have up to 30 MB."""

NO_WORDS = (
    "it holds no article text; if its words come only when it is open in a browser,"
    " save it again from there when they are on the screen"
)


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a page, or a fragment of one, as one article."""
    if len(given.data) > MAX_BYTES:
        yield Unread(Reason.TOO_LARGE, f"over {MAX_BYTES >> 20} MB, too large for one page")
        return
    if not given.data.strip():
        yield Unread(Reason.EMPTY, "it is empty")
        return
    try:
        text, warnings = text_of(given.data, given.charset)
        yield read_page(text, warnings, given.url)
    except NotText as error:
        yield Unread(Reason.NOT_TEXT, str(error))


def read_page(
    text: str, warnings: tuple[str, ...] = (), location: str | None = None, kind: str | None = None
) -> Parsed | Unread:
    """Read a decoded page; `location` and `kind` are what the file around it says."""
    noted, saved_kind = saved_from(text)
    try:
        tree = tree_of(text)
    except NoElements:
        return Unread(Reason.EMPTY, NO_WORDS)
    page = page_of(tree.root, location or noted)
    article = article_of(page)
    if not article.paragraphs and not article.standfirst:
        return Unread(Reason.EMPTY, NO_WORDS)
    return Parsed(article, kind or saved_kind, (*warnings, *tree.warnings), claim_of(page))
