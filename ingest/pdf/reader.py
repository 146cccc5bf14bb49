"""Read a PDF into an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from accession import Reason
from ingest.parsed import Given, Parsed, Unread
from ingest.pdf.article import assemble
from ingest.pdf.blocks import Block
from ingest.pdf.damage import drop_garbled, remarks, sideways_letters, unreadable
from ingest.pdf.furniture import take_out
from ingest.pdf.layout import blocks_of as laid_out
from ingest.pdf.meta import read_meta
from ingest.pdf.open import Opened, open_pdf
from ingest.pdf.pages import Page, read_pages, untagged
from ingest.pdf.tagged import blocks_of as tagged_blocks
from ingest.pdf.words import Word

MOST_OUTSIDE, WORTH_SAYING = 0.3, 0.1
"""Share of letters outside the tags with which they are followed, and with which that is said."""


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a file's bytes as one article."""
    opened = open_pdf(given)
    if isinstance(opened, Unread):
        yield opened
        return
    try:
        yield _read(opened)
    finally:
        opened.document.close()


def _read(opened: Opened) -> Parsed | Unread:
    pages = read_pages(opened.document)
    dropped, letters = drop_garbled(pages)
    if refused := unreadable(pages, dropped, letters, opened.cut):
        return refused
    warnings = (*opened.warnings, *remarks(pages, len(opened.document), dropped))
    furniture = take_out([page.words for page in pages], tagged=True)
    outside, total = untagged(pages, furniture.pages)
    tagged = outside < MOST_OUTSIDE * total
    if not tagged:
        furniture = take_out([page.words for page in pages], tagged=False)
    blocks = _blocks(pages, furniture.pages, tagged)
    article = assemble(blocks, furniture, read_meta(opened.document))
    if not article.paragraphs and not article.headline:
        return Unread(Reason.EMPTY, _empty(sideways_letters(pages)))
    if tagged and outside > WORTH_SAYING * total:
        warnings += (f"{outside} of {total} letters outside the file's tags were left out",)
    return Parsed(article, f"pdf/{_layout(opened, pages)}", warnings)


def _layout(opened: Opened, pages: list[Page]) -> str:
    """Name how an article was printed, `595x842-11pt`: another print of it is another form."""
    width, height = opened.document[0].get_size()
    sizes = Counter[float]()
    for word in (word for page in pages for word in page.words):
        sizes[round(word.size, 1)] += len(word.text)
    return f"{width:.0f}x{height:.0f}-{sizes.most_common(1)[0][0]:g}pt"


def _empty(sideways: int) -> str:
    if sideways:
        return "the PDF's text stands sideways on its pages; turn the pages and save it anew"
    return "the PDF holds no words of an article"


def _blocks(pages: list[Page], words: list[list[Word]], tagged: bool) -> list[Block]:
    if tagged:
        leaves = [page.leaves for page in pages]
        return tagged_blocks(zip(leaves, words, strict=True))
    return laid_out(words)
