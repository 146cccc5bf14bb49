"""The body: trafilatura over the page's tree, sifted, and held against what the page declares."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from trafilatura import bare_extraction

from article import Kind
from ingest.html.blocks import Block, blocks_of, plain_blocks
from ingest.html.declared import checked, declared_text
from ingest.html.headline import key
from ingest.html.meta import Page
from ingest.html.places import Places, main_parent, places_of
from ingest.html.sift import sift
from ingest.html.tree import Element

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_LEFT = 0.6
_LONG = 120
_HIGHEST = 6
_LONGEST_STANDFIRST = 400
_LONGEST_INSIDE = 200


@dataclass(slots=True)
class Body:
    """The article's blocks, and the standfirst where one stands above them."""

    blocks: list[Block]
    places: Places
    standfirst: str | None = None


def body_of(page: Page, headline: str | None, authors: list[str]) -> Body:
    """Give the article's text: found by trafilatura, then without what is no part of it."""
    places = places_of(page.root)
    declared = declared_text(page)
    found = _extracted(page.root, page.url[0])
    blocks = _unboxed(sift(found, headline, authors), places)
    body = Body(blocks, places)
    _take_standfirst(body, key(page.meta("og:description", "description")), key(declared))
    body.blocks = checked(body.blocks, declared)
    return body


def _extracted(root: Element, url: str | None) -> list[Block]:
    """Run trafilatura; where it finds nothing or fails, give all that is written on the page."""
    try:
        found = bare_extraction(
            root,  # which it copies
            url=url,
            include_comments=False,
            include_links=True,
            include_formatting=False,
            output_format="xml",
            with_metadata=False,
        )
    except (RecursionError, ValueError, TypeError, AttributeError):
        found = None
    body = getattr(found, "body", None)
    return (blocks_of(body) if body is not None else []) or plain_blocks(root)


def _unboxed(blocks: list[Block], places: Places) -> list[Block]:
    """Leave out what stands in boxes, unless most of the text would go: then they are no boxes."""
    kept = [block for block in blocks if block.key not in places.boxed]
    whole = sum(len(block.text) for block in blocks)
    return kept if sum(len(block.text) for block in kept) > _LEFT * whole else blocks


def _take_standfirst(body: Body, description: str, declared: str) -> None:
    """Take a standfirst from above the text.

    It is called one by its element, or is the page's description, and stands outside of the element
    that holds the text; what the declared text has too is a paragraph.
    """
    paragraphs = [block.key for block in body.blocks if block.kind is Kind.BODY]
    main = main_parent(body.places, paragraphs)
    for place, block in enumerate(body.blocks[:_HIGHEST]):
        named = block.key == description or body.places.is_standfirst(block.key)
        inside = main is not None and body.places.parent(block.key) is main
        first = place == 0 and len(block.text) < _LONGEST_INSIDE
        inside = inside and not (first and body.places.is_standfirst(block.key, around=1))
        if inside and len(block.text) > _LONG:
            return
        short = len(block.text) < _LONGEST_STANDFIRST and block.kind in {Kind.BODY, Kind.SUBHEADING}
        if named and short and not inside and block.key not in declared:
            if len(body.blocks) > 1 and block.key in body.places.elements:
                body.standfirst = body.blocks.pop(place).text
            return
