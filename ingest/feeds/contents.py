"""The words of an entry: its text, its summary, and whether the text is all of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lxml import etree

from article import Paragraph
from ingest.clean import clean
from ingest.feeds.elements import children, first, name_of, text_of
from ingest.html.json_ld import plain_text
from ingest.office.blocks import Role, paragraphs_of
from ingest.office.safe_xml import Element
from ingest.office.xhtml_blocks import Page, read_page

_MARKUP = frozenset({"html", "text/html", "escaped", "xhtml", "application/xhtml+xml"})
_CUT = re.compile(
    r"(?:\[(?:…|\.{3})\]|…|\.{3})\W*$|^\W*(?:continue reading|read (?:more|on|the (?:full|rest|whole))|keep reading"
    r"|weiterlesen|mehr lesen|lire la suite|seguir leyendo|leer más|continua a leggere|leggi tutto|ler mais|leia mais"
    r"|lees verder|läs mer|læs mere|les mer|czytaj (?:więcej|dalej)|читать (?:далее|дальше|полностью))\b.{0,120}$",
    re.IGNORECASE,
)
"""How a text ends that goes on elsewhere."""

_CLOSING = 300
"""Characters at a text's end that are looked at for it."""


def content_of(entry: Element) -> Page:
    """Read the text that an entry has beside its summary; an empty page where it has none."""
    for element in children(entry, "content:encoded", "content", "xhtml:body", "xhtml:div"):
        name, form = name_of(element), (element.get("type") or "").lower()
        if element.get("src") or (element.get("mode") or "") == "base64":
            continue
        if name.startswith("xhtml:") or form in {"xhtml", "application/xhtml+xml"}:
            page = read_page(etree.tostring(element, with_tail=False))
        elif name == "content:encoded" or form in _MARKUP or element.get("mode") == "escaped":
            page = _read_html(text_of(element))
        else:
            blocks = text_of(element).split("\n\n")
            page = _read_html("".join(f"<p>{escape(one, quote=False)}</p>" for one in blocks))
        if page.blocks:
            return page
    return Page()


def summary_of(entry: Element) -> str:
    """Give what an entry says of its article, its markup left out."""
    words = first(entry, "description", "summary", "dc:description")
    page = _read_html(words) if "<" in words else Page()
    if page.blocks:
        return clean(" ".join(paragraph.text for paragraph in paragraphs_in(page)))
    return plain_text(words)


def is_whole(paragraphs: tuple[Paragraph, ...], summary: str) -> bool:
    """Whether a text is there to its end, and is more than the summary in another place."""
    if not paragraphs or _CUT.search(paragraphs[-1].text[-_CLOSING:]):
        return False
    return len(paragraphs) > 1 or paragraphs[0].text != summary


def paragraphs_in(page: Page) -> Iterator[Paragraph]:
    """Give the paragraphs of a text."""
    for block in page.blocks:
        if block.role is not Role.NONE:
            yield from paragraphs_of(block)


def _read_html(text: str) -> Page:
    page = f"<html><body>{text}</body></html>"
    return read_page(page.encode("utf-8", "replace")) if text else Page()
