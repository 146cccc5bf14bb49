"""The pages of a PDF: their words with links, and their tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pypdfium2

from ingest.pdf_links import link
from ingest.pdf_tags import Leaf, TagReader, TooManyTags
from ingest.pdf_words import Word, WordReader

MOST_PAGES = 2_000
"""Pages that are read: no article has more, and a file that does is a book or an attack."""

ENOUGH_TAGGED = 0.7
"""Share of the letters that tags must cover to be followed."""


@dataclass(slots=True)
class Page:
    """A page's words in the order they were drawn, its tags, and whether it shows a picture."""

    words: list[Word] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    broken: bool = False
    width: float = 0.0


def read_pages(document: Any) -> list[Page]:
    """Read a document's pages, at most `MOST_PAGES`."""
    tags: TagReader | None = TagReader()
    pages = []
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page, tags = _read(document, number, tags)
        except pypdfium2.PdfiumError:
            page = Page(broken=True)
        pages.append(page)
    return pages if tags else [Page(page.words, [], page.broken, page.width) for page in pages]


def _read(document: Any, number: int, tags: TagReader | None) -> tuple[Page, TagReader | None]:
    page = document[number]
    try:
        text = page.get_textpage()
        words = WordReader(text, page.get_rotation()).read()
        text.close()
        link(document, page, words)
        leaves = tags.read(page) if tags else []
        return Page(words, leaves, width=page.get_width()), tags
    except TooManyTags:
        return Page(words, [], width=page.get_width()), None
    finally:
        page.close()


def is_tagged(pages: list[Page], words: list[list[Word]]) -> bool:
    """Whether the tags cover the text, page furniture aside, so well that they can be followed."""
    total = marked = 0
    for page, kept in zip(pages, words, strict=True):
        known = {leaf.mark for leaf in page.leaves}
        total += sum(len(word.text) for word in kept)
        marked += sum(len(word.text) for word in kept if word.mark in known)
    return marked > ENOUGH_TAGGED * total
