"""The body: trafilatura over the page's tree, and what the page declares as its text."""

from __future__ import annotations

import logging
from copy import deepcopy

from trafilatura import bare_extraction

from article import Kind
from ingest.clean import split_paragraphs
from ingest.html_blocks import Block, blocks_of
from ingest.html_headline import key
from ingest.html_json import plain_text
from ingest.html_meta import Page
from ingest.html_tree import Element

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

ENOUGH = 0.5
"""An extraction with under this share of the declared text's words has missed the article."""


def body_of(page: Page) -> list[Block]:
    """Give the blocks of the article; the declared text where the page's own markup has not got it."""
    blocks = _extracted(page.root, page.url[0])
    declared = declared_text(page)
    words = sum(len(block.key.split()) for block in blocks)
    if len(declared.split()) * ENOUGH > words:
        return [Block(text, Kind.BODY, [], key(text)) for text in split_paragraphs(declared)]
    return blocks


def declared_text(page: Page) -> str:
    """Give the article's text as JSON-LD declares it, tags taken out, its line ends kept."""
    text = page.article.get("articleBody")
    if not isinstance(text, str):
        return ""
    return "\n".join(plain_text(line) for line in text.splitlines())


def _extracted(root: Element, url: str | None) -> list[Block]:
    found = bare_extraction(
        deepcopy(root),
        url=url,
        include_comments=False,
        include_links=True,
        include_formatting=False,
        output_format="xml",
        with_metadata=False,
    )
    return blocks_of(found.body) if found else []
