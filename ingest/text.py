"""Read plain text into an article: whatever its layout, and with whatever stands around the body."""

from __future__ import annotations

from article import Article, Kind, Paragraph
from ingest.addresses import take_addresses
from ingest.assemble import assemble
from ingest.captions import split_credit
from ingest.heading import Evidence, Heading, read_heading
from ingest.hyphens import vocabulary
from ingest.layout import Layout, Measure, measure
from ingest.lines import clean, fold, indent_of
from ingest.links import link_related
from ingest.pages import strip
from ingest.wrapped import join, paragraphs_of

_KINDS = {
    Layout.BLOCKS: "text/wrapped-blocks",
    Layout.DENSE: "text/wrapped-dense",
    Layout.INDENTED: "text/wrapped-indented",
}


def parse(text: str) -> tuple[Article, str]:
    """Read a text; give the article and how it was laid out (`text/wrapped-dense`, `text/lines`).

    The language is left open. Raises ValueError("empty") where there is nothing to store.
    """
    lines = clean(text)
    if not any(line.strip() for line in lines):
        raise ValueError("empty")
    printed = strip(lines)
    addresses = take_addresses(printed.lines)
    addresses.canonical = addresses.canonical or printed.url
    evidence = Evidence(addresses.canonical, printed.title)
    whole = measure(addresses.lines, addresses.cut)
    heading = read_heading(addresses.lines, evidence, whole.layout is Layout.INDENTED)
    laid_out = measure(heading.body, whole.width)
    article = assemble(heading, addresses, _paragraphs(heading, laid_out))
    if not article.paragraphs and not article.headline:
        return _as_it_is(lines)
    indented = whole.layout is Layout.INDENTED
    return article, _kind(laid_out, printed.paged, indented)


def _as_it_is(lines: list[str]) -> tuple[Article, str]:
    """Keep a text that seems to have nothing but a byline, a date or an address: it is its body."""
    body = tuple(Paragraph(fold(line)) for line in lines if line.strip())
    return Article(body), "text/lines"


def _kind(laid_out: Measure, paged: bool, indented: bool) -> str:
    if paged and laid_out.layout is not Layout.LINES:
        return "text/wrapped-pages"
    if laid_out.width:
        return _KINDS[laid_out.layout]
    if indented:
        return "text/indented"
    return "text/blocks" if laid_out.layout is Layout.BLOCKS else "text/lines"


def _paragraphs(heading: Heading, laid_out: Measure) -> list[Paragraph]:
    captions = [Paragraph(text, Kind.CAPTION, credit) for text, credit in heading.captions]
    parts = paragraphs_of(heading.body, laid_out)
    words = vocabulary(heading.body) if laid_out.layout is Layout.INDENTED else frozenset[str]()
    body = [_paragraph(part, laid_out, join(part, laid_out, words)) for part in parts]
    return link_related(captions + body)


def _paragraph(part: list[str], laid_out: Measure, text: str) -> Paragraph:
    """At the margin of an indented text stands a caption, in the flow of the paragraphs."""
    if laid_out.layout is Layout.INDENTED and laid_out.width and not indent_of(part[0]):
        caption, credit = split_credit(text)
        return Paragraph(caption, Kind.CAPTION, credit)
    return Paragraph(text)
