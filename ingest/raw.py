"""A file's text as it stands there, line by line: to hold beside what was read from it."""

from __future__ import annotations

from collections.abc import Iterator

from article import Article, Paragraph, Reason, Source
from ingest.decode import decode
from ingest.parsed import Given, Parsed, Unread
from ingest.workers import Workers


def raw_lines(source: Source, workers: Workers) -> list[str] | None:
    """Give the lines of a text or a PDF; None for formats that have no lines of their own."""
    if source.kind.startswith("text"):
        return decode(source.data).text.splitlines()
    if not source.kind.startswith("pdf"):
        return None
    given = Given(source.data, source.location, workers.password)
    (result,) = workers.parse("ingest.raw", given)
    return [p.text for p in result.article.paragraphs] if isinstance(result, Parsed) else None


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Give a PDF's lines as paragraphs, in the order in which the file holds them."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(given.data, password=given.password)
    except pypdfium2.PdfiumError as error:
        yield Unread(Reason.MALFORMED, str(error))
        return
    texts = [page.get_textpage().get_text_range() for page in document]
    lines = [line for text in texts for line in text.splitlines()]
    yield Parsed(Article(tuple(map(Paragraph, lines))), "pdf")
