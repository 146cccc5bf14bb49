"""Say what is missing from a PDF's text: pages without any, or letters that cannot be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from accession import Reason
from ingest.parsed import Unread
from ingest.pdf.pages import Page

FEWEST_LETTERS = 40
"""A page with fewer letters has only a stamp or a number on it, and its text is in a picture."""

GARBLED = 0.05
"""A font with so large a share of signs that are no letters tells none of its letters."""

UNREADABLE = 0.3
"""With more of its letters in such fonts a file is not read."""

FEW = 0.005
"""A smaller share of such letters are icons, not worth a word."""

_OCR = "ocrmypdf in.pdf out.pdf"
_FORCED = "ocrmypdf --force-ocr in.pdf out.pdf"


def drop_garbled(pages: list[Page]) -> tuple[int, int]:
    """Take out the words in fonts that do not tell their letters; give how many letters, and of all."""
    letters, unknown = Counter[int](), Counter[int]()
    for word in (word for page in pages for word in page.words):
        letters[word.font] += len(word.text)
        unknown[word.font] += word.unmapped
    bad = {font for font, count in letters.items() if unknown[font] > GARBLED * count}
    if bad:
        for page in pages:
            page.words = [word for word in page.words if word.font not in bad]
    return sum(letters[font] for font in bad), letters.total()


def unreadable(pages: list[Page], dropped: int, letters: int, cut: bool) -> Unread | None:
    """Give the reason why a file holds no text to read, None where it does."""
    if pages and all(page.broken for page in pages):
        return Unread(Reason.MALFORMED, "none of the PDF's pages can be read; fetch it again")
    if dropped > UNREADABLE * letters and cut:
        lost = "the PDF ends early, and its fonts, which tell its letters, are lost"
        return Unread(Reason.MALFORMED, f"{lost}; fetch it again")
    if dropped > UNREADABLE * letters:
        what = "a font of the PDF does not tell which letters its signs are"
        return Unread(Reason.NEEDS_OCR, f"{what}; make a text of the picture: {_FORCED}")
    if letters < 5 * len(pages):
        return Unread(Reason.NEEDS_OCR, f"its pages are pictures without text; add it: {_OCR}")
    return None


def remarks(pages: list[Page], count: int, dropped: int) -> Iterator[str]:
    """Yield what a reader of the article must know of its file, which has `count` pages."""
    broken = sum(page.broken for page in pages)
    empty = sum(_is_empty(page) for page in pages if not page.broken)
    if count > len(pages):
        yield f"truncated: the first {len(pages)} of {count} pages were read"
    if broken:
        yield f"truncated: {broken} of {len(pages)} pages cannot be read"
    if empty and len(pages) > 1:
        yield f"{empty} of {len(pages)} pages have no text; if they are scans: {_OCR}"
    if (sideways := sideways_letters(pages)) >= FEWEST_LETTERS:
        yield f"{sideways} letters that stand sideways on their pages were left out"
    if dropped > FEW * sum(_letters(page) for page in pages):
        yield f"{dropped} letters in a font that does not tell them were left out; to read them: {_FORCED}"


def sideways_letters(pages: list[Page]) -> int:
    """Count the letters that do not stand upright on the page as it is shown."""
    words = (word for page in pages for word in page.words if not word.upright)
    return sum(len(word.text) for word in words)


def _is_empty(page: Page) -> bool:
    """Whether a page has a picture and hardly a letter."""
    return page.pictured and _letters(page) < FEWEST_LETTERS


def _letters(page: Page) -> int:
    return sum(len(word.text) for word in page.words)
