"""The pages of a PDF: their words with links, and their tags."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.pdf.links import link
from ingest.pdf.tags import Leaf, TagReader, TooManyTags
from ingest.pdf.words import Word, WordReader

MOST_PAGES = 2_000
MOST_LETTERS = 1_500_000
"""What is read of a file: no article has more, and one that does is a shelf of books or an attack."""

FEW_WORDS = 20
"""Only below this a page is looked through for pictures."""


@dataclass(slots=True)
class Page:
    """A page's words in the order they were drawn, its tags, and whether it shows a picture."""

    words: list[Word] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    broken: bool = False
    pictured: bool = False


def read_pages(document: pypdfium2.PdfDocument) -> list[Page]:
    """Read a document's pages, at most `MOST_PAGES` and about `MOST_LETTERS` letters."""
    tags: TagReader | None = TagReader()
    pages: list[Page] = []
    letters = 0
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page, tags = _read(document, number, tags)
        except pypdfium2.PdfiumError:
            page = Page(broken=True)
        pages.append(page)
        letters += sum(len(word.text) for word in page.words)
        if letters > MOST_LETTERS:
            break
    return pages if tags else [replace(page, leaves=[]) for page in pages]


def _read(
    document: pypdfium2.PdfDocument, number: int, tags: TagReader | None
) -> tuple[Page, TagReader | None]:
    page = document[number]
    try:
        text = page.get_textpage()
        words = WordReader(text, page.get_rotation()).read()
        text.close()
        link(document, page, words)
        leaves = tags.read(page) if tags else []
        return Page(words, leaves, pictured=_has_picture(page, words)), tags
    except TooManyTags:
        return Page(words), None
    finally:
        page.close()


def _has_picture(page: pypdfium2.PdfPage, words: list[Word]) -> bool:
    """Whether a page with few words shows a picture, which may be of text."""
    if len(words) > FEW_WORDS:
        return False
    kinds = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM]
    return any(True for _ in page.get_objects(filter=kinds, max_depth=2))


def untagged(pages: list[Page], words: list[list[Word]]) -> tuple[int, int]:
    """Count the letters outside the tags, page furniture aside, and all of them."""
    total = marked = 0
    for page, kept in zip(pages, words, strict=True):
        known = {leaf.mark for leaf in page.leaves}
        total += sum(len(word.text) for word in kept)
        marked += sum(len(word.text) for word in kept if word.mark in known)
    return total - marked, total
