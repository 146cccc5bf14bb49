"""A PDF's text as it stands there, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from article import Article, Paragraph
from ingest.parsed import Given, Parsed, Unread
from ingest.pdf.open import open_pdf


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Give the lines as paragraphs, in the order in which the file holds them."""
    opened = open_pdf(given)
    if isinstance(opened, Unread):
        yield opened
        return
    texts = [page.get_textpage().get_text_range() for page in opened.document]
    lines = [line for text in texts for line in text.splitlines()]
    yield Parsed(Article(tuple(map(Paragraph, lines))), "pdf")
