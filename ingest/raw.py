"""A file's text as it stands there, line by line: to hold beside what was read from it."""

from __future__ import annotations

from accession import Source
from ingest.decode import decode
from ingest.parsed import Given, Parsed
from ingest.webarchive.page import page_in
from ingest.workers import Workers


def raw_lines(source: Source, workers: Workers) -> list[str] | None:
    """Give the lines of a text or a PDF; None for formats that have no lines of their own."""
    if source.kind.startswith("text"):
        page = page_in(source)
        return decode(source.data, page.charset if page else None).text.splitlines()
    if not source.kind.startswith("pdf"):
        return None
    given = Given(source.data, source.location, workers.password)
    (result,) = workers.parse("ingest.pdf.raw", given)
    return [p.text for p in result.article.paragraphs] if isinstance(result, Parsed) else None
