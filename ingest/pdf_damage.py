"""Say what is missing from a PDF's text: pages without any, or letters that cannot be told."""

from __future__ import annotations

from collections.abc import Iterator

from article import Reason
from ingest.parsed import Unread
from ingest.pdf_pages import Page

FEWEST_LETTERS = 40
"""A page with fewer letters has only a stamp or a number on it, and its text is in a picture."""

_OCR = "ocrmypdf in.pdf out.pdf"


def unreadable(pages: list[Page]) -> Unread | None:
    """Give the reason why a file holds no text to read, None where it does."""
    letters, unmapped = _letters(pages)
    if pages and all(page.broken for page in pages):
        return Unread(Reason.MALFORMED, "none of the PDF's pages can be read; fetch it again")
    if not letters or letters < 5 * len(pages):
        return Unread(
            Reason.NEEDS_OCR, f"its pages are pictures without text; make it with: {_OCR}"
        )
    if unmapped > 0.3 * letters:
        forced = _OCR.replace("ocrmypdf", "ocrmypdf --force-ocr")
        return Unread(
            Reason.NEEDS_OCR,
            f"its letters are unknown signs (a font without a map); read it with: {forced}",
        )
    return None


def remarks(pages: list[Page], count: int, most: int) -> Iterator[str]:
    """Yield what a reader of the article must know of its file."""
    broken = sum(page.broken for page in pages)
    empty = sum(_is_empty(page) for page in pages if not page.broken)
    letters, unmapped = _letters(pages)
    if count > most:
        yield f"truncated: the first {most} of {count} pages were read"
    if broken:
        yield f"truncated: {broken} of {len(pages)} pages cannot be read"
    if empty and len(pages) > 1:
        yield f"{empty} of {len(pages)} pages have no text (scanned?); to read them: {_OCR}"
    if unmapped > 0.02 * letters:
        yield f"{unmapped} letters are unknown signs (a font without a map)"


def _is_empty(page: Page) -> bool:
    return sum(len(word.text) for word in page.words) < FEWEST_LETTERS


def _letters(pages: list[Page]) -> tuple[int, int]:
    words = [word for page in pages for word in page.words]
    return sum(len(word.text) for word in words), sum(word.unmapped for word in words)
